"""What can be read in a packet: the text of its PDFs, and every byte."""

import io
import json
from collections.abc import Mapping
from functools import lru_cache

from pypdf import PdfReader


@lru_cache(maxsize=64)
def pdf_text(content: bytes) -> str:
    """Give the text of a PDF with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def texts(files: Mapping[str, bytes]) -> dict[str, str]:
    """Give the text of every file by its name."""
    return {name: pdf_text(content) if name.endswith(".pdf") else content.decode() for name, content in files.items()}


def manifest(files: Mapping[str, bytes]) -> dict[str, object]:
    return json.loads(files["manifest.json"])
