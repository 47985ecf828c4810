from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from articles.documents.errors import NoStory
from articles.documents.formats import markdown
from articles.documents.story import Dateline


def read(text):
    return next(markdown.read(text.encode(), "ferry.md"))


def test_front_matter_becomes_furniture():
    story = read(
        "---\n"
        'title: "Ferry sits on sandbank: six hours"\n'
        "description: Passengers played cards.\n"
        "author: By Ana Moss and Tom Hill\n"
        "date: 2024-03-03T14:05:00Z\n"
        "tags:\n  - shipping\n  - 'Lasem'\n"
        "source: Rivers Sheet\n"
        "canonical: https://rivers.example/ferry\n"
        "language: en-GB\n"
        "layout: post\n"
        "---\n\n"
        "It **sits** there.\n"
    )
    assert story.headline == "Ferry sits on sandbank: six hours"
    assert story.standfirst == "Passengers played cards."
    assert story.byline == ("Ana Moss", "Tom Hill")
    assert story.published == datetime(2024, 3, 3, 14, 5, tzinfo=UTC)
    assert story.keywords == ("shipping", "Lasem")
    assert (story.publisher, story.address, story.language) == ("Rivers Sheet", "https://rivers.example/ferry", "en-gb")
    assert story.body == "<p>It <strong>sits</strong> there.</p>"


def test_without_front_matter_the_first_heading_is_the_headline():
    story = read(
        "# Ferry sits on sandbank\n\nBy Ana Moss\n\nTUNIS (Rivers Wire) – It *sits* there.\n\n## Why\n\nNobody knows."
    )
    assert story.headline == "Ferry sits on sandbank"
    assert story.byline == ("Ana Moss",)
    assert story.dateline == Dateline("TUNIS", "Rivers Wire")
    assert story.body == "<p>It <em>sits</em> there.</p><h2>Why</h2><p>Nobody knows.</p>"


def test_a_headline_repeated_as_heading_is_printed_once():
    assert read("---\ntitle: Ferry aground\n---\n# Ferry aground\n\nIt sits.").body == "<p>It sits.</p>"


@pytest.mark.parametrize(
    ("written", "body"),
    [
        ("- one\n- two", "<ul><li><p>one</p></li><li><p>two</p></li></ul>"),
        ("> It sits.\n>\n> Still.", "<blockquote><p>It sits.</p><p>Still.</p></blockquote>"),
        (
            "[There](https://rivers.example/)",
            '<p><a href="https://rivers.example/" rel="noopener noreferrer">There</a></p>',
        ),
        ("[There](javascript:alert(1))", "<p>[There](javascript:alert(1))</p>"),
        ("***\n\nIt sank.\n\n***", "<p>It sank.</p>"),
        ("One line\nand its second", "<p>One line and its second</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        (
            "| Club | For |\n|---|---|\n| Erie | 3 |",
            "<table><thead><tr><th>Club</th><th>For</th></tr></thead><tbody><tr><td>Erie</td><td>3</td></tr></tbody></table>",
        ),
    ],
)
def test_markdown_becomes_the_subset(written, body):
    assert read(f"# Ferry aground\n\n{written}").body == body


def test_a_date_is_read_as_printed():
    assert read("---\ntitle: Ferry aground\ndate: 3 March 2024\n---\nIt sits.").published == date(2024, 3, 3)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\ntitle: Ferry\n\nIt sits.", "the front matter that begins in line 1 has no end; expected a line '---'"),
        ("---\ntitle: Ferry\nit sits\n---\n", "line 3 of the front matter is 'it sits'; expected “key: value”"),
        ("---\ntitle: Ferry\ndate: soon\n---\n", "the front matter has the date 'soon'; expected one like 2026-03-14"),
    ],
)
def test_broken_front_matter_is_named(text, message):
    with pytest.raises(NoStory) as error:
        read(text)
    assert str(error.value) == f"ferry.md: {message}"


def test_a_rule_on_top_is_no_front_matter():
    assert read("---\n\n# Ferry aground\n\nIt sits.").headline == "Ferry aground"
