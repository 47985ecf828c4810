import pytest

from articles.text.spans import Span, cut, longest_first


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 2)], ids=["empty", "backwards", "before the text"])
def test_a_span_is_never_empty(start, end):
    with pytest.raises(ValueError, match=f"not {start}, {end}"):
        Span(start, end)


def test_neighbours_do_not_overlap():
    assert not Span(0, 3).overlaps(Span(3, 5))
    assert Span(0, 4).overlaps(Span(3, 5))


def test_the_longer_span_wins_and_order_is_that_of_the_text():
    assert longest_first([Span(5, 7), Span(0, 3), Span(2, 6)]) == [Span(2, 6)]
    assert longest_first([Span(5, 7), Span(0, 3)]) == [Span(0, 3), Span(5, 7)]


def test_pieces_are_joined_by_a_space():
    assert cut("“A,” he said, “b.”", [Span(0, 4), Span(14, 18)]) == "“A,” “b.”"
