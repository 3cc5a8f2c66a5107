"""What tells one text of a letter from another."""

import json
from collections.abc import Mapping
from datetime import date
from hashlib import sha256


def letter_digest(
    *,
    language: str,
    dated: date | None,
    subject: str,
    addressee: str,
    care_of: str,
    salutation: str,
    body: str,
    close: str,
    signatory: str,
) -> str:
    """Give 64 hexadecimal digits: SHA-256 (FIPS 180-4) over the fields as JSON with sorted keys, in UTF-8."""
    fields = {
        "language": language,
        "dated": dated.isoformat() if dated else None,
        "subject": subject,
        "addressee": addressee,
        "care_of": care_of,
        "salutation": salutation,
        "body": body,
        "close": close,
        "signatory": signatory,
    }
    canonical = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def paragraph_digest(paragraph: str) -> str:
    """Give 64 hexadecimal digits: SHA-256 over the words of a paragraph with single spaces between, in UTF-8."""
    return sha256(" ".join(paragraph.split()).encode()).hexdigest()


def claim_digest(fields: Mapping[str, object]) -> str:
    """Give 64 hexadecimal digits that tell whether a claim is as an editor saw it."""
    return sha256(json.dumps(fields, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()
