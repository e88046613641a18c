"""Every page, and every window and state of one, that a person can come to: what is true of all is tested on these."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from support.client import unique
from support.household import Household
from support.pages import SIGNED_IN, SIGNED_OUT
from support.visits import Visit

Steps = Callable[[Visit], None]


@dataclass(frozen=True)
class Stop:
    name: str
    """Of its page, and of the window that stands over it."""
    path: str
    steps: Steps | None = None
    """What is done on the page before one looks."""


WHO = ["stranger", "chief", "newcomer", "colleague"]


def walk(visit: Visit, house: Household, who: str) -> Iterator[Stop]:
    """Leads to one stop after the other."""
    if who != "stranger":
        visit.take_session({"chief": house.chief, "colleague": house.colleague, "newcomer": house.newcomer}[who])
    visit.answer_dialogs(stay=False)
    for stop in stops(house, who):
        visit.go(stop.path)
        if stop.steps:
            stop.steps(visit)
        unfold(visit.page)
        yield stop


def unfold(page: Page) -> None:
    """But for the description of the API, which has a hundred parts of one kind."""
    parts = page.locator("body:not(.docs) main details, dialog[open] details")
    parts.evaluate_all("parts => parts.forEach((part) => part.open = true)")


def stops(house: Household, who: str) -> list[Stop]:
    paths, states = {
        "stranger": ([*SIGNED_OUT, *strangers_paths(house)], STRANGERS_STATES),
        "chief": ([*SIGNED_IN, *chiefs_paths(house)], chiefs_states(house)),
        "newcomer": (["/", "/settings", "/settings/keys", "/settings/keys/refusals"], []),
        "colleague": (colleagues_paths(house), []),
    }[who]
    return [Stop(path, path) for path in paths] + states


HELP = ["/help/api-keys", "/help/people", "/help/search", "/help/search?q=401", "/help/search?q=zebra"]


def strangers_paths(house: Household) -> list[str]:
    # The description of the API speaks English alone.
    docs = ["/docs"] if house.language == "en" else []
    return [*HELP, *docs, f"/invitations/{house.ids['token']}", "/invitations/gone"]


def chiefs_paths(house: Household) -> list[str]:
    ids = house.ids
    refusals = f"/settings/keys/refusals?key={ids['refused_key']}"
    users, roles, company = "/settings/users", "/settings/roles", "/settings/company-keys"
    return [
        "/help/api-keys", "/help/search?q=401", "/settings/keys?query=nothing", "/settings/keys?sort=-name", f"/settings/keys/delete?id={ids['key']}",
        refusals, f"{refusals}&method=GET&path=/api/devices", f"{refusals}&method=GET&path=wrong",
        f"{refusals}&method=DELETE&path=/api/devices/{'z' * 300}", "/settings/sessions/end-others",
        f"{company}?query=nothing", f"{company}/delete?id={ids['colleagues_key']}",
        f"{users}?query=nothing", f"{users}/{ids['chief']}", f"{users}/{ids['colleague']}", f"{users}/{ids['blocked']}",
        f"{users}/{ids['colleague']}/block", f"{users}/{ids['colleague']}/remove",
        f"{users}/invitations/{ids['invitation']}/withdraw",
        f"{roles}?query=nobody", f"{roles}/{ids['role']}", f"{roles}/{ids['fixed_role']}",
        f"{roles}/new?from={ids['role']}", f"{roles}/{ids['role']}/delete", f"{roles}/{ids['unused_role']}/delete",
        "/settings/audit?person=nobody-at-all", "/settings/audit?action=roles",
        "/help/api-keys/discussions?q=nothing", ids["topic"], f"{ids['topic']}?edit=question", ids["closed_topic"],
    ]  # fmt: skip


def colleagues_paths(house: Household) -> list[str]:
    """As those see the pages who may look, or not even that."""
    ids = house.ids
    return [
        "/", "/settings/keys", "/settings/keys/new", f"/settings/roles/{ids['role']}", f"/settings/users/{ids['chief']}",
        "/settings/users/invite", "/settings/audit", ids["topic"], "/notifications",
    ]  # fmt: skip


# What one comes to on a page


def send(visit: Visit) -> None:
    """Sends the page's form as it is, past what the browser would say of it."""
    form = visit.page.locator("main form[method=post]").first
    form.evaluate("form => { form.noValidate = true; form.requestSubmit() }")


def send_empty(visit: Visit) -> None:
    send(visit)
    expect(visit.page.locator("[aria-invalid=true]").first).to_be_visible()


def reply_with_nothing(visit: Visit) -> None:
    visit.page.locator("form[data-draft] .primary").click()
    expect(visit.page.locator("#body")).to_have_attribute("aria-invalid", "true")


def fail_to_log_in(visit: Visit) -> None:
    visit.page.locator("#email").fill("nobody@example.com")
    visit.page.locator("#password").fill("wrong-password")
    send(visit)
    expect(visit.page.locator("main [role=alert]").first).to_be_visible()


STRANGERS_STATES = [
    Stop("registering in vain", "/register", send_empty),
    Stop("logging in in vain", "/login", fail_to_log_in),
]


def spoil_the_name(visit: Visit) -> None:
    visit.page.locator("#name").fill("")
    send_empty(visit)


def spoil_the_password(visit: Visit) -> None:
    visit.page.locator("#security form").evaluate("form => form.requestSubmit()")
    expect(visit.page.locator("#security [aria-invalid=true]").first).to_be_visible()


def select_some(visit: Visit) -> None:
    for box in visit.page.locator("tbody [name=id][type=checkbox]").all()[:2]:
        box.check()
    expect(visit.page.locator("[data-bulk]")).to_be_visible()


def delete_one(visit: Visit) -> None:
    visit.rows.first.get_by_role("button").last.click()
    expect(visit.window).to_be_visible()


def delete_some(visit: Visit) -> None:
    select_some(visit)
    visit.button(visit.words.delete_selected).click()
    expect(visit.window).to_be_visible()


def delete_all(visit: Visit) -> None:
    visit.button(visit.words.delete_all).click()
    expect(visit.window).to_be_visible()
    visit.window.locator("[type=submit]").click()
    expect(visit.window.locator("[aria-invalid=true]")).to_be_visible()


def open_create(visit: Visit) -> None:
    visit.page.evaluate("sessionStorage.clear()")
    visit.page.reload()
    visit.open_create()


def open_calendar(visit: Visit) -> None:
    open_create(visit)
    visit.window.locator(".day-field button").click()
    expect(visit.page.locator("dialog.calendar")).to_be_visible()


def choose_no_right(visit: Visit) -> None:
    open_create(visit)
    visit.window.locator("[name=rights][value=some]").check()
    visit.window.locator("[data-preset=none]").click()
    visit.submit().click()
    expect(visit.name_field()).to_have_attribute("aria-invalid", "true")


def ask_before_leaving(visit: Visit) -> None:
    open_create(visit)
    visit.name_field().fill("Import")
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator("#discard-window")).to_be_visible()


def show_a_key(visit: Visit) -> None:
    open_create(visit)
    visit.name_field().fill(unique("shown"))
    visit.submit().click()
    visit.shown_key()


def confirm_a_key(visit: Visit) -> None:
    show_a_key(visit)
    visit.box.check()
    expect(visit.done).to_be_enabled()


def show_a_key_as_a_page(visit: Visit) -> None:
    visit.page.locator("#name").fill(unique("shown"))
    visit.page.locator("form[data-create]").evaluate("form => form.submit()")
    expect(visit.page.locator("[data-key]")).to_be_visible()


def open_shortcuts(visit: Visit) -> None:
    visit.page.keyboard.press("?")  # a phone that is touched hides the button
    expect(visit.page.locator("#shortcuts-window")).to_be_visible()


def invite_nobody(visit: Visit) -> None:
    send_empty(visit)


def invite(visit: Visit) -> None:
    visit.page.locator("#email").fill(f"{unique('pavel')}@example.com")
    send(visit)
    visit.page.locator("#link").wait_for()


def preview(visit: Visit) -> None:
    visit.page.locator("[value='devices:delete']").uncheck()
    visit.page.locator("[value='reports:read']").check()
    visit.page.locator("[data-role-form] .primary").click()
    visit.page.locator("[value=apply]").wait_for()


def take_a_taken_name(visit: Visit) -> None:
    visit.page.locator("#name").fill("Administrator")
    visit.page.locator("[data-role-form] .primary").click()
    expect(visit.page.locator("#name")).to_have_attribute("aria-invalid", "true")


def meet_another_version(visit: Visit) -> None:
    visit.page.locator("[name=version]").evaluate("field => field.value = 'another'")
    visit.page.locator("[value='reports:read']").check()
    visit.page.locator("[data-role-form] .primary").click()
    expect(visit.page.locator("main section")).to_have_count(2)


def chiefs_states(house: Household) -> list[Stop]:
    keys, role = "/settings/keys", f"/settings/roles/{house.ids['role']}"
    return [
        Stop("settings, a fault", "/settings", spoil_the_name),
        Stop("settings, another", "/settings", spoil_the_password),
        Stop("keys, some selected", keys, select_some),
        Stop("keys, deleting one", keys, delete_one),
        Stop("keys, deleting some", keys, delete_some),
        Stop("keys, deleting all", keys, delete_all),
        Stop("keys, creating", keys, open_create),
        Stop("keys, choosing a day", keys, open_calendar),
        Stop("keys, faults", keys, choose_no_right),
        Stop("keys, leaving", keys, ask_before_leaving),
        Stop("keys, a key shown", keys, show_a_key),
        Stop("keys, a key confirmed", keys, confirm_a_key),
        Stop("keys, a key on a page", "/settings/keys/new", show_a_key_as_a_page),
        Stop("keys, shortcuts", keys, open_shortcuts),
        Stop("company keys, some selected", "/settings/company-keys", select_some),
        Stop("company keys, deleting some", "/settings/company-keys", delete_some),
        Stop("replying in vain", house.ids["topic"], reply_with_nothing),
        Stop("inviting in vain", "/settings/users/invite", invite_nobody),
        Stop("an invitation", "/settings/users/invite", invite),
        Stop("a role's preview", role, preview),
        Stop("a role's fault", role, take_a_taken_name),
        Stop("a role of two versions", role, meet_another_version),
    ]
