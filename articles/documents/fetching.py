"""Fetch a document from the web: public hosts only, within limits of size and time, where robots.txt lets us."""

from __future__ import annotations

import socket
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Future, wait
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPException, responses
from threading import Thread, Timer
from time import monotonic
from types import TracebackType
from urllib.parse import urljoin

import urllib3
from protego import Protego
from urllib3.connection import HTTPConnection, HTTPSConnection

from articles.documents.errors import DocumentTooLarge, UnreadableDocument
from articles.documents.public_hosts import Resolve, find_addresses, resolve

# What the program calls itself; robots.txt speaks of it by this name.
AGENT = "Newsroom"
ACCEPTED = (
    "text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, application/feed+json, */*;q=0.8"
)
HEADERS = {"User-Agent": AGENT, "Accept": ACCEPTED, "Accept-Encoding": "gzip, deflate", "Connection": "close"}
MOST_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PORT = {"http": 80, "https": 443}
# As much of a robots.txt as RFC 9309 asks everybody to read.
LONGEST_ROBOTS = 512_000
PIECE = 65_536


NOT_MODIFIED = 304
NO_CONDITIONS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of the document that it gave last, to be asked whether it is another one now (RFC 9110)."""

    etag: str = ""
    last_modified: str = ""

    def headers(self) -> dict[str, str]:
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document's bytes, the address that gave them, and the type that came with them ("text/html; charset=…").

    `headers` are all that came with it, their names in lower case. What `is_unchanged` since the validators were given
    has no bytes.
    """

    content: bytes
    address: str
    content_type: str
    headers: Mapping[str, str] = field(default_factory=dict)
    is_unchanged: bool = False


class RefusedByServer(UnreadableDocument):
    """A server answered, and gave no document: `status` says why, `headers` when to ask again perhaps."""

    def __init__(self, source: str, found: str, *, status: int, headers: Mapping[str, str]) -> None:
        super().__init__(source, found)
        self.status = status
        self.headers = headers


def fetch(
    address: str,
    *,
    max_bytes: int,
    seconds: float,
    allowed_hosts: Collection[str] = (),
    resolve: Resolve = resolve,
    validators: Validators | None = None,
) -> Fetched:
    """Fetch a document.

    Every address on the way, robots.txt included, has to be of the public internet; the environment's proxies are not
    asked. At most `MOST_REDIRECTS` redirects are followed.

    Args:
        address: begins with http:// or https://.
        max_bytes: how large the document may be, unpacked.
        seconds: how long all of it may take.
        allowed_hosts: hosts that may be asked although they are private, at any port.
        resolve: finds the network addresses of a host.
        validators: those of the document fetched last; one that is the same still is not sent again.

    Raises:
        UnreadableDocument: with what stood in the way; `RefusedByServer` where a server says no, `DocumentTooLarge`
            where it is the size.
    """
    with _Deadline(seconds) as deadline:
        visit = _Visit(address, max_bytes, allowed_hosts, resolve, deadline)
        return visit.fetch((validators or Validators()).headers())


@dataclass
class _Deadline:
    """Hangs up when the time is over, wherever a conversation stands: a server can send a byte a second for ever."""

    seconds: float
    is_over: bool = False
    lines: list[socket.socket] = field(default_factory=list)

    def __enter__(self) -> _Deadline:
        self.end = monotonic() + self.seconds
        self.timer = Timer(self.seconds, self.hang_up)
        self.timer.daemon = True
        self.timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.timer.cancel()
        self.timer.join()
        for line in self.lines:
            line.close()

    def left(self) -> float:
        return max(self.end - monotonic(), 0.001)

    def watch(self, line: socket.socket) -> None:
        # A second handle on the connection: TLS takes the first one over.
        self.lines.append(line.dup())
        if self.is_over:
            self.hang_up()

    def hang_up(self) -> None:
        self.is_over = True
        for line in self.lines:
            try:
                line.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # It has ended by itself.


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    content: bytes


@dataclass
class _Visit:
    address: str
    max_bytes: int
    allowed_hosts: Collection[str]
    resolve: Resolve
    deadline: _Deadline
    robots: dict[str, Protego] = field(default_factory=dict)

    def fetch(self, conditions: Mapping[str, str]) -> Fetched:
        address = self.address
        for _ in range(MOST_REDIRECTS + 1):
            url = self.parsed(address)
            if not self.rules_of(url).can_fetch(url.url, AGENT):
                raise self.refused(f"the robots.txt of {url.host} asks {AGENT} not to fetch {url.url}")
            answer = self.get(url, max_bytes=self.max_bytes, conditions=conditions)
            is_unchanged = answer.status == NOT_MODIFIED and bool(conditions)
            if answer.status == 200 or is_unchanged:
                kind = answer.headers.get("content-type", "")
                return Fetched(answer.content, url.url, kind, answer.headers, is_unchanged)
            address = self.next_address(url, answer)
        raise self.refused(f"it redirects more than {MOST_REDIRECTS} times")

    def parsed(self, address: str) -> urllib3.util.Url:
        """The address without its fragment; only one of the web's, without a name and password."""
        try:
            url = urllib3.util.parse_url(address)._replace(fragment=None)
        except urllib3.exceptions.LocationParseError as error:
            raise self.refused(f"{address} is no address of the web") from error
        if url.scheme not in PORT or not url.host or url.auth:
            raise self.refused(f"{address} is no address that is fetched; expected one like https://host/path")
        return url

    def next_address(self, url: urllib3.util.Url, answer: _Answer) -> str:
        location = answer.headers.get("location", "")
        if answer.status not in REDIRECTS or not location:
            said = f"{url.host} answered {answer.status} ({responses.get(answer.status, 'unknown')})"
            raise RefusedByServer(self.address, said, status=answer.status, headers=answer.headers)
        try:
            return urljoin(url.url, location)
        except ValueError as error:
            raise self.refused(f"it redirects to {location}, which is no address of the web") from error

    def rules_of(self, url: urllib3.util.Url) -> Protego:
        """What the robots.txt of a site asks for: without one everything may be fetched (RFC 9309)."""
        site = f"{url.scheme}://{url.netloc}"
        if site not in self.robots:
            self.robots[site] = self.read_robots(self.parsed(f"{site}/robots.txt"))
        return self.robots[site]

    def read_robots(self, url: urllib3.util.Url) -> Protego:
        site = url.host
        for _ in range(MOST_REDIRECTS + 1):
            answer = self.get(url, max_bytes=LONGEST_ROBOTS, is_cut=True)
            if answer.status >= 500:
                said = f"the robots.txt of {site} cannot be read: status {answer.status}"
                raise RefusedByServer(self.address, said, status=answer.status, headers=answer.headers)
            if answer.status == 200:
                return Protego.parse(answer.content.decode("utf-8-sig", "replace"))
            if answer.status not in REDIRECTS:
                return Protego.parse("")
            url = self.parsed(self.next_address(url, answer))
        return Protego.parse("")

    def get(
        self,
        url: urllib3.util.Url,
        *,
        max_bytes: int,
        is_cut: bool = False,
        conditions: Mapping[str, str] = NO_CONDITIONS,
    ) -> _Answer:
        host, port = str(url.host).strip("[]"), url.port or PORT[str(url.scheme)]
        addresses = find_addresses(
            host, port, source=self.address, allowed_hosts=self.allowed_hosts, resolve=self.look_up
        )
        connection = (_SecureConnection if url.scheme == "https" else _PlainConnection)(str(url.host), port)
        connection.addresses, connection.deadline = addresses, self.deadline
        connection.timeout = self.deadline.left()
        try:
            headers = {**HEADERS, **conditions}
            connection.request("GET", url.request_uri, headers=headers, preload_content=False, decode_content=True)
            with closing(connection.getresponse()) as answer:
                content = self.read(answer, max_bytes=max_bytes, is_cut=is_cut) if answer.status == 200 else b""
        except (OSError, HTTPException, urllib3.exceptions.HTTPError) as error:
            raise self.refused(self.lost(url, error)) from error
        finally:
            connection.close()
        if self.deadline.is_over:
            raise self.refused(self.too_long())
        said = {name.lower(): value for name, value in answer.headers.items()}
        return _Answer(answer.status, said, content)

    def look_up(self, host: str, port: int) -> Sequence[str]:
        """The addresses of a host, within the deadline: the system waits for name servers as long as it likes."""
        found: Future[Sequence[str]] = Future()

        def ask() -> None:
            try:
                found.set_result(self.resolve(host, port))
            except Exception as error:  # whatever it is, the one who waits for the answer raises it
                found.set_exception(error)

        Thread(target=ask, daemon=True).start()
        if not wait([found], timeout=self.deadline.left()).done:
            raise self.refused(self.too_long())
        return found.result()

    def read(self, answer: urllib3.BaseHTTPResponse, *, max_bytes: int, is_cut: bool) -> bytes:
        """The unpacked bytes, a piece at a time: what is packed small may be a bomb."""
        pieces, size = [], 0
        while size <= max_bytes and (piece := answer.read1(PIECE)):
            pieces.append(piece)
            size += len(piece)
        if size > max_bytes and not is_cut:
            raise DocumentTooLarge(self.address, f"it has more than {max_bytes:,} bytes, which is the most expected")
        return b"".join(pieces)[:max_bytes]

    def lost(self, url: urllib3.util.Url, error: Exception) -> str:
        if self.deadline.is_over:
            return self.too_long()
        return f"{url.host} cannot be reached, or broke off ({type(error).__name__})"

    def too_long(self) -> str:
        return f"it took longer than {self.deadline.seconds:g} seconds, which is the most expected"

    def refused(self, found: str) -> UnreadableDocument:
        return UnreadableDocument(self.address, found)


class _ToAddress:
    """Connects to addresses that were looked at, whatever the host's name leads to by now."""

    addresses: list[str]
    deadline: _Deadline
    port: int

    def _new_conn(self) -> socket.socket:
        failure = OSError("there is no address to connect to")
        for address in self.addresses:
            try:
                line = socket.create_connection((address, self.port), timeout=self.deadline.left())
            except OSError as error:
                failure = error
            else:
                self.deadline.watch(line)
                return line
        raise failure


class _PlainConnection(_ToAddress, HTTPConnection):
    pass


class _SecureConnection(_ToAddress, HTTPSConnection):
    pass
