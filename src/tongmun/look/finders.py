"""The stylesheet: written in small files, served as one, because over Tor each request costs more than its bytes."""

from collections.abc import Iterator
from pathlib import Path

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage

PARTS = Path(__file__).resolve().parent / "css"
NAME = "look/tongmun.css"


def joined_stylesheet() -> str:
    """Give the files of look/css one after the other, in the order of their names."""
    return "\n".join(part.read_text("utf-8") for part in sorted(PARTS.glob("*.css")))


class JoinedStylesheetFinder(BaseFinder):
    """Offers look/tongmun.css to collectstatic."""

    def find(self, path: str, find_all: bool = False, **_: object) -> list[str]:  # type: ignore[override] # noqa: ARG002, FBT001, FBT002 -- Django's signature
        """Find nothing on disk: the joined file has no path of its own."""
        return []

    def list(self, ignore_patterns: object) -> Iterator[tuple[str, Storage]]:  # noqa: ARG002 -- Django's signature
        """Give the one file."""
        storage = InMemoryStorage()
        storage.save(NAME, ContentFile(joined_stylesheet().encode()))
        yield NAME, storage
