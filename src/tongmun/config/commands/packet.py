"""`tongmun packet`: the packets of a frozen edition, a zip for each city; with the key also sealed names."""

import argparse
import os
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.progress import track

from tongmun.campaigns.models import Edition
from tongmun.deliveries.models import Freeze, FrozenMission
from tongmun.deliveries.names import Names, all_names, clear_names
from tongmun.deliveries.packing import Packing
from tongmun.kit.keyring import read_key
from tongmun.kit.pdf import MissingGlyph
from tongmun.kit.sealing import fingerprint, public_half
from tongmun.signatures.opening import WrongKey

T = TypeVar("T")


class Refused(ValueError):
    """Cannot make packets; says why, and what to do."""


def run(options: argparse.Namespace) -> int:
    """Write the zips, or say in one sentence why not; the code is 1 when a name stayed closed."""
    errors = Console(stderr=True, soft_wrap=True, highlight=False)
    try:
        freeze = _freeze(options.edition, options.freeze)
        folder = _empty_folder(options.to)
        packing = Packing(freeze, _names(freeze, options.keys or [], errors))
        cities = _chosen(packing, options.mission or "", options.city or "")
        number = _write(packing, cities, folder, errors)
    except Refused as refusal:
        errors.print(str(refusal), markup=False)
        return 1
    except MissingGlyph as error:
        errors.print(f"A packet cannot be set: {error}. Put other characters there and freeze again.", markup=False)
        return 1
    except OSError as error:
        errors.print(f"{error.filename or options.to} cannot be used: {error.strerror}.", markup=False)
        return 1
    Console(soft_wrap=True, highlight=False).print(_summary(freeze, packing, number, options.to), markup=False)
    if packing.names.closed:
        errors.print(f"{packing.names.closed} names are sealed to another key and left out; give that one as well.")
        return 1
    return 0


def _freeze(slug: str, number: int | None) -> Freeze:
    edition = Edition.objects.filter(slug=slug).first()
    if edition is None:
        slugs = ", ".join(Edition.objects.order_by("slug").values_list("slug", flat=True)) or "none"
        raise Refused(f"There is no edition {slug!r}. Editions here: {slugs}.")
    freezes = Freeze.objects.of(edition).select_related("edition")
    found = freezes.filter(number=number).first() if number else freezes.first()
    if found is None:
        numbers = ", ".join(str(one) for one in freezes.values_list("number", flat=True))
        raise Refused(
            f"There is no freeze {number} of {slug}. There is: {numbers}."
            if numbers
            else f"The edition {slug} is not frozen yet. Freeze it at the desk, under Packets."
        )
    return found


def _empty_folder(folder: Path) -> Path:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"The folder {folder} is not empty. Name one that is, or a new one.")
    # For its owner alone: there may be names in it.
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _names(freeze: Freeze, files: list[Path], errors: Console) -> Names:
    if not files:
        return clear_names(freeze)
    keys = [read_key(path) for path in files]
    try:
        return all_names(freeze, private_keys=keys, track=partial(_tracked, "Opening", errors))
    except WrongKey:
        halves = ", ".join(fingerprint(public_half(key)) for key in keys)
        raise Refused(
            f"The private half of {halves} opens none of these names; tongmun keys list names those that do."
        ) from None


def _tracked(words: str, errors: Console, rows: Iterable[T], number: int) -> Iterable[T]:
    return track(rows, words, total=number, console=errors)


def _chosen(packing: Packing, mission: str, city: str) -> dict[str, list[FrozenMission]]:
    cities = packing.chosen(mission=mission, city=city)
    if cities:
        return cities
    known = ", ".join(f"{one.slug} ({one.city})" for one in packing.missions)
    raise Refused(f"No such mission or city is frozen. Frozen are: {known}.")


def _write(packing: Packing, cities: dict[str, list[FrozenMission]], folder: Path, errors: Console) -> int:
    """Write a zip for each city, and what proves them all; gives how many missions they are for.

    All of them or none: somebody would carry three cities as if they were all there are.
    """
    written: list[Path] = []
    try:
        for name, content in packing.whole(_tracked("Packing", errors, cities.items(), len(cities))):
            written.append(folder / name)
            _write_own(written[-1], content)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return sum(map(len, cities.values()))


def _write_own(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


def _summary(freeze: Freeze, packing: Packing, number: int, folder: Path) -> str:
    names = packing.names
    printed = f"{len(names.lines)} names in the annex ({names.source.value})"
    return f"Wrote packets for {number} missions of freeze {freeze.number} to {folder}, {printed}."
