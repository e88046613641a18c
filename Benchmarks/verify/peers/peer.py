"""What every server that takes part has in common."""

from pathlib import Path

from ..keys import PERMISSION, Keys, KeySets
from ..machine import SERVER_CORE, Process, ask, free_port, wait_until_it_answers


class Peer:
    """A server that says yes or no to keys: started in a folder of its own, on the cores that it is given."""

    name = ""
    # What the table says of it.
    title = ""
    path = f"/v1/verify?permission={PERMISSION}"
    scheme = "Bearer"
    # Answers 200 whatever it is asked: no check of keys, only the price of an answer.
    refuses_nothing = False
    # What a browser of the tests asks of a server: whose certificate it trusts.
    trust = True

    def __init__(self, folder: Path, keys: KeySets, cores: str = SERVER_CORE, workers: int = 1):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.keys, self.cores, self.workers = keys, cores, workers
        self.port = free_port()
        self.processes: list[Process] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def accepted(self) -> Keys:
        """Those that it knows: ours, unless it makes its own."""
        return self.keys.accepted

    def launch(self) -> None:
        """Starts its processes."""
        raise NotImplementedError

    def run(self, *command, **environment: str) -> Process:
        process = Process(list(command), self.cores, self.folder / "log", environment)
        self.processes.append(process)
        return process

    def __enter__(self) -> "Peer":
        try:
            self.launch()
            wait_until_it_answers(self.processes[-1], self.url + self.path)
            self.insist_on_right_answers()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_) -> None:
        while self.processes:
            self.processes.pop().stop()

    @property
    def cpu_seconds(self) -> float:
        return sum(process.cpu_seconds for process in self.processes)

    def memory(self, line: str) -> int:
        return sum(process.memory(line) for process in self.processes)

    def headers(self) -> dict[str, str]:
        """What a request says besides the key."""
        return {}

    def template(self) -> Path:
        """One request in a file, with `{key}` where the key goes."""
        lines = [f"GET {self.path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        lines += [f"Authorization: {self.scheme} {{key}}"]
        lines += [f"{name}: {value}" for name, value in self.headers().items()]
        file = self.folder / "request"
        file.write_text("\r\n".join([*lines, "", ""]))
        return file

    def status(self, key: str | None) -> int:
        presented = {"Authorization": f"{self.scheme} {key}"} if key else {}
        return ask(self.url + self.path, presented | self.headers())[0]

    def insist_on_right_answers(self) -> None:
        """Yes to good keys, no to everything else: who skips the work is not compared."""
        good = self.accepted
        for number in (0, good.count // 2, good.count - 1):
            self._insist(good[number], 200)
        if not self.refuses_nothing:
            for key in [None, *(keys[7] for keys in self.keys.refused)]:
                self._insist(key, 401)

    def _insist(self, key: str | None, status: int) -> None:
        found = self.status(key)
        if found != status:
            raise RuntimeError(f"{self.name} answers {found}, not {status}, to {key}; its log: {self.folder / 'log'}")
