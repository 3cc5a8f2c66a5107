"""Take the cosignature of a witness."""

from django.db import transaction

from tongmun.campaigns.models import Edition
from tongmun.counts.models import Checkpoint, Cosignature, Witness
from tongmun.kit.notes import check_cosignature, cosigner_name, read_head


class UnknownWitness(ValueError):
    """Cannot take a cosignature of somebody who is not registered."""


class UnknownCheckpoint(ValueError):
    """Cannot take a cosignature under a checkpoint that is not ours."""


@transaction.atomic
def take_cosignature(*, edition: Edition, note: str) -> bool:
    """Take a checkpoint's body, an empty line, and one line of a witness; tells whether it is new.

    Raises NoteRefused, UnknownWitness and UnknownCheckpoint.
    """
    body, _, line = note.partition("\n\n")
    head = read_head(body + "\n")
    witness = Witness.objects.filter(edition=edition, name=cosigner_name(line)).first()
    if witness is None:
        raise UnknownWitness
    checkpoint = Checkpoint.objects.filter(edition=edition, size=head.size, root=head.root).first()
    if checkpoint is None or not checkpoint.note.startswith(head.text() + "\n"):
        raise UnknownCheckpoint
    check_cosignature(head, line, public_key=bytes(witness.public_key))
    _row, is_new = Cosignature.objects.get_or_create(
        checkpoint=checkpoint, witness=witness, defaults={"line": line.removesuffix("\n") + "\n"}
    )
    return is_new
