"""Everything this installation could produce for one address, class by class, and what it could at most."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from nacl.exceptions import CryptoError

from tongmun.campaigns.models import Edition
from tongmun.counts.models import CountEntry
from tongmun.kit.keyring import existing_server_key, existing_token_key
from tongmun.kit.mailbox import NotAMailbox, canonical_address
from tongmun.kit.pairs import private_keys_here
from tongmun.kit.sealing import commitment, mailbox_token, unlock
from tongmun.outbox.actions.enqueue import PURPOSE
from tongmun.outbox.models import Mail
from tongmun.people.models import User
from tongmun.signatures.models import Asked, Pending, Signature
from tongmun.signatures.opening import unsealed

CHUNK = 2_000


@dataclass(frozen=True)
class DataClass:
    """One kind of data: what could be produced at most, and the columns it lies in."""

    at_most: str
    columns: tuple[str, ...] = ()


# The table in docs/how-to/answer-a-demand-for-data.md says the same; a test compares them.
OF_AN_EDITION = {
    "recognition": DataClass(
        "whether this mailbox signed, until a month after the day",
        ("Signature.token", "Signature.edition", "Pending.token", "Pending.edition", "Asked.token", "Asked.edition"),
    ),
    "clear fields": DataClass(
        "way, language, country, day, text signed, who may learn what, news wanted or not, whose link was followed",
        (
            "Signature.letter",
            "Signature.way",
            "Signature.language",
            "Signature.country",
            "Signature.confirmed_on",
            "Signature.to_public",
            "Signature.to_addressee",
            "Signature.to_coalition",
            "Signature.to_organisers",
            "Signature.consents_to_news",
            "Signature.via",
            "Signature.hold",
            "Signature.moderation",
        ),
    ),
    "public name": DataClass("the line that everybody can read", ("Signature.shown_name",)),
    "waiting name": DataClass("the line a moderator has to look at", ("Signature.waiting_box",)),
    "sealed names": DataClass("that there is a box; what is in it only with the private key", ("Signature.sealed",)),
    "address for news": DataClass(
        "that there is a box; the address in it only with the private key", ("Signature.news_box",)
    ),
    "domain": DataClass(
        "the part of the address after the @, until the next look for floods",
        ("Signature.domain_box", "Signature.is_new"),
    ),
    "entry in the count": DataClass("which entry is this mailbox's", ("Signature.opening_box",)),
    "own link": DataClass("a hash that leads to no link", ("Signature.link_hash",)),
    "pending": DataClass(
        "all that was typed, for 24 hours",
        ("Pending.letter", "Pending.link_hash", "Pending.box", "Pending.via", "Pending.expires_at"),
    ),
    "asked": DataClass("how often a mail asked to confirm, and on which day last", ("Asked.times", "Asked.last_on")),
}
OF_THE_SERVER = {
    "mail in the outbox": DataClass(
        "each mail that has not gone, with its words",
        ("Mail.box", "Mail.key", "Mail.kind", "Mail.state", "Mail.tries"),
    ),
    "mail as files": DataClass("each mail that was written into the folder while no mail server is set"),
    "receipts": DataClass("nothing: a receipt for an entry is shown once and never kept"),
    "frozen packets": DataClass(
        "nothing by the address: lines that everybody could read when the letter was frozen have none beside them"
    ),
    "account at the desk": DataClass("name of an organiser with this address, and the last time of signing in"),
}
NOTHING = "nothing"


@dataclass(frozen=True)
class Section:
    """What was found in one place: class → words, for every class there is."""

    title: str
    found: Mapping[str, str]


def drill(address: str, *, editions: Sequence[Edition]) -> Iterator[Section]:
    """Look everywhere for one address. Writes nothing and logs nothing. Raises NotAMailbox, KeyUnreadable."""
    canonical = canonical_address(address)
    for edition in editions:
        yield Section(
            f"Edition {edition.slug}", {**dict.fromkeys(OF_AN_EDITION, NOTHING), **_edition(edition, canonical)}
        )
    yield Section("The server", {**dict.fromkeys(OF_THE_SERVER, NOTHING), **_server(address, canonical)})


def _edition(edition: Edition, canonical: str) -> dict[str, str]:
    key = existing_token_key(settings.KEYS, edition.slug)
    # No token is empty, so without a key nothing is found by it.
    token = mailbox_token(canonical, key=key) if key else b""
    signature = Signature.objects.filter(edition=edition, token=token).first()
    found = {"recognition": _recognition(key, signature)}
    if signature is None and (signature := _by_news(edition, canonical)):
        found["recognition"] = "this mailbox signed: found by the address for the news, with the key that lies here"
    if signature:
        found |= _signature(signature, token)
    pending = Pending.objects.filter(edition=edition, token=token).first()
    if pending:
        found["pending"] = _opened(bytes(pending.box), "pending")
    asked = Asked.objects.filter(edition=edition, token=token).first()
    if asked:
        found["asked"] = f"{asked.times} times, last on {asked.last_on}"
    return found


def _recognition(key: bytes | None, signature: Signature | None) -> str:
    if key is None:
        return "there is no key to recognise a mailbox with: it was destroyed, or nobody has signed yet"
    return "this mailbox signed: its token matches" if signature else "no signature has the token of this mailbox"


def _by_news(edition: Edition, canonical: str) -> Signature | None:
    """Find a signature by its sealed address, which only a private half that lies here makes possible."""
    keys = private_keys_here(settings.KEYS, "news")
    if not keys:
        return None
    for signature in Signature.objects.with_address().filter(edition=edition).iterator(CHUNK):
        box = unsealed(bytes(signature.news_box), keys)
        if box and is_mailbox(box["email"], canonical):
            return signature
    return None


def _signature(signature: Signature, token: bytes) -> dict[str, str]:
    found = {
        "clear fields": _clear(signature),
        "sealed names": _sealed(bytes(signature.sealed), "names"),
        "address for news": _sealed(bytes(signature.news_box), "news"),
        "waiting name": _opened(bytes(signature.waiting_box), "name"),
        "domain": _opened(bytes(signature.domain_box), "domain"),
        "entry in the count": _entry(signature, token),
        "own link": "a hash",
    }
    return found | ({"public name": signature.shown_name} if signature.shown_name else {})


def _clear(signature: Signature) -> str:
    learns = ", ".join(
        f"{audience} {getattr(signature, f'to_{audience}')}"
        for audience in ("public", "addressee", "coalition", "organisers")
    )
    return (
        f"way {signature.way}, language {signature.language or 'erased'}, country {signature.country or 'not kept'}, "
        f"day {signature.confirmed_on}, text number {signature.letter.number}, learns: {learns}, "
        f"news {'wanted' if signature.consents_to_news else 'not wanted'}, "
        f"link of {signature.via or 'nobody'}, name {signature.moderation.lower()}, "
        f"{'held' if signature.hold_id else 'not held'}"
    )


def _entry(signature: Signature, token: bytes) -> str:
    fields = _fields(bytes(signature.opening_box), "opening")
    if fields is None:
        return NOTHING
    edition = signature.edition
    digest = commitment(token, opening=bytes.fromhex(fields["opening"]), edition=edition.slug)
    entry = CountEntry.objects.filter(edition=edition, kind=CountEntry.Kind.ADD, digest=digest).first()
    if entry is None:
        return "an opening that fits no entry"
    return f"the entry {digest.hex()} is this mailbox's, at place {'-' if entry.position is None else entry.position}"


def _sealed(box: bytes, opens: str) -> str:
    if not box:
        return NOTHING
    fields = unsealed(box, private_keys_here(settings.KEYS, opens))
    if fields is None:
        return "a sealed box that cannot be opened here"
    return f"a sealed box that the private key on this server opens: {_words(fields)}"


def _opened(box: bytes, purpose: str) -> str:
    if not box:
        return NOTHING
    fields = _fields(box, purpose)
    return "a box that cannot be opened here" if fields is None else _words(fields)


def _fields(box: bytes, purpose: str) -> dict[str, str] | None:
    key = existing_server_key(settings.KEYS)
    if not box or key is None:
        return None
    try:
        return unlock(box, key=key, purpose=purpose)
    except CryptoError:
        return None


def _words(fields: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {words}" for name, words in fields.items() if words)


def _server(address: str, canonical: str) -> dict[str, str]:
    found = {}
    mails = [fields for fields in _unsent() if is_mailbox(fields["to"], canonical)]
    if mails:
        found["mail in the outbox"] = f"{len(mails)}: " + " / ".join(_words(fields) for fields in mails)
    written = [path.name for path in _files() if is_mailbox(_recipient(path), canonical)]
    if written:
        found["mail as files"] = f"{len(written)}: " + ", ".join(written)
    account = User.objects.filter(email__iexact=address).first()
    if account:
        found["account at the desk"] = f"name {account.name or '-'}, signed in last {account.last_login or 'never'}"
    return found


def _unsent() -> Iterator[dict[str, str]]:
    for mail in Mail.objects.exclude(state=Mail.State.SENT).iterator(CHUNK):
        fields = _fields(bytes(mail.box), PURPOSE)
        if fields is not None:
            yield fields


def _files() -> list[Path]:
    # Also once a mail server is set: what was written before is still there.
    return sorted(Path(settings.MAIL_FOLDER).glob("*.eml"))


def _recipient(path: Path) -> str:
    lines = path.read_text(encoding="utf-8", errors="replace").partition("\n\n")[0].splitlines()
    return next((line[3:].strip() for line in lines if line.startswith("To:")), "")


def is_mailbox(address: str, canonical: str) -> bool:
    """Tell whether an address is a spelling of a mailbox."""
    try:
        return canonical_address(address) == canonical
    except NotAMailbox:
        return False
