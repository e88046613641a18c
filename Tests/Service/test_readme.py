"""The README's transcript is what really happens: its commands are run, and its answers compared."""

import re
import subprocess

from support.server import BINARY, PROJECT

IDENTIFIER = re.compile(r"\b(usr|key)_[0-9a-z]{13}\b")


def transcript() -> list[tuple[str, str]]:
    """The commands of the README's console block, each with the answer that stands below it."""
    block = re.search(r"```console\n(.*?)```", (PROJECT / "README.md").read_text(), re.DOTALL).group(1)
    steps = [part.split("\n", 1) for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]
    return [(command, answer) for command, answer in steps]


def test_the_transcript_of_the_readme_is_what_happens(new_server, tmp_path):
    server = new_server()
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    (bin_folder / "latchkey").symlink_to(BINARY)
    steps = transcript()
    # One shell, since a step uses the variables of those before it; a line of its own ends each answer.
    script = "\n".join(f"{command}\necho ----" for command, _ in steps)
    ran = subprocess.run(
        ["bash", "-eu"],
        input=script.replace("127.0.0.1:8080", f"127.0.0.1:{server.port}"),
        cwd=server.folder,
        env={"PATH": f"{bin_folder}:/usr/bin:/bin", "LATCHKEY_DATABASE": server.database_url},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode == 0, ran.stderr
    answers = ran.stdout.split("----\n")[:-1]
    for (command, expected), answer in zip(steps, answers, strict=True):
        assert IDENTIFIER.sub(r"\1_", answer.rstrip("\n")) == IDENTIFIER.sub(r"\1_", expected.rstrip("\n")), command
