"""Write the next version of a letter."""

from datetime import date, datetime

from django.db import transaction

from tongmun.campaigns.models import Edition
from tongmun.letters.digests import letter_digest
from tongmun.letters.models import LetterVersion
from tongmun.letters.wording import wording
from tongmun.people.actions.record import record
from tongmun.people.models import User


class LetterChangedMeanwhile(RuntimeError):
    """Cannot follow a version that is not the newest. `current` is the newest, None when there is none."""

    def __init__(self, current: LetterVersion | None) -> None:
        super().__init__()
        self.current = current


@transaction.atomic
def write_version(
    *,
    edition: Edition,
    language: str,
    based_on: int,
    dated: date | None,
    subject: str,
    addressee: str,
    care_of: str,
    salutation: str,
    body: str,
    close: str,
    signatory: str,
    by: User,
    at: datetime,
) -> LetterVersion:
    """Write the version after number `based_on` (0: the first) and give it; an unchanged text gives the one there is.

    Raises LetterChangedMeanwhile when somebody else wrote that version first, and NoFormsOfAddress for a language in
    which no mission can be addressed.
    """
    wording(language)
    texts = {
        "dated": dated,
        "subject": subject,
        "addressee": addressee,
        "care_of": care_of,
        "salutation": salutation,
        "body": body,
        "close": close,
        "signatory": signatory,
    }
    digest = letter_digest(language=language, **texts)  # type: ignore[arg-type]  # mypy joins str and date to object
    written = LetterVersion.objects.filter(edition=edition, language=language)
    current = written.order_by("-number").first()
    if current and current.digest == digest:
        return current
    if based_on != (current.number if current else 0):
        raise LetterChangedMeanwhile(current)
    version, is_new = written.get_or_create(
        edition=edition,
        language=language,
        number=based_on + 1,
        defaults={**texts, "digest": digest, "changed_on": at.date()},
    )
    if not is_new:
        raise LetterChangedMeanwhile(version)
    Edition.objects.filter(pk=edition.pk).update(changed_on=at.date())
    record(deed="letter.version-written", subject=f"{edition.slug} {language} v{version.number}", by=by, at=at)
    return version
