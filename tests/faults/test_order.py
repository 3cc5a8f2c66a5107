"""A short version of `python bench/faults order`, and what it takes for an answer that came too early."""

import pytest
from bench.faults.installation import Installation
from bench.faults.order import NoTrace, Order, tracer, watch

WRITE = '7 pwrite64(9</d/tongmun.sqlite3-wal>, "..."..., 4096, 32) = 4096'
COPY = WRITE.replace("-wal", "")
SYNC = "7 fdatasync(9</d/tongmun.sqlite3-wal>) = 0"
ANSWER = '8 sendto(12<socket:[77]>, "HTTP/1.1 302 Found\\r\\nlocation"..., 512, 0, NULL, 0) = 512'
REFUSAL = ANSWER.replace("302 Found", "503 Service")
SYNC_BEGINS = "7 fdatasync(9</d/tongmun.sqlite3-wal> <unfinished ...>"
SYNC_ENDS = "7 <... fdatasync resumed>) = 0"


@pytest.mark.slow
def test_no_acknowledgement_goes_out_before_its_write_is_on_the_disk(folder, hidden):
    trace = folder / "trace"
    try:
        installation = Installation(folder, before=tracer(trace))
    except NoTrace:
        pytest.skip("strace is missing here or not permitted")
    try:
        installation.start_web()
        acknowledged = watch(installation, 25, hidden=hidden)
    finally:
        installation.stop()

    order = Order().read(trace.read_text("utf-8", errors="replace").splitlines())

    assert (order.answers, order.early) == (acknowledged, [])
    assert order.syncs >= order.answers


@pytest.mark.parametrize(
    ("trace", "early"),
    [
        ([WRITE, SYNC, ANSWER], 0),
        ([WRITE, ANSWER, SYNC], 1),
        ([WRITE, SYNC_BEGINS, ANSWER, SYNC_ENDS], 1),
        ([WRITE, SYNC_BEGINS, SYNC_ENDS, ANSWER], 0),
        ([WRITE, SYNC_BEGINS, WRITE, SYNC_ENDS, ANSWER], 1),
        ([WRITE, SYNC.replace("-wal", ""), ANSWER], 1),
        ([WRITE, SYNC.replace("= 0", "= -1 EIO (Input/output error)"), ANSWER], 1),
        ([WRITE, REFUSAL, SYNC], 0),
        ([WRITE, SYNC, COPY, ANSWER], 0),
    ],
)
def test_early_answer_is_found(trace, early):
    assert len(Order().read(trace).early) == early
