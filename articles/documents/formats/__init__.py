"""One module a format: `read(content, source)` yields the stories of a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from articles.documents.formats import html, markdown, plain_text
from articles.documents.story import Story

FORMATS: Mapping[str, Callable[[bytes, str], Iterator[Story]]] = {
    "text": plain_text.read,
    "markdown": markdown.read,
    "html": html.read,
}
