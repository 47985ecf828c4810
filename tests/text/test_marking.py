from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.body import plain_text
from articles.text.marking import Mark, lead_in, linked_spans, mark
from articles.text.spans import Span


def quoted(start: int, end: int, number: int = 1, **more) -> Mark:
    return Mark(Span(start, end), f'<q id="{number}">', "</q>", again="<q>", **more)


def link(start: int, end: int) -> Mark:
    return Mark(Span(start, end), '<a href="/x/">', "</a>", level=1, is_link=True)


def words(body: str, part: str) -> tuple[int, int]:
    start = plain_text(body).index(part)
    return start, start + len(part)


@pytest.mark.parametrize(
    ("body", "part", "expected"),
    [
        pytest.param("<p>Rain in Lagos.</p>", "Rain", '<p><q id="1">Rain</q> in Lagos.</p>', id="a word at the start"),
        pytest.param(
            "<p>Rain <em>in</em> Lagos</p>",
            "Rain in",
            '<p><q id="1">Rain </q><em><q>in</q></em> Lagos</p>',
            id="across an inline element, the space with it",
        ),
        pytest.param(
            "<p>One</p>\n<p>two</p>",
            "One\ntwo",
            '<p><q id="1">One</q></p>\n<p><q>two</q></p>',
            id="over two paragraphs",
        ),
        pytest.param("<p>A &amp; B &lt;C&gt;</p>", "& B", '<p>A <q id="1">&amp; B</q> &lt;C&gt;</p>', id="references"),
        pytest.param("<p>so\n   far</p>", "far", '<p>so\n   <q id="1">far</q></p>', id="folded white space"),
        pytest.param("<p>one<br>two</p>", "two", '<p>one<br><q id="1">two</q></p>', id="after a line break"),
        pytest.param(
            "<ul><li>a</li> <li>b</li></ul>", "b", '<ul><li>a</li> <li><q id="1">b</q></li></ul>', id="list items"
        ),
        pytest.param(
            "<pre>roses\n\n  violets</pre>", "violets", '<pre>roses\n\n  <q id="1">violets</q></pre>', id="preformatted"
        ),
        pytest.param(
            '<p><a href="?a>b">x</a> y</p>',
            "y",
            '<p><a href="?a>b">x</a> <q id="1">y</q></p>',
            id="“>” in an attribute",
        ),
        pytest.param("<p>naïve 🌧 rain</p>", "🌧", '<p>naïve <q id="1">🌧</q> rain</p>', id="beyond the basic plane"),
    ],
)
def test_mark_stands_around_the_words(body, part, expected):
    assert mark(body, [quoted(*words(body, part))]) == expected


def test_link_stands_inside_the_quotation_that_ends_with_it():
    assert mark("<p>Go to Lagos</p>", [link(6, 11), quoted(0, 11)]) == (
        '<p><q id="1">Go to <a href="/x/">Lagos</a></q></p>'
    )


def test_quotation_stays_whole_around_a_link():
    assert mark("<p>Go to Lagos now</p>", [link(6, 11), quoted(0, 15)]) == (
        '<p><q id="1">Go to <a href="/x/">Lagos</a> now</q></p>'
    )


def test_marks_that_cross_are_cut_where_the_outer_one_ends():
    body = "<p>one two three</p>"
    crossing = Mark(Span(4, 13), "<b>", "</b>", level=1)
    assert mark(body, [quoted(0, 7), crossing]) == '<p><q id="1">one <b>two</b></q><b> three</b></p>'


def test_what_follows_a_mark_comes_once_after_its_last_piece():
    body = "<p>one <em>two</em> three</p>"
    assert mark(body, [quoted(0, 7, after="<sup>1</sup>")]) == (
        '<p><q id="1">one </q><em><q>two</q><sup>1</sup></em> three</p>'
    )


def test_what_follows_a_mark_waits_for_the_end_of_a_link():
    body = '<p>see <a href="/y/">one two</a></p>'
    assert mark(body, [quoted(4, 7, after='<a href="#1"></a>')]) == (
        '<p>see <a href="/y/"><q id="1">one</q> two</a><a href="#1"></a></p>'
    )


@pytest.mark.parametrize("span", [(4, 7), (0, 13), (0, 5), (6, 13)], ids=["inside", "around", "into", "out of"])
def test_link_never_touches_a_link_of_the_body(span):
    body = '<p>see <a href="/y/">one</a> there</p>'
    assert mark(body, [link(*span)]) == body


def test_link_beside_a_link_of_the_body_stays():
    body = '<p>see <a href="/y/">one</a> there</p>'
    assert mark(body, [link(8, 13)]) == '<p>see <a href="/y/">one</a> <a href="/x/">there</a></p>'


def test_outer_of_two_links_wins():
    assert mark("<p>one two three</p>", [link(4, 7), link(0, 7)]) == '<p><a href="/x/">one two</a> three</p>'


def test_span_beyond_the_text_marks_what_there_is():
    assert mark("<p>one</p>", [quoted(1, 90), quoted(40, 50)]) == '<p>o<q id="1">ne</q></p>'


def test_span_of_nothing_but_a_line_end_leaves_no_trace():
    body = "<p>one</p><p>two</p>"
    assert mark(body, [quoted(3, 4, after="!")]) == body


def test_links_of_a_body_are_found():
    body = '<p>see <a href="/y/">one <em>two</em></a></p><p><a href="/z/">three</a></p>'
    assert [span.of(plain_text(body)) for span in linked_spans(body)] == ["one two", "three"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("<p>Rain.</p><p>Sun.</p>", "<p>LAGOS – Rain.</p><p>Sun.</p>", id="first paragraph"),
        pytest.param("<h2>Today</h2><p>Rain.</p>", "<h2>Today</h2><p>LAGOS – Rain.</p>", id="after a heading"),
        pytest.param("<p><q>Rain</q></p>", "<p>LAGOS – <q>Rain</q></p>", id="outside inline markup"),
        pytest.param("<ul><li>Rain</li></ul>", "<p>LAGOS – </p><ul><li>Rain</li></ul>", id="no paragraph"),
    ],
)
def test_lead_in_stands_before_the_first_words(body, expected):
    assert lead_in(body, "LAGOS – ") == expected


# Bodies of every shape that sanitising lets through, and a few that it does not.
text_parts = st.text(alphabet="ab“” \n\t&<>\u00a0é🌧", max_size=8).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
)
inline = st.recursive(
    text_parts,
    lambda inner: (
        st.builds(
            lambda name, parts: f"<{name}>{''.join(parts)}</{name}>",
            st.sampled_from(["em", "strong", "sub"]),
            st.lists(inner, max_size=3),
        )
        | st.builds(lambda parts: f'<a href="/?q=&quot;&amp;b">{"".join(parts)}</a>', st.lists(text_parts, max_size=2))
    ),
    max_leaves=5,
)
blocks = st.builds(
    lambda name, parts: f"<{name}>{''.join(parts)}</{name}>",
    st.sampled_from(["p", "h2", "blockquote", "pre", "td", "li"]),
    st.lists(inner_or_break := inline | st.just("<br>") | st.just("&#8217;") | st.just("&nbsp;"), max_size=4),
)
bodies = st.lists(blocks | st.sampled_from(["\n", " ", "<hr>", "<!-- note -->"]), max_size=4).map("".join)
spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 40), st.integers(1, 30))
marks = st.lists(
    st.builds(lambda span, kind: (span, kind), spans, st.sampled_from(["quote", "link", "plain"])), max_size=6
)


def markup(number: int, span: Span, kind: str) -> Mark:
    if kind == "link":
        return Mark(span, f'<a class="m{number}">', '</a m="">', level=1, is_link=True)
    name = f'class="m{number}"'
    return Mark(span, f"<i {name} id>", '</i m="">', level=0 if kind == "quote" else 2, again=f"<i {name}>")


MARKUP = re.compile(r'<[ai] class="m\d+"( id)?>|</[ai] m="">')


@given(bodies, marks)
def test_taking_the_marks_out_gives_the_body_back(body, chosen):
    marked = mark(body, [markup(number, *each) for number, each in enumerate(chosen)])
    assert MARKUP.sub("", marked) == body
    assert plain_text(marked) == plain_text(body)


class Nesting(HTMLParser):
    """Fails where an element is closed that is not the innermost open one."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        assert not (tag == "a" and "a" in self.open), "a link in a link"
        if tag not in ("br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@given(bodies, marks)
def test_marked_body_nests(body, chosen):
    nesting = Nesting()
    nesting.feed(mark(body, [markup(number, *each) for number, each in enumerate(chosen)]).replace(' m=""', ""))
    nesting.close()
    assert nesting.open == []


@given(bodies, spans)
def test_marked_words_are_the_words_of_the_span(body, span):
    text = plain_text(body)
    marked = mark(body, [Mark(span, "\ue000", "\ue001")])
    inside = "".join(re.findall("\ue000(.*?)\ue001", marked, re.DOTALL))
    visible = re.sub(r"<!--.*?-->|<[^>]*>", "", inside)
    assert "".join(html.unescape(visible).split()) == "".join(span.of(text).split())


@given(bodies, marks)
def test_ids_are_not_repeated(body, chosen):
    marked = mark(body, [markup(number, *each) for number, each in enumerate(chosen)])
    ids = re.findall(r'<i class="(m\d+)" id>', marked)
    assert len(ids) == len(set(ids))
