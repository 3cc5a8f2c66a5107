"""A small table in the shape of database-of-embassies: three embassies and a consulate, with the facts of nobody."""

import csv
import io
from pathlib import Path

HEADER = (
    "operator;operatorQID;jurisdictions;jurisdictionQIDs;country;countryQID;city;cityQID;address;latitude;longitude;"
    "phone;email;website;facebook;twitter;youtube;picture;pictureAuthor;pictureLicense;pictureLicenseURL;type;typeQID;"
    "creation;QID;"
)
COLUMNS = HEADER.split(";")[:-1]
ITEM = "http://www.wikidata.org/entity/"
CHINA, KOREA, JAPAN, USA, TEXAS, HAWAII = "Q148", "Q884", "Q17", "Q30", "Q1439", "Q782"
NAMES = {CHINA: "People's Republic of China", KOREA: "South Korea", JAPAN: "Japan", USA: "United States of America"}
KINDS = {"embassy": "Q3917681", "consulate general": "Q372690"}


def row(item, *, sending=CHINA, host=KOREA, kind="embassy", looks_after=(), **cells):
    values = {
        "operator": NAMES.get(sending, sending),
        "operatorQID": ITEM + sending,
        "country": NAMES.get(host, host),
        "countryQID": ITEM + host,
        "jurisdictionQIDs": "|".join(ITEM + region for region in looks_after),
        "type": kind,
        "typeQID": ITEM + KINDS.get(kind, kind),
        "QID": ITEM + item,
        **cells,
    }
    return {column: values.get(column, "") for column in COLUMNS}


SEOUL = row(
    "Q101", city="Jung-gu", latitude="37.5622", longitude="126.9828", website="http://example.org", looks_after=[KOREA]
)
TOKYO = row("Q102", host=JAPAN, city="Minato-ku", latitude="35.6581", longitude="139.7270", looks_after=[JAPAN])
HOUSTON = row("Q103", host=USA, kind="consulate general", city="Houston", phone="+1 555 0100", looks_after=[TEXAS])
WASHINGTON = row("Q104", host=USA, city="Washington, D.C.", looks_after=[USA])
ROWS = (SEOUL, TOKYO, HOUSTON, WASHINGTON)


def written(path: Path, *rows, header=HEADER) -> Path:
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, delimiter=";", lineterminator="\n")
    writer.writerows([*one.values(), ""] for one in rows)
    path.write_text(f"{header}\n{lines.getvalue()}", encoding="utf-8")
    return path
