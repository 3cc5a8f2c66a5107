import pytest

from tongmun.signatures import brakes as module
from tongmun.signatures.brakes import Brakes, Window

HOME = "198.51.100.7"


def floods(brakes: Brakes, number: int, *, address: str = HOME, domain: str = "gmail.com", now: float = 0) -> int:
    """Sign so often from one place; give how many of them were slowed down."""
    return sum(brakes.is_flood(address=address, domain=domain, now=now) for _ in range(number))


def test_five_a_minute_from_a_network_go_at_once_and_no_more():
    brakes = Brakes()

    assert floods(brakes, 5) == 0
    assert floods(brakes, 3) == 3
    assert floods(brakes, 5, now=60) == 0


@pytest.mark.parametrize(
    ("other", "shares"),
    [
        ("198.51.100.250", True),
        ("198.51.101.7", False),
        ("::ffff:198.51.100.9", True),
    ],
)
def test_neighbours_share_a_network(other, shares):
    brakes = Brakes()
    floods(brakes, 5)

    assert bool(floods(brakes, 1, address=other)) == shares


def test_neighbours_share_a_network_of_the_sixth_version():
    brakes = Brakes()
    floods(brakes, 5, address="2001:db8:1:2::1")

    assert floods(brakes, 1, address="2001:db8:1:ff::9") == 1
    assert floods(brakes, 1, address="2001:db8:1:100::9") == 0


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "", "unknown", "not an address"])
def test_whoever_comes_from_this_machine_or_from_nowhere_is_not_slowed_down(address):
    assert floods(Brakes(), 100, address=address) == 0


def test_unknown_domain_has_a_quota_that_grows_with_its_answers():
    brakes = Brakes()
    assert floods(brakes, 20, address="", domain="small.example") == 0
    assert floods(brakes, 1, address="", domain="small.example") == 1

    for _ in range(10):
        brakes.confirm(domain="small.example", now=10)

    assert floods(brakes, 9, address="", domain="small.example", now=20) == 0
    assert floods(brakes, 1, address="", domain="small.example", now=20) == 1
    assert floods(brakes, 500, address="", domain="naver.com") == 0


def test_nothing_is_remembered_in_clear_or_for_long():
    brakes = Brakes()
    floods(brakes, 2, domain="small.example")
    first = [set(window._counts) for window in (brakes.networks, brakes.asked)]

    floods(brakes, 1, domain="small.example", now=module.KEY_LIVES)

    assert all(isinstance(key, bytes) and len(key) == 8 for keys in first for key in keys)
    assert not any(b"198.51" in key or b"small" in key for keys in first for key in keys)
    for keys, window in zip(first, (brakes.networks, brakes.asked), strict=True):
        assert not keys & set(window._counts)


def test_memory_is_bounded_by_forgetting_the_oldest(monkeypatch):
    monkeypatch.setattr(module, "MOST_REMEMBERED", 3)
    window = Window(60)

    for key in "abcd":
        window.add(key, 0)

    assert window.count("a", 0) == 0
    assert [window.count(key, 0) for key in "bcd"] == [1, 1, 1]
