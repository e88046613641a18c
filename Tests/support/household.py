"""A company in which everything is that a page can show, so that no page is judged while it is empty."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from support.client import PASSWORD, Browser, unique, verify
from support.roles import administrator_role, role_of
from support.server import Server, wait_until
from support.talk import ask, do, reply


@dataclass(frozen=True)
class Said:
    """What the members of a company call themselves and their things, as long as such names get."""

    chief: str
    company: str
    colleague: str
    role: str
    keys: tuple[str, str, str, str]


SAID = {
    "en": Said(
        "Irina Volkova", "Northern Lights", "Alexander-Maximilian Featherstonehaugh", "Night shift operator of lobbies",
        ("Nightly import", "Lobby screens of the eastern branch", "x" * 100, "Weekly reports"),
    ),
    "ru": Said(
        "Ирина Волкова", "ООО «Северное сияние»", "Константин Константинопольский-Преображенский",
        "Оператор ночной смены и диспетчер",
        ("Ночной импорт расписаний", "Экраны в холле восточного филиала", "ж" * 100, "Отчёты для бухгалтерии"),
    ),
}  # fmt: skip

RIGHTS = ["devices:read", "devices:delete", "users:read", "roles:read", "api-keys:create"]


@dataclass
class Household:
    server: Server
    language: str
    chief: Browser
    """Who founded the company and may do everything."""
    colleague: Browser
    """Who may look at people and roles, and make keys."""
    newcomer: Browser
    """Of another company, with nothing in it."""
    ids: dict[str, str] = field(default_factory=dict)

    def close(self) -> None:
        for browser in (self.chief, self.colleague, self.newcomer):
            browser.close()


def furnish(server: Server, language: str) -> Household:
    """Takes a second: each person's password is hashed as it is for everybody."""
    said, settings = SAID[language], {"language": language, "time_zone": "Europe/Moscow"}
    house = Household(server, language, Browser(server), Browser(server), Browser(server))
    house.chief.register(name=said.chief, company=said.company, **settings)
    house.newcomer.register(name=said.chief, company=said.company, **settings)
    add_people(house, said)
    add_keys(house, said)
    add_talk(house)
    return house


def add_people(house: Household, said: Said) -> None:
    chief, ids = house.chief, house.ids
    role = made(chief, "/v1/roles", name=said.role, permissions=RIGHTS)
    ids["role"] = role["id"]
    ids["unused_role"] = made(chief, "/v1/roles", name="Ω" * 90, permissions=["content:read"])["id"]
    ids["fixed_role"] = administrator_role(chief)["id"]
    ids["chief"] = chief.get("/v1/me").json()["user"]["id"]
    ids["colleague"], email = add_person(chief, said.colleague, role["id"])
    assert house.colleague.log_in(email, PASSWORD).status_code == 201
    preferences = {"language": house.language, "time_zone": "Europe/Moscow"}
    assert house.colleague.post("/settings/preferences", data=preferences).status_code == 303
    ids["blocked"], _ = add_person(chief, "Pavel Orlov", role_of(chief, "Viewer"))
    assert chief.patch(f"/v1/users/{ids['blocked']}", json={"blocked": True}).status_code == 200
    invitation = made(
        chief, "/v1/invitations", email=f"{unique('a' * 50)}@a-rather-long-name.example.com", role_id=role["id"]
    )
    ids["invitation"], ids["token"] = invitation["id"], invitation["link"].rsplit("/", 1)[1]
    elsewhere = Browser(house.server)
    elsewhere.headers["User-Agent"] = "x" * 200
    with elsewhere:
        assert elsewhere.log_in(chief.email, PASSWORD).status_code == 201


def add_person(chief: Browser, name: str, role_id: str) -> tuple[str, str]:
    email = f"{unique('pavel')}@example.com"
    return made(chief, "/v1/users", name=name, email=email, password=PASSWORD, role_id=role_id)["id"], email


def made(browser: Browser, path: str, **members) -> dict:
    answer = browser.post(path, json=members)
    assert answer.status_code == 201, answer.text
    return answer.json()


def add_talk(house: Household) -> None:
    """A question with all that can become of a reply, and one that is closed; the chief has not seen the last reply."""
    chief, colleague = house.chief, house.colleague
    text = "## What I did\n\n1. `curl`\n2. > *quoted* **words**\n\n```sh\ncurl -H X\n```\n\n| a | b |\n|---|---|\n| c | https://example.com |"
    topic = house.ids["topic"] = ask(chief, "Ω" * 100, text)
    helped = reply(colleague, topic, text)
    do(colleague, topic, f"replies/{reply(colleague, topic, 'Never mind.')}/hide")
    do(chief, topic, f"replies/{reply(colleague, topic, 'Buy my books!')}/hide")
    do(chief, topic, "answer", reply=helped)
    closed = house.ids["closed_topic"] = ask(colleague, "Is it over?")
    do(colleague, closed, "close")
    reply(colleague, topic, "One more.")


def add_keys(house: Household, said: Said) -> None:
    """One that was used, one that was refused, one that nobody copied, and more than may be deleted by one click."""
    chief, (used, refused, lost, plain) = house.chief, said.keys
    soon = (datetime.now(UTC).date() + timedelta(days=5)).isoformat()
    busy = chief.create_key(used, expires_on=soon)
    house.ids["key"] = busy["id"]
    verify(house.server, busy["key"])
    some = chief.create_key(refused, permissions=["devices:read", "content:read", "reports:read", "users:read"])
    house.ids["refused_key"] = some["id"]
    verify(house.server, some["key"], "devices:delete")
    chief.create_key(lost, await_confirmation=True)
    for number in range(8):
        chief.create_key(f"{plain} {number}")
    house.ids["colleagues_key"] = house.colleague.create_key(plain)["id"]

    def is_written() -> bool:
        refusals = chief.get(f"/v1/keys/{some['id']}/refusals").json()["refusals"]
        return bool(refusals) and chief.key(busy["id"])["last_used_at"] is not None

    wait_until(is_written, 10, "uses and refusals are written")
