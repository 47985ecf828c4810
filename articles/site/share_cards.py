"""The card that is shown where somebody shares a story without a picture, or a quotation: its words, well set.

Words in letters that the typeface lacks are left out, for boxes say nothing; the newsroom's name is on every card.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
MARGIN, INDENT = 84, 96
FOOT = 548  # where the newsroom's name stands
PAPER, INK, QUIET, ACCENT = "#fdfcf9", "#1b1b19", "#5d5b55", "#8f1d21"
COLOURS = 32  # paper, ink and what lies between them at the edges of letters
LARGEST, SMALLEST, STEP = 78, 38, 4
LEADING = 1.16
FONTS = Path(__file__).parent / "fonts"
REGULAR, SEMIBOLD = "SourceSerifPro-Regular.otf", "SourceSerifPro-Semibold.otf"
# No font has a letter there: what stands for it stands for everything that is missing.
NOWHERE = "\U0010fffe"

Font = ImageFont.FreeTypeFont


@dataclass(frozen=True, slots=True)
class Card:
    """`words` are a headline or a quotation; `below` is who says it, and `role` what they are."""

    words: str
    below: str = ""
    role: str = ""
    is_quotation: bool = False


def as_png(card: Card) -> bytes:
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, WIDTH, 14), fill=ACCENT)
    left = MARGIN
    if card.is_quotation:
        draw.text((MARGIN, MARGIN - 30), "“", font=font(SEMIBOLD, 190), fill=ACCENT)
        left += INDENT
    _draw_words(draw, card, left)
    draw.line((MARGIN, FOOT - 26, WIDTH - MARGIN, FOOT - 26), fill="#dedacf", width=2)
    if is_known(settings.NEWSROOM_NAME) and is_known(card.words):
        name = shortened(settings.NEWSROOM_NAME, font(SEMIBOLD, 36), WIDTH - 2 * MARGIN)
        draw.text((MARGIN, FOOT), name, font=font(SEMIBOLD, 36), fill=INK)
    content = BytesIO()
    image.quantize(COLOURS).save(content, "PNG", optimize=True)
    return content.getvalue()


def _draw_words(draw: ImageDraw.ImageDraw, card: Card, left: int) -> None:
    if not is_known(card.words):
        if is_known(settings.NEWSROOM_NAME):
            draw.text((MARGIN, MARGIN), settings.NEWSROOM_NAME, font=font(SEMIBOLD, LARGEST), fill=INK)
        return
    below = card.below if is_known(card.below) else ""
    room = FOOT - 60 - MARGIN - (86 if below else 0)
    face = REGULAR if card.is_quotation else SEMIBOLD
    words = card.words.strip('“”"„«» ,') if card.is_quotation else card.words
    lines, size = fitted(words, face, WIDTH - MARGIN - left, room)
    top = MARGIN
    for line in lines:
        draw.text((left, top), line, font=font(face, size), fill=INK)
        top += round(size * LEADING)
    if below:
        role = f", {card.role}" if card.role and is_known(card.role) else ""
        named = shortened(f"{below}{role}", font(REGULAR, 34), WIDTH - MARGIN - left)
        draw.text((left, top + 24), named, font=font(REGULAR, 34), fill=QUIET)


def fitted(words: str, face: str, width: int, height: int) -> tuple[list[str], int]:
    """The lines of a text in the largest size in which it has room; the last ends with “…” where it has none in any."""
    lines: list[str] = []
    for size in range(LARGEST, SMALLEST - 1, -STEP):
        lines = wrapped(words, font(face, size), width)
        if len(lines) * size * LEADING <= height:
            return balanced(words, font(face, size), width, len(lines)), size
    most = int(height // (size * LEADING))
    rest = " ".join(lines[most - 1 :])
    return [*lines[: most - 1], shortened(rest, font(face, size), width)], size


def balanced(words: str, typeface: Font, width: int, number: int) -> list[str]:
    """As many lines, of more even length: no word stands alone on the last."""
    narrow = wrapped(words, typeface, width)
    for narrower in range(width, width // 2, -20):
        lines = wrapped(words, typeface, narrower)
        if len(lines) > number or any(line.endswith("…") for line in lines):
            break
        narrow = lines
    return narrow


def wrapped(words: str, typeface: Font, width: int) -> list[str]:
    """Lines no wider than `width`; a word that is wider alone is cut."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if typeface.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(shortened(word, typeface, width))
    return [line for line in lines if line]


def shortened(words: str, typeface: Font, width: int) -> str:
    if typeface.getlength(words) <= width:
        return words
    while words and typeface.getlength(f"{words}…") > width:
        words = words[:-1]
    return f"{words.rstrip(' ,;:')}…"


def is_known(words: str) -> bool:
    """Whether the typeface has every letter of a text."""
    return bool(words) and all(_has(letter) for letter in set(words) if not letter.isspace())


@lru_cache(maxsize=4096)
def _has(letter: str) -> bool:
    typeface = font(REGULAR, 20)
    return bytes(typeface.getmask(letter)) != bytes(typeface.getmask(NOWHERE))


@lru_cache(maxsize=64)
def font(face: str, size: int) -> Font:
    return ImageFont.truetype(str(FONTS / face), size)
