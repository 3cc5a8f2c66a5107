"""Lines of TOML that say where a value is missing or inferred."""

import json

from tongmun.bundles.reading.draft import Basis, Draft

MISSING = "needed; the text does not say it"


def quoted(value: str) -> str:
    """Write a string of TOML; JSON escapes it in the same way, apart from U+007F, which a read text never holds."""
    return json.dumps(value, ensure_ascii=False)


def line(key: str, value: str) -> str:
    """Write a key with a string, as a comment where the value is missing."""
    return f"{key} = {quoted(value)}" if value else f"# {key} = {MISSING}"


def from_draft(key: str, draft: Draft, name: str, *, plain: bool = False) -> str:
    """Write a key with the value of a field, with the reason where inferred; `plain` leaves quotation marks out."""
    found = next((found for found in draft.findings if found.field == name), None)
    if found is None:
        return line(key, "")
    written = f"{key} = {found.value}" if plain else line(key, found.value)
    return f"{written}  # inferred: {found.reason}" if found.basis is Basis.INFERRED else written


def listed(key: str, values: list[str]) -> str:
    """Write a key with a list of strings, as a comment where there is none."""
    return f"{key} = [{', '.join(map(quoted, values))}]" if values else f"# {key} = {MISSING}"
