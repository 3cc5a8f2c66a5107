"""The forms of address: what each language has, where it comes from, and what no native reader has checked."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongmun.desk.door import organisers_only
from tongmun.desk.form_words import served_names, table_name
from tongmun.desk.page import desk_page
from tongmun.kit.text import direction
from tongmun.letters.notes import language_name
from tongmun.letters.wording import NoFormsOfAddress, rows_of, worded_languages
from tongmun.people.models import User


@organisers_only
@require_safe
def list_languages(request: HttpRequest, by: User) -> HttpResponse:
    """Show how many rows each language has, and how many nobody has checked."""
    languages = []
    for code in sorted(worded_languages()):
        rows = rows_of(code)
        unchecked = sum(not row.checked_by for row in rows)
        languages.append({"code": code, "name": language_name(code), "rows": len(rows), "unchecked": unchecked})
    return render(request, "desk/forms_of_address/languages.html", {**desk_page(request), "worded": languages})


@organisers_only
@require_safe
def show_language(request: HttpRequest, by: User, language: str) -> HttpResponse:
    """Show the rows of one language, those first that nobody has checked. Raises Http404 for one without forms."""
    try:
        rows = rows_of(language)
    except NoFormsOfAddress:
        raise Http404 from None
    listed = [(row, table_name(row), served_names(row)) for row in sorted(rows, key=lambda row: bool(row.checked_by))]
    context = {
        "rows": listed,
        "unchecked": sum(not row.checked_by for row in rows),
        "text_language": language,
        "text_direction": direction(language),
        "text_language_name": language_name(language),
        "file": f"src/tongmun/letters/forms/{language}.toml",
    }
    return render(request, "desk/forms_of_address/language.html", {**desk_page(request), **context})
