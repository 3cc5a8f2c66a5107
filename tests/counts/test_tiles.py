"""The log as files is what the specification says, and what a second layer of code lays out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.counts.test_counting import enter
from tests.kit.published_log import Published
from tests.signatures.signing_steps import AT, an_edition

from tongmun.counts.actions.count import count_all, count_waiting
from tongmun.counts.guard import log_folder
from tongmun.counts.leaves import leaf_text
from tongmun.counts.models import CountEntry, Reckoning
from tongmun.counts.tiles import NoSuchTile, Place, entry_bundle, hash_tile, read_place


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("000", Place(0)),
        ("067", Place(67)),
        ("x001/234", Place(1_234)),
        ("x001/x234/067", Place(1_234_067)),
        ("x001/x234/067.p/8", Place(1_234_067, 8)),
        ("000.p/255", Place(0, 255)),
    ],
)
def test_places_are_written_as_the_specification_says(path, place):
    assert read_place(path) == place
    assert place.path() == path


@given(index=st.integers(0, 10**12), width=st.integers(1, 256))
def test_every_place_is_read_as_it_was_written(index, width):
    assert read_place(Place(index, width).path()) == Place(index, width)


@pytest.mark.parametrize(
    "path",
    ["", "0", "00", "x000/001", "001/234", "x001", "000.p/0", "000.p/256", "000.p/07", "000.p", "000/", "٠٠٠", "-01"],
)
def test_other_spellings_lead_nowhere(path):
    with pytest.raises(NoSuchTile):
        read_place(path)


def texts(size: int) -> list[bytes]:
    rows = CountEntry.objects.logged()[:size]
    return [
        leaf_text(
            origin="testserver/trial",
            kind=row.kind,
            amount=row.amount,
            digest=bytes(row.digest),
            reason=row.reason,
            words=row.words,
        )
        for row in rows
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("size", [5, 256, 700])
def test_every_tile_is_the_one_laid_out_from_the_entries(size):
    edition = an_edition()
    enter(edition, size)
    count_waiting(edition=edition, at=AT)
    reckoning = Reckoning.objects.get()

    wanted = {path: content for path, content in Published(texts(size)).files.items() if path.startswith("tile/")}

    given_ = {}
    for path in wanted:
        _tile, level, place = path.split("/", 2)
        where = read_place(place)
        given_[path] = entry_bundle(reckoning, where) if level == "entries" else hash_tile(reckoning, int(level), where)
    assert given_ == wanted


@pytest.mark.django_db
def test_a_higher_tile_is_made_of_kept_ones_without_reading_entries_again(django_assert_num_queries):
    edition = an_edition()
    enter(edition, 700)
    count_waiting(edition=edition, at=AT)
    reckoning = Reckoning.objects.get()

    with django_assert_num_queries(2):
        first = hash_tile(reckoning, 1, Place(0, 2))

    with django_assert_num_queries(0):
        assert hash_tile(reckoning, 1, Place(0, 2)) == first


@pytest.mark.django_db
def test_a_full_tile_is_kept_and_a_partial_one_is_not():
    edition = an_edition()
    enter(edition, 300)
    count_waiting(edition=edition, at=AT)
    reckoning = Reckoning.objects.get()
    for place in (Place(0), Place(1, 44), Place(1, 7)):
        hash_tile(reckoning, 0, place)
        entry_bundle(reckoning, place)

    kept = {str(path.relative_to(log_folder(reckoning))) for path in log_folder(reckoning).rglob("*") if path.is_file()}

    assert kept - {"head"} == {"tile/0/000", "tile/entries/000"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("level", "place"),
    [
        (0, Place(1)),
        (0, Place(1, 45)),
        (0, Place(2, 1)),
        (1, Place(0, 2)),
        (1, Place(0)),
        (6, Place(0, 1)),
        (5, Place(0, 1)),
    ],
)
def test_beyond_the_end_of_the_log_there_is_nothing(level, place):
    edition = an_edition()
    enter(edition, 300)
    enter(edition, 3, country="FR", is_held=True)
    count_waiting(edition=edition, at=AT)

    with pytest.raises(NoSuchTile):
        hash_tile(Reckoning.objects.get(), level, place)
    if level == 0:
        with pytest.raises(NoSuchTile):
            entry_bundle(Reckoning.objects.get(), place)


@pytest.mark.django_db
def test_full_tiles_are_made_with_the_batch_and_not_for_the_first_reader(django_assert_num_queries):
    edition = an_edition("kept")
    enter(edition, 256 + 9)
    count_all(at=AT)
    enter(edition, 256, first=1_000)
    count_all(at=AT)
    log = Reckoning.objects.get(edition=edition)

    assert sorted(path.name for path in (log_folder(log) / "tile" / "0").iterdir()) == ["000", "001"]
    with django_assert_num_queries(0):
        hash_tile(log, 0, Place(1))
