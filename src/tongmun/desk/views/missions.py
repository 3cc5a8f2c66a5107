"""The directory of missions: what is known on a day, and correcting it."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongmun.bundles.dates import read_date
from tongmun.bundles.problems import Unreadable
from tongmun.campaigns.country_words import country_name
from tongmun.campaigns.queries import cities_by_instant
from tongmun.desk.directory import directory_rows, missions_called
from tongmun.desk.door import organisers_only
from tongmun.desk.mission_forms import (
    AddressForm,
    DistrictForm,
    EndForm,
    FactForm,
    HeadForm,
    HolidayForm,
    HoursForm,
    MissionForm,
    NewMissionForm,
)
from tongmun.desk.page import desk_page, edition_page, page_language
from tongmun.desk.scope import edition_for
from tongmun.kit.text import in_language
from tongmun.missions.actions.add_holiday import add_holiday
from tongmun.missions.actions.begin_fact import NeedsDay, begin_fact
from tongmun.missions.actions.check_facts import check_facts
from tongmun.missions.actions.end_fact import DoesNotHold, end_fact
from tongmun.missions.actions.write_mission import write_mission
from tongmun.missions.models import Holiday, Mission
from tongmun.missions.queries import FactsOnDay, facts_on, upstream_differences
from tongmun.people.models import User

AT_A_TIME = 50
LONGEST_QUESTION = 100
HOLIDAYS = 200


@organisers_only
@require_safe
def list_of_edition(request: HttpRequest, by: User, edition: str) -> HttpResponse:
    """Show the missions of an edition as they are on its day, city by city."""
    found = edition_for(by, edition)
    places = cities_by_instant(found)
    missions = {mission.pk: mission for place in places for mission in place.missions.all()}
    rows = directory_rows(missions.values(), found.day, today=timezone.now().date(), language=page_language())
    by_mission = {row.mission.pk: row for row in rows}
    cities = [
        (in_language(place.city.names, page_language()), [by_mission[m.pk] for m in place.missions.all()])
        for place in places
        if place.missions.all()
    ]
    context = {
        **edition_page(request, found),
        "cities": cities,
        "day": found.day,
        "check_days": settings.CHECKED_WITHIN,
    }
    return render(request, "desk/missions/edition.html", context)


@organisers_only
@require_safe
def search_directory(request: HttpRequest, by: User) -> HttpResponse:
    """Find missions by country, city or name, as they are today."""
    words = request.GET.get("q", "")[:LONGEST_QUESTION].replace("\0", "").strip()
    today = timezone.now().date()
    missions = list(missions_called(words)[: AT_A_TIME + 1]) if words else []
    context = {
        **desk_page(request),
        "words": words,
        "rows": directory_rows(missions[:AT_A_TIME], today, today=today, language=page_language()),
        "has_more": len(missions) > AT_A_TIME,
        "day": today,
    }
    return render(request, "desk/missions/directory.html", context)


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def add_mission(request: HttpRequest, by: User) -> HttpResponse:
    """Add a mission that is not in the directory."""
    form = NewMissionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        mission = write_mission(mission=form.filled(Mission()), by=by, at=timezone.now())
        messages.success(request, _("The mission is in the directory. Now give its address and its head."))
        return redirect("desk:mission", mission=mission.slug)
    return render(request, "desk/missions/new.html", {**desk_page(request), "form": form})


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def list_holidays(request: HttpRequest, by: User) -> HttpResponse:
    """Show the holidays to come, and write down another."""
    now = timezone.now()
    form = HolidayForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        data = form.cleaned_data
        holiday = Holiday(state=data["state"], day=data["day"], source=data["source"], names=form.names())
        add_holiday(holiday=holiday, by=by, at=now)
        messages.success(request, _("The holiday is written down."))
        return redirect("desk:holidays")
    coming = Holiday.objects.filter(day__gte=now.date()).order_by("day", "state")[:HOLIDAYS]
    language = page_language()
    rows = [(one, country_name(one.state, language), in_language(one.names, language)) for one in coming]
    return render(request, "desk/missions/holidays.html", {**desk_page(request), "form": form, "rows": rows})


@organisers_only
@require_http_methods(["GET", "HEAD", "POST"])
def show_mission(request: HttpRequest, by: User, mission: str) -> HttpResponse:
    """Show what is known of a mission on a day, and correct one fact."""
    found, now = _mission(mission), timezone.now()
    day = _day(request.GET.get("on", "")) or now.date()
    facts = facts_on([found], day)[found.pk]
    forms = _forms(found, facts, request.POST if request.method == "POST" else None)
    deed = request.POST.get("deed", "")
    if deed in forms and _is_done(forms[deed], found, day, by):
        messages.success(request, _("It is written down."))
        return redirect(f"{reverse('desk:mission', args=[found.slug])}?on={day}")
    # As it stands, not as somebody has just typed it.
    [row] = directory_rows([_mission(mission)], day, today=now.date(), language=page_language())
    upstream = upstream_differences(row.mission)
    context = {**desk_page(request), "row": row, "day": day, "forms": forms, "upstream": upstream}
    return render(request, "desk/missions/mission.html", context)


@organisers_only
@require_POST
def check_mission(request: HttpRequest, by: User, mission: str) -> HttpResponse:
    """Say that everything the page showed about a mission was checked today."""
    found, now = _mission(mission), timezone.now()
    day = _day(request.POST.get("on", "")) or now.date()
    # Public pages show who checked: an office, never a person. The journal knows who it was.
    check_facts(mission=found, day=day, checked_by=_("the organisers"), by=by, at=now)
    messages.success(request, _("Everything that was shown here is marked as checked today."))
    return redirect(f"{reverse('desk:mission', args=[found.slug])}?on={day}")


def _mission(slug: str) -> Mission:
    found = Mission.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def _day(text: str) -> date | None:
    try:
        return read_date(text)
    except Unreadable:
        return None


def _forms(mission: Mission, facts: FactsOnDay, typed: Any) -> dict[str, Any]:  # noqa: ANN401 -- a QueryDict or None
    """Make every form of the page; only the one that was sent gets what was typed."""
    deed = typed.get("deed", "") if typed else ""

    def given(name: str) -> Any:  # noqa: ANN401 -- as above
        return typed if deed == name else None

    stored = {name: getattr(mission, name) for name in MissionForm.base_fields}
    return {
        "address": AddressForm(mission, given("address"), current=facts.chancery),
        "head": HeadForm(mission, given("head"), current=facts.head),
        "district": DistrictForm(mission, given("district")),
        "hours": HoursForm(mission, given("hours")),
        "end": EndForm(facts, given("end")),
        "mission": MissionForm(given("mission"), initial=stored),
    }


def _is_done(form: FactForm | EndForm | MissionForm, mission: Mission, day: date, by: User) -> bool:
    """Do what a form asks for, about the day of the page; False when it has a mistake, which the form then says."""
    if not form.is_valid():
        return False
    now = timezone.now()
    try:
        if isinstance(form, FactForm):
            begin_fact(fact=form.fact(now.date(), _("the organisers")), by=by, at=now, on=day)
        elif isinstance(form, EndForm):
            end_fact(fact=form.chosen(), on=form.cleaned_data["on"], by=by, at=now)
        else:
            write_mission(mission=form.filled(mission), by=by, at=now)
    except NeedsDay:
        message = _("None holds on the day that is shown, but there are others. Give the day on which this one begins.")
        form.add_error("valid_from", message)
    except DoesNotHold:
        form.add_error("on", _("It does not hold on this day, or begins on it. Give a later day within its time."))
    return not form.errors
