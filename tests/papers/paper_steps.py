"""Steps with paper sheets, taken through the product's own actions: Carla and Minho organise, Eve does too."""

import datetime as dt
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from tests.desk.desk_sample import AT, account, city, edition, letter

from tongmun.campaigns.models import Edition, EditionCity, Membership, Organisation
from tongmun.letters.models import LetterVersion
from tongmun.papers.actions.fill_batch import put_in
from tongmun.papers.actions.number_sheets import number_sheets
from tongmun.papers.actions.open_batch import open_batch
from tongmun.papers.actions.read_sheet import read_sheet
from tongmun.papers.models import PaperBatch, PaperSheet, SheetReading
from tongmun.people.models import User

DESTROY_BY = AT.date() + dt.timedelta(days=60)


def organiser(name: str) -> User:
    found = User.objects.filter(email=f"{name}@example.org").first()
    return found or account(f"{name}@example.org", is_organiser=True, name=name.title())


def rivers() -> Edition:
    """An edition with a letter in English."""
    made = edition()
    letter(made, organiser("carla"))
    return made


def letter_of(of: Edition) -> LetterVersion:
    return LetterVersion.objects.get(edition=of, language="en")


def printed(of: Edition, amount: int, place: EditionCity | None = None) -> list[PaperSheet]:
    return number_sheets(
        edition=of,
        letter=letter_of(of),
        place=place,
        amount=amount,
        destroy_by=DESTROY_BY,
        by=organiser("carla"),
        at=AT,
    )


def batch_of(of: Edition, sheets: int, signatures: int, place: EditionCity | None = None) -> PaperBatch:
    """An open batch with nothing in it."""
    return open_batch(
        edition=of, place=place, cover_sheets=sheets, cover_signatures=signatures, by=organiser("carla"), at=AT
    )


def filled(of: Edition, sheets: int, signatures: int, place: EditionCity | None = None) -> PaperBatch:
    """An open batch with new sheets in it."""
    numbers = [sheet.number for sheet in printed(of, sheets, place)]
    batch = batch_of(of, sheets, signatures, place)
    put_in(batch=batch, numbers=numbers, by=organiser("carla"), at=AT)
    return batch


def read(sheet: PaperSheet, name: str, signatures: int, struck: int = 0, *, number: int | None = None) -> object:
    given = SheetReading.objects.filter(sheet=sheet).count()
    return read_sheet(
        sheet=sheet,
        batch=PaperBatch.objects.get(sheets=sheet),
        number=number or given + 1,
        signatures=signatures,
        struck=struck,
        by=organiser(name),
        at=AT,
    )


def read_twice(batch: PaperBatch, signatures: Sequence[int]) -> None:
    """Settle the sheets of a batch in the order of their numbers."""
    for sheet, valid in zip(batch.sheets.order_by("number"), signatures, strict=True):
        read(sheet, "carla", valid)
        read(sheet, "minho", valid)


def member(of: Edition, slug: str = "river-friends", **names: str) -> Membership:
    organisation = Organisation.objects.create(slug=slug, names=names or {"en": slug.replace("-", " ").title()})
    return Membership.objects.create(edition=of, organisation=organisation, position=of.memberships.count() + 1)


def seoul(of: Edition, number: int = 1) -> EditionCity:
    return city(of, number)


def at_once(deeds: Sequence[Callable[[], object]]) -> list[object]:
    """Do all of them in threads that start together; gives what each returned or raised."""
    start = threading.Barrier(len(deeds))

    def do(deed: Callable[[], object]) -> object:
        try:
            start.wait()
            return deed()
        except (RuntimeError, ValueError, PermissionError) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))
