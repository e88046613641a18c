"""Two companies, an English and a Russian one, that are the same at every run: names, days, addresses, uses."""

import sqlite3
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from pictures.talk import TALKS
from support.client import PASSWORD, Browser, verify
from support.roles import role_named
from support.server import Server, run_cli

# What a program of the reader's would call; the port of this server says nothing to anybody.
ADDRESS = "http://keys.example.com"
TODAY = date(2026, 11, 23)
NOW = f"{TODAY} 06:14:00"  # UTC: a quarter past nine in Moscow
NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=timezone.utc)
ZONE = "Europe/Moscow"

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Mobile Safari/537.36"
OFFICE, SERVER_ROOM, HOME = "203.0.113.7", "198.51.100.24", "192.0.2.61"


@dataclass(frozen=True)
class Names:
    """What things are called in one of the companies."""

    language: str
    company: str
    owner: str
    editor: str
    viewer: str
    blocked: str
    long: str
    role: str
    role_changed: str
    old: str
    staging: str
    lobby: str
    import_: str
    reports: str
    forgotten: str
    new: str
    invited: str


ENGLISH = Names(
    language="en", company="Acme Signage", owner="Irina Petrova", editor="Boris Ivanov", viewer="Olga Smirnova",
    blocked="Denis Kuznetsov", long="Maximilian Konstantin Featherstonehaugh-Cholmondeley", role="Night shift",
    role_changed="Content team", old="Players of the old office", staging="Staging", lobby="Lobby screens",
    import_="Nightly import", reports="Weekly reports for the accounting department of the northern branch",
    forgotten="Menu boards", new="Weather widget", invited="pavel.orlov@acme.example",
)  # fmt: skip
RUSSIAN = Names(
    language="ru", company="Северное сияние", owner="Ирина Петрова", editor="Борис Иванов", viewer="Ольга Смирнова",
    blocked="Денис Кузнецов", long="Константин Александрович Рождественский-Воронцовский", role="Ночная смена",
    role_changed="Отдел контента", old="Экраны старого офиса", staging="Тестовый стенд", lobby="Экраны в холле",
    import_="Ночной импорт", reports="Еженедельные отчёты для бухгалтерии северного представительства",
    forgotten="Меню-борды", new="Виджет погоды", invited="pavel.orlov@siyanie.example",
)  # fmt: skip


@dataclass
class Company:
    """Who is signed in, in one of the companies."""

    names: Names
    sessions: dict[str, Browser] = field(default_factory=dict)
    # The id of the question with an answer.
    topic: str = ""

    def email(self, who: str) -> str:
        return f"{who}@{'acme' if self.names.language == 'en' else 'siyanie'}.example"


class Stage:
    """A server whose clock stands still, with both companies as they have become in a year.

    Time passes by starting the server anew at a later hour; what no request can bring about, such as a month of uses,
    is written between two of these starts.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self.platform = folder / "platform.yaml"
        self.companies = {names.language: Company(names) for names in (ENGLISH, RUSSIAN)}

    def __enter__(self) -> "Stage":
        self.folder.mkdir(parents=True, exist_ok=True)
        # Each company by itself, so that neither reads the other's language.
        platform = run_cli("platform", "show").stdout.replace("platform: {", "platform: {discussions: company, ")
        self.platform.write_text(platform)
        acts = [
            ("2025-12-01 07:20:00", self.found),
            ("2026-08-14 11:02:00", self.grow),
            ("2026-10-26 13:45:00", self.settle),
            ("2026-11-19 08:31:00", self.change),
            ("2026-11-22 22:10:00", self.work),
        ]
        for clock, act in acts:
            server = self.serve(clock).start()
            try:
                for company in self.companies.values():
                    if act != self.found:
                        self.sign_in(server, company, "owner")
                    act(server, company)
            finally:
                server.stop()
        self.write_what_takes_months(server.database)
        self.server = self.serve(NOW).start()
        for company in self.companies.values():
            for who in ("owner", "viewer", "newcomer", "maker", "guide"):
                self.sign_in(self.server, company, who)
        return self

    def __exit__(self, *_) -> None:
        self.server.kill()

    def serve(self, clock: str) -> Server:
        return Server(
            self.folder, "--public-url", ADDRESS, "--trusted-proxies", "127.0.0.1", "--log-level", "error",
            "--platform", str(self.platform), clock=clock,
        )  # fmt: skip

    def browser(self, server: Server, address: str, agent: str) -> Browser:
        browser = Browser(server)
        browser.headers.update({"X-Forwarded-For": address, "User-Agent": agent})
        return browser

    def register(self, server: Server, company: Company, who: str) -> None:
        names, browser = company.names, self.browser(server, OFFICE, FIREFOX)
        members = {"email": company.email(who), "time_zone": ZONE, "language": names.language}
        browser.register(name=names.owner, company=names.company, **members)
        company.sessions[who] = browser

    def sign_in(self, server: Server, company: Company, who: str, address: str = OFFICE, agent: str = FIREFOX) -> None:
        browser = self.browser(server, address, agent)
        answer = browser.log_in(company.email(who), PASSWORD)
        assert answer.status_code == 201, answer.text
        company.sessions[who] = browser

    # The acts

    def found(self, server: Server, company: Company) -> None:
        self.register(server, company, "owner")
        owner, names = company.sessions["owner"], company.names
        roles = {name: role_named(owner, name)["id"] for name in ("Editor", "Viewer")}
        people = [("editor", names.editor, "Editor"), ("viewer", names.viewer, "Viewer")]
        people += [("denis", names.blocked, "Viewer"), ("max", names.long, "Editor")]
        for who, name, role in people:
            form = {"name": name, "email": company.email(who), "password": PASSWORD, "role_id": roles[role]}
            self.post(owner, "/v1/users", form)
        owner.create_key(names.old, expires_on="2026-11-20")

    def grow(self, server: Server, company: Company) -> None:
        owner, names = company.sessions["owner"], company.names
        rights = ["devices:read", "broadcasts:read", "broadcasts:update", "content:read"]
        self.post(owner, "/v1/roles", {"name": names.role, "permissions": rights})
        self.post(owner, "/v1/roles", {"name": names.role_changed, "permissions": ["content:read", "reports:read"]})
        verify(server, owner.create_key(names.staging, expires_on="2027-08-14")["key"])
        for who in ("newcomer", "maker"):
            self.register(server, company, who)

    def settle(self, server: Server, company: Company) -> None:
        owner, names = company.sessions["owner"], company.names
        rights = ["devices:read", "broadcasts:read"]
        verify(server, owner.create_key(names.lobby, expires_on="2026-12-05", permissions=rights)["key"])
        owner.create_key(names.forgotten, expires_on="2027-01-31", permissions=["content:read", "content:update"])
        talk = TALKS[names.language]
        topic = self.ask(owner, talk.closed, talk.short)
        assert owner.patch(f"/v1/topics/{topic}", json={"closed": True}).status_code == 200

    def change(self, server: Server, company: Company) -> None:
        owner, names = company.sessions["owner"], company.names
        changed = role_named(owner, names.role_changed)["id"]
        rights = ["content:create", "content:read", "content:update", "reports:read", "api-keys:create",
                  "api-keys:read"]  # fmt: skip
        assert owner.patch(f"/v1/roles/{changed}", json={"permissions": rights}).status_code == 200
        people = {person["email"]: person["id"] for person in owner.get("/v1/users").json()["users"]}
        self.patch_person(owner, people[company.email("editor")], role_id=changed)
        self.patch_person(owner, people[company.email("denis")], blocked=True)
        self.sign_in(server, company, "editor", HOME, PHONE)
        editor, talk = company.sessions["editor"], TALKS[names.language]
        verify(server, editor.create_key(names.lobby, expires_on="2027-02-19")["key"])
        company.topic = self.ask(owner, talk.title, talk.question)
        answer = self.post(editor, f"/v1/topics/{company.topic}/replies", {"body": talk.first_reply})
        self.post(owner, f"/v1/topics/{company.topic}/replies", {"body": talk.thanks})
        assert owner.patch(f"/v1/topics/{company.topic}", json={"answer_id": answer["id"]}).status_code == 200

    def work(self, server: Server, company: Company) -> None:
        owner, names = company.sessions["owner"], company.names
        self.sign_in(server, company, "owner", HOME, PHONE)
        self.post(owner, "/v1/invitations", {"email": names.invited, "role_id": role_named(owner, "Viewer")["id"]})
        key = owner.create_key(names.import_, expires_on="2027-11-22")["key"]
        for method, path in (("GET", "/api/devices"), ("GET", "/api/content/42")):
            self.call(server, key, method, path)
        reports = owner.create_key(names.reports, expires_on="2027-05-22", permissions=["reports:read"])["key"]
        self.call(server, reports, "GET", "/api/reports/monthly")
        for method, path in (("DELETE", "/api/devices/7"), ("POST", "/api/broadcasts"), ("GET", "/api/users")):
            self.call(server, reports, method, path)
        owner.create_key(names.new, await_confirmation=True)
        # With a few keys only, for the help.
        self.register(server, company, "guide")
        guide = company.sessions["guide"]
        for name, rights in ((names.lobby, ["devices:read"]), (names.forgotten, ["content:read"])):
            verify(server, guide.create_key(name, expires_on="2027-05-22", permissions=rights)["key"])
        self.sign_in(server, company, "viewer", HOME, PHONE)
        viewer, talk = company.sessions["viewer"], TALKS[names.language]
        self.post(viewer, f"/v1/topics/{company.topic}/replies", {"body": talk.second_reply})
        self.ask(viewer, talk.open, talk.short)

    def post(self, browser: Browser, path: str, form: dict) -> dict:
        response = browser.post(path, json=form)
        assert response.status_code == 201, response.text
        return response.json()

    def ask(self, browser: Browser, title: str, body: str) -> str:
        """Asks in the discussions; returns the topic's id."""
        return self.post(browser, "/v1/topics", {"title": title, "body": body})["id"]

    def patch_person(self, owner: Browser, person: str, **members) -> None:
        response = owner.patch(f"/v1/users/{person}", json=members)
        assert response.status_code == 200, response.text

    def call(self, server: Server, key: str, method: str, path: str) -> None:
        """A request through a gateway."""
        headers = {"Authorization": f"Bearer {key}", "X-Forwarded-For": SERVER_ROOM}
        headers |= {"X-Original-Method": method, "X-Original-URI": path}
        assert Browser(server).get("/v1/authorize", headers=headers).status_code in (200, 403)

    # What is written beside the server

    def write_what_takes_months(self, database: Path) -> None:
        with sqlite3.connect(database, timeout=30) as db:
            keys = db.execute(
                "SELECT keys.id, keys.created_at FROM keys JOIN users ON users.id = user_id"
                " ORDER BY keys.created_at, email, keys.name"
            ).fetchall()
            for number, (key, created) in enumerate(keys):
                # What is made in one act is made at one moment, and shown in the order of ids, which are of chance.
                moment, last4 = created + number * 60_000, f"{number % 10}{'kQ7wZr2Xb'[number % 9]}{number * 7 % 10}f"
                db.execute("UPDATE keys SET created_at = ?, last4 = ? WHERE id = ?", (moment, last4, key))
            # Asked and answered in one act, and yet one after another.
            db.execute("UPDATE topics SET created_at = created_at - 60000, last_at = last_at - 60000 WHERE replies = 0")
            # Signed in at one moment, and yet one after another.
            db.execute(
                "UPDATE sessions SET created_at = created_at - 60000, seen_at = seen_at - 60000"
                " WHERE agent LIKE '%Android%'"
            )
            used = db.execute(
                "SELECT key_id FROM key_uses JOIN keys ON keys.id = key_id ORDER BY created_at"
            ).fetchall()
            for number, (key,) in enumerate(used):
                db.execute("DELETE FROM key_use_days WHERE key_id = ?", (key,))
                last = (NOON - timedelta(hours=16 + number * 7)).timestamp() * 1000
                db.execute("UPDATE key_uses SET last_used_at = ? WHERE key_id = ?", (int(last), key))
                days = [(key, day, count) for day, count in uses(number)]
                db.executemany("INSERT INTO key_use_days VALUES (?, ?, ?)", days)


def uses(number: int) -> list[tuple[int, int]]:
    """Thirty days of a program, weekdays busier than weekends, as (day since 1970, count)."""
    last = (TODAY - date(1970, 1, 1)).days
    days = []
    for back in range(30):
        day = last - back
        weekday = (TODAY - timedelta(days=back)).weekday()
        count = (40 + (back * 37 + number * 53) % 61) * (1 if weekday < 5 else 0) // (number + 1) + (back % 3 == 0)
        if count and back % (number + 2) != number + 1:
            days.append((day, count))
    return days
