"""Which code of ISO 3166 an item of Wikidata stands for: data/regions.csv, made by scripts/wikidata_states.py."""

import csv
from functools import cache
from importlib import resources


@cache
def codes_by_item() -> dict[str, str]:
    """Give the codes of states (KR) and of their parts (US-TX) by item (Q884).

    Facts from Wikidata (CC0), by way of database-of-embassies, snapshot of 2022-11-16; codes by CLDR and by hand.
    """
    table = resources.files(__package__).joinpath("data/regions.csv").read_text("utf-8")
    return {row["item"]: row["code"] for row in csv.DictReader(table.splitlines())}
