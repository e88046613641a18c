"""The pages of the roles without scripts, on every width, and in both languages."""

import pytest
from playwright.sync_api import expect

from support.client import refusal, unique, verify
from support.roles import add_colleague, add_role, administrator_role, role, role_named
from support.visits import Visit

FEW_ACTIONS = """
platform: {name: Ward, key_prefix: wd}
sections:
  - {id: logs, name: {en: Logs, ru: Записи}, actions: [read]}
"""


def pages(visit: Visit) -> list[str]:
    """The address of each page of the roles, with everything on it that can be."""
    used = add_role(visit.api, "devices:read", "devices:delete", "api-keys:create", name=unique("Operator " * 4))
    unused = add_role(visit.api, "content:read", name="Ω" * 90)
    boris, _ = add_colleague(visit.api, used["id"], name="Boris " + "x" * 90)
    boris.create_key()
    path = f"/settings/roles/{used['id']}"
    return ["/settings/roles", "/settings/roles?query=nobody", path, f"{path}/delete"] + [
        f"/settings/roles/{unused['id']}/delete",
        f"/settings/roles/{administrator_role(visit.api)['id']}",
        f"/settings/roles/new?from={used['id']}",
    ]


def preview_and_collide(visit: Visit, path: str):
    """Goes on from a role's page to the preview, to a refused name, and to the page of two versions."""
    visit.go(path)
    page = visit.page
    page.locator("[value='devices:delete']").uncheck()
    page.locator("[value='reports:read']").check()
    page.locator("[data-role-form] button").click()
    yield
    page.locator("[value=edit]").click()
    page.locator("#name").fill("Administrator")
    page.locator("[data-role-form] button").click()
    expect(page.locator("#name")).to_have_attribute("aria-invalid", "true")
    yield
    visit.api.patch("/v1/roles/" + path.split("/")[-1], json={"permissions": ["devices:read"]})
    page.locator("[data-role-form] button").click()
    yield


@pytest.mark.parametrize(("kind", "language"), [("chromium", "ru"), ("firefox", "en")])
@pytest.mark.parametrize("width", [390, 768])
def test_nothing_runs_off_the_side(new_visit, kind, language, width):
    visit = new_visit(kind, language, viewport={"width": width, "height": 800}).sign_in()
    paths = pages(visit)
    for path in paths:
        visit.go(path)
        for details in visit.page.locator("main details").all():
            details.evaluate("part => part.open = true")
        assert not visit.has_sideways_scroll(), path
    for _ in preview_and_collide(visit, paths[2]):
        assert not visit.has_sideways_scroll()


def test_headings_of_a_long_matrix_stay_in_sight(new_visit, kind):
    visit = new_visit(kind, viewport={"width": 1280, "height": 480}).sign_in()
    visit.go(pages(visit)[2])
    visit.page.locator("[value='api-keys:delete']").scroll_into_view_if_needed()
    expect(visit.page.get_by_role("columnheader", name="Delete")).to_be_in_viewport()
    expect(visit.button("Preview changes")).to_be_in_viewport()


def test_role_is_changed_without_script(new_visit, language):
    visit = new_visit("chromium", language, java_script_enabled=False).sign_in()
    made = add_role(visit.api, "devices:read", "devices:delete", "api-keys:create")
    boris, _ = add_colleague(visit.api, made["id"])
    key = boris.create_key()["key"]
    visit.go(f"/settings/roles/{made['id']}")
    page = visit.page
    expect(page.locator("[data-toggle]").first).to_be_hidden()
    page.locator("#name").fill(unique("Renamed"))
    page.locator("[value='devices:delete']").uncheck()
    page.locator("[data-role-form] button").click()
    page.locator("[value=edit]").click()
    expect(page.locator("[value='devices:delete']")).not_to_be_checked()
    page.locator("[data-role-form] button").click()
    assert verify(visit.server, key, "devices:delete").status_code == 200
    page.locator("[value=apply]").click()
    expect(page.get_by_role("status")).to_be_visible()
    assert refusal(verify(visit.server, key, "devices:delete")) == "missing_permission"

    visit.go("/settings/roles/new")
    name = unique("Added")
    page.locator("#name").fill(name)
    page.locator("[value='content:read']").check()
    page.locator("[data-role-form] button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.locator("a[href$='/delete']").click()
    page.get_by_role("main").get_by_role("button").click()
    expect(page.get_by_role("link", name=name)).to_have_count(0)
    page.get_by_role("searchbox").fill("nobody")
    page.get_by_role("searchbox").press("Enter")
    expect(visit.rows).to_have_count(0)


def test_the_platforms_own_role_keeps_both_names_when_only_its_rights_change(new_visit):
    visit = new_visit("chromium", "ru").sign_in()
    editor = role_named(visit.api, "Editor")
    visit.go(f"/settings/roles/{editor['id']}")
    expect(visit.page.get_by_label("Название роли")).to_have_value("Редактор")
    visit.page.get_by_role("checkbox", name="Отчёты: удаление").check()
    visit.button("Посмотреть, что изменится").click()
    expect(visit.page.get_by_role("main")).not_to_contain_text("Название изменится")
    visit.button("Применить").click()
    expect(visit.page.get_by_role("status")).to_contain_text("Все ключи уже работают по-новому")
    changed = role(visit.api, editor["id"])
    assert changed["name"] == "Editor" and "reports:delete" in changed["permissions"]


def test_matrix_is_downloaded_by_its_link(new_visit):
    """In Chromium alone: Debian's Firefox would put the file among the downloads of whoever runs the tests."""
    visit = new_visit().sign_in()
    visit.go("/settings/roles")
    with visit.page.expect_download() as download:
        visit.page.get_by_role("link", name="Download role matrix").click()
    assert download.value.suggested_filename == "role-matrix.xlsx"


def test_section_with_fewer_actions_shows_a_dash(new_server, new_visit, tmp_path):
    (tmp_path / "platform.yaml").write_text(FEW_ACTIONS)
    visit = new_visit(server=new_server("--platform", str(tmp_path / "platform.yaml"))).sign_in()
    visit.go("/settings/roles/new")
    row = visit.page.get_by_role("row", name="Logs")
    expect(row.get_by_text("–")).to_have_count(3)
    expect(row.get_by_role("checkbox", name="Logs: read")).to_be_enabled()
    expect(row.locator("[name=right]")).to_have_count(1)
