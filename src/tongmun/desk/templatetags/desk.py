"""Filters that only the desk needs."""

from django import template
from django.utils.translation import get_language_info

register = template.Library()


@register.filter
def language_name(code: str) -> str:
    """Name one of the languages of this site in the language of the page."""
    return str(get_language_info(code)["name_translated"])
