"""Names that wait to be looked at before anybody else can read them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tongmun.desk.door import organisers_only
from tongmun.desk.forms import NameDecision
from tongmun.desk.page import edition_page
from tongmun.desk.scope import edition_for
from tongmun.kit.names import has_mixed_scripts
from tongmun.people.models import User
from tongmun.signatures.actions.moderate import refuse_name, show_name, waiting_name
from tongmun.signatures.models import Signature

AT_A_TIME = 50


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def decide_names(request: HttpRequest, by: User, edition: str) -> HttpResponse:
    """Show or keep hidden one name after the other; the signatures stay counted either way."""
    found = edition_for(by, edition)
    if request.method == "POST":
        form = NameDecision(found, request.POST)
        if not form.is_valid() or not _decide(form, by):
            messages.warning(request, _("No name is ticked, or somebody else has already decided about one."))
        return redirect("desk:names", edition=found.slug)
    waiting = list(Signature.objects.waiting().filter(edition=found).order_by("token")[: AT_A_TIME + 1])
    # Neither the fifty nor their order on the page tells who signed when.
    names = sorted((waiting_name(signature), signature.pk) for signature in waiting[:AT_A_TIME])
    rows = [(name, pk, has_mixed_scripts(name)) for name, pk in names]
    context = {**edition_page(request, found), "names": rows, "has_more": len(waiting) > AT_A_TIME}
    return render(request, "desk/edition/names.html", context)


def _decide(form: NameDecision, by: User) -> bool:
    """Decide about every ticked name; gives False when somebody else was faster with one of them."""
    decide = show_name if form.cleaned_data["decision"] == "show" else refuse_name
    now = timezone.now()
    decided = [decide(signature=signature, by=by, at=now) for signature in form.signatures()]
    return all(decided) and not form.is_late
