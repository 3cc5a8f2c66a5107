"""A short version of `python bench/faults kills`."""

import socket
import time
from pathlib import Path

import pytest
from bench.faults.installation import HOST, Installation
from bench.faults.kills import Trials
from bench.faults.ledger import Ledger
from bench.faults.visitors import History

pytestmark = pytest.mark.slow


def test_nothing_acknowledged_is_lost_or_counted_twice_when_everything_is_killed(folder, hidden):
    trials = Trials(Installation(folder, COUNT_EVERY="1", COUNT_LEAST="1"))
    try:
        trials.run(("serving process", "web and worker"), 2, longest=0.5, hidden=hidden)
    finally:
        trials.installation.stop()

    assert len(trials.history.signed) > 5
    assert len(trials.history.pressed) > 2
    assert trials.findings.is_clean, trials.findings
    assert not trials.history.unclean


def test_nobody_goes_on_serving_when_the_process_that_looks_after_it_is_killed(folder):
    installation = Installation(folder)
    installation.start_web()
    served = installation.processes("web")[1:]

    installation.kill_looking_process()

    assert served
    assert not [process for process in served if Path(f"/proc/{process}").exists()]
    with pytest.raises(ConnectionRefusedError):
        installation.get("/ready")


def test_a_form_that_never_ends_keeps_nobody_serving(folder):
    """Granian waits for it as long as it likes, and the process that would lose patience is gone."""
    installation = Installation(folder)
    installation.start_web()

    with socket.create_connection((HOST, installation.port)) as line:
        line.sendall(
            b"POST /en/coming/sign/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\n\r\nway="
        )
        time.sleep(0.5)
        installation.kill_looking_process()

    with pytest.raises(ConnectionRefusedError):
        installation.get("/ready")


def test_comparison_misses_what_is_not_there(folder):
    """The checker itself: an acknowledgement without its row is found."""
    installation = Installation(folder)
    history = History(signed={"min@example.org"}, pressed={"suzie@example.org"})

    found = Ledger(installation).compare(history)

    assert sorted(found.lost) == ["confirmed: suzie@example.org", "signed: min@example.org"]
