from collections import Counter
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from tongmun.kit.ring import RingName, line_width, ring_layout, ring_order, wrapped_name

ORGANISATIONS = [f"organisation-{number}" for number in range(10)]


def chi_square(counts: Counter[tuple[int, str]], cells: int, expected: float) -> float:
    """Pearson's statistic; cells that never occurred count as zero."""
    seen = sum((count - expected) ** 2 / expected for count in counts.values())
    return seen + (cells - len(counts)) * expected


def ring_of(names: Sequence[str], seed: str) -> list[str]:
    return ring_order(names, seed, name=str)


def test_ring_order_is_the_same_for_everybody() -> None:
    assert ring_of(["a", "b", "c", "d", "e"], "rivers/2027") == ["d", "c", "b", "a", "e"]


def test_ring_order_differs_between_editions() -> None:
    assert ring_of(ORGANISATIONS, "rivers/2027") != ring_of(ORGANISATIONS, "rivers/2028")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))), st.text(st.characters(exclude_categories=["Cs"])))
def test_ring_order_loses_nobody_and_leaves_the_list_alone(items: list[str], seed: str) -> None:
    given_items = list(items)

    assert sorted(ring_of(items, seed)) == sorted(items)
    assert items == given_items


def test_who_joins_or_leaves_moves_nobody_past_another() -> None:
    whole = ring_of(ORGANISATIONS, "rivers/2027")

    for gone in ORGANISATIONS:
        rest = [name for name in ORGANISATIONS if name != gone]
        assert ring_of(rest, "rivers/2027") == [name for name in whole if name != gone]


def test_ring_order_is_drawn_from_the_names_and_not_from_the_order_given() -> None:
    assert ring_of(ORGANISATIONS[::-1], "rivers/2027") == ring_of(ORGANISATIONS, "rivers/2027")


def test_ring_order_favours_no_place_over_a_thousand_seeds() -> None:
    counts = Counter(
        (place, name) for seed in range(1000) for place, name in enumerate(ring_of(ORGANISATIONS, str(seed)))
    )

    # 81 degrees of freedom: 126.1 is exceeded by chance once in a thousand times (table of the chi-square law).
    assert chi_square(counts, cells=100, expected=100) < 126.1


def test_ring_order_favours_no_place_among_seventy_over_a_thousand_seeds() -> None:
    seventy = [f"organisation-{number}" for number in range(70)]
    counts = Counter((place, name) for seed in range(1000) for place, name in enumerate(ring_of(seventy, str(seed))))

    # 4,761 degrees of freedom: by Wilson and Hilferty 5,068 is exceeded by chance once in a thousand times.
    assert chi_square(counts, cells=4900, expected=1000 / 70) < 5068


def test_ring_order_favours_no_neighbour_over_a_thousand_seeds() -> None:
    first_two: Counter[tuple[int, str]] = Counter()
    for seed in range(1000):
        ring = ring_of(ORGANISATIONS, f"edition {seed}")
        first_two[ORGANISATIONS.index(ring[0]), ring[1]] += 1

    # 89 degrees of freedom: 136.0 is exceeded by chance once in a thousand times.
    assert chi_square(first_two, cells=90, expected=1000 / 90) < 136.0


def test_ring_layout_gives_every_name_room_on_the_circle() -> None:
    for count in (3, 14, 70):
        ring = ring_layout([RingName(f"Friends of the river {number}") for number in range(count)])

        assert len(ring.spokes) == count
        assert 2 * 3.1416 * float(ring.radius) / count >= 14.9


def test_ring_layout_keeps_names_upright_on_both_halves() -> None:
    ring = ring_layout([RingName(f"Name {number}") for number in range(40)])

    assert all(-90.01 <= float(spoke.turn) <= 90.01 for spoke in ring.spokes)
    assert all((spoke.anchor == "end") == (float(spoke.x) < -0.1) for spoke in ring.spokes)


def test_ring_layout_begins_at_the_top_and_goes_clockwise() -> None:
    ring = ring_layout([RingName(name) for name in "abcd"])

    assert [(round(float(spoke.x)), round(float(spoke.y))) for spoke in ring.spokes] == [
        (0, -86),
        (86, 0),
        (0, 86),
        (-86, 0),
    ]


def test_ring_of_nobody_is_an_empty_circle() -> None:
    ring = ring_layout([])

    assert ring.spokes == ()
    assert ring.view_box == "-102 -102 204 204"


def test_list_beside_the_ring_has_whole_names_in_the_same_order() -> None:
    long_name = "International Coalition for the Protection of Rivers and of Everybody who Lives along Them"
    names = [RingName("강을 지키는 사람들", "ko"), RingName(long_name), RingName("أصدقاء النهر", "ar")]

    ring = ring_layout(names)

    assert ring.names == names
    assert ring.spokes[1].lines[-1].text.endswith("…")


def test_long_names_break_at_a_space_into_even_lines() -> None:
    assert wrapped_name("Coalition for the Rivers of the North") == ["Coalition for the", "Rivers of the North"]


@given(st.text())
def test_no_line_of_the_ring_is_longer_than_its_room(name: str) -> None:
    lines = wrapped_name(name)

    assert len(lines) <= 2
    assert all(line_width(line) <= 15 for line in lines)
