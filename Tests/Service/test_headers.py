"""What every answer tells a browser to allow, to keep and to forget."""

import re

import pytest

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; media-src 'self'; "
    "connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PUBLIC_PAGES = ["/", "/login", "/register", "/docs", "/nothing-here"]
PRIVATE_PAGES = ["/", "/settings", "/settings/keys", "/settings/keys/new", "/settings/keys/delete?all=true"]


def directives(policy: str) -> dict[str, str]:
    return dict(part.strip().partition(" ")[::2] for part in policy.split(";"))


def assert_guarded(response) -> None:
    assert directives(response.headers["content-security-policy"]) == directives(POLICY)
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] in ("no-referrer", "same-origin", "strict-origin")


@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_public_pages_are_guarded(visitor, path):
    assert_guarded(visitor.get(path))


@pytest.mark.parametrize("path", PRIVATE_PAGES)
def test_private_pages_are_guarded_and_never_stored(member, path):
    member.create_key()
    response = member.get(path)
    assert response.status_code == 200
    assert_guarded(response)
    assert "no-store" in response.headers["cache-control"]


@pytest.mark.parametrize("path", ["/v1/me", "/v1/keys", "/v1/verify", "/v1/nothing"])
def test_answers_of_the_api_are_never_stored_or_guessed_at(member, path):
    response = member.get(path)
    assert "no-store" in response.headers["cache-control"]
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", [*PUBLIC_PAGES, *PRIVATE_PAGES])
def test_pages_hold_nothing_that_their_policy_forbids(member, visitor, path):
    for browser in (member, visitor):
        text = browser.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", text)
        assert not re.search(r"<style\b|\sstyle=|\son\w+=\"|javascript:", text)


def assets_of(text: str) -> list[str]:
    return re.findall(r"""(?:src|href)="(/assets/[^"]+)\"""", text)


def test_assets_are_kept_forever_under_a_name_that_changes_with_them(visitor):
    found = assets_of(visitor.get("/login").text)
    assert any(".css" in path for path in found) and any(".js" in path for path in found)
    for path in found:
        response = visitor.get(path)
        assert response.status_code == 200, path
        assert re.fullmatch(r"/assets/[0-9a-f]{16}/[\w.-]+", path)
        assert "immutable" in response.headers["cache-control"]
        assert response.headers["x-content-type-options"] == "nosniff"


def test_stale_name_of_an_asset_is_not_kept_forever(visitor):
    """Else a page of an old version would pin new bytes under its old name, or old bytes under a new one."""
    name = assets_of(visitor.get("/login").text)[0].rsplit("/", 1)[1]
    response = visitor.get(f"/assets/0123456789abcdef/{name}")
    assert response.status_code == 404 or "immutable" not in response.headers.get("cache-control", "")


def test_fonts_come_from_the_binary(visitor):
    style = next(path for path in assets_of(visitor.get("/login").text) if ".css" in path)
    fonts = re.findall(r"""url\(["']?([^"')]+)""", visitor.get(style).text)
    assert any("woff2" in font for font in fonts)
    for font in fonts:
        response = visitor.get(style.rsplit("/", 1)[0] + "/" + font if not font.startswith("/") else font)
        assert response.status_code == 200, font


@pytest.mark.parametrize("path", ["/settings", "/settings/keys", "/settings/keys/new"])
def test_signed_out_visitor_is_led_to_the_log_in_page(visitor, path):
    response = visitor.get(path)
    assert response.status_code in (302, 303)
    assert response.headers["location"].startswith("/login")


def test_return_path_leads_to_no_other_site(visitor, member):
    for target in ("https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        form = {"email": member.email, "password": member.password, "next": target, "return_to": target}
        response = visitor.post("/login", params={"next": target, "return_to": target}, data=form)
        assert response.status_code == 303
        assert re.match(r"/(?![/\\])", response.headers["location"])


def test_text_of_a_person_is_shown_as_text(visitor):
    evil = '"><script>alert(1)</script>'
    visitor.register(name=evil, company=evil)
    visitor.create_key(evil)
    for path in PRIVATE_PAGES + ["/settings/keys?query=" + evil, "/login?next=" + evil]:
        assert "<script>alert" not in visitor.get(path).text


def test_pages_speak_the_language_that_was_chosen(member, visitor):
    assert 'lang="en"' in visitor.get("/login").text
    assert 'lang="ru"' in visitor.get("/login", headers={"Accept-Language": "ru"}).text
    assert (
        member.post("/settings/preferences", data={"language": "ru", "time_zone": "Europe/Moscow"}).status_code == 303
    )
    assert 'lang="ru"' in member.get("/settings", headers={"Accept-Language": "en"}).text
    response = visitor.post(
        "/language", data={"language": "ru"}, headers={"Referer": str(visitor.base_url.join("/login"))}
    )
    assert response.status_code == 303
    assert 'lang="ru"' in visitor.get("/login", headers={"Accept-Language": "en"}).text
