"""The transcripts of the READMEs are what really happens: their commands are run, and their answers compared."""

import re
import subprocess

import pytest

from support.server import BINARY, PROJECT
from support.signage import Signage

IDENTIFIER = re.compile(r"\b(usr|key)_[0-9a-z]{13}\b")


def transcript(page: str) -> list[tuple[str, str]]:
    """The commands of the page's console blocks, each with the answer that stands below it."""
    blocks = re.findall(r"```console\n(.*?)```", (PROJECT / page).read_text(), re.DOTALL)
    steps = [part.split("\n", 1) for block in blocks for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]
    return [(command, answer) for command, answer in steps]


@pytest.mark.parametrize("page", ["README.md", "Examples/signage/README.md"])
def test_the_transcript_is_what_happens(page, new_server, tmp_path):
    server = new_server()
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    (bin_folder / "latchkey").symlink_to(BINARY)
    steps = transcript(page)
    # One shell, since a step uses the variables of those before it; a line of its own ends each answer.
    script = "".join(f"{command}\necho; echo ----\n" for command, _ in steps)
    with Signage(tmp_path, server.url) as signage:
        script = script.replace("127.0.0.1:8080", f"127.0.0.1:{server.port}")
        ran = subprocess.run(
            ["bash", "-eu"],
            input=script.replace("127.0.0.1:8090", f"127.0.0.1:{signage.port}"),
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
