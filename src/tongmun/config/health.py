"""What weakens an installation."""

from dataclasses import dataclass

from django.conf import settings
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from tongmun.counts.queries import broken_logs
from tongmun.kit.pairs import private_files_here
from tongmun.outbox.models import Mail

# What SQLite must answer: see https://www.sqlite.org/pragma.html, synchronous 2 is FULL.
PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}

# What each of the two pairs opens.
SEALED = {"names": "the sealed names", "news": "the addresses of those who want news"}


@dataclass(frozen=True)
class Weakness:
    """Something that is not as it should be, and what to do."""

    what: str
    remedy: str


def weaknesses() -> list[Weakness]:
    """List the weaknesses of this installation, the gravest first. Queries the database."""
    unusable = _unusable_database()
    if unusable:
        return [unusable, *_keys(), *_transport(), *_way_of_mail()]
    return [
        *_logs(),
        *_database(),
        *_keys(),
        *_transport(),
        *_way_of_mail(),
        *_controller(),
        *_stuck_mail(),
    ]


def _unusable_database() -> Weakness | None:
    try:
        executor = MigrationExecutor(connection)
    except OperationalError as error:
        return Weakness(
            f"The database does not answer: {str(error).strip()}",
            "Check TONGMUN_DATABASE_URL, and that its server runs.",
        )
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return Weakness("The database is not that of this version.", "Run tongmun up, or tongmun load with a bundle.")
    return None


def _database() -> list[Weakness]:
    if connection.vendor != "sqlite":
        return []
    wrong = []
    with connection.cursor() as cursor:
        for pragma, wanted in PRAGMAS.items():
            cursor.execute(f"PRAGMA {pragma}")
            found = cursor.fetchone()[0]
            if found != wanted:
                wrong.append(
                    Weakness(
                        f"SQLite runs with {pragma} = {found}, not {wanted}: signatures could be lost, or not erased.",
                        "Set TONGMUN_DATABASE_URL without options of your own.",
                    )
                )
    return wrong


def _logs() -> list[Weakness]:
    return [
        Weakness(
            f"Nothing more is counted for {slug}: {reason}.",
            "Restore the newest copy of the database and of the keys; see docs/how-to/let-others-check-the-count.md.",
        )
        for slug, reason in broken_logs(at=timezone.now())
    ]


def _keys() -> list[Weakness]:
    return [
        Weakness(
            f"The private half of the key of the {opens} lies on this server: whoever takes the server reads {what}.",
            f"Move {' and '.join(map(str, files))} to a computer that is never online, and keep two copies.",
        )
        for opens, what in SEALED.items()
        if (files := private_files_here(settings.KEYS, opens))
    ]


def _transport() -> list[Weakness]:
    if settings.HTTPS:
        return []
    return [
        Weakness(
            "Pages are served without HTTPS: whoever is on the way reads what people write.",
            "Put a server with a certificate in front and set TONGMUN_PUBLIC_URL to its https:// address.",
        )
    ]


def _controller() -> list[Weakness]:
    if settings.CONTROLLER:
        return []
    return [
        Weakness(
            "Nobody is named as responsible for the data of those who sign; in many countries the law wants that.",
            "Set TONGMUN_CONTROLLER to a name and a way to reach them.",
        )
    ]


def _way_of_mail() -> list[Weakness]:
    if settings.MAIL_URL:
        return []
    return [
        Weakness(
            "Mail is written to files and reaches nobody, so nobody can confirm a signature.",
            "Set TONGMUN_MAIL_URL, for example to smtp+tls://user:password@mail.example.org:587.",
        )
    ]


def _stuck_mail() -> list[Weakness]:
    stuck = Mail.objects.stuck().count()
    if not stuck:
        return []
    return [Weakness(f"{stuck} mails wait for somebody to decide.", "Open the desk and look under Mail.")]
