"""The files of a bundle, from a folder or from a zip, as text."""

import re
import unicodedata
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from tongmun.bundles.problems import BundleRefused, Place, Problem, choice_remedy

LARGEST = 20_000_000
CAMPAIGN = "campaign.toml"
CSV_FILES = ("cities.csv", "missions.csv", "premises.csv", "heads.csv", "districts.csv", "events.csv", "claims.csv")
PER_LANGUAGE = re.compile(
    r"(?P<kind>call|letter)\.(?P<language>[^./]+)\.md|news/(?P<slug>[^./]+)\.(?P<spoken>[^./]+)\.md"
)
# What looks like a file of a bundle; anything else (a README, a picture) is left alone.
MEANT = re.compile(r"[^/]+\.(csv|toml)|(call|letter)[^/]*\.md|news/[^/]+\.md", re.IGNORECASE)
SYMBOLIC_LINK = 0o120000
FILE_TYPE = 0o170000


def read_files(path: Path) -> tuple[dict[str, str], list[Problem]]:
    """Give the text of each file by its name in the bundle, in NFC with line feeds, and what is wrong.

    Raises BundleRefused when there is no bundle, when it is larger than 20 MB or when a name leads out of it.
    """
    contents = _from_folder(path) if path.is_dir() else _from_zip(path)
    problems = [_stray(name) for name in contents if not _is_known(name)]
    for name, data in contents.items():
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            problems.append(_not_utf8(name, error))
    return {name: _text(contents[name]) for name in sorted(contents)}, problems


def _is_known(name: str) -> bool:
    return name == CAMPAIGN or name in CSV_FILES or bool(PER_LANGUAGE.fullmatch(name))


def _stray(name: str) -> Problem:
    known = [CAMPAIGN, *CSV_FILES, "call.<lang>.md", "letter.<lang>.md", "news/<slug>.<lang>.md"]
    return Place(name).problem(
        _("The file “%(name)s” is not a file of a bundle.") % {"name": name}, choice_remedy(name, known)
    )


def _text(data: bytes) -> str:
    # What is not UTF-8 has been said; the rest of such a file is still looked at.
    text = data.decode("utf-8", errors="replace").removeprefix("\ufeff")
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _not_utf8(name: str, error: UnicodeDecodeError) -> Problem:
    line = error.object.count(b"\n", 0, error.start) + 1
    return Place(name, line).problem(
        _("The byte %(byte)s on this line is not UTF-8.") % {"byte": f"0x{error.object[error.start]:02X}"},
        _("Save the file with the encoding UTF-8."),
    )


def _from_folder(folder: Path) -> dict[str, bytes]:
    root = folder.resolve()
    found = [*sorted(folder.iterdir()), *sorted((folder / "news").glob("*"))]
    meant = {
        path.relative_to(folder).as_posix(): path
        for path in found
        if path.is_file() and MEANT.fullmatch(path.relative_to(folder).as_posix())
    }
    for name, path in meant.items():
        if not path.resolve().is_relative_to(root):
            raise BundleRefused([_leads_out(folder.name, name)])
    if sum(path.stat().st_size for path in meant.values()) > LARGEST:
        raise BundleRefused([_too_large(folder.name)])
    return {name: path.read_bytes() for name, path in meant.items()}


def _from_zip(path: Path) -> dict[str, bytes]:
    try:
        if path.stat().st_size > LARGEST:
            raise BundleRefused([_too_large(path.name)])
        with zipfile.ZipFile(path) as archive:
            return _unpacked(archive, path.name)
    except FileNotFoundError:
        problem = Place(path.name).problem(
            _("There is no folder and no zip of this name."), _("Give the path of a folder that holds campaign.toml.")
        )
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        # RuntimeError: encrypted. NotImplementedError: a compression that Python does not know.
        problem = Place(path.name).problem(
            _("The file is not a zip that can be read."), _("Make a zip of the folder, without a password.")
        )
    raise BundleRefused([problem])


def _unpacked(archive: zipfile.ZipFile, file: str) -> dict[str, bytes]:
    entries = {entry.filename: entry for entry in archive.infolist() if not entry.is_dir()}
    for name, entry in entries.items():
        if _is_outside(name) or (entry.external_attr >> 16) & FILE_TYPE == SYMBOLIC_LINK:
            raise BundleRefused([_leads_out(file, name)])
    if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
        raise BundleRefused([_too_large(file)])
    # Nothing is unpacked beyond the size that an entry states: zipfile stops there.
    inside = _without_top_folder(entries)
    return {name: archive.read(entries[stored]) for name, stored in inside.items() if MEANT.fullmatch(name)}


def _without_top_folder(entries: dict[str, zipfile.ZipInfo]) -> dict[str, str]:
    """Map names in the bundle to names in the zip; a zip of a folder has that folder's name before each."""
    names = [name for name in entries if not name.startswith("__MACOSX/")]
    tops = {name.split("/", 1)[0] for name in names}
    if len(tops) == 1 and all("/" in name for name in names) and tops != {"news"}:
        return {name.split("/", 1)[1]: name for name in names}
    return {name: name for name in names}


def _is_outside(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in PurePosixPath(name).parts


def _leads_out(file: str, name: str) -> Problem:
    return Place(file).problem(
        _("The name %(name)s leads out of the bundle.") % {"name": ascii(name)},
        _("Keep every file in the folder of the bundle or in its folder “news”."),
    )


def _too_large(file: str) -> Problem:
    return Place(file).problem(
        _("The bundle is larger than %(megabytes)s MB.") % {"megabytes": LARGEST // 1_000_000},
        _("Take out everything that is not a file of the bundle."),
    )
