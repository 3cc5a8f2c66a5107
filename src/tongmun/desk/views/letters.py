"""The letter: the master, its translations beside it, and what is to be settled before it is frozen."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tongmun.campaigns.models import Edition
from tongmun.desk.claim_words import doubt_words
from tongmun.desk.copy_notes import copy_notes, unchecked_forms
from tongmun.desk.door import organisers_only
from tongmun.desk.letter_forms import LetterForm, LetterHeadForm, TranslationForm
from tongmun.desk.page import edition_page, page_language
from tongmun.desk.scope import edition_for
from tongmun.desk.views.texts import seen_number, text_page, values_of
from tongmun.kit.pdf import MissingGlyph
from tongmun.kit.text import direction, in_language
from tongmun.letters.actions.translate import translate
from tongmun.letters.actions.write_version import LetterChangedMeanwhile, write_version
from tongmun.letters.mission_copies import general_copy, letter_day
from tongmun.letters.models import LetterVersion
from tongmun.letters.printing import letter_pdf
from tongmun.letters.queries import (
    claims_to_settle,
    earlier_paragraphs,
    letters_of,
    master_language,
    pairs_of,
    unready,
)
from tongmun.letters.translations import Pair, Standing
from tongmun.letters.wording import NoFormsOfAddress, wording
from tongmun.look.templatetags.look import language_name
from tongmun.people.models import User

# What of the master stands beside the fields around the text.
BESIDE = ("addressee", "subject", "salutation", "close", "signatory")
BEFORE_THE_TEXT = ("dated", "addressee", "subject", "care_of", "salutation")
AFTER_THE_TEXT = ("close", "signatory")


@organisers_only
@require_safe
def show_standing(request: HttpRequest, by: User, edition: str) -> HttpResponse:
    """Show what each language and each claim still lacks before the letter can be frozen."""
    found = edition_for(by, edition)
    letters, lacking = letters_of(found), {one.language: one for one in unready(found)}
    first = master_language(found)
    languages = dict.fromkeys([*found.languages, *letters])
    context = {
        **edition_page(request, found),
        "has_master": first in letters,
        "master_name": language_name(first),
        "rows": [
            (code, language_name(code), letters.get(code), lacking.get(code), code == first) for code in languages
        ],
        "to_settle": [
            (one.claim, in_language(one.claim.texts, page_language()), doubt_words(one))
            for one in claims_to_settle(found, timezone.now().date())
        ],
    }
    return render(request, "desk/letters/standing.html", context)


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit_letter(request: HttpRequest, by: User, edition: str, language: str) -> HttpResponse:
    """Write the next version of the letter in one language, or look at it first; a translation beside the master."""
    found = edition_for(by, edition)
    letters = letters_of(found)
    if language not in found.languages and language not in letters:
        raise Http404
    if not _is_worded(language):
        return text_page(request, "desk/letters/unworded.html", found, language, {})
    master = letters.get(master_language(found))
    if master is None or master.language == language:
        return _edit_whole(request, by, found, language, letters.get(language))
    return _edit_beside(request, by, master, language, letters.get(language))


def _edit_whole(
    request: HttpRequest, by: User, edition: Edition, language: str, letter: LetterVersion | None
) -> HttpResponse:
    form = LetterForm(
        language, request.POST if request.method == "POST" else None, initial=values_of(letter, LetterForm)
    )
    context: dict[str, Any] = {
        "form": form,
        "seen": seen_number(request, letter.number if letter else 0),
        "letter": letter,
        "is_master": language == master_language(edition),
        "master_name": language_name(master_language(edition)),
        **_forms_used(letter, language),
    }
    if form.is_valid() and _can_be_printed(
        form, LetterVersion(edition=edition, language=language, **form.cleaned_data)
    ):
        texts = form.cleaned_data
        if "save" not in request.POST:
            context["copy"] = general_copy(LetterVersion(edition=edition, language=language, **texts))
            return text_page(request, "desk/letters/master.html", edition, language, context)
        try:
            write_version(
                edition=edition, language=language, based_on=context["seen"], by=by, at=timezone.now(), **texts
            )
        except LetterChangedMeanwhile as error:
            context |= _conflict(error)
        else:
            return _saved(request, edition, language)
    return text_page(request, "desk/letters/master.html", edition, language, context)


def _edit_beside(
    request: HttpRequest, by: User, current: LetterVersion, language: str, letter: LetterVersion | None
) -> HttpResponse:
    edition = current.edition
    master = _master_seen(request, current)
    pairs = pairs_of(master, letter, language)
    form = TranslationForm(
        language,
        language_name(master.language),
        pairs,
        request.POST if request.method == "POST" else None,
        # A new translation has the date of the master.
        initial=values_of(letter, LetterHeadForm) or {"dated": master.dated, "care_of": master.care_of},
    )
    context: dict[str, Any] = {
        "form": form,
        "seen": seen_number(request, letter.number if letter else 0),
        "letter": letter,
        "master": master,
        "master_name": language_name(master.language),
        "master_direction": direction(master.language),
        "has_newer_master": master.number < current.number,
        **_lines(form, master, pairs),
        **_counts(master, letter, pairs),
        **_forms_used(letter, language),
    }
    if form.is_valid() and _can_be_printed(form, preview := _preview(form, edition, language)):
        if "save" not in request.POST:
            context["copy"] = general_copy(preview)
            return text_page(request, "desk/letters/translation.html", edition, language, context)
        try:
            translate(
                master=master,
                language=language,
                based_on=context["seen"],
                paragraphs=form.paragraphs(),
                still_right=form.still_right(),
                by=by,
                at=timezone.now(),
                **form.texts(),
            )
        except LetterChangedMeanwhile as error:
            context |= _conflict(error)
        else:
            return _saved(request, edition, language)
    return text_page(request, "desk/letters/translation.html", edition, language, context)


def _preview(form: TranslationForm, edition: Edition, language: str) -> LetterVersion:
    return LetterVersion(edition=edition, language=language, body="\n\n".join(form.paragraphs()), **form.texts())


def _can_be_printed(form: Form, letter: LetterVersion) -> bool:
    """Tell whether there is a font for all of a letter, and else say in the form which characters have none."""
    try:
        letter_pdf(general_copy(letter), day=letter_day(letter))
    except MissingGlyph as missing:
        words = _(
            "No font can draw these characters, so the letter could not be printed: %(characters)s. Put others there."
        )
        form.add_error(None, words % {"characters": " ".join(missing.texts)})
        return False
    return True


def _master_seen(request: HttpRequest, current: LetterVersion) -> LetterVersion:
    """Give the version of the master that stood beside the form when it was opened."""
    number = seen_number(request, current.number, name="master")
    if number == current.number:
        return current
    versions = LetterVersion.objects.filter(edition=current.edition_id, language=current.language)
    return versions.select_related("edition").filter(number=number).first() or current


def _lines(form: TranslationForm, master: LetterVersion, pairs: Sequence[Pair]) -> dict[str, Any]:
    """Give the lines of the page: each field with what stands beside it."""
    earlier = earlier_paragraphs(master) if any(pair.standing == Standing.STALE for pair in pairs) else {}

    def plain(names: Sequence[str]) -> list[dict[str, Any]]:
        return [{"field": form[name], "master": getattr(master, name) if name in BESIDE else ""} for name in names]

    return {
        "before": plain(BEFORE_THE_TEXT),
        "paragraphs": [
            {
                "pair": pair,
                "field": form[f"paragraph_{pair.number}"] if pair.number else None,
                "still": form[f"still_{pair.number}"] if pair.number and pair.standing == Standing.STALE else None,
                "earlier": earlier.get(pair.rendered, "") if pair.standing == Standing.STALE else "",
            }
            for pair in pairs
        ],
        "after": plain(AFTER_THE_TEXT),
    }


def _counts(master: LetterVersion, letter: LetterVersion | None, pairs: Sequence[Pair]) -> dict[str, Any]:
    """Give what is said when the numbers of paragraphs differ; nothing for a translation that is not begun."""
    if letter is None or len(letter.paragraphs) == len(master.paragraphs):
        return {}
    return {
        "counts": {"own": len(letter.paragraphs), "master": len(master.paragraphs)},
        "missing": [pair.number for pair in pairs if pair.standing == Standing.MISSING],
        "extra": [pair.own_number for pair in pairs if pair.standing == Standing.EXTRA],
    }


def _forms_used(letter: LetterVersion | None, language: str) -> dict[str, Any]:
    """Give what is said of the forms of address: what copies lack, and how many forms no native reader has checked."""
    return {"noted": copy_notes(letter, page_language()) if letter else [], "unchecked": unchecked_forms(language)}


def _conflict(error: LetterChangedMeanwhile) -> dict[str, Any]:
    return {
        "theirs": general_copy(error.current) if error.current else None,
        "is_conflict": True,
        "seen": error.current.number if error.current else 0,
    }


def _saved(request: HttpRequest, edition: Edition, language: str) -> HttpResponse:
    messages.success(request, _("The letter is saved."))
    return redirect("desk:edit-letter", edition=edition.slug, language=language)


def _is_worded(language: str) -> bool:
    try:
        wording(language)
    except NoFormsOfAddress:
        return False
    return True
