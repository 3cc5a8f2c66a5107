"""Read a pasted announcement into a draft bundle; not for loading one, and it decides nothing a text leaves open."""

from tongmun.bundles.reading.announcement import read_announcement
from tongmun.bundles.reading.draft import Basis, Draft, Finding, Problem
from tongmun.bundles.reading.report import findings_table, report
from tongmun.bundles.reading.writing import FolderNotEmpty, NothingToWrite, write_draft

__all__ = [
    "Basis",
    "Draft",
    "Finding",
    "FolderNotEmpty",
    "NothingToWrite",
    "Problem",
    "findings_table",
    "read_announcement",
    "report",
    "write_draft",
]
