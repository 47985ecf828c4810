"""A body as Markdown, read again by what reads Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from articles.documents.formats.markdown import PARSER
from articles.documents.sanitizing import sanitise
from articles.text.body import plain_text
from articles.text.markdown import as_markdown

SAME = {
    "paragraphs": "<p>One.</p><p>Two.</p>",
    "headings": "<h2>One</h2><p>a</p><h3>Two</h3><h4>Three</h4>",
    "emphasis": "<p>It <strong>burns</strong> and <em>burns</em>, <em><strong>badly</strong></em>.</p>",
    "a quotation": "<blockquote><p>No rain.</p><p>No wells.</p></blockquote>",
    "lists": "<ul><li><p>pumps</p></li><li><p>pipes</p></li></ul><ol><li><p>one</p></li><li><p>two</p></li></ol>",
    "lists of one kind": "<ul><li><p>a</p></li></ul><ul><li><p>b</p></li></ul>",
    "a list in a list": "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li><li><p>c</p></li></ul>",
    "a line break": "<p>12 Quay Street<br>Cobh</p>",
    "a link": '<p>See <a href="https://example.org/a?b=1&amp;copy=2" rel="noopener noreferrer">this</a>.</p>',
    "a table": "<table><thead><tr><th>Port</th><th>Ships</th></tr></thead>"
    "<tbody><tr><td>Cobh</td><td>3 | 4</td></tr></tbody></table>",
    "a rule": "<p>a</p><hr><p>b</p>",
    "code": "<pre>if x:\n    ```y```</pre>",
    "what looks like marks": "<p>2 * 3 * 4 _a_ [b](c) `d` &lt;b&gt; &amp;copy; \\ # ~~x~~ ![i](j)</p>",
    "what looks like a heading": "<p># 1</p><p>#2</p><p>a<br># b</p>",
    "what looks like a list": "<p>- 1</p><p>+ 2</p><p>1. 3</p><p>1986) 4</p><p>&gt; 5</p>",
    "what looks like a rule": "<p>a<br>---</p><p>a<br>===</p>",
    "what looks like a table": "<p>a | b<br>--- | ---<br>c | d</p><p>a|b<br>:-|-:</p><p>| a |<br>|---|</p>",
}


def again(body):
    return sanitise(PARSER.render(as_markdown(body)))


@pytest.mark.parametrize("body", SAME.values(), ids=SAME)
def test_the_body_comes_back(body):
    assert sanitise(body) == body, "the example is no body"
    assert again(body) == body


@pytest.mark.parametrize(
    "body",
    [
        "<p>CO<sub>2</sub> and 10<sup>3</sup></p>",
        "<p>said<strong>“Rain”</strong>and</p>",
        "<figure><figcaption>A well.</figcaption></figure>",
        "<p><em>a</em><strong>b</strong></p>",
    ],
)
def test_what_markdown_cannot_write_keeps_its_words(body):
    assert plain_text(again(body)) == plain_text(body)


LETTERS = some.text("ab 1.)(*_`[]<>&#!|~\\-+=:;\n“”’é", min_size=1, max_size=30)
INLINE = some.sampled_from(["{}", "<em>{}</em>", "<strong>{}</strong>", "<a href='https://e.org/'>{}</a>", "{}<br>"])
BLOCK = some.sampled_from(["<p>{}</p>", "<h2>{}</h2>", "<blockquote>{}</blockquote>", "<ul><li>{}</li></ul>"])


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(some.lists(some.tuples(BLOCK, some.lists(some.tuples(INLINE, LETTERS), min_size=1, max_size=4)), max_size=3))
def test_no_character_is_lost_whatever_the_story_says(blocks):
    from html import escape

    markup = "".join(
        block.format("".join(inline.format(escape(text, quote=False)) for inline, text in pieces))
        for block, pieces in blocks
    )
    body = sanitise(markup)
    assert plain_text(again(body)) == plain_text(body)
