"""Why a file is refused, and why a row is: codes, and the words of a page for them."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "too-big": _("The file is larger than 512 MiB. Split it into several files and import one after the other."),
    "encoding": _(
        "The file is not UTF-8, nor UTF-16 with a byte order mark. In the spreadsheet, choose “Save as” and the kind "
        "“CSV UTF-8”; in LibreOffice choose the character set “Unicode (UTF-8)”."
    ),
    "empty": _(
        "The file has no row below the row of headings. The first row names the columns, each row below is a signature."
    ),
    "headings": _(
        "The first row holds an e-mail address. Put a row of headings above it that names the columns, such as “email”."
    ),
    "separator": _(
        "The columns are not separated by commas, semicolons or tabs. In the spreadsheet, choose “Save as” and the "
        "kind “CSV UTF-8 (comma separated)”."
    ),
    "broken": _(
        "The file is not a whole CSV: a quotation mark opens and does not close, or a line ends in an unusual way. "
        "Save it again from the spreadsheet as “CSV UTF-8 (comma separated)”."
    ),
    "rows": _("The file has more than 1,000,000 rows. Split it into several files and import one after the other."),
}
REASONS = {
    "cells": _("The row has another number of columns than the first row."),
    "email-missing": _("There is no e-mail address. Without one nobody can tell whether a person is counted already."),
    "email": _("This is not an e-mail address that mail can be sent to."),
    "hidden": _("The name holds invisible characters."),
    "long": _("The name is longer than 80 characters."),
    "link": _("The name holds a link or an address."),
    "formula": _("The name begins with a sign that a spreadsheet would run as a formula."),
    "letterless": _("The name holds no letter."),
    "country": _("This is neither the two-letter code of a country nor its name."),
    "day": _("This is not a day that has been, written like 2027-08-31."),
}
