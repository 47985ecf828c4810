"""Where a search server is, and which index on it: one address says both."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib.util import find_spec
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PORTS = {"https": 443, "http": 80}
INDEX = re.compile(r"[a-z0-9][a-z0-9._-]{0,199}")
EXPECTED = "expected https://user:password@host:9200/name, where “name” is of small letters, digits, “.”, “_” and “-”"


@dataclass(frozen=True, slots=True)
class Server:
    scheme: str
    host: str
    port: int
    index: str
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        """What it is called where people read it: without its password."""
        return f"{self.scheme}://{self.host}:{self.port}/{self.index}"


def server_at(address: str) -> Server | None:
    """Read the address; None of an empty one. Errors quote nothing of it: it has a password."""
    if not address:
        return None
    try:
        parts = urlsplit(address)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        # Nor is this one chained: it would quote what it takes for the port.
        raise _wrong("is no address") from None
    index = parts.path.strip("/")
    if parts.scheme not in PORTS:
        raise _wrong("does not begin with https:// or http://")
    if not parts.hostname or parts.query or parts.fragment:
        raise _wrong("is no address")
    if not INDEX.fullmatch(index):
        raise _wrong("names no index")
    if find_spec("opensearchpy") is None:
        raise ImproperlyConfigured('NEWSROOM_SEARCH needs a package: pip install "newsroom[opensearch]"')
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Server(parts.scheme, parts.hostname, port, index, user, password)


def _wrong(said: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"NEWSROOM_SEARCH {said}; {EXPECTED}.")
