"""Decide whether a name that its owner wants shown is shown."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from tongmun.kit.keyring import server_key
from tongmun.kit.sealing import unlock
from tongmun.people.actions.record import record
from tongmun.people.models import User
from tongmun.signatures.models import Signature


def waiting_name(signature: Signature) -> str:
    """Read the name a moderator has to look at."""
    return unlock(bytes(signature.waiting_box), key=server_key(settings.KEYS), purpose="name")["name"]


@transaction.atomic
def show_name(*, signature: Signature, by: User, at: datetime) -> bool:
    """Let a waiting name through; gives False when somebody else has decided meanwhile."""
    changed = (
        Signature.objects.waiting()
        .filter(pk=signature.pk)
        .update(moderation=Signature.Moderation.SHOWN, shown_name=waiting_name(signature), waiting_box=b"")
    )
    if changed:
        record(deed="signature.name-shown", subject=signature.edition.slug, by=by, at=at)
    return bool(changed)


@transaction.atomic
def refuse_name(*, signature: Signature, by: User, at: datetime) -> bool:
    """Keep a waiting name hidden; the signature stays counted. Gives False when somebody else has decided meanwhile."""
    changed = (
        Signature.objects.waiting()
        .filter(pk=signature.pk)
        .update(moderation=Signature.Moderation.REFUSED, waiting_box=b"")
    )
    if changed:
        record(deed="signature.name-refused", subject=signature.edition.slug, by=by, at=at)
    return bool(changed)
