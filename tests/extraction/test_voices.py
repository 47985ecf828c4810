import pytest

from articles.extraction.speakers import DESCRIPTION, NAMED, PRONOUN, Speaker
from articles.extraction.tagger.tags import Tags, Voice
from articles.extraction.voices import HEARD, Voices
from articles.text.spans import Span

# “Ana Lopez met Tom Webb. He said no.”: entity 0 is named twice, entity 1 once.
NAMES = [(Span(0, 9), 0), (Span(14, 22), 1), (Span(60, 65), 0)]
CUE, CONTENT = Span(27, 31), Span(32, 34)


def voices(*shares: tuple[int, float], span: Span = CONTENT) -> Voices:
    """What is heard at one place: shares of the names by their number in NAMES."""
    return Voices.of(Tags(voices=(Voice(span, tuple((NAMES[name][0], share) for name, share in shares)),)), NAMES)


@pytest.mark.parametrize(
    ("heard", "ladder", "speaker"),
    [
        pytest.param([(1, 0.9)], Speaker(), Speaker(1, HEARD), id="somebody where the rules know nobody"),
        pytest.param([(0, 0.8)], Speaker(1, PRONOUN), Speaker(0, HEARD), id="another one than the pronoun's"),
        pytest.param([(0, 0.6)], Speaker(1, PRONOUN), Speaker(0, HEARD), id="a little more than the rule weighs"),
        pytest.param([(0, 0.4), (1, 0.2)], Speaker(1, PRONOUN), Speaker(1, PRONOUN), id="less than the rule weighs"),
        pytest.param([(0, 0.8)], Speaker(1, NAMED), Speaker(1, NAMED), id="a name in the source stays"),
        pytest.param([(0, 1.0)], Speaker(1, DESCRIPTION), Speaker(1, DESCRIPTION), id="the one with that role stays"),
        pytest.param([], Speaker(1, DESCRIPTION), Speaker(1, DESCRIPTION), id="even where nobody is heard"),
        pytest.param([(1, 0.02)], Speaker(1, PRONOUN), Speaker(), id="nobody where the rules guess"),
        pytest.param([(0, 0.35), (2, 0.35), (1, 0.3)], Speaker(), Speaker(0, HEARD), id="all names of one add up"),
    ],
)
def test_who_has_the_most_for_them_speaks(heard, ladder, speaker):
    assert voices(*heard).weigh(ladder, [CUE, CONTENT]) == speaker


def test_rules_stand_where_the_tagger_says_nothing():
    assert voices((0, 1.0)).weigh(Speaker(1, PRONOUN), [CUE, None]) == Speaker(1, PRONOUN)
    assert Voices.of(Tags(), NAMES).weigh(Speaker(), [CONTENT]) == Speaker()


def test_a_name_that_was_not_kept_speaks_for_nobody():
    lost = Voices.of(Tags(voices=(Voice(CONTENT, ((Span(40, 45), 0.9),)),)), NAMES)
    assert lost.weigh(Speaker(), [CONTENT]) == Speaker()


def test_who_is_barred_is_not_heard():
    assert voices((0, 0.8)).weigh(Speaker(1, PRONOUN), [CONTENT], barred={0}) == Speaker(1, PRONOUN)
    assert voices((0, 0.8)).weigh(Speaker(), [CONTENT], barred={0}) == Speaker()


def test_what_is_heard_at_several_places_is_averaged():
    of_cue = Voice(CUE, ((NAMES[0][0], 1.0),))
    of_content = Voice(CONTENT, ((NAMES[0][0], 0.2), (NAMES[1][0], 0.8)))
    both = Voices.of(Tags(voices=(of_cue, of_content)), NAMES)
    assert both.weigh(Speaker(), [CUE, CONTENT]) == Speaker(0, HEARD)
    assert both.weigh(Speaker(), [CONTENT]) == Speaker(1, HEARD)
