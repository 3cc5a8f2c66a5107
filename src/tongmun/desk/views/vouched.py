"""Numbers that partners vouch for, each with its statement."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tongmun.desk.door import organisers_only
from tongmun.desk.page import edition_page, page_language
from tongmun.desk.paper_forms import VouchedForm
from tongmun.desk.scope import edition_for
from tongmun.kit.text import in_language
from tongmun.papers.actions.vouch import SameNumber, StatedMeanwhile, vouch
from tongmun.papers.queries import current_statements
from tongmun.people.models import User


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def vouch_for_number(request: HttpRequest, by: User, edition: str) -> HttpResponse:
    """Show the numbers that stand, and write down a new one, which replaces that of the same organisation."""
    found, now = edition_for(by, edition), timezone.now()
    standing = current_statements(found)
    newest = max((row.pk for row in standing.values()), default=0)
    form = VouchedForm(found, now.date(), request.POST if request.method == "POST" else None, seen=newest)
    if form.is_valid():
        values = dict(form.cleaned_data)
        member, seen = values.pop("organisation"), values.pop("seen")
        before = standing.get(member.pk)
        # A statement that the page did not show is one that nothing can follow.
        follows = before.number if before and before.pk <= seen else 0
        try:
            vouch(membership=member, follows=follows, by=by, at=now, **values)
        except SameNumber:
            form.add_error("signatures", _same_number(before.signatures if before else 0))
        except StatedMeanwhile:
            messages.warning(
                request, _("Somebody else has put in a number of this organisation meanwhile. Look at it first.")
            )
            form = VouchedForm(found, now.date(), {**request.POST.dict(), "seen": newest})
        else:
            messages.success(request, _("The number is written down."))
            return redirect("desk:vouched", edition=found.slug)
    rows = [
        (in_language(row.membership.organisation.names, page_language()), row)
        for row in sorted(standing.values(), key=lambda row: -row.signatures)
    ]
    return render(request, "desk/papers/vouched.html", {**edition_page(request, found), "form": form, "rows": rows})


def _same_number(signatures: int) -> str:
    if not signatures:
        return _("This organisation vouches for no number yet, so there is nothing to take back.")
    return _("This organisation vouches for %(signatures)s already. Only another number can replace it.") % {
        "signatures": signatures
    }
