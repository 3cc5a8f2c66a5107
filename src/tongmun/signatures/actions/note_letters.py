"""Write into the public log which texts were signed."""

from django.db.models import Exists, OuterRef

from tongmun.counts.actions.note import note_once
from tongmun.letters.models import LetterVersion
from tongmun.signatures.models import Signature


def note_letters() -> int:
    """Note the hash of every letter somebody has signed, once; gives how many are new.

    Whoever holds a letter can then tell from the log that it is the one that was signed.
    """
    signed = LetterVersion.objects.filter(Exists(Signature.objects.filter(letter=OuterRef("pk"))))
    return sum(
        note_once(
            edition=letter.edition,
            digest=bytes.fromhex(letter.digest),
            words=f"SHA-256 of the letter, language {letter.language}, version {letter.number}",
        )
        for letter in signed.select_related("edition").order_by("pk")
    )
