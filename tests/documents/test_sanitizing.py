from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.documents.sanitizing import sanitise, sanitised_blocks
from articles.text.body import plain_text
from tests.dangers import LINKS, PAYLOADS, dangers


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("Rain", "<p>Rain</p>", id="bare words get a paragraph"),
        pytest.param("<p>Rain</p>\n<p>\xa0</p><p> </p>", "<p>Rain</p>", id="empty paragraphs are dropped"),
        pytest.param("<p>  It\n rains  <em> a lot </em></p>", "<p>It rains <em>a lot</em></p>", id="space is folded"),
        pytest.param(
            "<div>One<div>two</div>three</div>", "<p>One</p><p>two</p><p>three</p>", id="div ends a paragraph"
        ),
        pytest.param("<h1>A</h1><h5>B</h5>", "<h2>A</h2><h4>B</h4>", id="headings move into three levels"),
        pytest.param(
            "<b>A</b> <i>b</i>", "<p><strong>A</strong> <em>b</em></p>", id="bold and italic get their meaning"
        ),
        pytest.param(
            "<p>One<br><br>two<br>three<br></p>", "<p>One</p><p>two<br>three</p>", id="two breaks: a paragraph"
        ),
        pytest.param("<ul>\n<li>One<li><p>two</ul>", "<ul><li><p>One</p></li><li><p>two</p></li></ul>", id="list"),
        pytest.param(
            "<ul><li>One<ol><li>two</ol></ul>",
            "<ul><li><p>One</p><ol><li><p>two</p></li></ol></li></ul>",
            id="list in a list",
        ),
        pytest.param("<li>One</li>", "<p>One</p>", id="item without a list"),
        pytest.param(
            "<table><caption>Goals</caption><tr><th>Club<th>For<tr><td>Erie<td><tr><td></table>",
            "<p>Goals</p><table><tbody><tr><th>Club</th><th>For</th></tr><tr><td>Erie</td><td></td></tr></tbody></table>",
            id="table keeps empty cells, drops empty rows",
        ),
        pytest.param("<pre>\n a  b\n\n c <b>d</b></pre>", "<pre> a  b\n c d</pre>", id="preformatted lines"),
        pytest.param(
            "<hr><p>One</p><hr><hr><p>two</p><hr>", "<p>One</p><hr><p>two</p>", id="rules between blocks only"
        ),
        pytest.param("He said <q>no</q>.", "<p>He said “no”.</p>", id="quotation element becomes marks"),
        pytest.param("<p>so\u00adft \u202eonce\u202c\x00</p>", "<p>soft once</p>", id="characters are cleaned"),
        pytest.param("<p>so\ud800ft</p>", "<p>soft</p>", id="half a character is none"),
        pytest.param("<p>so&shy;ft&#8232;line</p>", "<p>soft line</p>", id="also those written as references"),
        pytest.param("<p>R&amp;D &lt; 5 &gt; 3</p>", "<p>R&amp;D &lt; 5 &gt; 3</p>", id="references stay escaped"),
        pytest.param(
            "<figure><img src=a.png><figcaption><p>Oslo</p></figcaption></figure>",
            "<figure><figcaption>Oslo</figcaption></figure>",
            id="caption without its image",
        ),
    ],
)
def test_markup_is_reduced_to_the_subset(markup, expected):
    assert sanitise(markup) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("<script>alert(1)</script><p>A</p>", "<p>A</p>", id="script"),
        pytest.param("<style>p{}</style><p style='color:red' onclick='x()'>A</p>", "<p>A</p>", id="style and handler"),
        pytest.param("<p>A<!-- <script>x</script> --></p>", "<p>A</p>", id="comment"),
        pytest.param("<img src=x onerror=alert(1)><p>A</p>", "<p>A</p>", id="image"),
        pytest.param("<svg><script>alert(1)</script></svg><p>A</p>", "<p>A</p>", id="script in a drawing"),
        pytest.param("<p><a href='javascript:alert(1)'>A</a></p>", "<p>A</p>", id="script link"),
        pytest.param("<p><a href='JaVa\tScript:alert(1)'>A</a></p>", "<p>A</p>", id="disguised script link"),
        pytest.param("<p><a href='data:text/html,x'>A</a></p>", "<p>A</p>", id="data link"),
        pytest.param("<p><a href='/about'>A</a></p>", "<p>A</p>", id="link within another site"),
        pytest.param(
            "<p><a href='https://example.org/?a=1&b=2' onclick='x()' target=_top>A</a></p>",
            '<p><a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer">A</a></p>',
            id="plain link is kept",
        ),
        pytest.param("<iframe src=x>A</iframe><form><input value=x>B</form>", "<p>B</p>", id="frame and form"),
        pytest.param("<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>", None, id="mutation"),
        pytest.param(
            "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>", id="escaped"
        ),
    ],
)
def test_nothing_active_survives(markup, expected):
    clean = sanitise(markup)
    assert "<script" not in clean
    assert "<img" not in clean
    if expected is not None:
        assert clean == expected


def test_blocks_are_the_outermost_elements():
    markup = "One<ul><li>a</li><li>b</li></ul><blockquote><p>c</p><p>d</p></blockquote><hr><p>e</p>"
    blocks = sanitised_blocks(markup)
    assert [block[:6] for block in blocks] == ["<p>One", "<ul><l", "<block", "<hr>", "<p>e</"]
    assert "".join(blocks) == sanitise(markup)


@pytest.mark.parametrize(
    "tag", ["div", "b", "ul><li", "blockquote", "table><tr><td", "q", "a href='http://example.org'"]
)
def test_hostile_nesting_is_flattened(tag):
    clean = sanitise(f"<{tag}>Z" * 20_000)
    assert clean.count("Z") == 20_000
    assert clean.count("<blockquote>") <= 8
    assert clean.count("<ul>") <= 8


TAGS = (
    "p div h1 h2 b i em strong a sub sup br hr ul ol li blockquote table thead tbody tr td th caption figure "
    "figcaption pre q span script img"
).split()
PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
    st.sampled_from(
        ["<a href='https://example.org/'>", "&nbsp;", "&amp;lt;b&gt;", "&#769;", "&#8203;", "&#8232;", "<!--", "-->"]
    ),
    st.text(alphabet=" \n\t\r\x0b\x0c\x00ab<>&\"'ée\u0301\u00a0\u200b\u200d\u200c\u2028\u2029\u0627\u0085", max_size=6),
)
MARKUP = st.lists(PIECES, max_size=30).map("".join)


@given(MARKUP)
def test_sanitising_twice_changes_nothing(markup):
    clean = sanitise(markup)
    assert sanitise(clean) == clean


@given(MARKUP)
def test_plain_text_has_no_empty_line(markup):
    text = plain_text(sanitise(markup))
    assert text.strip("\n") == text
    assert "\n\n" not in text
    assert "\x00" not in text


def test_lists_without_items_are_as_deep_the_second_time():
    for depth in range(1, 14):
        once = sanitise("<ul>" * depth + "<p>Ferry</p>" + "</ul>" * depth)
        assert sanitise(once) == once, depth


HOSTILE = st.lists(
    st.one_of(
        PIECES,
        st.sampled_from(PAYLOADS),
        st.sampled_from([f"<a href='{link}'>" for link in LINKS]),
        st.sampled_from(
            ["<svg>", "<math>", "<noscript>", "<template>", "<style>", "<textarea>", "</", "<", "'", '"', "<p "]
        ),
        st.sampled_from(
            ["onclick=ran=1 ", "style=x:ran ", "href=javascript:ran=1 ", "srcdoc=ran ", "<![CDATA[", "]]>"]
        ),
    ),
    max_size=20,
).map("".join)


@given(HOSTILE)
def test_whatever_is_put_together_nothing_of_it_runs(markup):
    assert dangers(sanitise(markup), is_page=False) == []
