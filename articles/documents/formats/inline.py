"""The text of a story as wires send it within other formats: HTML with more in it than the story."""

from __future__ import annotations

from dataclasses import dataclass

import lxml.etree
import lxml.html

from articles.documents.formats.page_metadata import class_words, text_of
from articles.documents.sanitizing import shallow

# Pictures come apart from the story; a box of dateline and source stands in fields of its own.
LEFT_OUT = "//figure[.//img or .//video or .//audio or .//iframe]"
LEFT_OUT_CLASSES = frozenset({"dat"})
# What agencies tell editors below a story: telephone numbers, contacts, what comes next.
NOTEPAD = frozenset({"notepad"})
# How this program's own exports mark what stands behind the text.
END_NOTE = "end-note"
CORRECTIONS = frozenset({"correction", "clarification", "update"})


@dataclass(frozen=True, slots=True)
class Inline:
    """The markup of the story alone, not yet sanitised; what editors are told; the notes behind the text."""

    body: str = ""
    notepad: str = ""
    end_notes: tuple[str, ...] = ()


def read_inline(markup: str) -> Inline:
    """Take apart what stands around a story.

    >>> read_inline('<p>Rain.</p><section class="notepad"><p>Call Ana Moss.</p></section>').notepad
    'Call Ana Moss.'
    """
    if "class=" not in markup and "<figure" not in markup:
        return Inline(markup)
    try:
        page = lxml.html.document_fromstring(
            shallow(markup).encode(), parser=lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
        )
    except lxml.etree.ParserError:
        return Inline()
    notepads, end_notes = [], []
    for element in [*page.xpath(LEFT_OUT), *page.xpath("//*[@class]")]:
        said = text_of(element)
        if element.get("class") == END_NOTE:
            end_notes.append(said)
        elif class_words(element) & NOTEPAD and element.tag in {"section", "div"}:
            notepads.append(said)
        elif not _is_left_out(element):
            continue
        if element.getparent() is not None:
            element.drop_tree()
    return Inline(str(lxml.html.tostring(page, encoding="unicode")), " ".join(notepads), tuple(filter(None, end_notes)))


def _is_left_out(element: lxml.html.HtmlElement) -> bool:
    is_correction = element.get("class") in CORRECTIONS and element.get("id", "").startswith("correction-")
    return element.tag == "figure" or is_correction or bool(class_words(element) & LEFT_OUT_CLASSES)
