"""Bytes into characters, without guessing: UTF-8, UTF-16, what the document declares, Windows-1252."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from email.message import Message

from articles.documents.errors import UnknownEncoding

# UTF-32's mark begins with UTF-16's, so it is looked at first.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
NAMES = {"utf-8": "UTF-8", "cp1252": "Windows-1252"}
# A page that says Latin-1 is read as Windows-1252, as browsers do: the two differ in the curly marks of stories.
LATIN_1 = frozenset({"ascii", "iso8859-1", "latin-1", "cp1252"})
# Python has codecs that are no encodings of documents, and some that a long text keeps busy for ever.
NO_ENCODINGS = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"})
# Enough to tell, and little enough to look at twice.
SAMPLE = 4096
NOT_OF_A_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
EXPECTED = "expected UTF-8, UTF-16 or Windows-1252"


def decode(content: bytes, source: str, *, declared: str | None = None) -> str:
    """Decode a document.

    A byte order mark decides; then UTF-16 that is plainly so without one; then valid UTF-8, unless the document
    declares an encoding outside Latin script; then what it declares; then Windows-1252, where the bytes can be text in
    it.

    Args:
        content: all bytes of the document.
        source: what to call it in an error.
        declared: the encoding a page or an XML declaration names, however it is spelled.

    Raises:
        UnknownEncoding: with the offset of the first byte that is no text, and what was tried.

    >>> decode(b"caf\\xe9 \\x93bar\\x94", "cafe.txt")
    'café “bar”'
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], source, encoding, offset=len(mark))
    if encoding := _utf_16_without_mark(content):
        return _strictly(content, source, encoding)
    named = codec_of(declared)
    if named and named not in LATIN_1 | {"utf-8"}:
        return _strictly(content, source, named)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _windows_1252(content, source, error)
    return _refuse_binary(text, content, source)


def charset_of(content_type: str) -> str | None:
    """The encoding that a server tells beside a document.

    >>> charset_of('text/html; charset="koi8-r"')
    'koi8-r'
    """
    message = Message()
    message["content-type"] = " ".join(content_type.split())
    return message.get_content_charset()


def transcode(content: bytes, declared: str | None) -> bytes:
    """The same document in UTF-8, where the encoding that came beside it is outside Latin script; else as it is.

    A web server may tell the encoding of a page that does not. Where the two differ the server wins, unless a byte
    order mark says otherwise.

    >>> transcode("Паром".encode("koi8-r"), "koi8-r").decode("utf-8-sig")
    'Паром'
    """
    named = codec_of(declared)
    is_marked = any(content.startswith(mark) for mark, _ in BYTE_ORDER_MARKS)
    if not named or named in LATIN_1 | {"utf-8"} or is_marked:
        return content
    try:
        return codecs.BOM_UTF8 + content.decode(named).encode()
    except UnicodeError:
        return content


def codec_of(declared: str | None) -> str | None:
    """What Python calls the encoding that a document declares; None where there is no such encoding of documents."""
    try:
        name = codecs.lookup((declared or "").strip()).name
        with suppress(UnicodeError):
            b"ab".decode(name)  # "hex" and "zip" are codecs that make no characters
    except (LookupError, ValueError):
        return None
    return None if name.replace("_", "-") in NO_ENCODINGS else name


def _strictly(content: bytes, source: str, encoding: str, *, offset: int = 0) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        name = NAMES.get(encoding, encoding.upper())
        byte = f"byte 0x{content[error.start]:02x} at offset {error.start + offset}"
        raise UnknownEncoding(source, f"{byte} is no text in {name}, which the file says it is in") from error


def _windows_1252(content: bytes, source: str, error: UnicodeDecodeError) -> str:
    found = f"byte 0x{content[error.start]:02x} at offset {error.start} is no UTF-8"
    loose = content.decode("utf-8", "surrogateescape")
    strange = sum(1 for character in loose if "\udc80" <= character <= "\udcff")
    proper = sum(1 for character in loose if character > "\x7f") - strange
    # UTF-8 with a few broken bytes: read as Windows-1252, every accent of it would come out as two wrong letters.
    if proper > strange:
        raise UnknownEncoding(source, f"{found}, though the rest of the file is; {EXPECTED}") from error
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as second:
        byte = f"byte 0x{content[second.start]:02x} at offset {second.start}"
        raise UnknownEncoding(source, f"{found}, and {byte} is no Windows-1252; {EXPECTED}") from second
    if strange_byte := NOT_OF_A_TEXT.search(content):
        byte = f"byte 0x{content[strange_byte.start()]:02x} at offset {strange_byte.start()}"
        raise UnknownEncoding(source, f"{found}, and {byte} is in no Windows-1252 text; {EXPECTED}") from error
    return text


def _refuse_binary(text: str, content: bytes, source: str) -> str:
    """A few stray NULs or escapes in a text are slips, and removed later; one character in twenty is no text."""
    strange = NOT_OF_A_TEXT.findall(content)
    if len(strange) > 4 + len(content) // 20:
        first = NOT_OF_A_TEXT.search(content)
        offset = first.start() if first else 0
        raise UnknownEncoding(
            source, f"{len(strange)} control characters, the first at offset {offset}, are in no text; {EXPECTED}"
        )
    return text


def _utf_16_without_mark(content: bytes) -> str:
    sample = content[:SAMPLE]
    if len(content) % 2 or len(sample) < 4:
        return ""
    even, odd = sample[::2].count(0) / len(sample[::2]), sample[1::2].count(0) / len(sample[1::2])
    # In Latin script nearly every second byte is zero, and the other ones never are.
    if odd > 0.7 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 and odd < 0.05 else ""
