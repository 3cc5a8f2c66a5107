"""Write an edition as a bundle."""

from pathlib import Path

from django.db import transaction

from tongmun.bundles import columns, stored
from tongmun.bundles.writing import csv_text, document_text, toml_text
from tongmun.campaigns.models import Edition
from tongmun.letters.queries import letters_of, master_language


class FolderIsNotEmpty(FileExistsError):
    """Cannot export: there is something in `folder` already, which an export must not mix with."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self.folder = folder


@transaction.atomic
def export_edition(*, edition: Edition, folder: Path) -> list[Path]:
    """Write the files of an edition into a new or empty folder; give their paths.

    Writes the same bytes every time, and no signature, no signer and no account. Raises FolderIsNotEmpty.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderIsNotEmpty(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in _files(edition).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        written.append(path)
    return written


def _files(edition: Edition) -> dict[str, str]:
    """Give the text of each file by its name."""
    return {"campaign.toml": _campaign_toml(edition), **_documents(edition), **_tables(edition)}


def _campaign_toml(edition: Edition) -> str:
    languages = edition.languages
    parts = [
        "format = 1\n",
        "[cause]\n" + toml_text(columns.CAUSE, stored.cause_row(edition), languages),
        "[campaign]\n" + toml_text(columns.CAMPAIGN, stored.campaign_row(edition), languages),
        "[edition]\n" + toml_text(columns.edition_fields(edition.day), stored.edition_row(edition), languages),
    ]
    parts += [
        "[[organisation]]\n" + toml_text(columns.ORGANISATION, row, languages)
        for row in stored.organisation_rows(edition)
    ]
    return "\n".join(parts)


def _documents(edition: Edition) -> dict[str, str]:
    letters = letters_of(edition)
    master = letters.get(master_language(edition))
    return {
        **{
            f"call.{call.language}.md": document_text(columns.CALL, stored.call_row(call), call.body)
            for call in edition.calls.order_by("language")
        },
        **{
            f"letter.{language}.md": document_text(columns.LETTER, stored.letter_row(letter, master), letter.body)
            for language, letter in sorted(letters.items())
        },
        **{
            f"news/{post.slug}.{post.language}.md": document_text(columns.NEWS, stored.post_row(post), post.body)
            for post in edition.posts.order_by("slug", "language")
        },
    }


def _tables(edition: Edition) -> dict[str, str]:
    languages = edition.languages
    return {
        columns.CITIES.file: csv_text(columns.CITIES, stored.city_rows(edition), languages),
        columns.MISSIONS.file: csv_text(columns.MISSIONS, stored.mission_rows(edition), languages),
        columns.PREMISES.file: csv_text(columns.PREMISES, stored.premises_rows(edition), languages),
        columns.HEADS.file: csv_text(columns.HEADS, stored.head_rows(edition), languages),
        columns.DISTRICTS.file: csv_text(columns.DISTRICTS, stored.district_rows(edition), languages),
        columns.EVENTS.file: csv_text(columns.EVENTS, stored.event_rows(edition), languages),
        columns.CLAIMS.file: csv_text(columns.CLAIMS, stored.claim_rows(edition), languages),
    }
