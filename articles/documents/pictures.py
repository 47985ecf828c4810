"""A picture file, read as what it is whatever it is called, and made into one that holds nothing but the picture.

Decided: the kinds that are taken, how large one may be, which way is up, its colours as browsers expect them. What the
file says about itself is read by `picture_metadata.py`; nothing of it is written again, the place where the picture was
taken least of all. Of a moving picture the first frame stays.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from articles.documents import picture_metadata
from articles.documents.picture_metadata import Metadata, read_metadata

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
TAKEN = "JPEG, PNG, WebP, AVIF and GIF pictures are taken"
# Nothing larger is served: twice the pixels that a page of 1,500 points shows.
LONGEST_SIDE = 3000
# What Pillow raises at broken bytes; each of its readers has a way of its own.
BROKEN = (*picture_metadata.BROKEN, zlib.error)
TOO_MANY_PIXELS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class PictureError(ValueError):
    """A file that cannot become a picture; `str()` is one sentence for an editor."""


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture that is the right way up, RGB or RGBA and of at most `LONGEST_SIDE` pixels, and what its file said."""

    image: Image.Image
    metadata: Metadata


def read_picture(content: bytes, *, max_pixels: int) -> PictureFile:
    """Read a picture from the bytes of a file.

    The number of pixels is read from the file's head, so that a small file with a huge picture is never unpacked.

    Raises:
        PictureError: it is none, is damaged or too large.
    """
    image = _open(content)
    width, height = image.size
    if width * height > max_pixels:
        raise PictureError(f"The picture has {width} × {height} pixels; at most {max_pixels:,} in all are taken.")
    metadata = read_metadata(image)
    # A JPEG is read at half or a quarter of its size where that is enough.
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    try:
        image.load()
        return PictureFile(_cleaned(image), metadata)
    except BROKEN as error:
        raise PictureError("The file is damaged or was cut off: only part of the picture is there.") from error


def _open(content: bytes) -> Image.Image:
    if not content:
        raise PictureError("The file is empty.")
    if b"<svg" in content[:2000].lower():
        raise PictureError(f"SVG drawings can hold programs: send it as a PNG. {TAKEN}.")
    try:
        return Image.open(BytesIO(content), formats=FORMATS)
    except TOO_MANY_PIXELS as error:
        raise PictureError("The picture has too many pixels to be unpacked.") from error
    except BROKEN as error:
        raise PictureError(f"This is no picture that can be read: {TAKEN}.") from error


def _cleaned(image: Image.Image) -> Image.Image:
    """The pixels alone: upright, in the colours of the web, no larger than needed, without a word of the file."""
    image = _upright(_in_web_colours(image))
    image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    image.info.clear()
    return image


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except BROKEN:
        return image


def _in_web_colours(image: Image.Image) -> Image.Image:
    """Without its colour profile a picture in Adobe RGB or CMYK would look dull or wrong: convert it first."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "CMYK", "L"):
        return image
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        # Pillow's own sRGB profile; the orientation in `info` is kept.
        converted = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, *BROKEN):
        return image
    return converted or image


# What is made of it.


def fitted(image: Image.Image, width: int) -> Image.Image:
    """The whole picture, `width` pixels wide."""
    size = width, max(1, round(image.height * width / image.width))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)


def cropped(image: Image.Image, size: tuple[int, int], *, focus: tuple[int, int]) -> Image.Image:
    """As much of the picture as a frame of `size` holds, with `focus` (in percent) as near its middle as can be.

    `ImageOps.fit` asks how to share out what is cut off, which puts the point somewhere else.
    """
    width, height = size
    scale = min(image.width / width, image.height / height)
    box_width, box_height = width * scale, height * scale
    left = min(max(image.width * focus[0] / 100 - box_width / 2, 0), image.width - box_width)
    top = min(max(image.height * focus[1] / 100 - box_height / 2, 0), image.height - box_height)
    box = (left, top, left + box_width, top + box_height)
    return image.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3)


def as_webp(image: Image.Image, *, quality: int = 82) -> bytes:
    packed = BytesIO()
    image.save(packed, "WEBP", quality=quality, method=2)
    return packed.getvalue()


def as_jpeg(image: Image.Image) -> bytes:
    """For programs that know no WebP; what is transparent becomes white."""
    if image.mode == "RGBA":
        opaque = Image.new("RGB", image.size, "white")
        opaque.paste(image, mask=image.getchannel("A"))
        image = opaque
    packed = BytesIO()
    image.save(packed, "JPEG", quality=85, optimize=True, progressive=True)
    return packed.getvalue()
