"""Ten thousand signers in the worked example, and everything that anybody can get hold of afterwards."""

import argparse
import csv
import io
import logging
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from random import Random

import time_machine
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from pypdf import PdfReader
from tests.signatures.canaries import everything_stored
from tests.signatures.marked_signers import LANGUAGES, Marked, Marks, marked_signers
from tests.web.site import AT, EXAMPLES, crawl, page_of

from tongmun.bundles.actions.export import export_edition
from tongmun.bundles.actions.load import load_bundle
from tongmun.campaigns.models import Edition
from tongmun.config.arguments import parser
from tongmun.config.commands import doctor, keys_drill, keys_open
from tongmun.counts.actions.count import count_waiting
from tongmun.kit.keyring import COALITION_PRIVATE, make_coalition_keys, token_key
from tongmun.kit.mailbox import canonical_form
from tongmun.kit.sealing import link_hash, mailbox_token
from tongmun.letters.queries import letter_in
from tongmun.outbox.actions.deliver import deliver_queued
from tongmun.people.models import User
from tongmun.signatures.actions.confirm import counted_rows
from tongmun.signatures.actions.moderate import refuse_name, show_name
from tongmun.signatures.actions.note_letters import note_letters
from tongmun.signatures.admission import new_stamp
from tongmun.signatures.disclosure import Audience
from tongmun.signatures.inserting import insert
from tongmun.signatures.models import Signature

SIGNERS = 10_000
# These take the way of everybody, through the pages and the mail; the others are written as the import writes them.
BY_HAND = 36
MISTAKEN, UNCONFIRMED, RECEIPTS = 6, 6, 6
WITHDRAWN, ERASED, HIDING = 4, 4, 6
# So many of the names that wait are let through or refused: fewer than a page shows in all.
LET_THROUGH, REFUSED = 0.08, 0.02
SIGN = "/coming/sign/"
LINK = re.compile(r"/(confirm|mine)/([^/\s]+)/")
TILES = ("checkpoint", "tile/0/000", "tile/0/001", "tile/1/000.p/39", "tile/entries/000", "tile/entries/001")


@dataclass
class Gathered:
    """What was said, and what each reader got: an address or name → all of it as bytes or text."""

    signers: list[Marked]
    # In the order of signing.
    shown: list[Marked] = field(default_factory=list)
    waiting: list[Marked] = field(default_factory=list)
    was_shown: list[Marked] = field(default_factory=list)
    counted: list[Marked] = field(default_factory=list)
    public: dict[str, bytes] = field(default_factory=dict)
    signature_pages: dict[str, str] = field(default_factory=dict)
    own: list[tuple[Marked, str]] = field(default_factory=list)
    refusals: dict[str, bytes] = field(default_factory=dict)
    mails: list[str] = field(default_factory=list)
    desk: dict[str, str] = field(default_factory=dict)
    bundle: dict[str, bytes] = field(default_factory=dict)
    opened: dict[Audience, list[tuple[str, str]]] = field(default_factory=dict)
    summaries: dict[Audience, str] = field(default_factory=dict)
    told: str = ""
    stored: bytes = b""


def gather(*, seed: int, folder: Path) -> Gathered:
    """Let everybody sign, decide about their names, and collect what there is. The database has to be empty."""
    chance = Random(seed)  # noqa: S311 -- to be repeated
    marks = Marks(chance)
    got = Gathered(marked_signers(chance, marks, SIGNERS))
    places = {"DATA": folder / "data", "KEYS": folder / "data" / "keys", "MAIL_FOLDER": folder / "mail"}
    told = io.StringIO()
    with override_settings(**places), time_machine.travel(AT, tick=False), overhearing(told):
        edition = a_small_example()
        Signing(got, edition, chance).run()
        look_around(got, edition, folder)
        run_commands(got, folder, told)
        got.stored = everything_stored(folder / "data")
    got.told = told.getvalue()
    return got


@contextmanager
def overhearing(told: io.StringIO) -> Iterator[None]:
    """Write down whatever any logger lets through, with traces, and what commands say beside their lists."""
    handler = logging.StreamHandler(told)
    loggers = [logging.getLogger(), *map(logging.getLogger, logging.root.manager.loggerDict)]
    for logger in loggers:
        logger.addHandler(handler)
    try:
        with redirect_stderr(told):
            yield
    finally:
        for logger in loggers:
            logger.removeHandler(handler)


def a_small_example() -> Edition:
    """Load the worked example with one city, so that there is each kind of page and none of them forty times."""
    make_coalition_keys(settings.KEYS)
    load_bundle(path=EXAMPLES / "coming", by=None, at=AT)
    edition = Edition.objects.get(slug="coming")
    edition.events.exclude(slug="seoul-demonstration").delete()
    edition.cities.exclude(city__slug="seoul").delete()
    return edition


class Signing:
    """Everybody signs; some change their minds."""

    def __init__(self, got: Gathered, edition: Edition, chance: Random) -> None:
        self.got, self.edition, self.chance = got, edition, chance
        self.by_link: dict[bytes, Marked] = {}
        self.verdicts: dict[bytes, bool] = {}
        self.own_links: list[tuple[str, Marked]] = []

    def run(self) -> None:
        """Sign, moderate, change, count."""
        self.write_most(self.got.signers[BY_HAND:])
        for one in self.got.signers[:MISTAKEN]:
            self.fill_in_badly(one)
        for one in self.got.signers[:BY_HAND]:
            self.fill_in(one)
        self.confirm()
        self.decide_about_names()
        self.change_minds()
        note_letters()
        count_waiting(edition=self.edition, at=AT)
        self.sum_up()

    def write_most(self, signers: list[Marked]) -> None:
        letters = {language: letter_in(self.edition, language) for language in LANGUAGES}
        key = token_key(settings.KEYS, self.edition.slug)
        pairs = []
        for one in signers:
            hashed = secrets.token_bytes(32)
            self.by_link[hashed] = one
            pairs.append(
                counted_rows(
                    edition=self.edition,
                    letter=letters[one.entry.language],
                    token=mailbox_token(canonical_form(one.entry.email), key=key),
                    entry=one.entry,
                    via=None,
                    own_hash=hashed,
                    on=AT.date(),
                )
            )
        with transaction.atomic():
            for rows in zip(*pairs, strict=True):
                assert insert(type(rows[0]), rows) == len(signers)

    def fill_in_badly(self, one: Marked) -> None:
        """Fill in the form with a mistake, and from a foreign page."""
        page, typed = _form(one)
        mistaken = Client().post(page, {**typed, "country": "??"})
        foreign = Client().post(page, typed, headers={"sec-fetch-site": "cross-site"})
        assert (mistaken.status_code, foreign.status_code) == (200, 403)
        self.got.own.append((one, mistaken.content.decode()))
        self.got.refusals[f"403 {one.entry.email}"] = foreign.content

    def fill_in(self, one: Marked) -> None:
        """Fill in the form well."""
        page, typed = _form(one)
        answer = Client().post(page, typed, follow=True)
        assert answer.redirect_chain
        self.got.refusals[f"sent {one.entry.email}"] = answer.content

    def confirm(self) -> None:
        """Follow the links in the mail: all but a few press the button, and open their own page."""
        by_address = {one.entry.email: one for one in self.got.signers[:BY_HAND]}
        for number, (address, secret) in enumerate(self.links("confirm")):
            one = by_address[address]
            self.got.own.append((one, Client().get(f"/confirm/{secret}/").content.decode()))
            if number >= UNCONFIRMED:
                answer = Client().post(f"/confirm/{secret}/", follow=True)
                self.got.refusals[f"counted {address}"] = answer.content
        for number, (address, secret) in enumerate(self.links("mine")):
            one = by_address[address]
            self.by_link[link_hash(secret)] = one
            self.own_links.append((secret, one))
            self.got.own.append((one, Client().get(f"/mine/{secret}/").content.decode()))
            if number < RECEIPTS:
                self.got.own.append((one, Client().post(f"/mine/{secret}/", {"do": "receipt"}).content.decode()))

    def links(self, kind: str) -> list[tuple[str, str]]:
        """Let the mail go, and give whom each link of a kind went to."""
        deliver_queued(at=AT, limit=10 * BY_HAND)
        mails = [path.read_text("utf-8") for path in sorted(settings.MAIL_FOLDER.glob("*.eml"))]
        self.got.mails = mails
        found = [(re.findall(r"^To: (.+)$", mail, re.MULTILINE)[0], LINK.findall(mail)) for mail in mails]
        return [(address, secret) for address, links in found for what, secret in links if what == kind]

    def decide_about_names(self) -> None:
        by = User.objects.create(email="carla@example.org", is_organiser=True)
        by_hand = {link_hash(secret) for secret, _ in self.own_links}
        with transaction.atomic():
            for signature in Signature.objects.waiting().select_related("edition").order_by("pk"):
                drawn, link = self.chance.random(), bytes(signature.link_hash)
                if drawn < LET_THROUGH or link in by_hand:
                    self.verdicts[link] = show_name(signature=signature, by=by, at=AT)
                    self.got.was_shown.append(self.by_link[link])
                elif drawn < LET_THROUGH + REFUSED:
                    self.verdicts[link] = not refuse_name(signature=signature, by=by, at=AT)

    def change_minds(self) -> None:
        """Some withdraw, some are erased, and some let nobody know more than that they signed."""
        endings = ["withdraw"] * WITHDRAWN + ["erase"] * ERASED
        for (secret, one), ending in zip(self.own_links, endings, strict=False):
            answer = Client().post(f"/mine/{secret}/", {"do": ending}, follow=True)
            self.got.refusals[f"{ending} {one.entry.email}"] = answer.content
            self.got.refusals[f"410 {one.entry.email}"] = Client().get(f"/mine/{secret}/").content
            del self.by_link[link_hash(secret)]
        nothing = {f"to_{audience}": "count" for audience in Audience} | {"do": "change"}
        for secret, one in self.own_links[len(endings) : len(endings) + HIDING]:
            answer = Client().post(f"/mine/{secret}/", nothing, follow=True)
            assert answer.redirect_chain
            self.got.refusals[f"hides {one.entry.email}"] = answer.content
            self.by_link[link_hash(secret)] = replace(one, told=dict.fromkeys(Audience, ("", "")))

    def sum_up(self) -> None:
        for link in map(bytes, Signature.objects.order_by("pk").values_list("link_hash", flat=True)):
            one = self.by_link[link]
            self.got.counted.append(one)
            if one.public_line and self.verdicts.get(link, False):
                self.got.shown.append(one)
            if one.public_line and link not in self.verdicts:
                self.got.waiting.append(one)


def _form(one: Marked) -> tuple[str, dict[str, str]]:
    """Give the page on which somebody signs, and what their browser sends."""
    stamp = new_stamp(edition="coming", at=AT - timedelta(minutes=1))
    return f"/{one.entry.language}{SIGN}", {**one.typed, "stamp": stamp}


def look_around(got: Gathered, edition: Edition, folder: Path) -> None:
    """Open every page and file there is, as a stranger and as an organiser; export the edition."""
    answers = crawl(Client(), "/en/")
    for language in LANGUAGES:
        log = f"/{language}/coming/log/"
        answers |= {log + name: Client().get(log + name) for name in TILES}
        got.signature_pages[language] = answers[f"/{language}/coming/signatures/"].content.decode()
    got.public = {address: _whole(answer) for address, answer in answers.items()}
    got.refusals |= _refusals(got.signers[0])
    organiser = Client()
    organiser.force_login(User.objects.get())
    got.desk = {address: answer.content.decode() for address, answer in _desk(organiser).items()}
    export_edition(edition=edition, folder=folder / "bundle")
    got.bundle = {str(path): path.read_bytes() for path in (folder / "bundle").rglob("*") if path.is_file()}


def _whole(answer) -> bytes:
    """Give an answer with its headers, and the text of what is a PDF."""
    content = answer.getvalue()
    if content.startswith(b"%PDF"):
        pages = PdfReader(io.BytesIO(content)).pages
        content += "\n".join(page.extract_text() for page in pages).encode()
    return f"{answer.headers}".encode() + b"\n" + content


def _refusals(one: Marked) -> dict[str, bytes]:
    """Give the pages for what is not there, not wanted and broken, each asked for with somebody's names."""
    visitor = Client(raise_request_exception=False)
    answers = {}
    for language in LANGUAGES:
        headers = {"accept-language": language}
        asked = f"/{language}/coming/nobody/{one.entry.email}/"
        answers[f"404 {language}"] = visitor.get(asked, headers=headers)
        answers[f"410 {language}"] = visitor.get(f"/confirm/{one.entry.email}/", headers=headers)
        answers[f"400 {language}"] = visitor.get("/en/", headers={**headers, "host": f"{one.entry.email[-20:]}"})
        with override_settings(ROOT_URLCONF="tests.config.broken_urls"):
            answers[f"500 {language}"] = visitor.post(f"/confirm/{one.entry.email}/", one.typed, headers=headers)
    for what, answer in answers.items():
        assert answer.status_code == int(what[:3]), what
    return {what: _whole(answer) for what, answer in answers.items()}


def _desk(client: Client) -> dict[str, object]:
    """Open each page of the desk that the overview of the edition leads to."""
    start = client.get("/desk/coming/")
    targets = {target for _name, target in page_of(start).addresses() if target.startswith("/desk/")}
    pages = {target: client.get(target) for target in sorted(targets - {"/desk/sign-out/", "/desk/language/"})}
    return {target: answer for target, answer in pages.items() if answer.status_code == 200} | {"/desk/coming/": start}


def run_commands(got: Gathered, folder: Path, told: io.StringIO) -> None:
    """Open the names for each audience with the private key, and run what else prints of an installation."""
    key = (settings.KEYS / COALITION_PRIVATE).rename(folder / "offline.key")
    for audience in Audience:
        table = folder / f"{audience}.csv"
        before = told.tell()
        options = _options("keys", "open", "coming", "--key", key, "--for", audience, "--csv", table)
        assert keys_open.run(options) == 0
        got.summaries[audience] = told.getvalue()[before:]
        with table.open(encoding="utf-8-sig", newline="") as file:
            got.opened[audience] = [(name, country) for name, country in list(csv.reader(file))[1:]]
    with redirect_stdout(told):
        doctor.run(_options("doctor"))
        doctor.run(_options("doctor", "--seizure"))
        keys_drill.run(_options("keys", "drill", "eve@example.org"))


def _options(*words: object) -> argparse.Namespace:
    return parser().parse_args([str(word) for word in words])
