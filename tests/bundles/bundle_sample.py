"""A bundle with every file and every column, in three languages, and a way to write it with changes."""

import csv
import io
from pathlib import Path

Change = str | bytes | tuple[str, str] | None

CAMPAIGN = """\
format = 1

[cause]
slug = "clean-rivers"
name.en = "Clean rivers"
name.ko = "맑은 강"
name.ar = "أنهار نظيفة"

[campaign]
slug = "rivers-without-borders"
name.en = "Rivers \\"without\\" borders"
name.ko = "국경 없는 강"
name.ar = "أنهار بلا حدود"
sending_state = "XA"
sending_state_name.en = "the Republic of Example"
sending_state_name.ko = "예시 공화국"
sending_state_name.ar = "جمهورية المثال"

[edition]
slug = "2027"
name.en = "Day of the rivers 2027"
name.ko = "2027 강의 날"
name.ar = "يوم الأنهار 2027"
date = 2027-09-22
time = "12:00"
time_rule = "local-wall-clock"
languages = ["en", "ko", "ar"]
state = "open"
changed = 2027-08-01

[[organisation]]
slug = "river-friends"
name.en = "River Friends"
name.ko = "강의 벗"
country = "KR"
role = "host"
sample = true

[[organisation]]
slug = "amis-du-fleuve"
name.fr = "Les Amis du fleuve"
role = "endorser"
"""

CALL_EN = """\
+++
title = "At noon, by the river"
what = "We meet.\\nWe carry one letter."
where = "In two cities"
changed = 2027-08-02
+++
## Why

- one

    indented, with a trailing break\x20\x20
- two
"""
CALL_KO = '+++\ntitle = "정오, 강가에서"\nwhat = "우리는 모입니다."\nchanged = 2027-08-02\n+++\n'
CALL_AR = '+++\ntitle = "ظهرًا عند النهر"\nwhat = "نلتقي."\nchanged = 2027-08-02\n+++\nنص، وفاصلة.\n'

LETTER_EN = """\
+++
date = 2027-09-20
subject = "The rivers"
addressee = ["Her Excellency Example", "President"]
care_of = "none"
salutation = "Your Excellency,"
close = "Yours faithfully,"
signatory = ["The undersigned", "from many rivers"]
changed = 2027-08-03
+++
First paragraph,
in two lines.

Second paragraph: "quoted".
"""
LETTER_KO = """\
+++
addressee = ["예시 대통령 귀하"]
care_of = "head-of-mission"
salutation = "존경하는 대통령님께"
close = "삼가 올림"
signatory = ["서명자 일동"]
changed = 2027-08-03
+++
첫째 문단.

둘째 문단.
"""

CITIES = """\
slug,name_en,name_ko,name_ar,name_fr,country,zone,latitude,longitude,date,time,transit_en,transit_ko,transit_ar,note_en,note_ko,note_ar,checked,checked_by,changed
seoul,Seoul,서울,سيول,Séoul,KR,Asia/Seoul,37.5667,126.9783,,,"Line 4, exit 5",4호선,,First | second | third,,,2027-07-01,"City ""office"", desk 2",2027-08-04
berlin,Berlin,베를린,برلين,,DE,Europe/Berlin,52.52,13.405,2027-09-23,10:30,,,"قطار, ثم سيرًا",,참고,,,,2027-08-04
apia,Apia,,,,WS,Pacific/Apia,-13.8333,-171.7667,,,,,,"Come, and = wait",,,,,2027-08-04
"""  # noqa: E501 -- a line of a table
MISSIONS = """\
slug,city,kind,status,receiving,latitude,longitude,wikidata,district,source,checked,checked_by
xa-seoul,seoul,embassy,open,KR,37.56222,126.98278,Q42,KR | XB-01,"Gazette, 2027-01-02",2027-07-02,Archive
xa-seoul-consulate,seoul,consulate,relocated,KR,,,,,,,
xa-berlin,berlin,consulate-general,closed,DE,,,Q43,,,,
"""
PREMISES = """\
mission,function,lines_en,lines_ko,lines_ar,valid_from,valid_to,source,checked,checked_by
xa-seoul,chancery,1 River Road | Seoul 04500,강변로 1,,,2020-01-01,Old list,2027-07-03,Archive
xa-seoul,chancery,"2, River Road | Seoul",,,2020-01-01,,,,
xa-seoul,visa-office,3 River Road,,,2020-01-01,,,,
"""
HEADS = """\
mission,rank,title_en,title_ko,title_ar,name_en,name_ko,name_ar,gender,valid_from,valid_to,source,checked,checked_by
xa-seoul,ambassador,Dr,박사,,Ada Example,에이다,,f,2024-02-01,2026-02-01,Gazette,2027-07-04,Archive
xa-seoul,charge-daffaires,,,,,,بدر,,2026-02-01,,,,
"""
DISTRICTS = """\
mission,region,valid_from,valid_to,source,checked,checked_by
xa-seoul,KR-11,2020-01-01,2026-01-01,Gazette,2027-07-06,Archive
xa-seoul,KR-11,2026-01-01,,,,
xa-seoul,KR-41,,,Gazette,,
"""
EVENTS = """\
slug,city,kind,status,date,time,reading,ends_date,ends_time,title_en,title_ko,title_ar,place_en,place_ko,place_ar,transit_en,transit_ko,transit_ar,note_en,note_ko,note_ar,latitude,longitude,host,sequence,changed
seoul-rally,seoul,rally,confirmed,,,,,13:30,"Rally, with songs",집회,تجمّع,At the gate,,,Line 4,,,"Bring ""paper"" | and a pen",,,37.5,126.5,river-friends,2,2027-08-05
berlin-night,berlin,vigil,planned,2027-10-31,02:30,later,2027-10-31,04:00,,,وقفة,,,,,,,,,,,,,0,2027-08-05
"""  # noqa: E501 -- a line of a table
CLAIMS = """\
slug,text_en,text_ko,text_ar,figure,qualifier,as_of,source,checked,checked_by,paragraph
length,The river is long.,강은 길다.,,"1,200",over,2026-12-31,"Atlas, page 3",2027-07-05,Archive,2
unsourced,,,النهر قديم.,,,,,,,
"""

FILES: dict[str, str] = {
    "campaign.toml": CAMPAIGN,
    "call.en.md": CALL_EN,
    "call.ko.md": CALL_KO,
    "call.ar.md": CALL_AR,
    "letter.en.md": LETTER_EN,
    "letter.ko.md": LETTER_KO,
    "cities.csv": CITIES,
    "missions.csv": MISSIONS,
    "premises.csv": PREMISES,
    "heads.csv": HEADS,
    "districts.csv": DISTRICTS,
    "events.csv": EVENTS,
    "claims.csv": CLAIMS,
    "news/opening.en.md": '+++\ntitle = "We begin"\ndate = 2027-08-06\n+++\nThe site is open.\n',
    "news/opening.ar.md": '+++\ntitle = "نبدأ"\ndate = 2027-08-06\n+++\nالموقع مفتوح.\n',
}


def bundle(folder: Path, changes: dict[str, Change] | None = None) -> Path:
    """Write the sample into a new folder; a change is new contents, (what, by what), or None to leave a file out."""
    changes = changes or {}
    for name in [*FILES, *(name for name in changes if name not in FILES)]:
        content = _changed(FILES.get(name, ""), changes.get(name, ("", "")))
        if content is not None:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
    return folder


def cell(name: str, line: int, **values: str) -> dict[str, Change]:
    """Give the change that writes values into columns of a line of a CSV file; lines count from 1."""
    rows = list(csv.reader(io.StringIO(FILES[name])))
    for column, value in values.items():
        rows[line - 1][rows[0].index(column)] = value
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return {name: text.getvalue()}


def _changed(content: str, change: Change) -> bytes | None:
    if change is None or isinstance(change, bytes):
        return change
    if isinstance(change, str):
        return change.encode()
    old, new = change
    assert old in content, f"the sample has no {old!r}"
    return content.replace(old, new, 1).encode()
