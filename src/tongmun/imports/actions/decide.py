"""Choose the columns of an import, start it, or stop it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from tongmun.campaigns.models import Edition
from tongmun.imports.folders import erase_folder, erase_upload
from tongmun.imports.mapping import Mapping
from tongmun.imports.models import Import
from tongmun.people.actions.record import record
from tongmun.people.models import User


@transaction.atomic
def map_columns(*, of: Import, mapping: Mapping, by: User, at: datetime) -> bool:
    """Keep how the columns are read; gives False when the import has been started or cancelled meanwhile."""
    changed = (
        Import.objects.in_preparation()
        .filter(pk=of.pk)
        .update(state=Import.State.MAPPED, mapping=mapping.as_json(), changed_on=at.date())
    )
    if changed:
        record(deed="import.mapped", subject=of.subject, by=by, at=at)
    return bool(changed)


@transaction.atomic
def start(*, of: Import, by: User, at: datetime) -> bool:
    """Let the worker take the rows in; gives False when the columns are not chosen, it began, or signing is over."""
    changed = (
        Import.objects.filter(pk=of.pk, state=Import.State.MAPPED, has_files=True)
        .exclude(edition__state=Edition.State.CLOSED)
        .update(state=Import.State.RUNNING, started_by=by, changed_on=at.date())
    )
    if changed:
        record(deed="import.started", subject=of.subject, by=by, at=at)
    return bool(changed)


@transaction.atomic
def cancel(*, of: Import, by: User | None, at: datetime) -> bool:
    """Stop an import; rows that are counted stay counted. Gives False when there is nothing left to stop.

    `by` is None when the worker cannot go on.
    """
    stoppable = Q(state__in=[Import.State.UPLOADED, Import.State.MAPPED, Import.State.RUNNING])
    changed = Import.objects.filter(stoppable, pk=of.pk).update(state=Import.State.CANCELLED, changed_on=at.date())
    if changed:
        record(deed="import.cancelled", subject=of.subject, by=by, at=at)
        transaction.on_commit(lambda: erase_what_is_done_with(of))
    return bool(changed)


def erase_what_is_done_with(of: Import) -> None:
    """Erase the upload of an import that has ended; the rejected rows wait to be fetched."""
    rejected = Import.objects.filter(pk=of.pk, rejected__gt=0).exists()
    if rejected:
        erase_upload(of.key)
        return
    erase_folder(of.key)
    Import.objects.filter(pk=of.pk).update(has_files=False)
