"""What the rows of forms of address are called at the desk."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongmun.letters.form_rows import KEYLESS, Row
from tongmun.missions.models import HeadOfMission, Mission

TABLES = {
    "order": gettext_lazy("Order of the address"),
    "head": gettext_lazy("Through the head of mission, by name"),
    "office": gettext_lazy("Through the office of the head of mission"),
    "mission": gettext_lazy("Name of the mission"),
    "receiving": gettext_lazy("Short name of the receiving state"),
    "locality": gettext_lazy("City and country"),
    "addressee": gettext_lazy("Addressee, by name"),
    "addressee_office": gettext_lazy("Addressee, by office"),
    "salutation": gettext_lazy("Salutation"),
    "close": gettext_lazy("Close"),
    "join": gettext_lazy("Words that become one"),
}
SERVED = {
    **dict(Mission.Kind.choices),
    **dict(HeadOfMission.Rank.choices),
    "president": gettext_lazy("president"),
    "monarch": gettext_lazy("monarch"),
    "head-of-government": gettext_lazy("head of government"),
    "minister": gettext_lazy("minister"),
    "institution": gettext_lazy("institution"),
    "f": gettext_lazy("a woman"),
    "m": gettext_lazy("a man"),
    "one": gettext_lazy("one person"),
    "many": gettext_lazy("several people"),
}
# A language has one of each of these, or they are no matter of whom.
FOR_ALL = {*KEYLESS, "join"}


def table_name(row: Row) -> str:
    """Say what a row is used for."""
    return str(TABLES[row.table])


def served_names(row: Row) -> list[str]:
    """Name whom or what a row serves; what serves everybody without a row of their own says so."""
    served = [str(SERVED.get(value, value)) for value in row.serves if value]
    if not served and row.table not in FOR_ALL:
        return [_("whatever has no row of its own")]
    return served
