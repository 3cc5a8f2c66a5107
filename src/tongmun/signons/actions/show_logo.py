"""Show the logo of an organisation, or no longer."""

from datetime import datetime

from django.db import transaction

from tongmun.kit.pictures import redrawn_logo
from tongmun.people.actions.record import record
from tongmun.people.models import User
from tongmun.signons.actions.confirm import subject_of
from tongmun.signons.actions.withdraw import find_own
from tongmun.signons.links import UnknownLink
from tongmun.signons.models import Logo, SignOn


@transaction.atomic
def show_logo(*, secret: str, content: bytes, at: datetime) -> SignOn:
    """Draw a picture anew and show it beside the name. Raises UnknownLink and kit.pictures.PictureRefused."""
    picture = redrawn_logo(content)
    # A sign-on that is withdrawn meanwhile leaves no logo behind.
    sign_on = (
        SignOn.objects.select_for_update(of=("self",))
        .select_related("edition", "organisation")
        .get(pk=find_own(secret=secret).pk)
    )
    if sign_on.state != SignOn.State.STANDING:
        raise UnknownLink
    Logo.objects.update_or_create(sign_on=sign_on, defaults={"picture": picture})
    record(deed="sign-on.logo-shown", subject=subject_of(sign_on), by=None, at=at)
    return sign_on


@transaction.atomic
def remove_logo(*, sign_on: SignOn, by: User | None, at: datetime) -> bool:
    """Take the logo away; `by` is None for the organisation itself. False when there is none."""
    removed, _ = Logo.objects.filter(sign_on=sign_on).delete()
    if removed:
        record(deed="sign-on.logo-removed", subject=subject_of(sign_on), by=by, at=at)
    return bool(removed)
