"""Reported speech where a tagger has read the text: what its tags add, and where the rules know better."""

from __future__ import annotations

import pytest

from articles.extraction.attribution import attribute
from articles.extraction.quotations import find_quotations
from articles.extraction.tagger.tags import Tag, Tags, Voice
from articles.extraction.types import Entity, Gender, Kind, RoleHeld
from articles.text.spans import Span

NAMES = {
    "Ana Lopez": (Kind.PERSON, Gender.FEMALE),
    "Tom Hill": (Kind.PERSON, Gender.MALE),
    "Ida Hill": (Kind.PERSON, Gender.FEMALE),
    "Rob": (Kind.PERSON, None),
    "Harbour Trust": (Kind.ORGANISATION, None),
    "Skerry Herald": (Kind.ORGANISATION, None),
    "Leeds": (Kind.LOCATION, None),
}


class Speech:
    """What `attribute` makes of a text with these tags; a tag is the words it covers, at their first place."""

    def __init__(self, text, *, cues=(), sources=(), contents=(), voices=(), score=0.99, role=None):
        found = sorted((text.find(name), name) for name in NAMES if name in text)
        spans = {name: [Span(at, at + len(name)) for at in places(text, name)] for _, name in found}
        self.text = text
        self.entities = tuple(
            Entity(NAMES[name][0], name, tuple(spans[name]), "test", gender=NAMES[name][1]) for _, name in found
        )
        roles = ()
        if role:
            at = text.index(role[1])
            number = [name for _, name in found].index(role[0])
            roles = (RoleHeld(number, role[1], Span(at, at + len(role[1]))),)
        tags = Tags(
            cues=tagged(text, cues, "cue", 0.99),
            sources=tagged(text, sources, "source", 0.99),
            contents=tagged(text, contents, "content", score),
            voices=tuple(voices),
        )
        self.quotations = attribute(text, find_quotations(text), self.entities, roles, tags)

    def printed(self):
        return [
            (
                [span.of(self.text) for span in quotation.spans],
                quotation.cue and quotation.cue.span.of(self.text),
                quotation.source and quotation.source.of(self.text),
            )
            for quotation in self.quotations
        ]

    def speakers(self):
        return [None if q.speaker is None else self.entities[q.speaker].name for q in self.quotations]


def places(text, words):
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def tagged(text, phrases, label, score):
    spans = sorted(Span(text.index(phrase), text.index(phrase) + len(phrase)) for phrase in phrases)
    return tuple(Tag(span, label, score) for span in spans)


def test_a_verb_that_no_list_has_reports_speech_where_the_tagger_finds_it():
    speech = Speech(
        "The pier was gone, Ana Lopez keened.",
        cues=["keened"],
        sources=["Ana Lopez"],
        contents=["The pier was gone"],
    )
    assert speech.printed() == [(["The pier was gone"], "keened", "Ana Lopez")]
    assert speech.speakers() == ["Ana Lopez"]


def test_a_verb_of_the_list_that_the_tagger_passes_over_is_no_cue():
    text = "Tom Hill claimed the prize was late. Ana Lopez said the pier was gone."
    speech = Speech(text, cues=["said"], sources=["Ana Lopez"], contents=["the pier was gone"])
    assert [cue for _, cue, _ in speech.printed()] == ["said"]


def test_the_rules_read_alone_where_nothing_is_tagged():
    text = "Tom Hill claimed the prize was late. Ana Lopez said the pier was gone."
    assert [cue for _, cue, _ in Speech(text).printed()] == ["claimed", "said"]


@pytest.mark.parametrize(
    ("score", "content"),
    [
        pytest.param(0.99, "“a sorry sight”", id="the tagger where it is sure"),
        pytest.param(0.6, "the pier was “a sorry sight”", id="the sentence where it is not"),
    ],
)
def test_words_in_marks_take_in_their_clause_unless_the_tagger_is_sure(score, content):
    speech = Speech(
        "Ana Lopez said the pier was “a sorry sight”.",
        cues=["said"],
        sources=["Ana Lopez"],
        contents=["“a sorry sight”"],
        score=score,
    )
    assert [contents for contents, _, _ in speech.printed()] == [[content]]


@pytest.mark.parametrize(
    ("contents", "found"),
    [
        pytest.param(["“It sank.”", "the pier was gone"], 2, id="speech"),
        pytest.param(["the pier was gone"], 1, id="no speech"),
    ],
)
def test_a_sentence_in_marks_without_a_cue_is_speech_only_if_tagged(contents, found):
    text = "Ana Lopez said the pier was gone. “It sank.”"
    assert len(Speech(text, cues=["said"], sources=["Ana Lopez"], contents=contents).quotations) == found


@pytest.mark.parametrize(
    ("score", "speakers"),
    [pytest.param(0.99, ["Ana Lopez"], id="surely speech"), pytest.param(0.6, [], id="perhaps a name")],
)
def test_words_in_marks_within_a_sentence_are_speech_where_the_tagger_is_sure(score, speakers):
    text = "Ana Lopez has her “own small war with the sea” every spring."
    assert Speech(text, contents=["“own small war with the sea”"], score=score).speakers() == speakers


def test_half_a_word_is_no_cue():
    text = "The newly-announced pier will open in May, Ana Lopez said."
    speech = Speech(
        text,
        cues=["announced", "said"],
        sources=["Ana Lopez"],
        contents=["The newly-announced pier will open in May"],
    )
    assert [cue for _, cue, _ in speech.printed()] == ["said"]


def test_an_object_is_no_speech_where_the_tagger_is_unsure():
    text = "Ana Lopez announced the closing of the pier."
    tags = {"cues": ["announced"], "sources": ["Ana Lopez"], "contents": ["the closing of the pier"]}
    assert not Speech(text, **tags, score=0.6).quotations
    assert Speech(text, **tags, score=0.95).quotations


def test_who_asks_not_to_be_named_says_nothing_by_it():
    text = "Ana Lopez asked not to be named."
    assert not Speech(text, cues=["asked"], sources=["Ana Lopez"], contents=["not to be named"]).quotations


def test_a_participle_reports_what_follows_it():
    speech = Speech(
        "Ana Lopez wrote of the pier, “It sank slowly”, recalling that it was old.",
        cues=["wrote", "recalling"],
        sources=["Ana Lopez"],
        contents=["“It sank slowly”", "it was old"],
    )
    assert [(contents, cue) for contents, cue, _ in speech.printed()] == [
        (["“It sank slowly”"], "wrote"),
        (["it was old"], "recalling"),
    ]


@pytest.mark.parametrize(
    ("text", "cue", "sources", "content", "source"),
    [
        pytest.param(
            "The Skerry Herald quoted Ana Lopez as saying “It sank slowly”.",
            "saying",
            ["The Skerry Herald quoted Ana Lopez"],
            "“It sank slowly”",
            "Ana Lopez",
            id="quoted as saying",
        ),
        pytest.param(
            "Officials who ordered the change claimed it was safe.",
            "claimed",
            ["Officials", "the change"],
            "it was safe",
            "Officials who ordered the change",
            id="two pieces of one phrase",
        ),
        pytest.param(
            "Dock master Ana Lopez said it was safe.",
            "said",
            ["Ana Lopez"],
            "it was safe",
            "Dock master Ana Lopez",
            id="beginning cut off",
        ),
    ],
)
def test_sources_are_whole(text, cue, sources, content, source):
    speech = Speech(text, cues=[cue], sources=sources, contents=[content])
    assert [found for _, _, found in speech.printed()] == [source]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        pytest.param("“Stay,” Ida Hill said. “Go,” said her husband, Tom Hill.", "Tom Hill", id="named"),
        pytest.param("Tom Hill and Ida Hill left. He sat down. “Go,” his wife said.", "Ida Hill", id="surname"),
        pytest.param("Rob and Ana Lopez rested. “Go,” said her husband.", "Rob", id="beside"),
        pytest.param("Tom Hill left. “Go,” said his wife.", None, id="not in the story"),
        pytest.param("Ida Hill and Ana Lopez met Tom Hill. “Go,” said his daughter Effie.", None, id="with a name"),
        pytest.param("Tom Hill left. A petition called the pier “a sorry sight”.", None, id="a petition"),
        pytest.param("Tom Hill left. A statement called the pier “a sorry sight”.", "Tom Hill", id="a statement"),
        pytest.param("Tom Hill broke the news when he said “the pier is gone”.", "Tom Hill", id="his own sentence"),
        pytest.param(
            "Rob said it was late, while Tom Hill said it was early. He added: “Go.”",
            "Tom Hill",
            id="the latter of two",
        ),
        pytest.param("Hearings begin. The Harbour Trust shut.\n“Go,” it said.", "Harbour Trust", id="a paragraph on"),
        pytest.param(
            "The Harbour Trust shut.\nA card was put up. It says: “Save water.”", None, id="no body in the paragraph"
        ),
        pytest.param("The bill was drafted by Ana Lopez, who said: “Go.”", "Ana Lopez", id="who said"),
        pytest.param("Tom Hill aide Ana Lopez said: “Go.”", "Ana Lopez", id="name before a name"),
    ],
)
def test_the_last_quotation_is_spoken_by(text, speaker):
    assert Speech(text).speakers()[-1] == speaker


def test_a_name_behind_its_own_role_speaks():
    text = "Minister of Works Ana Lopez said: “Go.”"
    assert Speech(text, role=("Ana Lopez", "Minister of Works")).speakers() == ["Ana Lopez"]


def test_a_source_ends_before_the_next_phrase():
    speech = Speech("According to the board a third of the water is lost.")
    assert speech.printed() == [(["a third of the water is lost"], "According to", "the board")]


@pytest.mark.parametrize("joint", ["and", "but"])
def test_a_verb_behind_a_conjunction_reports_what_follows_it(joint):
    speech = Speech(
        f"Ana Lopez characterised the pier as “crushing” {joint} wrote “Shut it.”",
        cues=["characterised", "wrote"],
        sources=["Ana Lopez"],
        contents=["“crushing”", "“Shut it.”"],
    )
    assert [(words, cue) for words, cue, _ in speech.printed()] == [
        (["“crushing”"], "characterised"),
        (["“Shut it.”"], "wrote"),
    ]


@pytest.mark.parametrize(
    ("text", "heard", "speaker"),
    [
        ("Ana Lopez met Tom Hill. “It is full,” she said.", "Tom Hill", "Ana Lopez"),
        ("Ida Hill met Tom Hill. She said Ana Lopez would go.", "Ana Lopez", "Ida Hill"),
        ("Ana Lopez met Tom Hill. Ida Hill left. “It is full,” he said.", "Harbour Trust", "Tom Hill"),
    ],
    ids=["of the other gender", "named in the words", "no person"],
)
def test_some_cannot_speak_whatever_the_tagger_hears(text, heard, speaker):
    text = f"The Harbour Trust met. {text}"
    cue = Span(text.index(" said") + 1, text.index(" said") + 5)
    voice = Voice(cue, ((Span(text.index(heard), text.index(heard) + len(heard)), 0.95),))
    assert Speech(text, voices=[voice]).speakers() == [speaker]


def test_a_closing_mark_too_many_is_left_out():
    speech = Speech(
        "“We are sorry,”” Ana Lopez said.", cues=["said"], sources=["Ana Lopez"], contents=["“We are sorry,””"]
    )
    assert speech.printed()[0][0] == ["“We are sorry,”"]
