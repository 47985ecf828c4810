from __future__ import annotations

import pytest

from articles.text.body import Run, Tag, plain_text, read_body


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("<p>One</p><p>two</p>", "One\ntwo", id="one newline between paragraphs"),
        pytest.param("<p>One</p>\n\n  <p>two</p>\n", "One\ntwo", id="space between paragraphs is none"),
        pytest.param("<p>One<br>two</p>", "One\ntwo", id="a break ends a line"),
        pytest.param("<p>One <em>two</em> three</p>", "One two three", id="elements take no room"),
        pytest.param("<p>One<em> two </em>three</p>", "One two three", id="space inside an element"),
        pytest.param("<p>R&amp;D &lt;5&gt; caf&eacute;</p>", "R&D <5> café", id="references are characters"),
        pytest.param("<p>10\xa0000</p>", "10\xa0000", id="no-break space is a character"),
        pytest.param("<ul><li><p>a</p></li><li><p>b</p></li></ul><p>c</p>", "a\nb\nc", id="list"),
        pytest.param("<table><tr><td>a</td><td>b</td></tr></table>", "a\tb", id="tab between cells"),
        pytest.param("<pre>P  W\n 1  2\n</pre><p>End</p>", "P  W\n 1  2\nEnd", id="preformatted"),
        pytest.param("<pre>a  <em>b</em> c</pre>", "a  b c", id="space before an element in preformatted text"),
        pytest.param("<p>One</p><hr><p>two</p>", "One\ntwo", id="a rule has no text"),
    ],
)  # fmt: skip
def test_plain_text(body, text):
    assert plain_text(body) == text


def test_runs_begin_where_they_say():
    body = '<p>Ana <a href="https://example.org/">Lopez</a> &amp; co</p><table><tr><td>1</td><td>2</td></tr></table>'
    text = plain_text(body)
    for run in (token for token in read_body(body) if isinstance(token, Run)):
        assert text[run.start : run.start + len(run.text)] == run.text


def test_markup_is_kept_as_written():
    body = '<p>Ana <a href="https://example.org/?a=1&amp;b">Lopez</a><br>left</p>'
    assert "".join(t.html if isinstance(t, Tag) else t.text.strip("\n") for t in read_body(body)) == body


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>One<!-- two --> three</p>", "One three"),
        ("<p>One</p><!-- two <p>three</p>", "One"),
        ("<!-->One-->two", "two"),
    ],
)
def test_comments_are_no_text(body, text):
    assert plain_text(body) == text


def test_comments_without_an_end_take_no_longer_than_others():
    """Ten minutes, were the end looked for from each of them."""
    assert plain_text("One" + "<!--" * 200_000) == "One"
