import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.anchors import anchor, find, reanchor
from articles.text.spans import Span

OLD = "Mara Finch spoke first. The mayor, Mara Finch, said the pier would close. Finch left at noon."


def span_of(text, words, occurrence=0):
    start = -1
    for _ in range(occurrence + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def moved(old, new, words, occurrence=0):
    """Where `words` of the old text stand in the new one: (words, certain) or None."""
    (found,) = reanchor(old, new, [span_of(old, words, occurrence)])
    return found and (found.span.of(new), found.is_certain)


@pytest.mark.parametrize(
    ("new", "words", "expected"),
    [
        pytest.param(OLD, "The mayor", ("The mayor", True), id="nothing changed"),
        pytest.param("Good news. " + OLD, "Finch, said", ("Finch, said", True), id="words put before"),
        pytest.param(OLD + " It rained.", "The mayor", ("The mayor", True), id="words put behind"),
        pytest.param(OLD.replace("first", "for an hour"), "pier", ("pier", True), id="edited far away"),
        pytest.param(OLD.replace("would close", "will close"), "the pier", ("the pier", False), id="edited beside it"),
        pytest.param(
            OLD.replace("the pier would", "the peir woud"),
            "the pier would close",
            ("the peir woud close", False),
            id="edited itself",
        ),
        pytest.param(OLD.replace(" Finch left at noon.", ""), "left at noon", None, id="gone"),
        pytest.param("Another story altogether.", "The mayor", None, id="another text"),
    ],
)
def test_words_are_found_again(new, words, expected):
    assert moved(OLD, new, words) == expected


def test_the_right_one_of_several_is_found():
    new = "Finch it was. " + OLD.replace("spoke first", "spoke last") + " Good."
    spans = [span_of(OLD, "Finch", number) for number in range(3)]
    expected = [span_of(new, "Finch", number) for number in (1, 2, 3)]
    assert [found.span for found in reanchor(OLD, new, spans)] == expected


def test_a_name_that_was_deleted_does_not_take_the_place_of_its_namesake():
    old = "Iris Pell met the board on Monday. Nobody else from the union was there. Pell resigned."
    new = "Iris Pell met the board on Monday. Nobody else from the union was there, it was said on Friday."
    first, second = reanchor(old, new, [span_of(old, "Pell"), span_of(old, "Pell", 1)])
    assert first.span == span_of(new, "Pell")
    assert second is None


def test_a_taken_place_is_not_given_twice():
    text = "It rained in Cork."
    described = anchor(text, span_of(text, "Cork"))
    assert find(described, text).span == span_of(text, "Cork")
    assert find(described, text, taken={span_of(text, "Cork")}) is None


def test_ten_thousand_equal_words_stay_in_order():
    old = '"No." ' * 10_000
    new = "At last. " + old + "The end."
    spans = [Span(6 * number, 6 * number + 5) for number in range(10_000)]
    assert [found.span.start - 9 for found in reanchor(old, new, spans)] == [span.start for span in spans]


words = st.lists(st.sampled_from(["Finch", "left", "the", "pier", "Cork", "\n", "“No,”"]), min_size=1, max_size=40)


@given(words, words, st.data())
def test_results_lie_in_the_text_and_never_merge(before, after, data):
    old, new = " ".join(before), " ".join(after)
    starts = sorted(data.draw(st.sets(st.integers(0, len(old) - 1), min_size=1, max_size=6)))
    spans = [Span(start, end) for start, end in zip(starts, [*starts[1:], len(old)], strict=True)]
    places = [found.span for found in reanchor(old, new, spans) if found]
    assert all(place.end <= len(new) for place in places)
    assert len(set(places)) == len(places)


@given(words, st.data())
def test_the_same_text_gives_the_same_spans(written, data):
    text = " ".join(written)
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    (found,) = reanchor(text, text, [span])
    assert found.span == span
    assert found.is_certain
