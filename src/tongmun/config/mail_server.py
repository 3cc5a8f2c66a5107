"""The mail server, as one variable."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from environs import EnvError

# Scheme → STARTTLS, TLS from the first byte, usual port (RFC 8314).
SCHEMES = {"smtp": (False, False, 25), "smtp+tls": (True, False, 587), "smtp+ssl": (False, True, 465)}


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over; `user` and `password` are "" for a server that asks for none."""

    host: str
    port: int
    user: str
    password: str
    use_tls: bool
    use_ssl: bool


def mail_server(url: str) -> MailServer:
    """Read smtp+tls://user:password@host:port, user and password percent-encoded.

    Raises EnvError for anything else, never repeating it: an address misread would send the password in clear.
    """
    try:
        parts = urlsplit(url)
        use_tls, use_ssl, usual_port = SCHEMES[parts.scheme]
        port = parts.port or usual_port
    except (KeyError, ValueError):
        raise EnvError(_refusal("It begins with smtp+tls://, smtp+ssl:// or smtp://.")) from None
    if not parts.hostname:
        raise EnvError(_refusal("It names no host."))
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise EnvError(_refusal("Nothing follows the port; write / ? # in a password as %2F %3F %23."))
    return MailServer(
        parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""), use_tls, use_ssl
    )


def _refusal(why: str) -> str:
    return (
        f"TONGMUN_MAIL_URL is not the address of a mail server. {why} "
        "Write it like smtp+tls://user:password@mail.example.org:587."
    )
