"""The reference: a WSGI handler that does nothing but answer, in the same server with as many threads."""

from collections.abc import Callable, Iterable
from typing import Any


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Read the form and answer like the product does."""
    environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    status = "302 Found" if environ["REQUEST_METHOD"] == "POST" else "200 OK"
    start_response(status, [("Location", "/"), ("Content-Length", "0")])
    return [b""]
