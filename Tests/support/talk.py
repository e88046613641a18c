"""People who ask and answer under the help, by the forms of its pages."""

import re

from support.client import Browser

DISCUSSIONS = "/help/api-keys/discussions"


def ask(browser: Browser, title: str = "Why 403?", body: str = "My *new* key answers `403`.") -> str:
    """Asks a question, and returns the path of its page."""
    answer = browser.post(f"{DISCUSSIONS}/new", data={"title": title, "body": body})
    assert answer.status_code == 303, answer.text
    path, _, rest = answer.headers["location"].partition("?")
    assert rest == "notice=asked"
    return path


def reply(browser: Browser, topic: str, body: str = "Which rights does it have?") -> str:
    """Replies, and returns the id of the reply."""
    answer = browser.post(f"{topic}/replies", data={"body": body})
    assert answer.status_code == 303, answer.text
    return re.search(r"#reply-(rep_\w+)$", answer.headers["location"])[1]


def do(browser: Browser, topic: str, deed: str, **fields: str) -> None:
    """Presses one of the buttons of a topic: `do(browser, topic, "close")`."""
    answer = browser.post(f"{topic}/{deed}", data=fields)
    assert answer.status_code == 303, answer.text
