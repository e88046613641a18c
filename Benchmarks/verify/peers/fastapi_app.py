"""The same check as ours, in FastAPI."""

import hashlib
import os
import time
from pathlib import Path
from typing import Annotated

from fastapi import FastAPI, Header
from fastapi.responses import JSONResponse

app = FastAPI(openapi_url=None)
credentials: dict[bytes, tuple[str, int, frozenset[str], str]] = {}

for line in Path(os.environ["CREDENTIALS"]).read_text().splitlines():
    digest, user, expires, names = line.split(" ", 3)
    credentials[bytes.fromhex(digest)] = (user, int(expires), frozenset(names.split()), names)


def refused(status: int, code: str) -> JSONResponse:
    return JSONResponse({"status": status, "code": code}, status, {"WWW-Authenticate": "Bearer"})


@app.get("/v1/verify")
async def verify(permission: str | None = None, authorization: Annotated[str | None, Header()] = None):
    if not authorization or not authorization.startswith("Bearer "):
        return refused(401, "missing")
    found = credentials.get(hashlib.sha256(authorization[7:].encode()).digest())
    if not found:
        return refused(401, "unknown")
    user, expires, permissions, names = found
    if expires < time.time():
        return refused(401, "expired")
    if permission and permission not in permissions:
        return refused(403, "missing_permission")
    return JSONResponse({"valid": True, "user": user}, headers={"X-User": user, "X-Permissions": names})
