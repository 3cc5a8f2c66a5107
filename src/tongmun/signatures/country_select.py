"""The list of countries in a form."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class CountrySelect(forms.Select):
    """Writes what Django writes. There each line is a template, and 250 of them took two thirds of the whole page."""

    def render(
        self,
        name: str,
        value: Any,  # noqa: ANN401 -- as in Django
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,  # noqa: ANN401, ARG002 -- as in Django
    ) -> SafeString:
        """Write the list with one country chosen, or none."""
        chosen = "" if value is None else str(value)
        lines = format_html_join(
            "",
            '\n<option value="{}"{}>{}</option>',
            ((code, flatatt({"selected": str(code) == chosen}), label) for code, label in self.choices),
        )
        return format_html(
            '<select name="{}"{}>{}\n</select>', name, flatatt(self.build_attrs(self.attrs, attrs)), lines
        )
