"""Ghost's export: a whole site in one JSON file, read twice: who wrote and filed its posts, then a post at a time.

Posts come in, whatever their state: those that not every reader of the site sees are withheld. Pages are left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import IO, Any

import ijson

from articles.documents import declared
from articles.documents.assembling import Draft, assemble
from articles.documents.errors import BrokenDocument, DocumentError, DocumentTooLarge, NoStory
from articles.documents.formats import ghost_text, plain_text
from articles.documents.formats.feed_items import as_time, line, moment, web_address
from articles.documents.story import Status, Story

MARK = re.compile(rb'\s*\{\s*"(?:db"\s*:\s*\[\s*\{\s*"(?:meta|data)"|meta"\s*:\s*\{\s*"exported_on")')
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
PIECE = 65_536
DEEPEST = 64
PUBLIC = frozenset({"published", "scheduled"})
KNOWN = PUBLIC | {"draft", "sent"}

# A post that is too large is read past; a text that is so many times too large is not held in memory for that.
MOST_AT_ONCE = 8

Row = Mapping[str, Any]


@dataclass
class _Site:
    """Who wrote posts and how they are filed, by the numbers or keys that rows have."""

    users: dict[Any, str] = field(default_factory=dict)
    tags: dict[Any, str] = field(default_factory=dict)
    writers: dict[Any, list[tuple[Any, Any]]] = field(default_factory=lambda: defaultdict(list))
    filed: dict[Any, list[tuple[Any, Any]]] = field(default_factory=lambda: defaultdict(list))


def read(file: IO[bytes], source: str, max_bytes: int) -> Iterator[Story | DocumentError]:
    """Read the posts of an export; one that is larger than a story may be is rejected, and the reading goes on.

    Raises:
        BrokenDocument: it is no JSON, or breaks off.
        DocumentTooLarge: a single text in it is many times larger than a story may be.
        NoStory: there is no post in it.
    """
    site = _Site()
    for table, row in _rows(file, source, max_bytes):
        _learn(site, table, row or {})
    number = posts = 0
    for table, row in _rows(file, source, max_bytes):
        if table == "posts":
            number += 1
            if row is None:
                posts += 1
                yield DocumentTooLarge(f"{source}, post {number}", declared.too_long(max_bytes))
            elif not _is_page(row):
                posts += 1
                yield _story_or_error(row, site, f"{source}, post {number}")
    if not posts:
        raise NoStory(source, "there is no post in this Ghost export; expected one or more")


def is_sure(start: bytes) -> bool:
    return bool(MARK.match(start.removeprefix(BYTE_ORDER_MARK)))


def _learn(site: _Site, table: str, row: Row) -> None:
    if table == "users":
        site.users[_key(row.get("id"))] = line(_text(row, "name"))
    elif table == "tags" and row.get("visibility") != "internal":
        site.tags[_key(row.get("id"))] = line(_text(row, "name"))
    elif table in {"posts_authors", "posts_tags"}:
        kept, name = (site.writers, "author_id") if table == "posts_authors" else (site.filed, "tag_id")
        kept[_key(row.get("post_id"))].append((declared.number(str(row.get("sort_order"))), _key(row.get(name))))


def _story_or_error(post: Row, site: _Site, source: str) -> Story | DocumentError:
    try:
        return _story(post, site, source)
    except DocumentError as error:
        return error


def _story(post: Row, site: _Site, source: str) -> Story:
    content = _content(post, source)
    headline = " ".join(_text(post, "title").split())
    if not line(content):
        raise NoStory(source, f"“{headline[:80]}”: there is no text in it" if headline else "there is no text in it")
    state = _text(post, "status")
    published, warnings = _moment(post, "published_at")
    changed, doubts = _moment(post, "updated_at")
    status, unknown = _status(post, state)
    section, keywords = _filed(post, site)
    draft = Draft(
        content,
        headline=headline,
        standfirst=declared.unless_repeated(line(_text(post, "custom_excerpt")), content),
        byline=_writers(post, site),
        published=published,
        language=_text(post, "locale") or _text(post, "language"),
        address=web_address(_text(post, "canonical_url")),
        keywords=keywords,
        identifier=_text(post, "uuid") or str(post.get("id") or ""),
        modified=as_time(changed) if changed != published else None,
        section=section,
        embargo=as_time(published) if state == "scheduled" else None,
        status=status,
        warnings=(*warnings, *doubts, *unknown),
    )
    return assemble(draft, source=source, format="ghost")


def _content(post: Row, source: str) -> str:
    if rendered := _text(post, "html"):
        return rendered
    if lexical := _text(post, "lexical"):
        return ghost_text.from_lexical(lexical, source)
    if mobiledoc := _text(post, "mobiledoc"):
        return ghost_text.from_mobiledoc(mobiledoc, source)
    text = _text(post, "plaintext")
    return plain_text.to_html(text) if text.strip() else ""


def _is_page(post: Row) -> bool:
    return post.get("type", "post") != "post" or post.get("page") in (1, True)


def _status(post: Row, state: str) -> tuple[Status, tuple[str, ...]]:
    """A post for members alone waits for an editor, as a draft does, and one that was only mailed."""
    if state in PUBLIC and post.get("visibility", "public") in ("public", None):
        return Status.USABLE, ()
    if state in KNOWN:
        return Status.WITHHELD, ()
    return Status.WITHHELD, declared.status(state)[1]


def _moment(post: Row, name: str) -> tuple[date | datetime | None, tuple[str, ...]]:
    """A time as texts have it, or as Ghost had it before: in thousandths of a second since 1970."""
    value = post.get(name)
    if isinstance(value, int) and 0 < value < 10**13:
        return datetime.fromtimestamp(value / 1000, UTC), ()
    found, warnings = moment(filter(None, [_text(post, name)]))
    if isinstance(found, datetime) and found.tzinfo is None:
        found = found.replace(tzinfo=UTC)
    return found, warnings


def _writers(post: Row, site: _Site) -> tuple[str, ...]:
    keys = [key for _, key in sorted(site.writers.get(_key(post.get("id")), []), key=_order)]
    names = [site.users.get(key, "") for key in keys or [_key(post.get("author_id"))]]
    return tuple(dict.fromkeys(filter(None, names)))


def _filed(post: Row, site: _Site) -> tuple[str, tuple[str, ...]]:
    """Ghost's primary tag, the first one, is the section, the others are keywords; “#tags” are the desk's own."""
    found = sorted(site.filed.get(_key(post.get("id")), []), key=_order)
    names = [name for _, key in found if (name := site.tags.get(key, "")) and not name.startswith("#")]
    section, *others = [*names, ""]
    return section, tuple(dict.fromkeys(filter(None, others)))


def _order(row: tuple[int, Any]) -> int:
    return row[0]


def _rows(file: IO[bytes], source: str, max_bytes: int) -> Iterator[tuple[str, Row | None]]:
    """The rows of the export's tables with the table's name, in the file's order; None for one that is too large."""
    file.seek(0)
    file.seek(len(BYTE_ORDER_MARK) if file.read(len(BYTE_ORDER_MARK)) == BYTE_ORDER_MARK else 0)
    metered = _Metered(file, max_bytes, source)
    path: list[str] = []
    row: ijson.ObjectBuilder | None = None
    try:
        for event, value in ijson.basic_parse(metered, buf_size=PIECE, use_float=True):
            if row is None:
                metered.reset()
                if event == "start_map" and _is_row(path):
                    row, depth, size = ijson.ObjectBuilder(), len(path), 0
            if row is not None:
                size += len(value) if isinstance(value, str) else 1
                metered.reset()
                if size <= max_bytes:
                    row.event(event, value)
            _follow(path, event, value)
            if len(path) > DEEPEST:
                raise BrokenDocument(source, f"it is nested deeper than {DEEPEST} levels")
            if row is not None and len(path) == depth:
                yield path[-2], row.value if size <= max_bytes else None
                row = None
    except UnicodeDecodeError as error:
        raise BrokenDocument(source, f"byte 0x{error.object[error.start]:02x} is no UTF-8") from error
    except ijson.JSONError as error:
        told = error.args[0] if error.args else error
        told = told.decode("utf-8", "replace") if isinstance(told, bytes) else str(told)
        said = told.splitlines() or ["it breaks off"]
        raise BrokenDocument(source, f"it is no JSON: {said[0].strip()}") from error


def _is_row(path: list[str]) -> bool:
    """`db[0].data.posts[3]`, or `data.posts[3]` in old exports."""
    return path[-1:] == ["item"] and path[:-2] in (["db", "item", "data"], ["data"])


def _follow(path: list[str], event: str, value: Any) -> None:
    if event == "map_key":
        path[-1] = value
    elif event == "start_map":
        path.append("")
    elif event == "start_array":
        path.append("item")
    elif event in {"end_map", "end_array"}:
        path.pop()


@dataclass
class _Metered:
    """A file of which no more than `MOST_AT_ONCE` stories may have is read without an end of something."""

    file: IO[bytes]
    max_bytes: int
    source: str
    size: int = 0

    def read(self, number: int) -> bytes:
        piece = self.file.read(number)
        self.size += len(piece)
        if self.size > MOST_AT_ONCE * self.max_bytes + 2 * PIECE:
            found = f"a text in it has more than {MOST_AT_ONCE} times {self.max_bytes:,} bytes, the most of a story"
            raise DocumentTooLarge(self.source, found)
        return piece

    def reset(self) -> None:
        self.size = 0


def _key(value: Any) -> Any:
    """What rows are known by: a number, or a text."""
    return value if isinstance(value, (int, str)) else None


def _text(row: Row, name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""
