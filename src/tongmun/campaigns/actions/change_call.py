"""Change the call of an edition in one language."""

from datetime import datetime

from django.db import transaction

from tongmun.campaigns.models import Call, Edition
from tongmun.people.actions.record import record
from tongmun.people.models import User


class CallChangedMeanwhile(RuntimeError):
    """Cannot write over a text the editor has not seen. `current` is what stands there now, None when it is gone."""

    def __init__(self, current: Call | None) -> None:
        super().__init__()
        self.current = current


@transaction.atomic
def change_call(
    *,
    edition: Edition,
    language: str,
    title: str,
    what: str,
    where: str,
    body: str,
    revision: int,
    by: User,
    at: datetime,
) -> Call:
    """Write the call; `revision` is the one its editor saw, 0 when there was none. An unchanged text writes nothing.

    Raises CallChangedMeanwhile when somebody else has saved since.
    """
    texts = {"title": title, "what": what, "where": where, "body": body}
    stored = Call.objects.filter(edition=edition, language=language)
    before = stored.first()
    if before and all(getattr(before, name) == text for name, text in texts.items()):
        return before
    if revision:
        changed = bool(stored.filter(revision=revision).update(**texts, changed_on=at.date(), revision=revision + 1))
    else:
        _call, changed = stored.get_or_create(
            edition=edition, language=language, defaults={**texts, "changed_on": at.date()}
        )
    after = stored.first()
    if not changed or after is None:
        raise CallChangedMeanwhile(after)
    Edition.objects.filter(pk=edition.pk).update(changed_on=at.date())
    record(deed="call.changed", subject=f"{edition.slug} {language}", by=by, at=at)
    return after
