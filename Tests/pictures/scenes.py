"""What is taken: every page and every window, each by how one comes to see it."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import expect

from pictures.company import Company, Stage
from support.roles import role_named
from support.visits import Visit

WIDTHS = (390, 768, 1280)


@dataclass(frozen=True)
class Scene:
    name: str
    # Whose eyes it is seen with; `None` for a stranger's.
    who: str | None
    # Brings the page to where it is taken.
    play: Callable[[Visit, Company, Stage], None]
    # Whether it is the screen as it is, and not the whole page: what lies over a page, or has been scrolled to.
    is_screen: bool = False
    widths: tuple[int, ...] = WIDTHS
    # Whether it is played anew for each width: what opens takes its place then.
    is_played_anew: bool = False
    # Undoes what it did, so that it can be played again.
    end: Callable[[Visit, Company, Stage], None] | None = None


SCENES: list[Scene] = []


def scene(name: str, who: str | None = "owner", **options):
    def add(play):
        SCENES.append(Scene(name, who, play, **options))
        return play

    return add


def page(name: str, path: str, who: str | None = "owner") -> None:
    SCENES.append(Scene(name, who, lambda visit, company, stage: visit.go(path)))


def person(company: Company, who: str) -> str:
    people = company.sessions["owner"].get("/v1/users").json()["users"]
    return next(person["id"] for person in people if person["email"] == company.email(who))


def role(company: Company, name: str) -> str:
    return role_named(company.sessions["owner"], name)["id"]


# ---- Signed out ----

page("welcome", "/", None)
page("register", "/register", None)
page("log-in", "/login", None)
page("not-found-stranger", "/nothing-here", None)
page("help-stranger", "/help", None)


@scene("register-faults", None)
def register_faults(visit, company, stage):
    visit.go("/register")
    visit.page.get_by_label(visit.words.name, exact=True).fill(company.names.owner)
    visit.page.get_by_label(visit.words.email, exact=True).fill("irina")
    visit.button(visit.words.register).click()
    expect(visit.page.locator("#email")).to_have_attribute("aria-invalid", "true")


@scene("log-in-refused", None)
def log_in_refused(visit, company, stage):
    visit.go("/login")
    visit.page.get_by_label(visit.words.email, exact=True).fill(company.email("nobody"))
    visit.page.get_by_label(visit.words.password, exact=True).fill("a-wrong-password")
    visit.button(visit.words.log_in).click()
    visit.page.locator(".note.bad").wait_for()


@scene("invitation", None)
def invitation(visit, company, stage):
    maker = company.sessions["maker"]
    form = {"email": company.email("guest"), "role_id": role_named(maker, "Editor")["id"]}
    answer = maker.post("/v1/invitations", json=form)
    assert answer.status_code == 201, answer.text
    visit.go("/invitations/" + answer.json()["link"].rsplit("/", 1)[1])


# ---- The account ----

page("main-new", "/", "newcomer")
page("main", "/")
page("settings", "/settings")
page("sheet-create", "/settings/keys/new")
page("refusals", "/settings/keys/refusals")
page("not-found", "/nothing-here")
page("forbidden", "/settings/users", "viewer")


@scene("menu", is_screen=True, widths=(390, 768))
def menu(visit, company, stage):
    visit.go("/settings")
    visit.page.locator(".top-bar button").click()


@scene("settings-developers", is_screen=True)
def settings_developers(visit, company, stage):
    visit.go("/settings#developers")
    expect(visit.page.locator("#developers")).to_have_attribute("open", "")


@scene("failed")
def failed(visit, company, stage):
    stage.server.sql("ALTER TABLE audit_events RENAME TO audit_events_of_old")
    try:
        visit.go("/settings/audit")
    finally:
        stage.server.sql("ALTER TABLE audit_events_of_old RENAME TO audit_events")


# ---- API keys ----

page("keys-empty", "/settings/keys", "newcomer")
page("keys", "/settings/keys")
page("keys-nothing-found", "/settings/keys?query=zebra")


@scene("keys-selected")
def keys_selected(visit, company, stage):
    visit.keys_page()
    for name in (company.names.lobby, company.names.staging):
        visit.row_box(name).check()


@scene("create", is_screen=True)
def create(visit, company, stage):
    visit.keys_page().open_create()


@scene("create-rights", is_screen=True)
def create_rights(visit, company, stage):
    create(visit, company, stage)
    visit.name_field().fill(company.names.lobby)
    expect(visit.name_field()).to_have_attribute("aria-invalid", "true")
    visit.window.get_by_role("radio").last.check()


@scene("calendar", is_screen=True, is_played_anew=True)
def calendar(visit, company, stage):
    create(visit, company, stage)
    visit.name_field().fill(company.names.new + " 2")
    visit.window.locator(".day-field button").click()
    visit.page.locator(".calendar").wait_for()


@scene("discard", is_screen=True)
def discard(visit, company, stage):
    create(visit, company, stage)
    visit.name_field().fill(company.names.new + " 2")
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator("#discard-window")).to_be_visible()


def forget_keys(visit, company, stage):
    visit.page.close(run_before_unload=False)
    visit.page = visit.new_tab()
    maker = company.sessions["maker"]
    keys = [key["id"] for key in maker.get("/v1/keys").json()["keys"]]
    assert maker.post("/v1/keys/delete", json={"ids": keys}).status_code == 200


@scene("reveal", "maker", is_screen=True, end=forget_keys)
def reveal(visit, company, stage):
    visit.keys_page().reveal(company.names.import_)


@scene("reveal-copied", "maker", is_screen=True, end=forget_keys)
def reveal_copied(visit, company, stage):
    visit.keys_page().reveal(company.names.import_)
    visit.button(visit.words.copy_key).click()
    visit.box.check()
    expect(visit.done).to_be_enabled()


@scene("delete-one", is_screen=True)
def delete_one(visit, company, stage):
    visit.keys_page()
    visit.button(visit.words.row_bin(company.names.lobby)).click()
    expect(visit.window).to_be_visible()


@scene("delete-all", is_screen=True)
def delete_all(visit, company, stage):
    visit.keys_page()
    visit.button(visit.words.delete_all).click()
    expect(visit.window).to_be_visible()


# ---- Administration ----

page("users", "/settings/users")
page("users-nothing-found", "/settings/users?query=zebra")
page("invite", "/settings/users/invite")
page("roles", "/settings/roles")
page("role-new", "/settings/roles/new")
page("audit", "/settings/audit")
page("audit-nothing-found", "/settings/audit?person=zebra")
page("company-keys", "/settings/company-keys")


@scene("person")
def colleague(visit, company, stage):
    visit.go(f"/settings/users/{person(company, 'max')}")


@scene("person-blocked")
def blocked(visit, company, stage):
    visit.go(f"/settings/users/{person(company, 'denis')}")


@scene("person-remove")
def remove(visit, company, stage):
    visit.go(f"/settings/users/{person(company, 'editor')}/remove")


@scene("role")
def role_editor(visit, company, stage):
    visit.go(f"/settings/roles/{role(company, company.names.role_changed)}")


@scene("role-delete")
def role_delete(visit, company, stage):
    visit.go(f"/settings/roles/{role(company, company.names.role_changed)}/delete")


@scene("company-keys-delete")
def company_keys_delete(visit, company, stage):
    visit.go("/settings/company-keys")
    visit.page.locator("tbody [type=checkbox]").first.check()
    visit.page.locator("tbody [type=checkbox]").nth(1).check()


# ---- Discussions ----

DISCUSSIONS = "/help/api-keys/discussions"

page("discussions", DISCUSSIONS)
page("discussions-empty", DISCUSSIONS, "newcomer")
page("discussions-ask", DISCUSSIONS + "/new")
page("notifications", "/notifications")


@scene("discussion", "viewer")
def discussion(visit, company, stage):
    visit.go(f"{DISCUSSIONS}/{company.topic}")


# ---- Help ----

page("help", "/help")
page("help-article", "/help/api-keys")
page("help-nothing-found", "/help/search?q=zebra")


@scene("offline", None)
def offline(visit, company, stage):
    visit.go(f"/offline/{company.names.language}")


@scene("help-search")
def help_search(visit, company, stage):
    visit.go("/help/search?q=" + {"en": "expired", "ru": "истёк"}[company.names.language])
