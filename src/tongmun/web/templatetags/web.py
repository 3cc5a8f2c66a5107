"""Filters that only public pages need."""

from collections.abc import Mapping

from django import template

from tongmun.kit.text import in_language
from tongmun.web.page import page_language

register = template.Library()


@register.filter
def in_page_language(names: Mapping[str, str]) -> str:
    """Pick the text in the language of the page."""
    return in_language(names, page_language())
