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
        decide = show_name if request.POST.get("decision") == "show" else refuse_name
        if not form.is_valid() or not decide(signature=form.cleaned_data["signature"], by=by, at=timezone.now()):
            messages.warning(request, _("Somebody else has already decided about this name."))
        return redirect("desk:names", edition=found.slug)
    waiting = list(Signature.objects.waiting().filter(edition=found).order_by("token")[: AT_A_TIME + 1])
    # Neither the fifty nor their order on the page tells who signed when.
    names = sorted((waiting_name(signature), signature.pk) for signature in waiting[:AT_A_TIME])
    context = {**edition_page(request, found), "names": names, "has_more": len(waiting) > AT_A_TIME}
    return render(request, "desk/edition/names.html", context)
