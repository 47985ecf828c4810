"""Find documents, read their bytes and stream the stories in them."""

from __future__ import annotations

import dataclasses
import io
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

from articles.documents.encodings import charset_of, transcode
from articles.documents.errors import DocumentError, NoStory, UnreadableDocument
from articles.documents.fetching import Fetched
from articles.documents.formats import FORMATS, SUFFIXES
from articles.documents.formats.format import START, Archive, Format, read_whole
from articles.documents.story import Story
from articles.documents.telling import find_format

# What cannot be rewound is copied to memory up to so many bytes, then to a file.
IN_MEMORY = 10_000_000


def read_stories(content: bytes, *, source: str, format: str | None = None, content_type: str = "") -> Iterator[Story]:
    """Read the stories of a document, one after the other.

    Args:
        content: its bytes, as `read_document` gives them.
        source: what it is called in errors and in `Story.source`: a path, or "standard input".
        format: a key of `FORMATS`; told from the name and the first bytes when left out.
        content_type: what a server said of it.

    Raises:
        DocumentError: the kind says what is wrong, the message what was found and what was expected.

    >>> next(read_stories(b"Rain floods Lagos\\n\\nIt rained.", source="rain.txt")).headline
    'Rain floods Lagos'
    """
    if not content.strip():
        raise NoStory(source, "the file is empty; expected a headline and a story")
    form = FORMATS[format or find_format(content, source=source, content_type=content_type)]
    if isinstance(form, Format):
        yield from form.read(content, source)
        return
    for story in form.read(io.BytesIO(content), source, len(content)):
        if isinstance(story, DocumentError):
            raise story
        yield story


def read_file(
    file: IO[bytes],
    *,
    source: str,
    max_bytes: int,
    format: str | None = None,
    content_type: str = "",
    address: str = "",
) -> Iterator[Story | DocumentError]:
    """Read the stories of a file, one after the other, and in the place of what is no story what is wrong with it.

    Args:
        file: open at its beginning; one that cannot be rewound is copied.
        source: what it is called in errors and in `Story.source`.
        max_bytes: how large a document may be, and in an archive of many a single story.
        format: a key of `FORMATS`; told from the name and the first bytes when left out.
        content_type: what a server said of it.
        address: where it lives on the web.
    """
    try:
        with ExitStack() as stack:
            whole = file if file.seekable() else _copied(file, stack.enter_context(SpooledTemporaryFile(IN_MEMORY)))
            start = whole.read(START)
            whole.seek(0)
            start = start if start.strip() else b""
            form = FORMATS[
                format or (find_format(start, source=source, content_type=content_type) if start else "text")
            ]
            if isinstance(form, Archive):
                yield from form.read(whole, source, max_bytes)
            else:
                content = read_whole(whole, source=source, max_bytes=max_bytes)
                stories = read_stories(content, source=source, format=format, content_type=content_type)
                yield from _at(address, stories)
    except DocumentError as error:
        yield error
    except OSError as error:
        yield _unreadable(source, error)


def read_fetched(fetched: Fetched, *, max_bytes: int, format: str | None = None) -> Iterator[Story | DocumentError]:
    """Read the stories of a document from the web; the arguments are those of `read_file`.

    A document that is one story lives where it was fetched from, unless it says otherwise.
    """
    file = io.BytesIO(transcode(fetched.content, charset_of(fetched.content_type)))
    address = fetched.address
    return read_file(
        file, source=address, max_bytes=max_bytes, format=format, content_type=fetched.content_type, address=address
    )


def _at(address: str, stories: Iterator[Story]) -> Iterator[Story]:
    """The stories of a document that lives at an address, which is that of its only one."""
    first = next(stories, None)
    if first is None:
        return
    try:
        second = next(stories, None)
    except DocumentError:
        yield first  # It is a story, whatever is wrong behind it.
        raise
    yield first if second else dataclasses.replace(first, address=first.address or address)
    yield from filter(None, (second,))
    yield from stories


def _copied(file: IO[bytes], copy: IO[bytes]) -> IO[bytes]:
    shutil.copyfileobj(file, copy)
    copy.seek(0)
    return copy


def find_documents(paths: Iterable[Path]) -> Iterator[Path]:
    """List the documents at some paths: files as they are, directories with all below them, ordered by name.

    In directories, hidden files and those whose suffix no format has are passed over.

    Raises:
        UnreadableDocument: a path does not exist, or a directory may not be read.
    """
    for path in paths:
        if not path.exists():
            raise UnreadableDocument(str(path), "there is no such file or directory")
        if not path.is_dir():
            yield path
            continue
        try:
            entries = sorted(entry for entry in path.iterdir() if not entry.name.startswith("."))
        except OSError as error:
            raise UnreadableDocument(str(path), f"the directory cannot be read: {error.strerror}") from error
        for entry in entries:
            if entry.is_dir():
                # A link to a directory could lead back up.
                yield from () if entry.is_symlink() else find_documents([entry])
            elif entry.suffix.lower() in SUFFIXES:
                yield entry


def open_document(path: Path) -> IO[bytes]:
    """Open a file to read it.

    Raises:
        UnreadableDocument: it is missing, no regular file, or may not be read.
    """
    source = str(path)
    try:
        # Without waiting: a named pipe would never open.
        file = os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb")
    except OSError as error:
        raise _unreadable(source, error) from error
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise UnreadableDocument(source, "this is no regular file; expected a document")
    return file


def _unreadable(source: str, error: OSError) -> UnreadableDocument:
    return UnreadableDocument(source, f"the file cannot be read: {error.strerror}")
