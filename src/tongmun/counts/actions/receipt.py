"""Promise a signer that their signature will be in the log."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction

from tongmun.campaigns.models import Edition
from tongmun.counts.actions.count import LONGEST_WAIT
from tongmun.counts.leaves import added_leaf
from tongmun.counts.models import Reckoning
from tongmun.counts.origins import settle_origin
from tongmun.kit.keyring import log_key
from tongmun.kit.notes import LOG, promise, public_key_of, verifier_key


@transaction.atomic
def make_receipt(*, edition: Edition, commitment: bytes, opening: bytes, at: datetime) -> str:
    """Write a receipt for the holder of an opening: a text file that names nobody, and that the verifier reads.

    It promises that the leaf is in the log 24 hours after the next full hour. Not for signatures that are held.
    """
    Reckoning.objects.get_or_create(edition=edition, defaults={"as_of": at})
    reckoning = Reckoning.objects.select_for_update(of=("self",)).select_related("edition").get(edition=edition)
    if not reckoning.origin:
        settle_origin(reckoning)
        reckoning.save(update_fields=["origin"])
    seed = log_key(settings.KEYS, edition.slug)
    by = at.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1) + LONGEST_WAIT
    leaf = added_leaf(origin=reckoning.origin, commitment=commitment)
    lines = {
        "origin": reckoning.origin,
        "key": verifier_key(reckoning.origin, LOG, public_key_of(seed)),
        "opening": opening.hex(),
        "commitment": commitment.hex(),
        "by": f"{by:%Y-%m-%dT%H:%MZ}",
        "promise": promise(origin=reckoning.origin, leaf=leaf, by=by, seed=seed),
    }
    return "tongmun receipt 1\n" + "".join(f"{name}: {value}\n" for name, value in lines.items())
