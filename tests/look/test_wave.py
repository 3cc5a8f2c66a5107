from datetime import UTC, datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest

from tongmun.look.earth import HEIGHT, WIDTH, map_x, map_y
from tongmun.look.wave import APART, LightState, WavePlace, noon_longitude, wave_of

NOW = datetime(2026, 9, 22, 10, 40, tzinfo=UTC)
EUROPE = [
    ("london", 51.51, -0.13),
    ("paris", 48.86, 2.35),
    ("brussels", 50.85, 4.35),
    ("the-hague", 52.08, 4.31),
    ("berlin", 52.52, 13.40),
]


def place(slug: str, latitude: float, longitude: float, *, state: str = "planned", hour: int = 10) -> WavePlace:
    instant = datetime(2026, 9, 22, hour, tzinfo=UTC)
    return WavePlace(slug, slug.title(), latitude, longitude, instant, state, f"/cities/{slug}/")


@pytest.mark.parametrize(
    ("moment", "longitude"),
    [
        (datetime(2026, 9, 22, 12, tzinfo=UTC), 0),
        (datetime(2026, 9, 22, 3, tzinfo=UTC), 135),
        (datetime(2026, 9, 22, 17, 30, tzinfo=UTC), -82.5),
        (datetime(2026, 9, 22, 0, tzinfo=UTC), 180),
        (datetime(2026, 9, 22, 12, 0, 4, tzinfo=UTC), -1 / 60),
        (datetime(2026, 9, 22, 21, tzinfo=ZoneInfo("Asia/Seoul")), 0),
    ],
)
def test_noon_stands_over_the_meridian_of_the_hour(moment: datetime, longitude: float) -> None:
    assert noon_longitude(moment) == pytest.approx(longitude)


@pytest.mark.parametrize("hour", range(24))
def test_noon_line_is_on_the_map_at_every_hour_and_moves_west(hour: int) -> None:
    moment = datetime(2026, 9, 22, hour, tzinfo=UTC)

    here = float(wave_of([], moment).noon.x)
    later = float(wave_of([], moment + timedelta(hours=1)).noon.x)

    assert 0 <= here < WIDTH
    assert (here - later) % WIDTH == pytest.approx(30)


def test_noon_glow_is_drawn_over_both_edges_of_the_map() -> None:
    at_the_edge = datetime(2026, 9, 22, 23, 20, tzinfo=UTC)

    assert len(wave_of([], at_the_edge).noon.copies) == 2
    assert len(wave_of([], NOW).noon.copies) == 1


def test_map_is_cut_in_the_bering_strait() -> None:
    assert map_x(-168.9) < 1
    assert map_x(-169.1) > WIDTH - 1
    assert map_x(179.9) == pytest.approx(map_x(-179.9) - 0.4)
    assert map_y(80) == 0


def test_lights_follow_the_instant_not_the_order_given() -> None:
    seoul = place("seoul", 37.57, 126.98, hour=3)
    london = place("london", 51.51, -0.13, hour=11)

    assert [light.place for light in wave_of([london, seoul], NOW).lights] == [seoul, london]


def test_a_lone_light_stands_where_its_city_is() -> None:
    [light] = wave_of([place("seoul", 37.57, 126.98)], NOW).lights

    assert (light.x, light.y) == ("592.0", "84.9")
    assert not light.is_moved


def test_close_cities_are_drawn_apart_and_near_their_places() -> None:
    lights = wave_of([place(*city) for city in EUROPE], NOW).lights
    spots = [(float(light.x), float(light.y)) for light in lights]

    for one, other in combinations(spots, 2):
        assert ((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5 >= APART - 0.2
    assert all(abs(float(light.x) - float(light.home_x)) < 2 * APART for light in lights)
    assert any(light.is_moved for light in lights)


def test_two_missions_on_one_spot_give_two_lights() -> None:
    lights = wave_of([place("one", 50, 4), place("two", 50, 4)], NOW).lights

    assert float(lights[1].x) - float(lights[0].x) == pytest.approx(APART, abs=0.2)


def test_sixty_cities_keep_their_labels_apart_and_on_the_map() -> None:
    grid = [place(f"city-{index}", -40 + index % 6 * 18, -150 + index // 6 * 31) for index in range(50)]

    lights = wave_of([*grid, *(place(*city) for city in EUROPE)], NOW).lights
    boxes = [light.label.box for light in lights if light.label]

    assert len(boxes) > 40
    assert not any(one.meets(other) for one, other in combinations(boxes, 2))
    assert all(box.left >= 0 and box.right <= WIDTH and box.bottom <= HEIGHT for box in boxes)
    for light, box in ((light, box) for light in lights for box in boxes):
        assert not (box.left < float(light.x) < box.right and box.top < float(light.y) < box.bottom)


def test_a_label_gives_way_to_a_neighbouring_light() -> None:
    lights = wave_of([place("west", 0, 0, hour=9), place("east", 0, 8)], NOW).lights

    assert [light.label.anchor for light in lights if light.label] == ["end", "start"]


def test_legend_names_only_the_states_that_occur() -> None:
    places = [place("a", 0, 0, state="refused"), place("b", 0, 90, state="planned")]

    assert wave_of(places, NOW).states == (LightState.PLANNED, LightState.REFUSED)


def test_wave_refuses_a_state_it_cannot_draw() -> None:
    with pytest.raises(ValueError, match="lost"):
        wave_of([place("a", 0, 0, state="lost")], NOW)
