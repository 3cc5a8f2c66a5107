"""Compare what people were told with what the database holds. Reads the tables, not the product's models."""

import json
import sqlite3
import time
from collections import Counter
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import psycopg
from bench.faults.installation import SLUG, Installation
from bench.faults.visitors import History, Mailbox

from tongmun.kit.keyring import server_key, token_key
from tongmun.kit.mailbox import canonical_form
from tongmun.kit.sealing import commitment, mailbox_token, unlock

SECONDS_TO_COUNT = 30


@dataclass
class Findings:
    """What is wrong; nothing, if all is well."""

    lost: list[str] = field(default_factory=list)
    double: list[str] = field(default_factory=list)
    mismatches: list[str] = field(default_factory=list)

    def add(self, other: "Findings") -> None:
        """Take the findings of another look along."""
        self.lost += other.lost
        self.double += other.double
        self.mismatches += other.mismatches

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found."""
        return not (self.lost or self.double or self.mismatches)


class Ledger:
    """Reads the database of an installation."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._keys = installation.folder / "keys"
        self._token_key = token_key(self._keys, SLUG)
        self._tokens: dict[str, bytes] = {}

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """Run a query."""
        if self._installation.database:
            with psycopg.connect(self._installation.database) as line:
                return line.execute(statement.encode()).fetchall()
        line = sqlite3.connect(self._installation.folder / "tongmun.sqlite3", timeout=30)
        try:
            return line.execute(statement).fetchall()
        finally:
            line.close()

    def compare(self, history: History) -> Findings:
        """Hold the history of the visitors against the rows; nobody may be writing."""
        found = Findings()
        # In this order: what is confirmed while one reads moves from the first to the second.
        pending = {bytes(token) for (token,) in self.rows("SELECT token FROM signatures_pending")}
        counted = Counter(bytes(token) for (token,) in self.rows("SELECT token FROM signatures_signature"))
        for address in history.signed - history.tried_to_withdraw:
            if self._token(address) not in pending and not counted[self._token(address)]:
                found.lost.append(f"signed: {address}")
        for address in history.pressed - history.tried_to_withdraw:
            if not counted[self._token(address)]:
                found.lost.append(f"confirmed: {address}")
        for address in history.withdrawn:
            if counted[self._token(address)]:
                found.lost.append(f"withdrawn: {address}")
        found.double += [f"{number} signatures of one mailbox" for number in counted.values() if number > 1]
        added, voided = self._entries("ADD"), self._entries("VOID")
        if added - voided > len(counted):
            found.double.append(f"{added} ADD - {voided} VOID, but {len(counted)} signatures")
        if added - voided < len(counted):
            found.lost.append(f"{added} ADD - {voided} VOID, but {len(counted)} signatures")
        return found

    def compare_entries(self) -> Findings:
        """Open every counted signature and look for its entry: there is one each, and no other but those taken out."""
        found = Findings()
        digests = Counter(bytes(digest) for (digest,) in self.rows("SELECT digest FROM counts_countentry"))
        for token, box in self.rows("SELECT token, opening_box FROM signatures_signature"):
            opening = unlock(bytes(box), key=server_key(self._keys), purpose="opening")["opening"]
            number = digests[commitment(bytes(token), opening=bytes.fromhex(opening), edition=SLUG)]
            if number != 1:
                (found.double if number else found.lost).append(f"a signature with {number} entries")
        return found

    def compare_mail(self, history: History, mailbox: Mailbox) -> Findings:
        """Look for the mail of everybody who was told that one comes; nobody gets two."""
        mailbox.read_all()
        asked = Counter(mailbox.asked)
        waiting = "SELECT box FROM outbox_mail WHERE kind = 'confirmation' AND state = 'QUEUED'"
        for (box,) in self.rows(waiting):
            asked[unlock(bytes(box), key=server_key(self._keys), purpose="mail")["to"]] += 1
        found = Findings()
        found.lost += [f"mail to {address}" for address in history.signed if not asked[address]]
        twice = (address for address, number in asked.items() if number > 1)
        found.double += [f"mail to {address}" for address in twice if address not in history.tried_to_withdraw]
        return found

    def compare_numbers(self) -> Findings:
        """Wait until everything that may be counted is in the log, and hold the published numbers against it."""
        found, end = Findings(), time.monotonic() + SECONDS_TO_COUNT
        while True:
            held = self._entries("ADD", "AND is_held")
            added, voided = self._entries("ADD") - held, self._entries("VOID")
            status, content = self._installation.get(f"/en/{SLUG}/log/count.json")
            published = json.loads(content) if status == HTTPStatus.OK else {}
            told = published.get("added"), published.get("voided"), published.get("counted")
            if told == (added, voided, added - voided):
                break
            if time.monotonic() > end:
                found.mismatches.append(f"published {told}, in the database {added} ADD and {voided} VOID")
                break
            time.sleep(0.1)
        logged = self.rows("SELECT COUNT(*), COUNT(DISTINCT position), MAX(position) FROM counts_countentry"
                           " WHERE position IS NOT NULL")[0]  # fmt: skip
        if logged[0] and (logged[0] != logged[1] or logged[2] != logged[0] - 1):
            found.mismatches.append(f"places in the log: {logged}")
        return found

    def held(self) -> int:
        """Give how many entries wait for a person."""
        return self._entries("ADD", "AND is_held")

    def _entries(self, kind: str, more: str = "") -> int:
        return int(self.rows(f"SELECT COUNT(*) FROM counts_countentry WHERE kind = '{kind}' {more}")[0][0])  # noqa: S608

    def _token(self, address: str) -> bytes:
        if address not in self._tokens:
            self._tokens[address] = mailbox_token(canonical_form(address), key=self._token_key)
        return self._tokens[address]
