"""What a picture's file says about it: its words, whose it is, when it was taken. Where it was taken is not read.

XMP is asked first, then IPTC, then EXIF: cameras write the last, picture desks the others. Broken metadata say nothing;
the picture may be sound all the same.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from lxml import etree
from PIL import Image, IptcImagePlugin

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "iptc": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
}
XMP = {
    "title": ("photoshop:Headline", "dc:title"),
    "caption": ("dc:description",),
    "creator": ("dc:creator",),
    "agency": ("photoshop:Credit", "photoshop:Source"),
    "licence": ("xmpRights:UsageTerms", "dc:rights"),
    "keywords": ("dc:subject",),
    "alt": ("iptc:AltTextAccessibility",),
    "taken": ("photoshop:DateCreated", "xmp:CreateDate"),
}
# Record 2 of IPTC's Information Interchange Model.
IPTC = {
    "title": (105, 5),
    "caption": (120,),
    "creator": (80,),
    "agency": (110, 115),
    "licence": (116,),
    "keywords": (25,),
}
IPTC_DATE, IPTC_TIME = (2, 55), (2, 60)
EXIF = {"caption": 270, "creator": 315, "licence": 33432}
EXIF_DETAILS, EXIF_TAKEN, EXIF_OFFSET = 0x8769, 36867, 36881
# Larger than any that a picture desk writes.
LONGEST_XMP = 1_000_000
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError, struct.error)

Said = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the file does not say is empty. `taken` has a zone where the file names one."""

    title: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""
    licence: str = ""
    keywords: str = ""
    taken: datetime | None = None


def read_metadata(image: Image.Image) -> Metadata:
    """Read what the file of a picture, just opened, says about it."""
    sources = [_guarded(read, image) for read in (_xmp, _iptc, _exif)]

    def first(name: str) -> list[str]:
        return next((source[name] for source in sources if source.get(name)), [])

    credit = dict.fromkeys([*first("creator"), *first("agency")[:1]])
    return Metadata(
        title=" ".join(first("title")[:1]),
        alt=" ".join(first("alt")[:1]),
        caption=" ".join(first("caption")[:1]),
        credit="/".join(credit),
        licence=" ".join(first("licence")[:1]),
        keywords=", ".join(dict.fromkeys(first("keywords"))),
        taken=next(filter(None, map(_moment, first("taken"))), None),
    )


def _guarded(read: Callable[[Image.Image], Said], image: Image.Image) -> Said:
    try:
        said = read(image)
    except BROKEN:
        return {}
    return {name: list(filter(None, map(_words, texts))) for name, texts in said.items()}


def _words(text: str) -> str:
    return CONTROLS.sub("", text).strip()


def _xmp(image: Image.Image) -> Said:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    packet = packet.encode() if isinstance(packet, str) else bytes(packet)
    if not packet or len(packet) > LONGEST_XMP:
        return {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    root = etree.fromstring(packet.strip(b"\x00 \r\n"), parser)
    return {name: _property(root, *paths) for name, paths in XMP.items()}


def _property(root: etree._Element, *names: str) -> list[str]:
    """The values of the first of several properties that is there, written as an element, a list or an attribute."""
    for name in names:
        values: list[str] = root.xpath(
            f"//{name}//rdf:li/text() | //{name}[not(*)]/text() | //rdf:Description/@{name}", namespaces=NAMESPACES
        )
        if any(value.strip() for value in values):
            return [str(value) for value in values]
    return []


def _iptc(image: Image.Image) -> Said:
    info = IptcImagePlugin.getiptcinfo(image) or {}  # type: ignore[arg-type]
    is_utf8 = info.get((1, 90)) == b"\x1b%G"

    def texts(key: tuple[int, int]) -> list[str]:
        value = info.get(key, [])
        values = value if isinstance(value, list) else [value]
        return [_decoded(each, is_utf8=is_utf8) for each in values if isinstance(each, bytes)]

    said = {name: next(filter(None, (texts((2, number)) for number in numbers)), []) for name, numbers in IPTC.items()}
    date, time = "".join(texts(IPTC_DATE)[:1]), "".join(texts(IPTC_TIME)[:1])
    return {**said, "taken": [f"{date}T{time or '000000'}"] if date else []}


def _decoded(value: bytes, *, is_utf8: bool) -> str:
    """Older programs wrote the letters of their own machine and did not say so."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("utf-8" if is_utf8 else "cp1252", "replace")


def _exif(image: Image.Image) -> Said:
    exif = image.getexif()
    details = exif.get_ifd(EXIF_DETAILS)
    taken = str(details.get(EXIF_TAKEN, "")).strip("\x00 ")
    said = {name: [_text(exif.get(tag, ""))] for name, tag in EXIF.items()}
    date, _, hour = taken.partition(" ")
    return {**said, "taken": [f"{date.replace(':', '-')}T{hour}{_text(details.get(EXIF_OFFSET, ''))}"] if hour else []}


def _text(value: object) -> str:
    return _decoded(value, is_utf8=True) if isinstance(value, bytes) else _mended(str(value))


def _mended(text: str) -> str:
    """Pillow reads EXIF as Latin-1; many programs write UTF-8."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _moment(said: str) -> datetime | None:
    try:
        return datetime.fromisoformat(said)
    except ValueError:
        return None
