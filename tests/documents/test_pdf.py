from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest

from articles.documents.errors import BrokenDocument, DocumentError, DocumentTooLarge, NoStory
from articles.documents.formats import pdf as format
from articles.documents.formats.pdf_layout import Line, lay_out
from articles.documents.reading import read_stories
from articles.documents.telling import find_format
from tests.documents.printing import line, pdf

SAMPLES = Path(__file__).parent / "samples"
HEADLINE = line("Harbour ferry returns after winter", 760, size=20, bold=True)
STORY = [
    line("The ferry between Cobh and Passage West sails again from Monday, the har-", 700),
    line("bour authority said, after four months in dock. It has a new engine and well-", 687),
    line("kept decks, and it is the only three-deck boat of its kind on the south coast.", 674),
    line("Boats leave every hour, and bicycles go free until June, said its harbour mas-", 650),
    line("ter, Brid Lacey.", 637),
]
TEXT = (
    "The ferry between Cobh and Passage West sails again from Monday, the harbour authority said, after four months in "
    "dock. It has a new engine and well-kept decks, and it is the only three-deck boat of its kind on the south "
    "coast.\nBoats leave every hour, and bicycles go free until June, said its harbour master, Brid Lacey."
)
INFO = "/Title (Harbour ferry) /Author (Nora Quill) /Keywords (ferries; Cobh) /CreationDate (D:20260313170500Z)"


def read(content, source="ferry.pdf"):
    (story,) = read_stories(content, source=source)
    return story


def test_lines_become_paragraphs_and_words_are_mended():
    story = read(pdf([HEADLINE, *STORY], info=INFO))
    assert (story.headline, story.text) == ("Harbour ferry returns after winter", TEXT)
    assert (story.byline, story.keywords, story.language) == (("Nora Quill",), ("ferries", "Cobh"), "en-ie")
    assert (story.published, story.format) == (datetime(2026, 3, 13, 17, 5, tzinfo=UTC), "pdf")


def test_heads_feet_and_page_numbers_are_left_out():
    def page(number, *lines):
        head = line("PRESS INFORMATION 12/2026", 820, size=8)
        return [head, line(f"Page {number} of 3", 30, size=8), line("Tidewire press office", 40, size=8), *lines]

    story = read(
        pdf(
            page(1, HEADLINE, *STORY, line("A ticket costs three euros, as it did before the", 140)),
            page(2, line("winter, and pupils pay half.", 760), line("What else is new", 700, bold=True)),
            page(3, line("The café on the quay opens at noon on every day but Monday.", 760), line("3", 50)),
        )
    )
    assert story.text.split("\n")[2:] == [
        "A ticket costs three euros, as it did before the winter, and pupils pay half.",
        "What else is new",
        "The café on the quay opens at noon on every day but Monday.",
    ]
    assert "<h2>What else is new</h2>" in story.body


def test_columns_lists_indents_and_initials():
    left = [
        line("T", 690, size=30),
        line("he ferry sails again, the harbour", 700),
        line("authority said on Friday, and it will", 687),
        line("sail until the end of October.", 674),
        line("Boats leave every hour from Mon-", 661, x=84),
        line("day, said its master, Brid", 648),
    ]
    right = [
        line("Lacey, who has sailed her for years.", 700, x=320),
        line("\u2022 A ticket costs three euros", 670, x=320),
        line("\u2022 Bicycles go free", 657, x=320),
    ]
    assert read(pdf([HEADLINE, *left, *right])).body == (
        "<p>The ferry sails again, the harbour authority said on Friday, and it will sail until the end of October.</p>"
        "<p>Boats leave every hour from Monday, said its master, Brid Lacey, who has sailed her for years.</p>"
        "<ul><li><p>A ticket costs three euros</p></li><li><p>Bicycles go free</p></li></ul>"
    )


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("the har-", "bour", "the harbour"),
        ("the har\u00ad", "bour", "the harbour"),
        ("a well-", "known ferry", "a well-known ferry"),
        ("the Cobh-", "Cork ferry", "the Cobh-Cork ferry"),
        ("ﬁve ﬂags in", "Cobh", "five flags in Cobh"),
        ("the master -", "she sails", "the master - she sails"),
    ],
)
def test_line_ends(first, second, joined):
    lines = [Line(first, 72, 700, 11, False, 0.8), Line(second, 72, 687, 11, False, 0.8)]
    assert lay_out([lines]).markup == f"<p>{joined}</p>"


@pytest.mark.parametrize("producer", ["chromium", "reportlab"])
def test_documents_that_programs_print(producer):
    """A page with two columns, printed by a browser with its own fonts, and a report of three pages by ReportLab."""
    story = read((SAMPLES / f"ferry-{producer}.pdf").read_bytes())
    assert story.headline == "Harbour ferry returns after a long winter in the dock of the Rushbrooke yard"
    assert (story.byline, story.dateline.place) == (("Nora Quill",), "COBH")
    first, *_, last = story.text.split("\n")
    assert first == (
        "The ferry between Cobh and Passage West sails again from Monday, the harbour authority said, after four "
        "months in dock for a new engine."
    )
    assert (
        last
        == "A ticket costs three euros and fifty cents, and there are well-known discounts for pupils and for the old."
    )
    assert "Page" not in story.text


@pytest.mark.parametrize("name", ["ferry.pdf", "ferry.txt", "ferry"])
def test_the_format_is_told_by_its_content(name):
    assert find_format(pdf([HEADLINE]), source=name) == "pdf"
    assert find_format(b"\r\n" + pdf([HEADLINE]), source=name) == "pdf"


def encrypted(user, owner="owner"):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([HEADLINE, *STORY])))
    writer.encrypt(user, owner, algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_what_only_may_not_be_changed_is_read():
    assert read(encrypted("")).text == TEXT


@pytest.mark.parametrize(
    ("content", "kind", "found"),
    [
        pytest.param(encrypted("secret"), BrokenDocument, "this PDF is encrypted; expected one without", id="password"),
        pytest.param(pdf(), NoStory, "this PDF has no pages", id="no pages"),
        pytest.param(pdf([], []), NoStory, "there is no text on the 2 pages of this PDF, a scan", id="scan"),
        pytest.param(pdf([line("1234567890 " * 5, 700)]), NoStory, "the fonts", id="fonts"),
        pytest.param(pdf([HEADLINE, *STORY])[:300], BrokenDocument, "is damaged", id="cut off"),
        pytest.param(b"%PDF-1.7\n", BrokenDocument, "is damaged", id="nothing in it"),
        pytest.param(pdf(*[[HEADLINE]] * 401), DocumentTooLarge, "has 401 pages; expected at most 400", id="a book"),
    ],
)
def test_what_cannot_be_read_is_named(content, kind, found):
    with pytest.raises(kind, match=found) as error:
        list(format.read(content, "ferry.pdf"))
    assert isinstance(error.value, DocumentError)
    assert "\n" not in str(error.value)


def test_a_drawing_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(format, "MOST_OPERATIONS", 100)
    with pytest.raises(DocumentTooLarge, match="draws more than 100 times"):
        list(format.read(pdf([HEADLINE, *STORY], extra=b"\n" + b"q Q\n" * 50), "ferry.pdf"))
