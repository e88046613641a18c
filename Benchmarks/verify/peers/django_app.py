"""Django REST framework with djangorestframework-api-key, and nothing that this job does not need.

As a program it makes the database, and writes so many keys into a file: `django_app.py COUNT FILE`.
"""

import os
import sys
from pathlib import Path

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="for a benchmark",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],  # for Content-Length
    INSTALLED_APPS=["rest_framework", "rest_framework_api_key"],
    DATABASES={
        "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["DATABASE"], "CONN_MAX_AGE": None}
    },
    REST_FRAMEWORK={
        "UNAUTHENTICATED_USER": None,
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    },
    USE_TZ=True,
)
django.setup()

from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import transaction  # noqa: E402
from django.urls import path  # noqa: E402
from rest_framework.authentication import BaseAuthentication  # noqa: E402
from rest_framework.response import Response  # noqa: E402
from rest_framework.views import APIView  # noqa: E402
from rest_framework_api_key.models import APIKey  # noqa: E402
from rest_framework_api_key.permissions import HasAPIKey  # noqa: E402


class Challenge(BaseAuthentication):
    """Knows nobody; for its sake a refusal is 401 and not 403."""

    def authenticate(self, request):
        return None

    def authenticate_header(self, request):
        return "Api-Key"


class Verify(APIView):
    authentication_classes = [Challenge]
    permission_classes = [HasAPIKey]

    def get(self, request):
        return Response({"valid": True})


urlpatterns = [path("v1/verify", Verify.as_view())]
application = get_wsgi_application()


def make(count: int, file: Path) -> None:
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        file.write_text("".join(APIKey.objects.create_key(name=f"Key {number}")[1] for number in range(count)))


if __name__ == "__main__":
    make(int(sys.argv[1]), Path(sys.argv[2]))
