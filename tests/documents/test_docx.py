from __future__ import annotations

from datetime import UTC, datetime

import pytest

from articles.documents.errors import BrokenDocument, DocumentError, DocumentTooLarge, NoStory
from articles.documents.formats import docx
from articles.documents.reading import read_stories
from articles.documents.telling import find_format
from tests.documents import packages
from tests.documents.packages import RELS, STRICT, TYPES, W, core, document, pack, paragraph, styles

FERRY = (
    "The ferry between Cobh and Passage West sails again from Monday, the harbour authority said, after four months in "
    "dock for a new engine."
)
HEADLINE = "Harbour ferry returns"
PLAIN = (paragraph(HEADLINE), paragraph(FERRY))


def read(content, source="ferry.docx"):
    (story,) = read_stories(content, source=source)
    return story


def test_word_with_its_styles_and_properties():
    """Word in German: style ids in the user's language, names in English; runs cut apart by the spelling check."""
    story = read(
        packages.docx(
            paragraph("Tidewire | Transport"),
            paragraph(HEADLINE, "Titel"),
            paragraph("Boats every hour from Monday", "Untertitel"),
            paragraph("By Nora Quill"),
            '<w:p><w:r><w:t xml:space="preserve">COBH (Tidewire) — The fer</w:t></w:r><w:proofErr w:type="spellStart"/>'
            '<w:r><w:rPr><w:b/></w:rPr><w:t>ry</w:t></w:r><w:r><w:t xml:space="preserve"> sails again, the harbour '
            "authority said on Friday, after four months in dock for its engine.</w:t></w:r></w:p>",
            paragraph("What it costs", "berschrift1"),
            styles=styles(Titel="Title", Untertitel="Subtitle", berschrift1="heading 1"),
            core=core(
                dc__title=HEADLINE,
                dc__creator="PRESSE-PC7",
                cp__keywords="ferries, Cobh; harbours",
                dcterms__created="2026-03-13T17:05:00Z",
                dcterms__modified="2026-03-14T06:30:00Z",
                cp__category="Transport",
                dc__language="en-IE",
                dc__identifier="TW-2026-118",
                dc__description="Hold the picture for Tuesday.",
            ),
        )
    )
    assert (story.headline, story.standfirst) == (HEADLINE, "Boats every hour from Monday")
    assert (story.byline, story.dateline.place, story.dateline.agency) == (("Nora Quill",), "COBH", "Tidewire")
    assert story.body == (
        "<p>The fer<strong>ry</strong> sails again, the harbour authority said on Friday, after four months in dock "
        "for its engine.</p><h2>What it costs</h2>"
    )
    assert (story.published, story.modified) == (
        datetime(2026, 3, 13, 17, 5, tzinfo=UTC),
        datetime(2026, 3, 14, 6, 30, tzinfo=UTC),
    )
    assert (story.keywords, story.section, story.language) == (("ferries", "Cobh", "harbours"), "Transport", "en-ie")
    assert (story.identifier, story.instructions) == ("TW-2026-118", "Hold the picture for Tuesday.")
    assert story.format == "docx"


def test_marked_changes_comments_headers_and_pictures():
    """Word after three editors: what was struck out is gone, what was added is text, the rest is no story."""
    text = (
        '<w:p><w:commentRangeStart w:id="1"/><w:r><w:t xml:space="preserve">The ferry sails </w:t></w:r>'
        '<w:del w:id="2" w:author="Ed"><w:r><w:delText>on Sunday</w:delText></w:r></w:del>'
        '<w:ins w:id="3" w:author="Ed"><w:r><w:t>on Monday</w:t></w:r></w:ins><w:commentRangeEnd w:id="1"/>'
        '<w:r><w:commentReference w:id="1"/></w:r><w:r><w:t>.</w:t></w:r>'
        '<w:r><w:footnoteReference w:id="4"/></w:r><w:r><w:drawing/></w:r></w:p>'
    )
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="4"><w:p><w:r><w:footnoteRef/></w:r><w:r>'
        '<w:t xml:space="preserve"> Timetable of the harbour authority, March 2026.</w:t></w:r></w:p></w:footnote>'
        "</w:footnotes>"
    )
    comments = f'<w:comments xmlns:w="{W}"><w:comment w:id="1">{paragraph("Check this!")}</w:comment></w:comments>'
    header = f'<w:hdr xmlns:w="{W}">{paragraph("CONFIDENTIAL")}</w:hdr>'
    story = read(
        packages.docx(paragraph(HEADLINE), text, word__footnotes=notes, word__comments=comments, word__header1=header)
    )
    assert story.text == "The ferry sails on Monday."
    assert story.end_notes == ("Timetable of the harbour authority, March 2026.",)


def test_google_docs_packs_its_text_first():
    """Google Docs: no content types at the beginning, no core properties, a title in its own style, lists by number."""
    bullet = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r>'
        '<w:rPr><w:rtl w:val="0"/></w:rPr><w:t>Bicycles go free.</w:t></w:r></w:p>'
    )
    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">'
        '<w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    content = pack(
        {
            "word/numbering.xml": numbering,
            "word/document.xml": document(paragraph(HEADLINE, "Title"), paragraph(FERRY), bullet),
            "word/styles.xml": styles(Title="Title"),
            "_rels/.rels": RELS,
            "[Content_Types].xml": TYPES,
        }
    )
    story = read(content, source="Untitled document")
    assert (story.headline, story.body) == (HEADLINE, f"<p>{FERRY}</p><ul><li><p>Bicycles go free.</p></li></ul>")
    assert story.published is None


def test_strict_documents_and_those_of_libreoffice():
    """Word's “Strict Open XML”, with its other namespace; LibreOffice puts properties first."""
    content = pack(
        {
            "_rels/.rels": RELS.replace(
                "http://schemas.openxmlformats.org/officeDocument/2006", "http://purl.oclc.org/ooxml/officeDocument"
            ),
            "docProps/core.xml": core(dc__creator="Nora Quill"),
            "word/document.xml": document(*PLAIN, namespace=STRICT),
            "[Content_Types].xml": TYPES,
        }
    )
    story = read(content)
    assert (story.headline, story.text, story.byline) == (HEADLINE, FERRY, ("Nora Quill",))


@pytest.mark.parametrize(
    ("said", "byline", "published"),
    [
        pytest.param({"dc__creator": "Nora Quill;Tom Hill"}, ("Nora Quill", "Tom Hill"), None, id="two authors"),
        pytest.param({"dc__creator": "admin", "dc__title": "Press release template"}, (), None, id="a computer's name"),
        pytest.param(
            {"dcterms__created": "2019-01-02T08:00:00Z", "dcterms__modified": "2026-03-14T06:30:00Z"},
            (), "2026-03-14", id="written over an old file",
        ),
        pytest.param(
            {"dcterms__created": "2026-03-14T06:30:00Z", "dcterms__modified": "2013-12-23T23:15:00Z"},
            (), "2026-03-14", id="made from a program's template",
        ),
        pytest.param({"dcterms__created": "yesterday", "dc__creator": "<b/>"}, (), None, id="nonsense"),
    ],
)  # fmt: skip
def test_properties_fill_in_what_the_text_does_not_say(said, byline, published):
    story = read(packages.docx(*PLAIN, core=core(**said)))
    assert (story.headline, story.byline) == (HEADLINE, byline)
    assert (story.published and f"{story.published:%Y-%m-%d}") == published
    assert not (story.modified and story.modified < story.published)


def test_the_text_wins_over_properties():
    story = read(
        packages.docx(
            paragraph(HEADLINE), paragraph("By Nora Quill"), paragraph("14 March 2026"), paragraph(FERRY),
            core=core(dc__title="Microsoft Word - ferry_v2", dc__creator="Tom Hill",
                      dcterms__created="2026-03-01T00:00:00Z"),
        )
    )  # fmt: skip
    assert (story.headline, story.byline, str(story.published)) == (HEADLINE, ("Nora Quill",), "2026-03-14")


def test_a_title_stands_in_for_a_headline():
    story = read(packages.docx(paragraph(FERRY * 3), core=core(dc__title=HEADLINE)))
    assert (story.headline, story.text) == (HEADLINE, FERRY * 3)


@pytest.mark.parametrize("name", ["ferry.docx", "ferry.zip", "ferry.txt", "ferry"])
def test_the_format_is_told_by_its_content(name):
    content = packages.docx(*PLAIN, styles=styles())
    assert find_format(content, source=name) == "docx"


def test_hidden_markup_is_text():
    story = read(packages.docx(paragraph(HEADLINE), paragraph("&lt;script&gt;alert(1)&lt;/script&gt;")))
    assert story.body == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"


LAUGHS = f'<!DOCTYPE w:document [<!ENTITY a "ha"><!ENTITY b "{"&a;" * 50}">]><w:document xmlns:w="{W}">&b;</w:document>'


@pytest.mark.parametrize(
    ("content", "kind", "found"),
    [
        pytest.param(packages.docx(*PLAIN)[:-30], BrokenDocument, "is damaged", id="cut off"),
        pytest.param(packages.docx(), NoStory, "there is no text in this Word document", id="nothing in it"),
        pytest.param(packages.docx(document=LAUGHS), BrokenDocument, "declares a document type", id="entities"),
        pytest.param(packages.docx(document="<w:document>"), BrokenDocument, "'word/document.xml' of", id="no XML"),
        pytest.param(packages.docx("<w:sdt>" * 500 + "</w:sdt>" * 500), BrokenDocument, "nests deeper", id="deep"),
        pytest.param(packages.docx(paragraph("x" * 16_000_000)), DocumentTooLarge, "unpacks to 16,0", id="bomb"),
        pytest.param(
            packages.docx(document=f'<w:document xmlns:w="{W}"/>'), BrokenDocument, "is damaged", id="no body"
        ),
        pytest.param(
            pack({"[Content_Types].xml": TYPES, "xl/workbook.xml": "<x/>"}), BrokenDocument, "is no Word", id="a table"
        ),
        pytest.param(b"PK\x05\x06" + bytes(18), BrokenDocument, "is no Word document", id="an empty archive"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(content, kind, found):
    with pytest.raises(kind, match=found) as error:
        list(docx.read(content, "ferry.docx"))
    assert isinstance(error.value, DocumentError)
    assert str(error.value).startswith("ferry.docx: ")
    assert "\n" not in str(error.value)


def test_empty_paragraphs_are_nothing():
    empty = ["<w:p/>", '<w:p w:rsidR="00A1"/>', '<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr></w:p>', "<w:p></w:p>"]
    story = read(packages.docx(paragraph(HEADLINE), *empty * 10_000, paragraph(FERRY), *empty))
    assert (story.headline, story.text) == (HEADLINE, FERRY)
