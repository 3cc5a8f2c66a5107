"""Register who may cosign the log of an edition."""

from datetime import datetime

from django.db import IntegrityError, transaction

from tongmun.campaigns.models import Edition
from tongmun.counts.models import Witness
from tongmun.kit.notes import NoteRefused, read_witness_key
from tongmun.people.actions.record import record
from tongmun.people.models import User

LONGEST_NAME = 120


class WitnessRefused(ValueError):
    """Cannot register a witness; says why and what to do."""


@transaction.atomic
def register_witness(*, edition: Edition, name: str, key: str, by: User | None, at: datetime) -> Witness:
    """Register a witness by name and verifier key. Raises WitnessRefused."""
    try:
        own_name, public_key = read_witness_key(key)
    except NoteRefused as error:
        raise WitnessRefused(str(error)) from error
    if own_name != name:
        raise WitnessRefused(f"This is the key of {own_name}, not of {name}; give the name that stands in the key.")
    if len(name) > LONGEST_NAME:
        raise WitnessRefused(f"The name of a witness has {LONGEST_NAME} characters at most.")
    try:
        with transaction.atomic():
            witness = Witness.objects.create(edition=edition, name=name, public_key=public_key)
    except IntegrityError as error:
        raise WitnessRefused(f"{name} is a witness of this edition already.") from error
    record(deed="witness registered", subject=f"{edition.slug} {name}", by=by, at=at)
    return witness
