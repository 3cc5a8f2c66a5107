"""People who sign, read their mail and press its buttons, and remember what they were told."""

import random
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

from bench.faults.installation import HOST, SLUG, Installation

FORM = "application/x-www-form-urlencoded"
LANGUAGES = ("en", "ko", "ar")
COUNTRIES = ("KR", "DE", "BR", "US", "EG", "FR", "JP", "KE", "")
# Any 32 letters do: the cookie and the field have to be the same, and only our own pages can set the cookie.
COOKIE = "a" * 32
LINK = re.compile(rb"/(confirm|mine)/([\w-]+)/")
SECONDS_TO_ANSWER = 30
SECONDS_BETWEEN_TRIES = 0.05
# The worker sends a hundred mails a second; whoever signs is not to be far ahead of those who confirm.
SECONDS_BETWEEN_FORMS = 0.03
# How many of them sign or press a second time, and how many of the counted take it back.
AGAIN, WITHDRAWING = 0.1, 0.2


@dataclass
class History:
    """What was tried and what was acknowledged, by address."""

    signed: set[str] = field(default_factory=set)
    pressed: set[str] = field(default_factory=set)
    tried_to_withdraw: set[str] = field(default_factory=set)
    withdrawn: set[str] = field(default_factory=set)
    # How requests ended: the status, or the name of the error.
    endings: Counter[str] = field(default_factory=Counter)
    # Answers that are neither an acknowledgement nor a clean refusal.
    unclean: Counter[str] = field(default_factory=Counter)
    # Answers that say in so many words that nothing is recorded.
    refused: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Line:
    """One connection that is opened again when it breaks."""

    def __init__(self, installation: Installation, history: History) -> None:
        self._port = installation.port
        self._history = history
        self._line: HTTPConnection | None = None

    def post(self, path: str, fields: dict[str, str], landing: str, headers: dict[str, str] | None = None) -> bool:
        """Send a form; tells whether it was acknowledged, by a redirection to the page that says so."""
        try:
            if self._line is None:
                self._line = HTTPConnection(HOST, self._port, timeout=SECONDS_TO_ANSWER)
            self._line.request("POST", path, urlencode(fields), {"Content-Type": FORM, **(headers or {})})
            answer = self._line.getresponse()
            words = answer.read().decode()
        except (OSError, HTTPException) as error:
            self.hang_up()
            self._note(type(error).__name__)
            return False
        self._note(str(answer.status))
        # The other languages say it as well, each in its own words.
        says_so = "not recorded" in words or answer.headers["Content-Language"] != "en"
        if answer.status == HTTPStatus.SERVICE_UNAVAILABLE and answer.headers["Retry-After"] and says_so:
            self._history.refused += 1
        elif answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self._note(f"{answer.status} {path.split('/')[1][:7]}", unclean=True)
        return answer.status == HTTPStatus.FOUND and answer.headers["Location"].endswith(landing)

    @property
    def is_broken(self) -> bool:
        """Whether the last request got no answer."""
        return self._line is None

    def hang_up(self) -> None:
        """Close the connection."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _note(self, ending: str, *, unclean: bool = False) -> None:
        with self._history.lock:
            (self._history.unclean if unclean else self._history.endings)[ending] += 1


class Crowd:
    """Some threads that sign and some that press buttons, until they are told to stop."""

    def __init__(
        self, installation: Installation, history: History, mailbox: "Mailbox", hidden: dict[str, str]
    ) -> None:
        self.installation, self.history, self.mailbox, self.hidden = installation, history, mailbox, hidden
        self._going = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self, *, signers: int = 6, pressers: int = 3) -> None:
        """Begin."""
        self._going.set()
        works = [self._sign] * signers + [self._press] * pressers
        self._threads = [threading.Thread(target=work) for work in works]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let everybody finish the request in hand."""
        self._going.clear()
        for thread in self._threads:
            thread.join()

    def _sign(self) -> None:
        line, chance = Line(self.installation, self.history), random.Random()  # noqa: S311 -- no secret
        last = ""
        while self._going.is_set():
            # Some come twice, most with a new mailbox.
            address = last if last and chance.random() < AGAIN else f"p{chance.getrandbits(64):x}@gmail.com"
            last = address
            if sign(line, address, self.hidden, chance):
                with self.history.lock:
                    self.history.signed.add(address)
            time.sleep(SECONDS_BETWEEN_TRIES if line.is_broken else SECONDS_BETWEEN_FORMS)
        line.hang_up()

    def _press(self) -> None:
        line, chance = Line(self.installation, self.history), random.Random()  # noqa: S311 -- as above
        while self._going.is_set():
            mail = self.mailbox.take()
            if mail is None:
                time.sleep(0.02)
                continue
            self._press_button(line, chance, *mail)
        line.hang_up()

    def _press_button(self, line: Line, chance: random.Random, kind: str, secret: str, address: str) -> None:
        history = self.history
        if kind == "confirm":
            if press(line, secret):
                with history.lock:
                    history.pressed.add(address)
                if chance.random() < AGAIN and press(line, secret):
                    with history.lock:
                        history.unclean["the same link worked twice"] += 1
            elif line.is_broken:
                # Nobody can say what became of it: they press once more, as people do.
                self.mailbox.put_back(kind, secret, address)
                time.sleep(SECONDS_BETWEEN_TRIES)
        elif chance.random() < WITHDRAWING:
            with history.lock:
                history.tried_to_withdraw.add(address)
            if post_button(line, f"/mine/{secret}/", "/withdrawn/", do="withdraw"):
                with history.lock:
                    history.withdrawn.add(address)


def sign(
    line: Line, address: str, hidden: dict[str, str], chance: random.Random, headers: dict[str, str] | None = None
) -> bool:
    """Send a form that is well filled in; tells whether it was acknowledged."""
    typed = {"way": "private", "name": "Min Example", "country": chance.choice(COUNTRIES), "email": address}
    language = chance.choice(LANGUAGES)
    rest = {"chosen": "", "website": "", "via": ""}
    return line.post(f"/{language}/{SLUG}/sign/", {**typed, **rest, **hidden}, "/sign/sent/", headers)


def press(line: Line, secret: str) -> bool:
    """Press the button that confirms."""
    return post_button(line, f"/confirm/{secret}/", "/counted/")


def post_button(line: Line, path: str, landing: str, **fields: str) -> bool:
    """Press a button behind a link."""
    return line.post(path, {"csrfmiddlewaretoken": COOKIE, **fields}, landing, {"Cookie": f"csrftoken={COOKIE}"})


class Mailbox:
    """The folder the worker writes mail into, read as everybody's mailbox."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: set[str] = set()
        self._waiting: list[tuple[str, str, str]] = []
        self._lock = threading.Lock()
        # How many mails with a link to confirm each address got.
        self.asked: Counter[str] = Counter()
        # The key of its row in the outbox, of the newest mail to each address.
        self.keys: dict[str, str] = {}

    def take(self) -> tuple[str, str, str] | None:
        """Give kind, secret and address of a link that nobody has followed yet."""
        with self._lock:
            if not self._waiting:
                self._look()
            return self._waiting.pop() if self._waiting else None

    def put_back(self, kind: str, secret: str, address: str) -> None:
        """Let a link be followed again."""
        with self._lock:
            self._waiting.insert(0, (kind, secret, address))

    def read_all(self) -> None:
        """Read what has come since."""
        with self._lock:
            self._look()

    def _look(self) -> None:
        for path in self._folder.glob("*.eml") if self._folder.exists() else ():
            if path.name in self._seen:
                continue
            self._seen.add(path.name)
            content = path.read_bytes()
            address = re.search(rb"^To: (.+?)\r?$", content, re.MULTILINE)
            link = LINK.search(content)
            if address is None or link is None:
                raise ValueError("a mail without its address or its link")
            self.keys[address[1].decode()] = path.stem
            kind, secret = link[1].decode(), link[2].decode()
            if kind == "confirm":
                self.asked[address[1].decode()] += 1
            self._waiting.append((kind, secret, address[1].decode()))
