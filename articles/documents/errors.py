"""What can be wrong with a document. Each message says what was found and what was expected."""

from __future__ import annotations


class DocumentError(Exception):
    """A document that cannot become a story. `source` names the file; `str()` is one line for an editor."""

    def __init__(self, source: str, found: str) -> None:
        super().__init__(source, found)
        self.source = source
        self.found = found

    def __str__(self) -> str:
        return f"{self.source}: {self.found}"


class UnreadableDocument(DocumentError):
    """The file is missing, is no regular file, or may not be read."""


class DocumentTooLarge(DocumentError):
    """The file is larger than a newsroom's limit."""


class UnknownEncoding(DocumentError):
    """The bytes are no text in any encoding that is read."""


class BrokenDocument(DocumentError):
    """The file breaks off, or does not keep to the rules of its format."""


class UnknownFormat(DocumentError):
    """No format reads this kind of file."""


class NoStory(DocumentError):
    """The document was read, and there is no story in it."""


class SummaryOnly(NoStory):
    """A feed tells of a story and does not have it; `address` is where its page lives."""

    def __init__(self, source: str, found: str, *, address: str) -> None:
        super().__init__(source, found)
        self.address = address
