"""End the data of editions whose time is over: by day, in batches, again and again until nothing is left."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Case, QuerySet, Value, When
from django.db.models.functions import TruncMonth

from tongmun.campaigns.models import Edition
from tongmun.counts.models import CountEntry
from tongmun.kit.clock import months_after
from tongmun.kit.keyring import destroy_token_key, existing_token_key
from tongmun.people.actions.record import record
from tongmun.signatures.models import Asked, Ended, Hold, Pending, Signature
from tongmun.signatures.querysets import SignatureQuerySet

# Rows a transaction: whoever signs meanwhile waits a few milliseconds, and a worker that is killed has lost little.
BATCH = 500
# After the day of the consent.
MONTHS_OF_NEWS = 24


def end_data(*, at: datetime) -> int:
    """Erase all that is due on this day in UTC; gives how many rows were emptied or deleted.

    Each batch is a transaction of its own, so a kill loses nothing and the next call goes on. What ended stays watched:
    a row that a request wrote at the last moment is found by the next call. Raises KeyUnreadable.
    """
    today = at.astimezone(UTC).date()
    erased = end_news(today=today)
    for edition in Edition.objects.filter(day__lt=today).order_by("pk"):
        if edition.data_ends_on <= today:
            erased += end_recognition(edition=edition, at=at)
        if edition.names_end_on <= today:
            erased += end_names(edition=edition, at=at)
    return erased


def end_recognition(*, edition: Edition, at: datetime) -> int:
    """Make it impossible to tell who signed an edition: its key, tokens, openings, domains, countries and days.

    Names that waited for a moderator are refused. Shown and sealed names and news addresses stay, with what the
    sealed ones say of whom they are meant for; rows without any of these are deleted. Gives how many rows it changed.
    """
    if not _was_signed(edition):
        return 0
    # First: from here on nobody can be matched with a token, and nobody can sign any more.
    destroy_token_key(settings.KEYS, edition.slug)
    erased = _lapse_holds(edition)
    erased += _in_batches(Pending.objects.filter(edition=edition), QuerySet.delete)
    erased += _in_batches(Asked.objects.filter(edition=edition), QuerySet.delete)
    erased += _in_batches(Signature.objects.recognisable().filter(edition=edition), partial(_forget, edition.day))
    _write_down(edition, Ended.What.RECOGNITION, at)
    return erased


@transaction.atomic
def _lapse_holds(edition: Edition) -> int:
    """Erase what was held back and nobody decided about: without its opening it could be neither counted nor voided."""
    erased, _ = Signature.objects.filter(edition=edition, hold__isnull=False).delete()
    CountEntry.objects.filter(edition=edition, is_held=True).delete()
    Hold.objects.filter(edition=edition, state=Hold.State.OPEN).update(state=Hold.State.LAPSED)
    return erased


def _was_signed(edition: Edition) -> bool:
    """Tell whether there is, or ever was, anything to end. The entries of the count stay for good."""
    return (
        existing_token_key(settings.KEYS, edition.slug) is not None
        or Signature.objects.recognisable().filter(edition=edition).exists()
        or Pending.objects.filter(edition=edition).exists()
        or Asked.objects.filter(edition=edition).exists()
        or CountEntry.objects.filter(edition=edition, kind=CountEntry.Kind.ADD).exists()
    )


def _forget(day: date, signatures: SignatureQuerySet) -> None:
    signatures.filter(moderation=Signature.Moderation.WAITING).update(
        moderation=Signature.Moderation.REFUSED, waiting_box=b""
    )
    signatures.update(
        token=None,
        opening_box=b"",
        domain_box=b"",
        country="",
        via=None,
        # The news are written in a language, and end two years after they were asked for: the month is enough to know.
        language=Case(When(news_box=b"", then=Value("")), default="language"),
        confirmed_on=Case(When(news_box=b"", then=Value(day)), default=TruncMonth("confirmed_on")),
    )


def end_names(*, edition: Edition, at: datetime) -> int:
    """Erase the sealed names of an edition; what is shown stays shown. Gives how many rows it changed."""
    erased = _in_batches(Signature.objects.with_sealed_names().filter(edition=edition), _empty_sealed)
    if _was_signed(edition):
        _write_down(edition, Ended.What.NAMES, at)
    return erased


def _empty_sealed(signatures: SignatureQuerySet) -> None:
    signatures.update(sealed=b"")


def end_news(*, today: date) -> int:
    """Erase addresses whose owners asked for news too long ago; gives how many."""
    asked_before = months_after(today, -MONTHS_OF_NEWS)
    due = Signature.objects.with_address().filter(confirmed_on__lte=asked_before)
    return _in_batches(due, _empty_news)


def _empty_news(signatures: SignatureQuerySet) -> None:
    signatures.filter(token__isnull=True).update(language="")
    signatures.update(news_box=b"", consents_to_news=False)


def _in_batches(due: QuerySet[Any], erase: Callable[[Any], object]) -> int:
    """Erase what is due until nothing is; gives how many rows. `erase` must leave none of its batch due."""
    erased = 0
    while numbers := list(due.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            erase(due.filter(pk__in=numbers))
            Signature.objects.empty().filter(pk__in=numbers if due.model is Signature else []).delete()
        erased += len(numbers)
    return erased


@transaction.atomic
def _write_down(edition: Edition, what: Ended.What, at: datetime) -> None:
    _, is_new = Ended.objects.get_or_create(edition=edition, what=what, defaults={"on": at.astimezone(UTC).date()})
    if is_new:
        record(deed=f"edition.{what.lower()}-ended", subject=edition.slug, by=None, at=at)
