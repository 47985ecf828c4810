"""Picture files made on the spot, with what cameras and picture desks write into them."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image

# 51° 51′ N, 8° 18′ W: the harbour of Cobh.
GPS = {1: "N", 2: (51.0, 51.0, 0.0), 3: "W", 4: (8.0, 18.0, 0.0)}
XMP = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:iptc="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" photoshop:Credit="Tidewire">
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">A ferry leaves Cobh.</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>Bo Ek</rdf:li></rdf:Seq></dc:creator>
<dc:subject><rdf:Bag><rdf:li>ferries</rdf:li><rdf:li>Cobh</rdf:li></rdf:Bag></dc:subject>
<iptc:AltTextAccessibility><rdf:Alt><rdf:li>A white ferry passes a lighthouse.</rdf:li></rdf:Alt>
</iptc:AltTextAccessibility>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def drawn(width: int = 90, height: int = 60, mode: str = "RGB") -> Image.Image:
    """A picture that is red to the left, green in the middle and blue to the right."""
    image = Image.new(mode, (width, height))
    third = width // 3
    colours = {"RGB": ["red", "lime", "blue"], "RGBA": ["red", "#00ff0080", "blue"], "L": [0, 128, 255]}
    for number, colour in enumerate(colours.get(mode, [0, 1, 2])):
        image.paste(colour, (number * third, 0, width if number == 2 else (number + 1) * third, height))
    return image


def file_of(image: Image.Image | None = None, format: str = "JPEG", **options: Any) -> bytes:
    packed = BytesIO()
    (image or drawn()).save(packed, format, **options)
    return packed.getvalue()


def exif(*, orientation: int = 1, with_place: bool = True, **tags: str) -> Image.Exif:
    """What a camera writes: “description”, “artist”, “copyright”, “taken”, and where it stood."""
    numbers = {"description": 270, "artist": 315, "copyright": 33432}
    made = Image.Exif()
    made[274] = orientation
    for name, value in tags.items():
        if name in numbers:
            made[numbers[name]] = value.encode()
    if with_place:
        made[0x8825] = GPS
    if "taken" in tags:
        made[0x8769] = {36867: tags["taken"]}
    return made


def with_iptc(content: bytes, *fields: tuple[int, bytes]) -> bytes:
    """A JPEG with records of IPTC's Information Interchange Model, (number, value) each, as Photoshop packs them."""
    records = b"".join(struct.pack(">HBH", 0x1C02, number, len(value)) + value for number, value in fields)
    block = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(records)) + records + b"\x00" * (len(records) % 2)
    payload = b"Photoshop 3.0\x00" + block
    return content[:2] + b"\xff\xed" + struct.pack(">H", len(payload) + 2) + payload + content[2:]


def bomb(width: int = 40_000, height: int = 40_000) -> bytes:
    """A PNG of a few hundred bytes that says it has 1.6 thousand million pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
