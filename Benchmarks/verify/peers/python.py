"""FastAPI and Django REST framework, as one would deploy each."""

from pathlib import Path

from ..keys import Keys, write_credentials
from .peer import Peer

HERE = Path(__file__).parent
# What Benchmarks/requirements.txt names; Scripts/install-python puts it there.
PROGRAMS = HERE.parents[1] / ".venv/bin"


class FastAPI(Peer):
    """uvicorn with uvloop and httptools: SHA-256, a dictionary, expiry and permission."""

    name = "fastapi"
    title = "FastAPI, SHA-256, keys in a dictionary"

    def launch(self) -> None:
        credentials = write_credentials(self.keys.accepted, self.folder / "credentials")
        self.run(
            PROGRAMS / "uvicorn", "--app-dir", HERE, "--host", "127.0.0.1", "--port", self.port, "--workers",
            self.workers, "--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning",
            "fastapi_app:app", CREDENTIALS=str(credentials),
        )  # fmt: skip


class DjangoRESTFramework(Peer):
    """djangorestframework-api-key on SQLite, in gunicorn with threads, so that connections stay open.

    It makes its own keys, with a prefix to look up by and a digest (SHA-512) to compare.
    """

    name = "drf"
    title = "djangorestframework-api-key"
    scheme = "Api-Key"

    @property
    def accepted(self) -> Keys:
        file = self.folder / "keys"
        return Keys(file, DJANGO_KEY_LENGTH, file.stat().st_size // DJANGO_KEY_LENGTH)

    def launch(self) -> None:
        settings = {"DATABASE": str(self.folder / "django.sqlite"), "PYTHONPATH": str(HERE)}
        maker = self.run(
            PROGRAMS / "python", HERE / "django_app.py", str(self.keys.accepted.count), self.folder / "keys", **settings
        )
        if maker.popen.wait():
            raise RuntimeError(f"Django made no keys: {maker.log.read_text()}")
        self.processes.remove(maker)
        self.run(
            PROGRAMS / "gunicorn", "--bind", f"127.0.0.1:{self.port}", "--workers", self.workers, "--worker-class",
            "gthread", "--threads", "32", "--keep-alive", "300", "--log-level", "warning", "django_app:application",
            **settings,
        )  # fmt: skip


DJANGO_KEY_LENGTH = 8 + 1 + 32  # prefix, point, secret
