"""A mail server for the tests, and the worker as a process that can be killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTPUTF8
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.db import connection

from tongmun.outbox.actions.enqueue import enqueue
from tongmun.outbox.models import Mail

SECONDS_TO_WAIT = 30


class Sink:
    """Takes every mail and keeps it, except where a test says otherwise."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.sender_reply = "250 OK"
        self.replies_to_recipients: dict[str, str] = {}
        self.data_reply = "250 OK"
        self.hangs_up = False
        self.before_reply: Callable[[], None] = lambda: None
        self.lines = 0

    @property
    def ids(self) -> list[str]:
        """The keys of the mails, out of their Message-IDs, in the order they came."""
        return [str(mail["Message-ID"]).strip("<>").split("@")[0] for mail in self.mails]

    async def handle_EHLO(
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.lines += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self.sender_reply

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.replies_to_recipients.get(address, "250 OK")

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        if self.hangs_up:
            server.transport.abort()
        if self.data_reply.startswith("250"):
            self.mails.append(message_from_bytes(envelope.original_content, policy=SMTPUTF8))
            self.recipients.extend(envelope.rcpt_tos)
        self.before_reply()
        return self.data_reply


@contextmanager
def open_post_office(*, utf8: bool = True) -> Iterator[tuple[Sink, int]]:
    """Give a sink and the port it listens on."""
    sink, port = Sink(), free_port()
    controller = Controller(sink, hostname="127.0.0.1", port=port, enable_SMTPUTF8=utf8, decode_data=False)
    controller.start()
    try:
        yield sink, port
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def queue(number: int, *, first: int = 0) -> list[str]:
    """Queue mails to person0@example.org and so on; gives their keys."""
    people = range(first, first + number)
    return [
        str(enqueue(kind="news", to=f"person{n}@example.org", subject="Noon", body="Come.", language="en").key)
        for n in people
    ]


def states() -> dict[str, str]:
    """Give the state of every mail by its key."""
    return {str(key): state for key, state in Mail.objects.values_list("key", "state")}


def start_worker(data: Path, mail_url: str = "") -> subprocess.Popen[bytes]:
    """Start the worker as its own process on the database of the tests."""
    places = {
        "TONGMUN_DATA": str(data),
        "TONGMUN_KEYS": str(settings.KEYS),
        "TONGMUN_DATABASE_URL": _database_url(),
        "TONGMUN_MAIL_URL": mail_url,
        "TONGMUN_PUBLIC_URL": settings.PUBLIC_URL,
        "TONGMUN_SECRET_KEY": settings.SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": "tongmun.config.settings",
        "PYTHONPATH": str(settings.ROOM.parent),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "tongmun", "worker"], env=os.environ | places, stderr=subprocess.PIPE
    )


def _database_url() -> str:
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    return f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"


def kill(worker: subprocess.Popen[bytes]) -> None:
    """End a worker as a power cut would, for the process."""
    worker.send_signal(signal.SIGKILL)
    worker.communicate()


def stop(worker: subprocess.Popen[bytes]) -> int:
    """End a worker as the system does, and give its exit code."""
    worker.terminate()
    worker.communicate(timeout=SECONDS_TO_WAIT)
    return worker.returncode


def read_until(worker: subprocess.Popen[bytes], words: str) -> str:
    """Wait until a worker has said something, and give what it has said so far."""
    said = ""
    while words not in said:
        line = worker.stderr.readline().decode()
        assert line, f"the worker ended without saying {words!r}"
        said += line
    return said


def wait_until(happened: Callable[[], bool]) -> None:
    """Look again and again; a test that waits for nothing fails."""
    end = time.monotonic() + SECONDS_TO_WAIT
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.002)
