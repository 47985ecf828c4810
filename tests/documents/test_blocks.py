from __future__ import annotations

import pytest

from articles.documents.blocks import Block, join, paragraph, part, split


@pytest.mark.parametrize(
    ("markup", "start", "end", "expected"),
    [
        ("<p>One two</p>", 4, None, ["<p>two</p>"]),
        ("<p>One two</p>", 0, 3, ["<p>One</p>"]),
        (
            "<p><strong>OSLO</strong> — It <em>rains</em> &amp; rains.</p>",
            7,
            None,
            ["<p>It <em>rains</em> &amp; rains.</p>"],
        ),
        ("<p>One<br>two<br>three</p>", 4, None, ["<p>two<br>three</p>"]),
        ("<p>One</p>", 3, None, []),
        ('<p><a href="https://example.org/" rel="noopener noreferrer">One</a> two</p>', 4, None, ["<p>two</p>"]),
    ],
)
def test_a_part_of_a_block_keeps_its_markup(markup, start, end, expected):
    assert [block.html for block in part(Block(markup), start, end)] == expected


def test_lines_of_a_paragraph_are_escaped():
    assert paragraph(["R&D <5", "two"]).html == "<p>R&amp;D &lt;5<br>two</p>"
    assert paragraph(["R&D <5", "two"]).lines == ["R&D <5", "two"]


def test_blocks_know_their_element_and_text():
    blocks = split("<h2>Rain &amp; wind</h2><ul><li>a</li><li>b</li></ul><p>c &lt; d</p>")
    assert [(block.name, block.text) for block in blocks] == [("h2", "Rain & wind"), ("ul", "a\nb"), ("p", "c < d")]


@pytest.mark.parametrize(
    ("kept", "body"),
    [
        (["<hr>", "<p>One</p>"], "<p>One</p>"),
        (["<p>One</p>", "<hr>", "<hr>", "<p>two</p>"], "<p>One</p><hr><p>two</p>"),
        (["<p>One</p>", "<hr>"], "<p>One</p>"),
        (["<hr>"], ""),
    ],
)
def test_a_rule_whose_neighbour_was_taken_out_parts_nothing(kept, body):
    assert join(map(Block, kept)) == body
