from __future__ import annotations

import pytest

from articles.documents.errors import NoStory
from articles.documents.formats import plain_text
from articles.documents.formats.plain_text import to_html

LONG = "A ferry with ninety people aboard ran onto a sandbank off the coast on Monday, the harbour master said."


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        pytest.param("One\n\ntwo", "<p>One</p><p>two</p>", id="blank lines between paragraphs"),
        pytest.param("One\n\n\n \t\n\ntwo\n", "<p>One</p><p>two</p>", id="any number of blank lines"),
        pytest.param("One\n\ntwo\nthree", "<p>One</p><p>two<br>three</p>", id="short lines stay lines"),
        pytest.param("One\ntwo\nthree", "<p>One</p><p>two</p><p>three</p>", id="no blank line: a paragraph a line"),
        pytest.param(f"One\n\n{LONG}\n{LONG}2", f"<p>One</p><p>{LONG}<br>{LONG}2</p>", id="lines of moderate length"),
        pytest.param(
            f"One\n\nTwo\n{LONG * 2}", f"<p>One</p><p>Two</p><p>{LONG * 2}</p>", id="a long line is a paragraph"
        ),
        pytest.param(
            "One\n\n> Two\n> three\n\nfour",
            "<p>One</p><blockquote><p>Two</p><p>three</p></blockquote><p>four</p>",
            id="quoted lines",
        ),
        pytest.param(
            "One\n\nErie    12  7\nSkokie   9  4\nOak      3  1",
            "<p>One</p><pre>Erie    12  7\nSkokie   9  4\nOak      3  1</pre>",
            id="aligned columns",
        ),
        pytest.param(
            "R&D <b>up</b>\n\n<script>alert(1)</script>",
            "<p>R&amp;D &lt;b&gt;up&lt;/b&gt;</p><p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
            id="markup is text",
        ),
    ],
)
def test_paragraphs_and_lines(text, markup):
    assert to_html(text) == markup


def test_lines_broken_by_hand_are_joined():
    text = (
        "Ferry sits on sandbank\n\n"
        "A ferry with ninety people aboard ran onto a sandbank off the coast on\n"
        "Monday, the harbour master said. Nobody was hurt, and the tide lifted the\n"
        "ferry at noon.\n\n"
        "Ana Moss\nTom Hill\n\n"
        "The owner blames the charts, which he says were drawn before the river\n"
        "moved its mouth to the south, and has asked the harbour for new ones."
    )
    assert to_html(text) == (
        "<p>Ferry sits on sandbank</p>"
        "<p>A ferry with ninety people aboard ran onto a sandbank off the coast on Monday, the harbour master said. "
        "Nobody was hurt, and the tide lifted the ferry at noon.</p>"
        "<p>Ana Moss<br>Tom Hill</p>"
        "<p>The owner blames the charts, which he says were drawn before the river moved its mouth to the south, and "
        "has asked the harbour for new ones.</p>"
    )


def read(text):
    content = text.encode() if isinstance(text, str) else text
    return next(plain_text.read(content, "ferry.txt"))


def test_offsets_count_in_cleaned_text():
    story = read(
        "Ferry\u200b aground\r\n\r\nThe fe\u00adrry \u202eran\u202c agr\x00.\u2028It sits.\r\n\r\nMalmo\u0308 waits."
    )
    assert story.headline == "Ferry aground"
    assert story.text == "The ferry ran agr.\nIt sits.\nMalmö waits."


def test_a_headline_alone_is_a_story_without_body():
    story = read("Ferry aground\n")
    assert (story.headline, story.text) == ("Ferry aground", "")
    assert story.warnings == ("the story has no body",)


@pytest.mark.parametrize("text", [LONG * 4, f"{LONG * 4}\n\n{LONG}", f"{LONG * 4}\n{LONG}"])
def test_a_text_without_headline_is_no_story(text):
    with pytest.raises(
        NoStory, match=r"ferry.txt: the first paragraph is 412 characters long and there is no headline; expected"
    ):
        read(text)


@pytest.mark.parametrize("text", ["\u200b\u200b", "\n\n \t\n", "\ufeff"])
def test_invisible_text_is_no_story(text):
    with pytest.raises(NoStory, match=r"there is no text in it; expected a headline"):
        read(text)


def test_unbalanced_marks_change_no_paragraph():
    paragraphs = ["“It sank, he said. ‘And then.", '"We swam', "«Oui», dit-elle” and left”."]
    assert read("Ferry aground\n\n" + "\n\n".join(paragraphs)).text == "\n".join(paragraphs)


def test_right_to_left_text_keeps_its_letters():
    story = read("\u202bהמעבורת עלתה על שרטון\u202c\n\n\u2067نشست \u200fمی\u200cخواهد\u2069 بماند.")
    assert story.headline == "המעבורת עלתה על שרטון"
    assert story.text == "نشست می\u200cخواهد بماند."


def test_ten_thousand_marks_are_characters():
    assert read("Ferry aground\n\n" + "“" * 10_000 + "x").text == "“" * 10_000 + "x"


@pytest.mark.parametrize(
    "filling",
    ["word ", "A, ", "A - ", "(", "1 ", "* ", "# ", ": ", "A. ", "By A B ", "“", "- ", "A b\n"],
    ids=repr,
)
def test_a_long_line_needs_no_more_than_reading_it(filling):
    # A pattern that looks back and forth over two hundred thousand characters would not come to an end here.
    story = read(f"Ferry aground\n\nIt sits.\n\nIt {filling * (200_000 // len(filling))} sits.")
    assert story.text.startswith("It sits.\nIt ")


def test_the_language_of_a_short_story_is_told():
    assert read(f"Ferry aground\n\n{LONG}\n\nNobody was hurt.\n\nIt was the second time this year.").language == "en"
    assert read("Ferry aground\n\nNobody hurt.").language == ""
