"""Write the next version of a translation, beside the master."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction

from tongmun.letters.actions.render import say_renderings
from tongmun.letters.actions.write_version import write_version
from tongmun.letters.digests import paragraph_digest
from tongmun.letters.models import LetterVersion
from tongmun.people.actions.record import record
from tongmun.people.models import User


class ParagraphsDoNotMatch(ValueError):
    """Cannot translate paragraph by paragraph: one is empty or holds two, or there are not as many as in the master."""


@transaction.atomic
def translate(
    *,
    master: LetterVersion,
    language: str,
    based_on: int,
    paragraphs: Sequence[str],
    still_right: Collection[int],
    dated: date | None,
    subject: str,
    addressee: str,
    care_of: str,
    salutation: str,
    close: str,
    signatory: str,
    by: User,
    at: datetime,
) -> LetterVersion:
    """Write the version after number `based_on` beside the version of the master that the translator saw; give it.

    A paragraph that is new or changed renders the master's beside it. One that stayed as it was does so only when its
    number, from 1, is in `still_right`; that alone makes no new version. Reads master.edition. Raises
    ParagraphsDoNotMatch, LetterChangedMeanwhile and NoFormsOfAddress.
    """
    body = "\n\n".join(paragraphs)
    if not len(paragraphs) == len(LetterVersion(body=body).paragraphs) == len(master.paragraphs):
        raise ParagraphsDoNotMatch
    edition = master.edition
    before = LetterVersion.objects.filter(edition=edition, language=language, number=based_on).first()
    version = write_version(
        edition=edition,
        language=language,
        based_on=based_on,
        dated=dated,
        subject=subject,
        addressee=addressee,
        care_of=care_of,
        salutation=salutation,
        body=body,
        close=close,
        signatory=signatory,
        by=by,
        at=at,
    )
    stayed = {paragraph_digest(paragraph) for paragraph in before.paragraphs} if before else set()
    rendered = [
        (paragraph_digest(source), digest)
        for number, (source, paragraph) in enumerate(zip(master.paragraphs, paragraphs, strict=True), 1)
        if (digest := paragraph_digest(paragraph)) not in stayed or number in still_right
    ]
    is_new = say_renderings(edition=edition, language=language, pairs=rendered)
    if is_new and version == before:
        record(deed="letter.translation-checked", subject=f"{edition.slug} {language} v{version.number}", by=by, at=at)
    return version
