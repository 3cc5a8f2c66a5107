"""Typeset an annex of many names in nine scripts: `python bench/annex.py [--names 100000] [--reference 10000]`.

Prints time, memory of the largest process, volumes and pages, and what a name costs a processor against an annex of
fewer names in the same run: near 1 is linear. One processor works at a time, so on a free machine both times agree.
"""

import argparse
import io
import os
import random
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from pypdf import PdfReader

TOP = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TOP), str(TOP / "src")]

from tongmun.kit.annex import Annex, AnnexWords, annex_pdf  # noqa: E402 -- it is found by what is set above
from tongmun.kit.collation import sort_names  # noqa: E402 -- as above

MOST_SECONDS, MOST_MEGABYTES = 30, 1024
WORDS = AnnexWords(
    organisations="Organisations",
    countries="People by country",
    names="Names",
    page="{page} of {pages}",
    volume="Volume {volume} of {volumes}",
    root="Root: {root}",
)
# One line for each script: given names, then family names.
PEOPLE = (
    ("Anna Łukasz José Zoë Thị", "Kowalski García Müller Okafor Nguyễn"),
    ("영희 철수 지성 은경 하늘", "김 이 박 최 정"),
    ("伟 芳 秀英 敏 静", "王 李 張 刘 陳"),
    ("さくら たろう はなこ けんじ ゆい", "すずき サトウ たかはし タナカ いとう"),
    ("Иван Ольга Алёна Пётр Юлія", "Петров Ёлкина Шевченко Гончар Ковальова"),
    ("محمد أحمد فاطمة علي سلمى", "الأحمد حسين كريمي صالح منصور"),
    ("सीता राम अमर ज्योति विक्रम", "शर्मा क्षत्रिय सिंह मिश्र पटेल"),
    ("สมชาย ไพลิน กานต์ สุดา เกศ", "ใจดี ทองสุข ศรีสุข แก้วมณี วงศ์"),
    ("အောင် လှ ကျော် မြင့် သန့်", "စုကြည် ဆန်း ဝင်း ညွှန့် မောင်"),
)


def main() -> int:
    """Measure and print; 0 when the annex keeps below 30 s of a processor and 1 GiB in a process."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--names", type=int, default=100_000)
    parser.add_argument("--reference", type=int, default=10_000)
    options = parser.parse_args()
    reference, _megabytes = _measure(options.reference)
    seconds, megabytes = _measure(options.names)
    ratio = seconds / options.names / (reference / options.reference)
    print(
        f"a name among {options.names:,} costs {seconds / options.names * 1e6:.0f} µs, {ratio:.2f} of one among"
        f" {options.reference:,}; load {os.getloadavg()[0]:.1f}"
    )
    return 0 if seconds <= MOST_SECONDS and megabytes <= MOST_MEGABYTES else 1


def _measure(count: int) -> tuple[float, float]:
    """Give the seconds a processor typesets so many names, and the MB of the largest process until now."""
    began = time.monotonic()
    names = sort_names(_names(count), "en")
    sorted_after = time.monotonic() - began
    annex = Annex("Who stands behind this letter", ["통문", "منظمة"], [("Malta", "12")], names, "9f86d081", WORDS)
    began, used = time.monotonic(), _processor_seconds()
    volumes = annex_pdf(annex, lang="en", created=datetime(2026, 9, 22, tzinfo=UTC))
    seconds, used = time.monotonic() - began, _processor_seconds() - used
    pages = sum(len(PdfReader(io.BytesIO(volume)).pages) for volume in volumes)
    megabytes = max(
        resource.getrusage(whose).ru_maxrss / 1024 for whose in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)
    )
    print(
        f"{count:,} names: sorted in {sorted_after:.1f} s, typeset in {seconds:.1f} s, of which {used:.1f} s at work;"
        f" {len(volumes)} volumes, {pages} pages, {sum(map(len, volumes)) / 1e6:.1f} MB of PDF,"
        f" at most {megabytes:.0f} MB in a process"
    )
    return used, megabytes


def _processor_seconds() -> float:
    mine, theirs = (resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime


def _names(count: int) -> list[str]:
    """Make names in all scripts; nearly every one is another, or Typst would set it once."""
    chance = random.Random(22)  # noqa: S311 -- the same names each time
    names = []
    for _ in range(count):
        given, family = (part.split() for part in chance.choice(PEOPLE))
        first = chance.choice(given)
        middle = "".join(chance.choice(given) for _ in range(2))
        names.append(f"{first} {''.join(chance.sample(middle, min(4, len(middle))))} {chance.choice(family)}")
    return names


if __name__ == "__main__":
    sys.exit(main())
