"""Letters that were written before the program kept what translates what."""

from importlib import import_module

import pytest
from django.apps import apps
from tests.letters.letter_steps import AT, HEAD, KOREAN, MASTER, an_edition, carla, master

from tongmun.letters.actions.write_version import write_version
from tongmun.letters.queries import Unready, unready

pytestmark = pytest.mark.django_db
pair = import_module("tongmun.letters.migrations.0003_pair_what_is_translated").pair


@pytest.mark.parametrize(
    ("paragraphs", "found"),
    [(KOREAN, []), (KOREAN[:2], [Unready("ko", is_written=True, missing=(3,), stale=(1, 2))])],
)
def test_letters_with_as_many_paragraphs_are_paired(paragraphs, found):
    user, rivers = carla(), an_edition()
    master(rivers, user, "An earlier text.")
    master(rivers, user, *MASTER, based_on=1)
    write_version(edition=rivers, language="ko", based_on=0, body="\n\n".join(paragraphs), by=user, at=AT, **HEAD)

    pair(apps, None)

    assert unready(rivers) == found


def test_editions_without_a_letter_or_a_master_are_left_alone():
    user, rivers = carla(), an_edition()
    an_edition("lakes")
    write_version(edition=rivers, language="ko", based_on=0, body="글.", by=user, at=AT, **HEAD)

    pair(apps, None)

    assert not rivers.renderings.exists()
