"""The other reference: signing as a plain Django site does it, with the usual middleware, a form and one insert.

Served by the same server with as many threads, on SQLite with the same durability. What the product does beyond that,
such as sealing and the mail that asks for confirmation, is not in here.
"""

import os
from pathlib import Path

import django
from django import forms
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    SECRET_KEY="only-for-measuring",  # noqa: S106 -- protects nothing
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(Path(os.environ["TONGMUN_DATA"]) / "plain.sqlite3"),
            "CONN_MAX_AGE": 600,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
            },
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
django.setup()


class Signature(models.Model):
    """One row."""

    name = models.CharField(max_length=200)
    email = models.EmailField(unique=True)
    country = models.CharField(max_length=2)

    class Meta:
        app_label = "plain"

    def __str__(self) -> str:
        return f"signature {self.pk}"


class SignForm(forms.ModelForm):
    """Its form."""

    class Meta:
        model = Signature
        fields = ["name", "email", "country"]


def sign(request: HttpRequest) -> HttpResponse:
    """Validate and write, one request at a time."""
    form = SignForm(request.POST)
    if form.is_valid():
        form.save()
        return HttpResponse(status=302, headers={"Location": "/"})
    return HttpResponse(status=200)


urlpatterns = [path("en/coming/sign/", sign)]
application = get_wsgi_application()
with connection.cursor() as cursor:
    if Signature._meta.db_table not in connection.introspection.table_names(cursor):  # noqa: SLF001 -- documented
        with connection.schema_editor() as editor:
            editor.create_model(Signature)
