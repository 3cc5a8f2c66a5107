import re
from itertools import product
from pathlib import Path

import pytest

from tongmun.look import finders

SOURCE = Path(finders.__file__).parents[1]
SHEETS = sorted(finders.PARTS.glob("*.css"))
PHYSICAL = re.compile(
    r"(?<![-\w])((margin|padding|border)-(left|right|top|bottom)|(left|right|top|bottom)\s*:|float\s*:"
    r"|text-align\s*:\s*(left|right)|border-(top|bottom)-(left|right)-radius)"
)
GROUNDS = ("ground", "ground-raised", "ground-sunk", "ground-lit")
SCHEMES = ("light", "dark")


def tokens(scheme: str) -> dict[str, str]:
    """Colours as #rrggbb by the name of their meaning, in one scheme."""
    sheet = (finders.PARTS / "20-tokens.css").read_text()
    light, dark = sheet.split("@media (prefers-color-scheme: dark)")
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    if scheme == "dark":
        colours |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))
    meanings = re.findall(r"--([\w-]+): var\(--([\w-]+)\);", sheet)
    return colours | {meaning: colours[raw] for meaning, raw in meanings}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2.2 defines it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize(("scheme", "text", "ground"), list(product(SCHEMES, ("text", "text-quiet"), GROUNDS)))
def test_body_text_reaches_aaa_on_every_ground(scheme: str, text: str, ground: str) -> None:
    colours = tokens(scheme)

    assert contrast(colours[text], colours[ground]) >= 7


@pytest.mark.parametrize(
    ("scheme", "text", "ground"), list(product(SCHEMES, ("text-lit", "good", "bad", "focus"), GROUNDS))
)
def test_coloured_words_reach_aa_on_every_ground(scheme: str, text: str, ground: str) -> None:
    colours = tokens(scheme)

    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_buttons_and_edges_of_inputs_can_be_seen(scheme: str) -> None:
    colours = tokens(scheme)

    assert contrast(colours["button-text"], colours["button"]) >= 7
    assert contrast(colours["line-firm"], colours["ground"]) >= 3
    assert contrast(colours["line-firm"], colours["ground-raised"]) >= 3


def test_dark_scheme_changes_raw_colours_only() -> None:
    sheet = (finders.PARTS / "20-tokens.css").read_text()
    dark = sheet.split("@media (prefers-color-scheme: dark)")[1].split(":root {")[1].split("}")[0]
    raw = set(re.findall(r"--([\w-]+): #", sheet.split("@media")[0]))

    assert set(re.findall(r"--([\w-]+):", dark)) == raw


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_stylesheet_has_logical_properties_only(sheet: Path) -> None:
    assert [found.group(0) for found in PHYSICAL.finditer(sheet.read_text())] == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_important_stands_in_the_print_sheet_only(sheet: Path) -> None:
    assert sheet.name == "90-print.css" or "!important" not in sheet.read_text()


def test_stylesheet_fetches_nothing() -> None:
    sheet = finders.joined_stylesheet()

    assert "url(" not in sheet
    assert "@import" not in sheet


def test_every_rule_stands_in_a_declared_layer() -> None:
    declared = SHEETS[0].read_text().removeprefix("@layer ").rstrip(";\n").split(", ")

    used = {
        layer for sheet in SHEETS[1:] for layer in re.findall(r"^@layer (\w+) \{$", sheet.read_text(), re.MULTILINE)
    }

    assert used == set(declared)
    assert SHEETS[0].name == "00-layers.css"


def test_templates_hold_no_style_no_script_and_no_handler() -> None:
    templates = sorted(SOURCE.rglob("templates/**/*.html"))
    # schema.org data in a script element is not run: https://html.spec.whatwg.org/#data-block
    forbidden = re.compile(
        r"<script(?! type=\"application/ld\+json\">)|<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:",
        re.IGNORECASE,
    )

    found = {str(path.relative_to(SOURCE)): forbidden.findall(path.read_text()) for path in templates}

    assert templates
    assert {path: hits for path, hits in found.items() if hits} == {}


def test_includes_hand_over_only_what_they_name() -> None:
    templates = SOURCE.rglob("templates/**/*.html")
    includes = [tag for path in templates for tag in re.findall(r"{%\s*include [^%]*%}", path.read_text())]

    assert [tag for tag in includes if not re.search(r"\sonly\s*%}$", tag)] == []
