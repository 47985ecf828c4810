"""The text of WordPress posts as HTML: blank lines are paragraphs in it, and square brackets call programs."""

from __future__ import annotations

import re

SHORTCODE = re.compile(r"\[(?P<end>/?)(?P<name>[A-Za-z][\w-]*)(?P<rest>[^\[\]]*)\]")
ATTRIBUTE = re.compile(r"\s[\w-]+\s*=|^=|\s*/$")
# Pictures, sound and what other sites show: what stands within these is no text of the story.
WITH_CONTENT = frozenset({"caption", "wp_caption", "gallery", "embed", "audio", "video", "playlist"})
BLOCK = re.compile(
    r"\s*<(?:!--|/?(?:address|article|aside|blockquote|dd|details|div|dl|dt|figcaption|figure|footer|form|h[1-6]|header|hr"
    r"|iframe|li|ol|p|pre|script|section|style|summary|table|tbody|td|tfoot|th|thead|tr|ul)\b)",
    re.IGNORECASE,
)
BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")


def to_html(content: str) -> str:
    """A post's text as HTML, still to be sanitised.

    >>> to_html("It rained [sic].\\n\\n[caption id='a']<img> The rain[/caption]Then\\nit [b_c]stopped[/b_c].")
    '<p>It rained [sic].</p><p>Then<br>it stopped.</p>'
    """
    text = without_shortcodes(content.replace("\r\n", "\n"))
    return "".join(piece if piece.startswith("<pre") else _paragraphs(piece) for piece in _around_preformatted(text))


def without_shortcodes(text: str) -> str:
    """Leave out calls of programs: those of media with all within them, of others the brackets alone.

    “[sic]” is a word of the story: a call has attributes, an end, or a name that is no word.
    """
    found = list(SHORTCODE.finditer(text))
    ends: dict[str, int] = {match["name"]: match.end() for match in found if match["end"]}
    kept: list[str] = []
    at = 0
    within = ""
    for match in found:
        name = match["name"]
        if within:
            if match["end"] and name == within:
                at, within = match.end(), ""
            continue
        if not _is_call(match, name in ends):
            continue
        kept.append(text[at : match.start()])
        at = match.end()
        if name in WITH_CONTENT and not match["end"] and ends.get(name, 0) > at:
            within = name
    return "".join([*kept, text[at:]])


def _is_call(match: re.Match[str], has_end: bool) -> bool:
    name = match["name"]
    return has_end or name in WITH_CONTENT or "_" in name or bool(ATTRIBUTE.search(match["rest"]))


def _around_preformatted(text: str) -> list[str]:
    """The text cut before and behind each `pre`, whose blank lines are its own."""
    pieces: list[str] = []
    at = 0
    while (start := text.find("<pre", at)) >= 0 and (end := text.find("</pre>", start)) >= 0:
        pieces += [text[at:start], text[start : end + 6]]
        at = end + 6
    return [*pieces, text[at:]]


def _paragraphs(text: str) -> str:
    chunks = (chunk.strip("\n") for chunk in BLANK_LINES.split(text))
    return "".join(chunk if BLOCK.match(chunk) else _paragraph(chunk) for chunk in chunks if chunk.strip())


def _paragraph(chunk: str) -> str:
    return f"<p>{chunk.replace(chr(10), '<br>')}</p>"
