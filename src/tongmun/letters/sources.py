"""What may be named as a source, and the addresses in it."""

import re

ADDRESS = re.compile(r"https?://[^\s<>\"“”]+", re.IGNORECASE)
# What is meant as an address and is none.
MEANT = re.compile(r"\b(?:https?:/*|https?//|ftp://|www\.)", re.IGNORECASE)
# A full stop or bracket behind an address belongs to the sentence around it.
TRAILING = ".,;:!?)]}'»"
HOST = re.compile(r"https?://(?:[\w-]+\.)+[^\W\d_][\w-]+(?::\d{1,5})?(?:[/?#]|\Z)", re.IGNORECASE)


def source_pieces(source: str) -> list[tuple[str, str]]:
    """Cut a source into (text, address): the address is "" for words, and the text itself for what can be followed."""
    pieces, done = [], 0
    for match in ADDRESS.finditer(source):
        address = match[0].rstrip(TRAILING)
        if not HOST.match(address):
            continue
        if match.start() > done:
            pieces.append((source[done : match.start()], ""))
        pieces.append((address, address))
        done = match.start() + len(address)
    return [*pieces, (source[done:], "")] if source[done:] else pieces


def is_source(source: str) -> bool:
    """Whether this names anything: an address that can be followed, or words; not a dash, and no broken address."""
    words = "".join(text for text, address in source_pieces(source) if not address)
    has_address = any(address for _text, address in source_pieces(source))
    return not MEANT.search(words) and (has_address or any(character.isalpha() for character in words))
