"""Words for what is in the way of a claim."""

from django.utils.translation import gettext as _

from tongmun.letters.queries import Doubt, ToSettle
from tongmun.look.templatetags.look import language_name


def doubt_words(to_settle: ToSettle) -> list[str]:
    """Say why a claim has to be settled, a sentence for each reason."""
    words = {
        Doubt.UNSOURCED: lambda: _("It has no source."),
        Doubt.UNCHECKED: lambda: _("Nobody has checked it against its source since it was last changed."),
        Doubt.OUTDATED: lambda: _("It was checked too long ago."),
        Doubt.LOST: lambda: (
            _("Its sentence or paragraph is no longer in the letter: %(languages)s.")
            % {"languages": ", ".join(map(language_name, to_settle.lost_in))}
        ),
    }
    return [words[doubt]() for doubt in to_settle.doubts]
