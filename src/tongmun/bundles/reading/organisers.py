"""Who calls people together: named after a label, in "organised by", or as the sender of a message."""

import re

from tongmun.bundles.reading.draft import Notebook
from tongmun.bundles.reading.labels import LabelGroup
from tongmun.bundles.reading.paper import trimmed
from tongmun.bundles.reading.vocabulary import Vocabulary

LONGEST_ORGANISATION = 120


def note_organisers(notes: Notebook, groups: list[LabelGroup], prose: list[str], words: Vocabulary) -> None:
    """Write down each organiser once as organisation.1, organisation.2 ..., and whose message the call is."""
    named = [name for group in groups for name in _listed(group.values.get("organiser", ""), words)]
    told = [group.values["what"] for group in groups if "what" in group.values]
    for passage in (*told, *prose):
        for match in words.pattern("organisers", "by").finditer(passage):
            named += _listed(match["name"], words)
    for paragraph in prose:
        if message := words.pattern("organisers", "message").search(paragraph):
            notes.found("call.from", message["name"], message["name"])
            named.append(message["name"])
            break
    for number, name in enumerate(dict.fromkeys(named), start=1):
        notes.found(f"organisation.{number}", name, name)


def _listed(text: str, words: Vocabulary) -> list[str]:
    """Part a list at its commas; "and" stays, because names contain it."""
    parts = (trimmed(part, words) for part in re.split(r"[,;·]\s*(?:and\s+)?", text))
    return [part for part in parts if part and len(part) <= LONGEST_ORGANISATION]
