"""The pages of the account that need no name in their address: what is true of every page is tested on these."""

SIGNED_OUT = ["/", "/login", "/register", "/help", "/nothing-here"]
SIGNED_IN = [
    "/",
    "/settings",
    "/settings/keys",
    "/settings/keys/new",
    "/settings/keys/delete?all=true",
    "/settings/keys/refusals",
    "/settings/company-keys",
    "/settings/users",
    "/settings/users/invite",
    "/settings/roles",
    "/settings/roles/new",
    "/settings/audit",
    "/help",
    "/help/api-keys/discussions",
    "/help/api-keys/discussions/new",
    "/notifications",
    "/nothing-here",
]
