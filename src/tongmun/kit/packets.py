"""A packet as files: a manifest with the hash of each, the sums of all, one zip that is the same on every machine.

`sha256sum -c SHA256SUMS` checks an unpacked packet without this program; `found_wrong` checks more, zips as well.
"""

import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from tongmun.kit.notes import NoteRefused, is_signed_by, read_head, read_log_key

MANIFEST, SUMS, CHECKPOINT = "manifest.json", "SHA256SUMS", "log/checkpoint.txt"
FORMAT = "tongmun packet 1"
# The first moment a zip can hold: a packet has no clock.
_MOMENT = (1980, 1, 1, 0, 0, 0)
# A file that anybody may read, made on Unix.
_ATTRIBUTES, _UNIX = 0o100644 << 16, 3


class NoPacket(ValueError):
    """Cannot check a path: nothing is there, or it is neither a folder nor a zip. Says which."""


def sealed_up(files: Mapping[str, bytes], about: Mapping[str, Any]) -> dict[str, bytes]:
    """Add the manifest, which holds what is said about the files, and the sums; the order is that of the names."""
    listed = {name: {"bytes": len(files[name]), "sha256": sha256(files[name]).hexdigest()} for name in sorted(files)}
    manifest = _canonical({**about, "format": FORMAT, "files": listed})
    whole = {**files, MANIFEST: manifest, SUMS: _sums({**_hashes(listed), MANIFEST: sha256(manifest).hexdigest()})}
    return {name: whole[name] for name in sorted(whole)}


def packed(files: Mapping[str, bytes]) -> bytes:
    """Put files into a zip: in the order of their names, not compressed, under one moment."""
    heap = io.BytesIO()
    with zipfile.ZipFile(heap, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _MOMENT)
            info.external_attr, info.create_system = _ATTRIBUTES, _UNIX
            archive.writestr(info, files[name])
    return heap.getvalue()


def found_wrong(path: Path) -> list[str]:
    """Check a packet or several, as a zip or a folder; give what is wrong, each beginning with the name of a file.

    Raises NoPacket and OSError.
    """
    if path.is_dir():
        parts = {one.relative_to(path).as_posix(): one for one in path.rglob("*") if not one.is_dir()}
        return list(_wrong({name: one.read_bytes() for name, one in parts.items()}, ""))
    if not path.exists():
        raise NoPacket(f"There is nothing at {path}.")
    if path.suffix != ".zip":
        raise NoPacket(f"{path} is neither a folder nor a zip.")
    return list(_wrong_in_zip(path.read_bytes(), path.name))


def about_packet(path: Path) -> dict[str, Any]:
    """Give what the manifest of a sound packet says."""
    if path.is_dir():
        content = (path / MANIFEST).read_bytes()
    else:
        with zipfile.ZipFile(path) as archive:
            content = archive.read(MANIFEST)
    manifest: dict[str, Any] = json.loads(content)
    return manifest


@dataclass
class _Unpacked:
    """The files in a zip, and the names of those that cannot be read."""

    files: dict[str, bytes] = field(default_factory=dict)
    damaged: list[str] = field(default_factory=list)


def _wrong_in_zip(content: bytes, name: str) -> Iterator[str]:
    try:
        unpacked = _unpack(content)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, RuntimeError):
        yield f"{name}: damaged, it cannot be opened as a zip"
        return
    yield from (f"{name}/{one}: damaged" for one in unpacked.damaged)
    problems = list(_wrong(unpacked.files, f"{name}/", unreadable=unpacked.damaged))
    yield from problems
    if not unpacked.damaged and not problems and packed(unpacked.files) != content:
        yield f"{name}: not packed as it was made, though the files in it are"


def _unpack(content: bytes) -> _Unpacked:
    found = _Unpacked()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        # What we pack is never compressed, so what is in it cannot be longer than it is, unless its parts overlap.
        stored = [info for info in archive.infolist() if info.compress_type == zipfile.ZIP_STORED]
        if sum(info.file_size for info in stored) > len(content):
            raise ValueError
        for info in archive.infolist():
            if info.compress_type != zipfile.ZIP_STORED or info.filename in found.files:
                found.damaged.append(info.filename)
                continue
            try:
                found.files[info.filename] = archive.read(info)
            except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, RuntimeError, ValueError, zlib.error):
                found.damaged.append(info.filename)
    return found


def _wrong(files: Mapping[str, bytes], within: str, unreadable: list[str] | None = None) -> Iterator[str]:
    """Compare files with their manifest; the zips among them are looked into."""
    unread = set(unreadable or ())
    if MANIFEST not in files:
        if MANIFEST not in unread:
            yield f"{within}{MANIFEST}: missing, and without it nothing can be checked"
        return
    manifest = _read_manifest(files[MANIFEST])
    if manifest is None:
        yield f"{within}{MANIFEST}: changed, it is not as it was written"
        return
    hashes = _hashes(manifest["files"])
    for name in sorted(hashes):
        if name in files and sha256(files[name]).hexdigest() != hashes[name]:
            yield f"{within}{name}: changed"
            if name.endswith(".zip"):
                yield from _wrong_in_zip(files[name], f"{within}{name}")
        elif name not in files and name not in unread:
            yield f"{within}{name}: missing"
    yield from (f"{within}{name}: extra, the manifest does not know it" for name in sorted({*files} - _known(hashes)))
    yield from (f"{within}{problem}" for problem in _wrong_sums(files, hashes, unread))
    yield from (f"{within}{problem}" for problem in _wrong_log(manifest.get("log"), files))
    # A zip that is as it was when it was hashed may have been wrong then.
    for name in sorted(hashes):
        if name.endswith(".zip") and name in files and sha256(files[name]).hexdigest() == hashes[name]:
            yield from _wrong_in_zip(files[name], f"{within}{name}")


def _known(hashes: Mapping[str, str]) -> set[str]:
    return {*hashes, MANIFEST, SUMS}


def _wrong_sums(files: Mapping[str, bytes], hashes: Mapping[str, str], unread: set[str]) -> Iterator[str]:
    if SUMS not in files:
        if SUMS not in unread:
            yield f"{SUMS}: missing"
    elif files[SUMS] != _sums({**hashes, MANIFEST: sha256(files[MANIFEST]).hexdigest()}):
        yield f"{SUMS}: does not fit {MANIFEST}; one of the two was changed"


def _wrong_log(log: object, files: Mapping[str, bytes]) -> Iterator[str]:
    """Compare the checkpoint of the count with what the manifest says of it."""
    # What is over zips leaves the checkpoint to each of them.
    is_over_zips = any(name.endswith(".zip") for name in files)
    if isinstance(log, dict) != (CHECKPOINT in files) and not (is_over_zips and CHECKPOINT not in files):
        yield f"{CHECKPOINT}: only one of it and what {MANIFEST} says of the log is there"
        return
    if not isinstance(log, dict) or CHECKPOINT not in files:
        return
    try:
        note = files[CHECKPOINT].decode()
        head = read_head(note.partition("\n\n")[0] + "\n")
        _name, public_key = read_log_key(str(log.get("key")))
        is_signed = is_signed_by(note, public_key=public_key)
    except (NoteRefused, UnicodeDecodeError):
        yield f"{CHECKPOINT}: cannot be read"
        return
    if (head.size, head.root.hex()) != (log.get("size"), log.get("root")):
        yield f"{CHECKPOINT}: not the head that {MANIFEST} names"
    elif not is_signed:
        yield f"{CHECKPOINT}: not signed with the key that {MANIFEST} names"


def _read_manifest(content: bytes) -> dict[str, Any] | None:
    """Read a manifest that is spelt as we spell it; None for any other."""
    try:
        manifest = json.loads(content)
        if manifest["format"] != FORMAT or _canonical(manifest) != content:
            return None
        _hashes(manifest["files"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return dict(manifest)


def _hashes(listed: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    return {name: str(one["sha256"]) for name, one in listed.items()}


def _sums(hashes: Mapping[str, str]) -> bytes:
    """Write sums as coreutils reads them."""
    return "".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes)).encode()


def _canonical(manifest: Mapping[str, Any]) -> bytes:
    return (json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
