"""What a format says of itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from articles.documents.errors import DocumentError, DocumentTooLarge
from articles.documents.story import Story

# So many bytes of a file tell its format.
START = 4096


def _never(start: bytes) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of document that is read whole: it holds a story or a few.

    `read` takes its bytes and what it is called in errors, and raises a `DocumentError` for what is no story.
    `is_sure` tells from the first `START` bytes that a document is of this format, whatever its name says.
    """

    label: str
    read: Callable[[bytes, str], Iterator[Story]]
    suffixes: tuple[str, ...] = ()
    is_sure: Callable[[bytes], bool] = _never


@dataclass(frozen=True, slots=True)
class Archive:
    """A kind of file that holds any number of stories and is read piece by piece, however large it is.

    `read` takes the file, open at its beginning and seekable, what it is called in errors, and how many bytes one story
    may have. It yields the stories in their order; what is wrong with one of them is yielded in its place, and the
    reading goes on behind it. What is wrong with the file as a whole is raised as a `DocumentError`.
    """

    label: str
    read: Callable[[IO[bytes], str, int], Iterator[Story | DocumentError]]
    suffixes: tuple[str, ...] = ()
    is_sure: Callable[[bytes], bool] = _never


def read_whole(file: IO[bytes], *, source: str, max_bytes: int) -> bytes:
    """The bytes of a file that can be rewound; of a larger one than `max_bytes` nothing is read.

    Raises:
        DocumentTooLarge: it is larger than the limit.
    """
    size = file.seek(0, os.SEEK_END)
    if size > max_bytes:
        raise DocumentTooLarge(source, f"the file has {size:,} bytes; expected at most {max_bytes:,} bytes")
    file.seek(0)
    return file.read()
