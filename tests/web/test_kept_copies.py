"""Copies of the letter are made once and kept; two readers who are first may both make one."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from tongmun.web.views.letter import kept


def test_two_who_make_a_copy_at_once_both_get_it(settings, tmp_path):
    settings.CACHED_PDFS = tmp_path / "copies"
    both = Barrier(2, timeout=10)

    def make() -> bytes:
        both.wait()
        return b"%PDF"

    for number in range(20):
        with ThreadPoolExecutor(2) as threads:
            assert list(threads.map(lambda _one, key=str(number): kept(key, make), range(2))) == [b"%PDF", b"%PDF"]
    assert {path.suffix for path in settings.CACHED_PDFS.iterdir()} == {".pdf"}
