"""What a person decides about mail that is uncertain or was refused."""

from tongmun.outbox.models import Mail


def send_again(*, mail: Mail) -> bool:
    """Queue a stuck mail once more; it may then arrive twice. Gives False when somebody else has decided meanwhile."""
    return bool(Mail.objects.stuck().filter(pk=mail.pk).update(state=Mail.State.QUEUED, tries=0))


def let_go(*, mail: Mail) -> bool:
    """Drop a stuck mail and what was in it. Gives False when somebody else has decided meanwhile.

    SENT means no more than that nothing is left to send: a row must not tell mail that went from mail that never did.
    """
    return bool(Mail.objects.stuck().filter(pk=mail.pk).update(state=Mail.State.SENT, box=b""))
