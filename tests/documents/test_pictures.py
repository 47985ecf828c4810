"""Picture files: what is taken, what is refused, what is left of them."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image

from articles.documents.pictures import LONGEST_SIDE, PictureError, as_jpeg, as_webp, cropped, read_picture
from tests.pictures import XMP, bomb, drawn, exif, file_of, with_iptc

PIXELS = 80_000_000


def read(content):
    return read_picture(content, max_pixels=PIXELS)


def colour(image, x, y):
    """The nearest of the drawn colours."""
    red, green, blue = image.convert("RGB").getpixel((x, y))
    return max((red, "red"), (green, "green"), (blue, "blue"))[1]


@pytest.mark.parametrize(
    ("format", "mode", "expected"),
    [
        ("JPEG", "RGB", "RGB"),
        ("JPEG", "L", "RGB"),
        ("PNG", "RGB", "RGB"),
        ("PNG", "RGBA", "RGBA"),
        ("WEBP", "RGB", "RGB"),
        ("AVIF", "RGB", "RGB"),
        ("GIF", "RGB", "RGB"),
    ],
)
def test_pictures_of_every_common_kind_are_taken(format, mode, expected):
    image = read(file_of(drawn(mode=mode), format)).image
    assert (image.size, image.mode) == ((90, 60), expected)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"", "The file is empty.", id="an empty file"),
        pytest.param(b"Dear editor, find the picture attached.", "This is no picture that can be read", id="a text"),
        pytest.param(b'<?xml version="1.0"?><svg onload="alert(1)"/>', "SVG drawings can hold programs", id="an SVG"),
        pytest.param(file_of(drawn(900, 600))[:3000], "damaged or was cut off", id="a JPEG cut off"),
        pytest.param(file_of(drawn(900, 600), "PNG")[:400], "damaged or was cut off", id="a PNG cut off"),
        pytest.param(file_of()[:20], "This is no picture that can be read", id="a head alone"),
        pytest.param(bomb(), "too many pixels", id="a decompression bomb"),
        pytest.param(bomb(10_000, 9_000), "too many pixels", id="a smaller one"),
        pytest.param(bomb(9_000, 9_000), "9000 × 9000 pixels; at most 80,000,000", id="more than the newsroom takes"),
        pytest.param(file_of(format="TIFF"), "This is no picture that can be read", id="a TIFF"),
        pytest.param(file_of(format="PDF"), "This is no picture that can be read", id="a PDF"),
    ],
)
def test_other_files_are_refused_with_a_reason(content, message):
    with pytest.raises(PictureError) as refused:
        read(content)
    assert message in str(refused.value)


def test_the_picture_is_turned_the_right_way_up():
    lying = drawn().rotate(90, expand=True)
    image = read(file_of(lying, exif=exif(orientation=6))).image
    assert (image.size, colour(image, 5, 30), colour(image, 85, 30)) == ((90, 60), "red", "blue")


def test_a_large_picture_becomes_as_large_as_pages_need():
    assert read(file_of(Image.new("RGB", (6000, 3000)))).image.size == (LONGEST_SIDE, LONGEST_SIDE // 2)


def test_nothing_of_the_file_is_left_but_the_picture():
    secret = b"PK\x03\x04 a second file, <script>alert(1)</script>"
    content = with_iptc(
        file_of(exif=exif(description="Secret harbour", artist="Bo Ek"), xmp=XMP.encode(), comment=b"Secret comment"),
        (120, b"Secret caption"),
    )
    image = read(content + secret).image
    for packed in (as_webp(image), as_jpeg(image)):
        assert all(trace not in packed for trace in (b"Secret", b"Bo Ek", b"adobe", b"Exif", b"script", b"PK"))
        assert not Image.open(BytesIO(packed)).getexif()


def test_the_first_frame_of_a_moving_picture_stays():
    moving = file_of(drawn(), "GIF", save_all=True, append_images=[Image.new("RGB", (90, 60), "white")])
    assert colour(read(moving).image, 5, 5) == "red"


def test_colours_of_print_become_those_of_the_web():
    image = read(file_of(drawn().convert("CMYK"))).image
    assert (image.mode, colour(image, 5, 5), colour(image, 85, 5)) == ("RGB", "red", "blue")


@pytest.mark.parametrize(
    ("focus", "middle"),
    [((0, 50), "red"), ((50, 50), "green"), ((100, 50), "blue"), ((17, 0), "red")],
    ids=["left edge", "middle", "right edge", "left third"],
)
def test_a_crop_keeps_the_focal_point_in_view(focus, middle):
    crop = cropped(drawn(), (20, 60), focus=focus)
    assert (crop.size, colour(crop, 10, 30)) == ((20, 60), middle)


# What the file says.


def test_what_a_camera_says_is_read():
    said = read(
        file_of(exif=exif(description="A ferry", artist="Bo Ek", copyright="© Tidewire", taken="2031:05:02 09:30:00"))
    ).metadata
    assert (said.caption, said.credit, said.licence) == ("A ferry", "Bo Ek", "© Tidewire")
    assert said.taken == datetime(2031, 5, 2, 9, 30)


def test_what_a_picture_desk_says_is_read():
    content = with_iptc(
        file_of(),
        (105, b"Ferry sails"),
        (120, "A ferry leaves Åbo.".encode()),
        (80, b"Bo Ek"),
        (110, b"Tidewire"),
        (116, "© Tidewire".encode("cp1252")),
        (25, b"ferries"),
        (25, b"Cobh"),
        (55, b"20310502"),
        (60, b"093000+0000"),
    )
    said = read(content).metadata
    assert (said.title, said.caption, said.credit) == ("Ferry sails", "A ferry leaves Åbo.", "Bo Ek/Tidewire")
    assert (said.licence, said.keywords) == ("© Tidewire", "ferries, Cobh")
    assert said.taken == datetime(2031, 5, 2, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("format", ["JPEG", "WEBP", "AVIF"])
def test_what_stands_in_xmp_is_read(format):
    said = read(file_of(format=format, xmp=XMP.encode())).metadata
    assert (said.caption, said.alt) == ("A ferry leaves Cobh.", "A white ferry passes a lighthouse.")
    assert (said.credit, said.keywords) == ("Bo Ek/Tidewire", "ferries, Cobh")


def test_the_picture_desk_has_the_last_word_over_the_camera():
    content = with_iptc(file_of(exif=exif(description="OLYMPUS DIGITAL CAMERA", artist="Bo Ek")), (120, b"A ferry"))
    said = read(content).metadata
    assert (said.caption, said.credit) == ("A ferry", "Bo Ek")


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(file_of(xmp=b"<x:xmpmeta"), id="XMP cut off"),
        pytest.param(
            file_of(xmp=b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'), id="XMP with an entity"
        ),
        pytest.param(with_iptc(file_of(), (120, b""), (55, b"soon")), id="IPTC without sense"),
        pytest.param(file_of(exif=b"Exif\x00\x00MM\x00*\xff\xff\xff\xff"), id="EXIF that points nowhere"),
        pytest.param(file_of(exif=exif(taken="0000:00:00 00:00:00")), id="a camera without a clock"),
    ],
)
def test_metadata_without_sense_say_nothing_and_the_picture_is_taken(content):
    found = read(content)
    assert found.image.size == (90, 60)
    assert (found.metadata.caption, found.metadata.taken) == ("", None)


def test_control_characters_are_left_out():
    assert read(with_iptc(file_of(), (120, b"A\x00 ferry\x07"))).metadata.caption == "A ferry"
