"""What belongs to the whole server: mail that is stuck, and the journal."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tongmun.desk.actions.decide_mail import let_go, send_again
from tongmun.desk.door import organisers_only
from tongmun.desk.forms import MailDecision
from tongmun.desk.page import desk_page
from tongmun.desk.words import deed_name, doer_name, mail_kind_name, subject_name
from tongmun.outbox.models import Mail
from tongmun.people.models import JournalEntry, User

AT_A_TIME = 50
ENTRIES = 200


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def decide_mail(request: HttpRequest, by: User) -> HttpResponse:
    """Send a stuck mail again, or let it go. To whom it goes and what it says is not shown."""
    if request.method == "POST":
        form = MailDecision(request.POST)
        decide = send_again if request.POST.get("decision") == "again" else let_go
        if not form.is_valid() or not decide(mail=form.cleaned_data["mail"], by=by, at=timezone.now()):
            messages.warning(request, _("Somebody else has already decided about this mail."))
        return redirect("desk:mail")
    stuck = Mail.objects.stuck().defer("box").order_by("pk")[: AT_A_TIME + 1]
    rows = [(mail, mail_kind_name(mail.kind)) for mail in stuck]
    context = {**desk_page(request), "rows": rows[:AT_A_TIME], "has_more": len(rows) > AT_A_TIME}
    return render(request, "desk/house/mail.html", context)


@organisers_only
@require_safe
def show_journal(request: HttpRequest, by: User) -> HttpResponse:
    """Show who did what lately."""
    entries = JournalEntry.objects.select_related("by").order_by("-pk")[:ENTRIES]
    rows = [(entry, doer_name(entry), deed_name(entry.deed), subject_name(entry.subject)) for entry in entries]
    return render(request, "desk/house/journal.html", {**desk_page(request), "rows": rows})
