"""Erase the files of imports that nobody has come back for."""

from datetime import datetime

from tongmun.imports.actions.decide import cancel
from tongmun.imports.folders import erase_folder, orphans
from tongmun.imports.models import Import


def erase_left(*, at: datetime) -> int:
    """Erase the files of imports that rest since a week, and of uploads that broke off; gives of how many.

    An import that had not been started is cancelled.
    """
    resting = list(Import.objects.left_for_days(at.date()).select_related("edition", "organisation"))
    for one in resting:
        if one.is_in_preparation:
            cancel(of=one, by=None, at=at)
        # First the files: when this is interrupted between the two lines, it begins anew.
        erase_folder(one.key)
        Import.objects.filter(pk=one.pk).update(has_files=False)
    broken_off = orphans(set(Import.objects.filter(has_files=True).values_list("key", flat=True)))
    for key in broken_off:
        erase_folder(key)
    return len(resting) + len(broken_off)
