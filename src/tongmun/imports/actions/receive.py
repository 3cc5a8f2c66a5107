"""Take in an uploaded file, to be looked at before anything of it is imported."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tongmun.campaigns.models import Edition, Organisation
from tongmun.imports.folders import erase_folder
from tongmun.imports.models import Import
from tongmun.imports.reading import FileRefused, inspect
from tongmun.imports.rejected import keep_headings
from tongmun.letters.models import LetterVersion
from tongmun.people.actions.record import record
from tongmun.people.models import User


@transaction.atomic
def receive(
    *,
    key: UUID,
    edition: Edition,
    organisation: Organisation,
    letter: LetterVersion,
    statement: str,
    by: User,
    at: datetime,
) -> Import:
    """Read a file that an Inbox has locked through once, and keep what is known of it.

    Raises FileRefused, and erases the file, when it cannot be used.
    """
    try:
        found = inspect(key)
    except FileRefused:
        erase_folder(key)
        raise
    keep_headings(key, found.headings)
    made = Import.objects.create(
        edition=edition,
        organisation=organisation,
        letter=letter,
        statement=statement,
        key=key,
        delimiter=found.delimiter,
        columns=len(found.headings),
        size=found.size,
        rows=found.rows,
        offset=found.first.offset,
        line=found.first.line,
        made_on=at.date(),
        changed_on=at.date(),
        made_by=by,
    )
    record(deed="import.uploaded", subject=made.subject, by=by, at=at)
    return made
