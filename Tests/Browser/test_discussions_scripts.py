"""Whatever people write, as their name, a question or a reply, stays text: no script, no request, no element of theirs."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from support import scripts
from support.client import Browser
from support.server import Server
from support.talk import DISCUSSIONS, ask, reply
from support.visits import Visit

LONGEST_NAME, LONGEST_TITLE = 100, 150

# All that our own pages are made of; of these people's words may become those in the second line.
ELEMENTS = set(
    "div nav ol ul li a h1 h2 h3 h4 h5 p span bdi time article section header footer form button input textarea label svg"
    " path circle g rect details summary dl dt dd main strong em code pre blockquote table thead tbody tr th td hr del br"
    .split()
)
ATTRIBUTES = set(
    "class id href rel datetime title aria-label aria-labelledby aria-hidden aria-current aria-describedby tabindex role"
    " method action name value type rows required novalidate for viewBox focusable d cx cy r x y width height rx placeholder"
    " autocomplete scope start stroke-dasharray data-draft aria-disabled aria-live".split()
)  # fmt: skip
OF_A_REFUSED_FORM = {"aria-invalid", "autofocus", "data-refused"}
ADDRESS = re.compile(r"^[/#](?!/)")

FOUND = """(part) => {
    const elements = [...document.querySelectorAll(part + ' *')];
    return {
        elements: [...new Set(elements.map((element) => element.localName))],
        attributes: [...new Set(elements.flatMap((element) => element.getAttributeNames()))],
        addresses: elements.filter((element) => element.rel !== 'nofollow ugc noopener' || element.protocol !== 'https:')
            .flatMap((element) => ['href', 'src', 'action', 'data', 'xlink:href']
                .map((name) => element.getAttribute(name)).filter((value) => value !== null)),
        elsewhere: document.querySelectorAll('body > :not(nav, main, header, footer, a.skip, .announcements)').length,
        head: [...document.head.querySelectorAll('base, style, meta[http-equiv], script:not([src^="/"])')].length,
    };
}"""


@dataclass
class Written:
    pages: dict[str, str]
    """Every page on which somebody's words stand, and in which part of it."""
    first: str
    """The page of one question, whose text is the first of all."""
    title: str
    name: str


@pytest.fixture(scope="module")
def talking_server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("scripts")) as running:
        yield running


@pytest.fixture(scope="module")
def written(talking_server) -> Written:
    """Each text as a reply, alone and within other things; and in names and titles as many as find room in one."""
    lines = [" ".join(text.split()) for text in scripts.ALL]
    names, titles = packed(lines, LONGEST_NAME), packed(lines, LONGEST_TITLE)
    writers = [Browser(talking_server) for _ in names]
    for writer, name in zip(writers, names, strict=True):
        writer.register(name=name, company=name)
    topics = [ask(writers[number % len(writers)], title, scripts.ALL[number]) for number, title in enumerate(titles)]
    for number, text in enumerate(scripts.ALL):
        for words in (text, f"> {text}\n\n- **{text}**"):
            reply(writers[number % len(writers)], topics[0], words)
    for writer in writers:
        writer.close()
    lists = [f"{DISCUSSIONS}?page={number}" for number in numbers(len(topics))]
    thread = [f"{topics[0]}?page={number}" for number in numbers(2 * len(scripts.ALL))]
    return Written(
        dict.fromkeys([*lists, *thread, *topics], "main") | {"/help/api-keys": ".newest-topics"},
        topics[0], titles[0], names[0],
    )  # fmt: skip


def numbers(rows: int) -> range:
    return range(1, -(-rows // 20) + 1)


def packed(texts: list[str], longest: int) -> list[str]:
    """The texts that are not too long, as few lines as hold them all."""
    lines = [""]
    for text in texts:
        if len(text) > longest:
            continue
        if len(lines[-1]) + 1 + len(text) > longest:
            lines.append("")
        lines[-1] = f"{lines[-1]} {text}".strip()
    return lines


@pytest.fixture
def reader(new_visit, kind, talking_server) -> Visit:
    """Somebody whose page notes whatever it says, and whatever it asks the network for."""
    visit = new_visit(kind, server=talking_server)
    visit.api.register(name="<img src=x onerror=alert(1)>", company="<script>alert(1)</script>")
    visit.take_session(visit.api)
    visit.page.on("dialog", lambda dialog: (visit.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    visit.page.on("console", lambda message: visit.note_remark("error", message.text))
    return visit


def foreign(page: Page, part: str = "main", also: frozenset | set = frozenset()) -> dict[str, list[str]]:
    """What stands in a part of a page, or around it, that is not ours."""
    found = page.evaluate(FOUND, part)
    return {
        "elements": sorted(set(found["elements"]) - ELEMENTS),
        "attributes": sorted(set(found["attributes"]) - ATTRIBUTES - also),
        "addresses": [address for address in found["addresses"] if not ADDRESS.match(address)],
        "beside": ["something"] * (found["elsewhere"] + found["head"]),
    }


def test_words_of_people_never_become_a_part_of_the_page(reader, written):
    for path, part in written.pages.items():
        reader.go(path)
        found = foreign(reader.page, part)
        assert not any(found.values()), (path, found)
        assert reader.faults == [], path


def test_words_come_back_into_the_form_as_they_were_typed(reader, written):
    page = reader.page
    for text in ("</textarea><script>alert(1)</script>", "\n\n  <b>&lt;&amp;amp;</b>\n\tend", '"><img src=x onerror=alert(1)>'):
        reader.go(f"{DISCUSSIONS}/new")
        page.locator("#title").fill('a"' if text.startswith('"') else "ab")
        page.locator("#body").fill(text)
        page.locator("main form button.primary").click()
        expect(page.locator("#title")).to_have_attribute("aria-invalid", "true")
        expect(page.locator("#body")).to_have_value(text)
        found = foreign(page, also=OF_A_REFUSED_FORM)
        assert not any(found.values()), found


def test_words_are_shown_to_the_letter(reader, written):
    reader.go(written.first)
    shown = {"h1": written.title, "#question .author": written.name, "#question .prose": scripts.ALL[0]}
    for place, text in shown.items():
        expect(reader.page.locator(place)).to_have_text(text)
    assert reader.page.title().startswith(written.title)


def test_policy_of_the_page_would_stop_what_got_through(reader, written):
    """The second wall: even an element that is put into the page runs nothing and asks nobody."""
    reader.go(DISCUSSIONS)
    reader.page.evaluate(
        """() => {
            document.querySelector('main').insertAdjacentHTML('beforeend',
                '<img src="https://evil.example/x.png" onerror="document.title = 1">');
            const script = document.createElement('script');
            script.textContent = 'document.title = 2';
            document.body.append(script);
        }"""
    )
    expect(reader.page).not_to_have_title(re.compile("^[12]$"))
    refused = [fault for fault in reader.faults if re.search("Content.Security.Policy|violates the following", fault)]
    assert len(refused) >= 3, reader.faults
    reader.faults.clear()
