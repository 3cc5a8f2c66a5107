"""Sets of letter versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from tongmun.letters.models import LetterVersion


class LetterVersionQuerySet(models.QuerySet["LetterVersion"]):
    """Versions of letters."""

    def current(self) -> LetterVersionQuerySet:
        """Give the newest version in each language."""
        newer = self.model.objects.filter(
            edition=models.OuterRef("edition"),
            language=models.OuterRef("language"),
            number__gt=models.OuterRef("number"),
        )
        return self.filter(~models.Exists(newer))

    def update(self, **_changes: object) -> int:
        """Refuse: signers signed the version as it stood."""
        raise LetterVersionIsFixed


class LetterVersionIsFixed(TypeError):
    """Cannot change a letter version; write the next one."""
