"""Companies with roles of their own, and colleagues who have them."""

from support.client import PASSWORD, Browser, unique


def add_role(administrator: Browser, *permissions: str, name: str | None = None) -> dict:
    response = administrator.post("/v1/roles", json={"name": name or unique("role"), "permissions": permissions})
    assert response.status_code == 201, response.text
    return response.json()


def role(administrator: Browser, role_id: str) -> dict:
    return next(role for role in administrator.get("/v1/roles").json()["roles"] if role["id"] == role_id)


def role_named(administrator: Browser, name: str) -> dict:
    return next(role for role in administrator.get("/v1/roles").json()["roles"] if role["name"] == name)


def role_of(administrator: Browser, name: str) -> str:
    """The id of the role with this name."""
    return role_named(administrator, name)["id"]


def administrator_role(administrator: Browser) -> dict:
    return next(role for role in administrator.get("/v1/roles").json()["roles"] if role["fixed"])


def add_colleague(administrator: Browser, role_id: str, name: str = "Boris Ivanov") -> tuple[Browser, str]:
    """A person of the administrator's company with a role, signed in, and their id."""
    email = f"{unique('boris')}@example.com"
    form = {"name": name, "email": email, "password": PASSWORD, "role_id": role_id}
    added = administrator.post("/v1/users", json=form)
    assert added.status_code == 201, added.text
    colleague = Browser(administrator.server)
    assert colleague.log_in(email, PASSWORD).status_code == 201
    return colleague, added.json()["id"]
