import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.body import plain_text, top_blocks
from articles.text.merging import merge


def merged(base, mine, theirs, keep="both"):
    stretches = merge(base.split(), mine.split(), theirs.split())
    text = " ".join(block for stretch in stretches for block in stretch.resolved(keep))
    return text, sum(stretch.is_conflict for stretch in stretches)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "expected"),
    [
        ("a b c", "a b c", "a b c", ("a b c", 0)),
        ("a b c", "A b c", "a b C", ("A b C", 0)),
        ("a b c", "a b c d", "a c", ("a c d", 0)),
        ("a b c", "a x c", "a x c", ("a x c", 0)),
        ("a b c", "a m c", "a t c", ("a t m c", 1)),
        ("a b", "a m b", "a t b", ("a t m b", 1)),
        ("a b c", "A b c", "a B c", ("A B c", 0)),
        ("a b", "b", "A b", ("A b", 1)),
        ("", "m", "t", ("t m", 1)),
    ],
    ids=[
        "nobody changed anything",
        "each changed another block",
        "one added and one removed",
        "both did the same",
        "both changed one block",
        "both added in one place",
        "each changed the neighbour of the other's block",
        "one removed what the other changed",
        "both wrote where nothing was",
    ],
)
def test_blocks_edited_apart_come_together(base, mine, theirs, expected):
    assert merged(base, mine, theirs) == expected


@pytest.mark.parametrize(("keep", "expected"), [("mine", "a m c"), ("theirs", "a t c"), ("both", "a t m c")])
def test_where_both_changed_a_block_somebody_chooses(keep, expected):
    assert merged("a b c", "a m c", "a t c", keep) == (expected, 1)


texts = st.lists(st.sampled_from("abcd"), max_size=6).map(" ".join)


@given(texts, texts)
def test_a_side_that_changed_nothing_gives_way(base, other):
    assert merged(base, other, base) == merged(base, base, other) == (other, 0)


@given(texts, texts, texts)
def test_no_block_that_somebody_wrote_is_lost(base, mine, theirs):
    text, _ = merged(base, mine, theirs)
    written = (set(mine.split()) | set(theirs.split())) - set(base.split())
    assert written <= set(text.split())
    assert merged(base, mine, theirs, "mine")[1] == merged(base, theirs, mine, "theirs")[1]


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        ("", []),
        ("<p>One</p><p>Two <em>three</em></p>", ["<p>One</p>", "<p>Two <em>three</em></p>"]),
        ("<ul><li><p>a</p></li></ul><hr><p>b</p>", ["<ul><li><p>a</p></li></ul>", "<hr>", "<p>b</p>"]),
        ("Bare <em>text</em><p>One<br>two</p>", ["Bare <em>text</em>", "<p>One<br>two</p>"]),
        (
            "<blockquote><p>a</p><p>b</p></blockquote><h2>c</h2>",
            ["<blockquote><p>a</p><p>b</p></blockquote>", "<h2>c</h2>"],
        ),
    ],
    ids=["nothing", "paragraphs", "a list and a rule", "text without a block", "blocks in a block"],
)
def test_a_body_is_cut_between_its_blocks(body, blocks):
    assert top_blocks(body) == blocks
    assert plain_text("".join(blocks)) == plain_text(body)
