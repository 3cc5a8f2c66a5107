"""Signers with names and addresses that are found again wherever they leak, in every way of signing."""

import base64
import gzip
import io
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from django.conf import settings
from django.db import connection, transaction
from tests.signatures.signing_steps import AT

from tongmun.campaigns.models import Edition
from tongmun.kit.keyring import server_key
from tongmun.kit.sealing import unlock
from tongmun.signatures.actions.confirm import confirm
from tongmun.signatures.actions.sign import intend, take_in
from tongmun.signatures.disclosure import NAMING, Disclosure, Level
from tongmun.signatures.entry import Entry
from tongmun.signatures.ways import Way

LETTERS = "bcdfghjklmnpqrstvwz"
HANGUL = [chr(code) for code in range(ord("가"), ord("힣"), 7)]
SHORTEST = 8


@dataclass(frozen=True)
class Canary:
    """Somebody who signed, and what was typed."""

    entry: Entry

    @property
    def words(self) -> list[str]:
        """What may not be found of whoever signs privately: each is unlike anything else here."""
        return [self.entry.email, *(word for word in (self.entry.name, self.entry.chosen) if word)]


def canaries(chance: Random, number: int) -> list[Canary]:
    """Make signers: ways in turn, disclosures at random but such as the form allows."""
    return [Canary(_entry(chance, list(Way)[place % len(Way)])) for place in range(number)]


def _entry(chance: Random, way: Way) -> Entry:
    named = "" if way == Way.COUNTED else _name(chance)
    name, chosen = ("", named) if way == Way.PSEUDONYM else (named, "")
    return Entry(
        way=way,
        name=name,
        chosen=chosen,
        email=f"{_word(chance)}.{_word(chance)}@{_word(chance)}.example",
        country=chance.choice(["KR", "DE", "BR", ""]),
        language=chance.choice(["en", "ko", "ar"]),
        disclosure=_disclosure(chance, way),
        consents_to_news=chance.random() < 0.5,
    )


def _disclosure(chance: Random, way: Way) -> Disclosure:
    if way == Way.COUNTED:
        return Disclosure(*(chance.choice([Level.PLACE, Level.COUNT]) for _ in range(4)))
    named = Level.CHOSEN if way == Way.PSEUDONYM else Level.NAME
    public = named if way in {Way.PUBLIC, Way.PSEUDONYM} else chance.choice([Level.PLACE, Level.COUNT])
    return Disclosure(public, *(chance.choice([named, Level.INITIALS, Level.PLACE, Level.COUNT]) for _ in range(3)))


def _word(chance: Random) -> str:
    return "".join(chance.choice(LETTERS) for _ in range(12))


def _name(chance: Random) -> str:
    if chance.random() < 0.3:
        return "".join(chance.choice(HANGUL) for _ in range(8))
    return f"{_word(chance).title()} {_word(chance).title()}"


def sign_all(edition: Edition, signers: Iterable[Canary]) -> None:
    """Let them sign, and leave them pending."""
    letter = edition.letters.get(number=1)
    take_in([intend(edition=edition, letter=letter, entry=one.entry, at=AT) for one in signers])


def count_all_of(edition: Edition, signers: Iterable[Canary]) -> None:
    """Let them sign and confirm, as the pages do."""
    letter = edition.letters.get(number=1)
    intended = [intend(edition=edition, letter=letter, entry=one.entry, at=AT) for one in signers]
    take_in(intended)
    key = server_key(settings.KEYS)
    with transaction.atomic():
        for one in intended:
            body = unlock(bytes(one.mail.box), key=key, purpose="mail")["body"]
            confirm(secret=re.findall(r"/confirm/([^/\s]+)/", body)[0], at=AT)


def shows_name(canary: Canary) -> bool:
    """Tell whether the public learns a name of theirs once it was looked at."""
    return canary.entry.disclosure.public in NAMING


def spellings(word: str) -> set[bytes]:
    """Give the bytes a word can lie in a file as: three encodings, and each as base64 and as hexadecimal."""
    forms = set()
    for plain in (word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be")):
        # In base64 it depends on what stands before and after.
        encoded = [base64.b64encode(b" " * shift + plain)[4:-4] for shift in range(3)]
        forms |= {plain, plain.hex().encode(), plain.hex().upper().encode(), *encoded}
        forms |= {one.translate(bytes.maketrans(b"+/", b"-_")) for one in encoded}
    return {form for form in forms if len(form) >= SHORTEST}


def leaks(words: Iterable[str], heap: bytes) -> list[str]:
    """Give the words that lie in the heap in any spelling; one walk over it, however many there are."""
    by_start: dict[bytes, list[tuple[bytes, str]]] = defaultdict(list)
    for word in words:
        for form in spellings(word):
            by_start[form[:SHORTEST]].append((form, word))
    starts = frozenset(by_start)
    hits = [place for place in range(len(heap)) if heap[place : place + SHORTEST] in starts]
    found = {
        word
        for place in hits
        for form, word in by_start[heap[place : place + SHORTEST]]
        if heap.startswith(form, place)
    }
    return sorted(found)


def everything_stored(*folders: Path) -> bytes:
    """Give all a thief carries off: the database in every form it can be read in, and the folders, unpacked."""
    heap = b"\n".join([*database(), *(part for folder in folders for part in files(folder))])
    # Pages are mostly empty.
    return re.sub(rb"\0{16,}", bytes(16), heap)


def files(folder: Path) -> Iterator[bytes]:
    """Give each file below a folder, and what is in it when it is packed."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            yield content
            yield from unpacked(content)


def unpacked(content: bytes) -> Iterator[bytes]:
    """Give what is in every gzip stream inside these bytes, wherever it begins."""
    for start in re.finditer(rb"\x1f\x8b\x08", content):
        try:
            yield gzip.GzipFile(fileobj=io.BytesIO(content[start.start() :])).read()
        except (OSError, EOFError, zlib.error):  # three bytes of a box can look like the head of a stream
            continue


def database() -> Iterator[bytes]:
    """Give the files of SQLite; of PostgreSQL every row as it would be dumped, and the files of its tables."""
    flush()
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        yield from (one.read_bytes() for one in sorted(path.parent.glob(f"{path.name}*")))
    for table in connection.introspection.table_names():
        yield from rows(table)
        if connection.vendor == "postgresql":
            yield relation(table)


def flush() -> None:
    """Bring everything that is written into the files."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)" if connection.vendor == "sqlite" else "CHECKPOINT")


def rows(table: str) -> Iterator[bytes]:
    """Give every cell of a table, and what is in it when it is packed."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        for row in cursor.fetchall():
            for cell in row:
                content = bytes(cell) if isinstance(cell, (bytes, memoryview)) else str(cell).encode()
                yield content
                yield from unpacked(content)


def relation(table: str) -> bytes:
    """Give the file of a table on PostgreSQL as it lies on the disk, with what is too long for its rows.

    Only `flush` brings it there.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_read_binary_file(pg_relation_filepath(c.oid)),"
            " CASE WHEN c.reltoastrelid = 0 THEN ''::bytea"
            " ELSE pg_read_binary_file(pg_relation_filepath(c.reltoastrelid)) END"
            " FROM pg_class c WHERE c.oid = %s::regclass",
            [f'"{table}"'],
        )
        return b"".join(map(bytes, cursor.fetchone()))
