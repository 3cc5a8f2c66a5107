"""What a copy could not say as it should, for whoever looks it over before it is carried."""

from dataclasses import dataclass
from enum import Enum

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tongmun.missions.models import HeadOfMission, Mission


class Lack(Enum):
    """What is lacking."""

    FORM = "form"
    GENDER = "gender"
    HEAD_NAME = "head-name"
    SENDING_NAME = "sending-name"
    ADDRESSEE = "addressee"


@dataclass(frozen=True)
class Note:
    """One lack in a language; rank and kind are those of the head of mission it is about, else ""."""

    lack: Lack
    language: str
    rank: str = ""
    kind: str = ""

    def sentence(self) -> str:
        """Say in the language of the page what is lacking and what the copy does instead."""
        named = {
            "language": language_name(self.language),
            "rank": dict(HeadOfMission.Rank.choices).get(self.rank, self.rank),
            "kind": dict(Mission.Kind.choices).get(self.kind, self.kind),
        }
        match self.lack:
            case Lack.FORM:
                return (
                    _(
                        "%(language)s has no form of address for this head of mission (%(rank)s) at this kind of "
                        "mission (%(kind)s): the office is addressed."
                    )
                    % named
                )
            case Lack.GENDER:
                return (
                    _(
                        "%(language)s has a form of address for a woman and one for a man, and nobody has recorded "
                        "which is right for this head of mission (%(rank)s): the office is addressed."
                    )
                    % named
                )
            case Lack.HEAD_NAME:
                return (
                    _("The name of the head of mission is not recorded in %(language)s: it stands in another script.")
                    % named
                )
            case Lack.SENDING_NAME:
                return _("The sending state has no name in %(language)s: it stands in another language.") % named
            case Lack.ADDRESSEE:
                return (
                    _("%(language)s has no form that fits the name of this addressee: the office is addressed.") % named
                )


def language_name(language: str) -> str:
    """Give the name of a language in the language of the page; the code itself when CLDR has none."""
    try:
        named = Locale.parse(language, sep="-").get_display_name(
            Locale.parse(get_language() or settings.LANGUAGE_CODE, sep="-")
        )
    except UnknownLocaleError:
        return language
    return str(named or language)
