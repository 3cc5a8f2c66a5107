"""No table has a column that could tell who, where from or when; no row shows a person when it is printed."""

import re

import pytest
from django.apps import apps
from django.db import models

OUR_MODELS = [model for model in apps.get_models() if model.__module__.startswith("tongmun.")]
CANARY = "suzie-canary"
# What a row may call itself by: none of these is about a person.
NAMES = {"slug", "language", "kind", "state", "country", "function", "rank", "deed", "what"}
# The desk writes numbers and slugs here, never people.
NAMES_OF = {"people.JournalEntry": {"subject"}}
TEXTS = (models.CharField, models.TextField, models.JSONField)
TRACES = re.compile(r"(^|_)(ip|addr|address|agent|referer|host_name|session|created|signed|time|when|hour|at)(_|$)")
# Full hours, and the time of a pass over all signatures: neither tells when somebody signed.
INSTANTS_OF_NOBODY = {
    "Pending.expires_at",
    "Reckoning.as_of",
    "Reckoning.waiting_since",
    "Checkpoint.made_at",
    "Pulse.hour",
}


def labels(model: type[models.Model]) -> str:
    return model._meta.label


@pytest.mark.parametrize("model", OUR_MODELS, ids=labels)
def test_a_row_that_is_printed_shows_nobody(model):
    allowed = NAMES | NAMES_OF.get(model._meta.label, set())
    texts = [field.name for field in model._meta.get_fields() if isinstance(field, TEXTS)]
    row = model(pk=7, **{name: CANARY for name in texts if name not in allowed})
    for field in model._meta.get_fields():
        if isinstance(field, models.BinaryField):
            setattr(row, field.name, CANARY.encode())

    assert "__str__" in vars(model)
    assert CANARY not in str(row) + repr(row)


@pytest.mark.parametrize("model", [*apps.get_app_config("signatures").get_models()], ids=labels)
def test_signing_leaves_no_trace_of_machine_or_moment(model):
    columns = {field.name: field for field in model._meta.get_fields() if field.concrete}

    assert [
        name for name in columns if TRACES.search(name) and f"{model.__name__}.{name}" not in INSTANTS_OF_NOBODY
    ] == []
    for name, field in columns.items():
        if isinstance(field, (models.DateTimeField, models.TimeField)):
            assert f"{model.__name__}.{name}" in INSTANTS_OF_NOBODY
        assert not isinstance(field, (models.GenericIPAddressField, models.IPAddressField))


def test_a_mail_has_no_column_for_a_person_or_a_moment():
    columns = {field.name for field in apps.get_model("outbox", "Mail")._meta.get_fields()}

    assert columns == {"id", "key", "kind", "box", "state", "tries"}
