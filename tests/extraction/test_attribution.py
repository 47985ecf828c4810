"""Who speaks: the ladder, by sentences that need each rung."""

from __future__ import annotations

import re

import pytest

from articles.extraction.attribution import attribute
from articles.extraction.quotations import find_quotations
from articles.extraction.types import Entity, Form, Gender, Kind, Quotation, RoleHeld
from articles.text.spans import Span

PEOPLE = {
    "Hugh Hill": Gender.MALE,
    "Ines Calder": Gender.FEMALE,
    "Tomas Weir": Gender.MALE,
    "Leopold “Lee” Church": Gender.MALE,
    "Priya Nair": Gender.FEMALE,
}
SURNAMES = {"Hill": "Hugh Hill", "Calder": "Ines Calder", "Weir": "Tomas Weir", "Nair": "Priya Nair"}
BODIES = ("Harbour Trust", "Ministry of Fisheries", "Skerry Times", "NATO")
PLACES = ("Canada", "Ottawa", "Leeds", "Kendal")
ROLES = {"Hugh Hill": ("harbour master",), "Ines Calder": ("NATO Deputy Secretary", "treasurer")}


class Reader:
    """A story with the names above as a careful reader knows them."""

    def __init__(self, text: str) -> None:
        self.text = text
        forms = [*PEOPLE, *SURNAMES, *BODIES, *PLACES]
        pattern = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
        spans: dict[str, list[Span]] = {}
        for match in re.finditer(rf"\b(?:{pattern})\b", text):
            spans.setdefault(SURNAMES.get(match.group(), match.group()), []).append(Span(*match.span()))
        self.entities = tuple(
            Entity(kind_of(name), name, tuple(found), "test", gender=PEOPLE.get(name)) for name, found in spans.items()
        )
        self.roles = tuple(
            RoleHeld(number, title, self.entities[number].mentions[0])
            for number, entity in enumerate(self.entities)
            for title in ROLES.get(entity.name, ())
        )
        self.quotations = attribute(text, find_quotations(text), self.entities, self.roles)

    def name(self, quotation: Quotation) -> str | None:
        return None if quotation.speaker is None else self.entities[quotation.speaker].name

    def speakers(self) -> list[str | None]:
        return [self.name(quotation) for quotation in self.quotations]

    def contents(self) -> list[list[str]]:
        return [[span.of(self.text) for span in quotation.spans] for quotation in self.quotations]


def kind_of(name: str) -> Kind:
    if name in PEOPLE:
        return Kind.PERSON
    return Kind.ORGANISATION if name in BODIES else Kind.LOCATION


@pytest.mark.parametrize(
    ("text", "cue", "source", "speaker"),
    [
        ("“It rains,” Hugh Hill said.", "said", "Hugh Hill", "Hugh Hill"),
        ("“It rains,” said Hugh Hill.", "said", "Hugh Hill", "Hugh Hill"),
        ("“It rains,” said Hugh Hill, a doctor.", "said", "Hugh Hill, a doctor", "Hugh Hill"),
        ("Hugh Hill, a doctor, said: “It rains.”", "said", "Hugh Hill, a doctor", "Hugh Hill"),
        (
            "Hugh Hill, 52, a doctor in Leeds, told reporters: “No.”",
            "told",
            "Hugh Hill, 52, a doctor in Leeds",
            "Hugh Hill",
        ),
        ("“It rains,” Hugh Hill said in an interview on Monday.", "said", "Hugh Hill", "Hugh Hill"),
        ("“It rains,” said Hugh Hill in a statement.", "said", "Hugh Hill", "Hugh Hill"),
        ("On Monday Hugh Hill said: “It rains.”", "said", "Hugh Hill", "Hugh Hill"),
        ("In a letter to the board, Hugh Hill wrote: “It rains.”", "wrote", "Hugh Hill", "Hugh Hill"),
        ("“It rains,” his brother, Hugh Hill, said.", "said", "his brother, Hugh Hill", "Hugh Hill"),
        ("“Why?” Hugh Hill asked.", "asked", "Hugh Hill", "Hugh Hill"),
        ("“Why?” asked Hugh Hill.", "asked", "Hugh Hill", "Hugh Hill"),
        ("Hugh Hill tweeted: “It rains.”", "tweeted", "Hugh Hill", "Hugh Hill"),
        ("“It rains,” Hugh Hill sighed.", "sighed", "Hugh Hill", "Hugh Hill"),
        ("Hugh Hill accused the board of “sleeping at the wheel”.", "accused", "Hugh Hill", "Hugh Hill"),
        ("“It rains”, Hugh Hill told the Skerry Times.", "told", "Hugh Hill", "Hugh Hill"),
        (
            "“It rains,” a spokesman for the Harbour Trust said.",
            "said",
            "a spokesman for the Harbour Trust",
            "Harbour Trust",
        ),
        ("“It rains,” a Harbour Trust spokeswoman said.", "said", "a Harbour Trust spokeswoman", "Harbour Trust"),
        (
            "The Ministry of Fisheries said it was “unable to comment”.",
            "said",
            "The Ministry of Fisheries",
            "Ministry of Fisheries",
        ),
        (
            "“It rains,” according to a report in the Skerry Times.",
            "according to",
            "a report in the Skerry Times",
            "Skerry Times",
        ),
        ("Ottawa said the plan was “on ice”.", "said", "Ottawa", "Ottawa"),
        ("Hugh Hill had thanked everyone, saying: “It rains.”", "saying", "Hugh Hill", "Hugh Hill"),
        ("He is survived by a brother, Hugh Hill, who said: “It rains.”", "said", "Hugh Hill", "Hugh Hill"),
        ("But Hugh Hill, a doctor, called it “a mess”.", "called", "Hugh Hill, a doctor", "Hugh Hill"),
        ("Hugh Hill, asked if it was late, replied: “It is.”", "replied", "Hugh Hill", "Hugh Hill"),
    ],
    ids=[
        "name and cue",
        "inversion",
        "apposition behind",
        "apposition before the cue",
        "age and place",
        "occasion",
        "occasion after inversion",
        "day before",
        "fronted phrase",
        "description before the name",
        "question",
        "question inverted",
        "tweeted",
        "unusual verb",
        "accused of",
        "comma outside marks",
        "spokesman for",
        "spokeswoman of",
        "ministry",
        "report in",
        "a place that acts",
        "saying",
        "who said",
        "but",
        "when asked",
    ],
)
def test_named_source(text, cue, source, speaker):
    reader = Reader(text)
    (quotation,) = (quotation for quotation in reader.quotations if quotation.form is not Form.INDIRECT)
    assert quotation.cue is not None
    assert quotation.source is not None
    assert quotation.cue.span.of(text) == cue
    assert quotation.source.of(text) == source
    assert reader.name(quotation) == speaker
    assert quotation.rule


@pytest.mark.parametrize(
    "text",
    [
        "“It rains,” a neighbour of Hugh Hill said.",
        "“It rains,” Hugh Hill’s lawyer said.",
        "“It rains,” officials at the Harbour Trust said.",
        "“It rains,” residents of Leeds said.",
        "“It rains,” police said.",
        "Hugh Hill went home. “It rains,” a witness said.",
        "“It rains,” one of them said.",
    ],
    ids=["neighbour of", "lawyer of", "officials at", "residents of", "police", "a witness", "one of them"],
)
def test_someone_the_story_does_not_name_is_no_speaker(text):
    reader = Reader(text)
    assert reader.speakers() == [None]
    assert reader.quotations[0].cue is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It rains,” Hugh Hill said. “A lot.”", [["“It rains,”", "“A lot.”"]]),
        ("“It rains,” Hugh Hill said, “and it will go on.”", [["“It rains,”", "“and it will go on.”"]]),
        ("“It rains,” said Hugh Hill, a doctor, “and it will go on.”", [["“It rains,”", "“and it will go on.”"]]),
        ("“One.\n“Two,” said Hugh Hill.", [["“One.", "“Two,”"]]),
        ("Hugh Hill said: “One.\n“Two.”", [["“One.", "“Two.”"]]),
        ("“One,” said Hugh Hill.\n“Two.”", [["“One,”", "“Two.”"]]),
        ("“One,” said Hugh Hill. He left. “Two.”", [["“One,”"], ["“Two.”"]]),
        ("“One,” said Hugh Hill. “Two,” he added.", [["“One,”"], ["“Two,”"]]),
        ("Hugh Hill called it “a mess” and “a pity”.", [["“a mess”", "“a pity”"]]),
    ],
    ids=[
        "two sentences",
        "split by the cue",
        "split by an apposition",
        "paragraphs, cue at the end",
        "paragraphs, cue at the start",
        "goes on in the next paragraph",
        "narration between",
        "a cue of its own",
        "two names for a thing",
    ],
)
def test_pieces_of_one_quotation(text, expected):
    reader = Reader(text)
    assert reader.contents() == expected
    assert set(reader.speakers()) == {"Hugh Hill"}


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Hugh Hill said the road was “a disgrace”.", "the road was “a disgrace”"),
        ("Hugh Hill said that the road was “a disgrace” to Leeds.", "the road was “a disgrace” to Leeds"),
        ("Hugh Hill told the Skerry Times the road was “a disgrace”.", "the road was “a disgrace”"),
        ("Hugh Hill told reporters on Monday that the road was “a disgrace”.", "the road was “a disgrace”"),
        ("Once mended, the road will be “a joy,” the Harbour Trust said.", "Once mended, the road will be “a joy,”"),
        ("According to Hugh Hill, the road was “a disgrace”.", "the road was “a disgrace”"),
        ("Hugh Hill urged drivers to “turn back at once”.", "to “turn back at once”"),
        ("Hugh Hill said the road was “a disgrace,” but would not say why.", "the road was “a disgrace,”"),
        ("Hugh Hill warned that it was “too late”, adding that he was sorry.", "it was “too late”"),
    ],
    ids=["clause", "that", "told", "told on a day", "clause before", "according to", "order", "but", "adding"],
)
def test_clause_partly_in_marks_is_mixed(text, content):
    reader = Reader(text)
    assert reader.quotations[0].form is Form.MIXED
    assert reader.contents()[0] == [content]


def test_clause_that_is_told_is_not_said():
    reader = Reader("Hugh Hill found herring which, he said, came “by sea”.")
    assert reader.contents() == [["came “by sea”"]]


def test_clause_around_its_cue_is_one_mixed_quotation():
    reader = Reader("The road, Hugh Hill said, is “a disgrace”.")
    assert reader.contents() == [["The road", "is “a disgrace”"]]
    assert reader.quotations[0].form is Form.MIXED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hugh Hill left. “It rains,” he said.", ["Hugh Hill"]),
        ("Hugh Hill met Ines Calder. “It rains,” she said.", ["Ines Calder"]),
        ("Ines Calder met Hugh Hill. “It rains,” he said.", ["Hugh Hill"]),
        ("“It rains,” said Hugh Hill.\nThe road was shut.\n“A lot,” he added.", ["Hugh Hill", "Hugh Hill"]),
        ("“It rains,” said Ines Calder. Hugh Hill left. “A lot,” he said.", ["Ines Calder", "Hugh Hill"]),
        ("Hugh Hill, a doctor, said: “It rains.” “A lot,” he added.", ["Hugh Hill", "Hugh Hill"]),
        ("The Harbour Trust shut the road. “It rains,” it said.", ["Harbour Trust"]),
        ("A neighbour said: “No.” “It rains,” he added.", [None, None]),
        ("“It rains,” he said.", [None]),
    ],
    ids=[
        "he",
        "she of two",
        "he of two",
        "over a paragraph",
        "newest",
        "after an apposition",
        "it",
        "a stranger",
        "nobody before",
    ],
)
def test_pronouns(text, expected):
    assert Reader(text).speakers() == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hugh Hill met Ines Calder. “It rains,” the treasurer said.", "Ines Calder"),
        ("Hugh Hill met Ines Calder. “It rains,” the NATO official said.", "Ines Calder"),
        ("Hugh Hill, 34, met Ines Calder, 52. “It rains,” the 34-year-old said.", "Hugh Hill"),
        ("Tomas Weir went home. “It rains,” the Leeds native said.", "Tomas Weir"),
        ("Tomas Weir met Priya Nair. “It rains,” the teacher said.", None),
        ("Hugh Hill works for the Harbour Trust. “It rains,” the trust said.", "Harbour Trust"),
        (
            "The Harbour Trust and the Ministry of Fisheries differ. “It rains,” the ministry said.",
            "Ministry of Fisheries",
        ),
        ("The Harbour Trust told Hugh Hill so. “It rains,” the statement said.", "Harbour Trust"),
        ("Hugh Hill wrote to Ines Calder. “It rains,” his letter said.", "Hugh Hill"),
    ],
    ids=[
        "role",
        "body in the role",
        "age",
        "the only one told of",
        "one of two",
        "word of a name",
        "the other body",
        "statement",
        "his letter",
    ],
)
def test_descriptions(text, expected):
    assert Reader(text).speakers()[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hugh Hill has a shop in Leeds. “I like it here.”", ["Hugh Hill"]),
        ("Hugh Hill is no optimist: “It rains.”", ["Hugh Hill"]),
        ("Hugh Hill: “It rains.”", ["Hugh Hill"]),
        ("From Hugh Hill: “It rains.”", ["Hugh Hill"]),
        ("“It rains.” – Hugh Hill", ["Hugh Hill"]),
        (
            "“Is it late?” asked Hugh Hill.\n“Yes,” said Ines Calder.\n“Did it rain?” Hugh Hill asked.\n“It did.”",
            ["Hugh Hill", "Ines Calder", "Hugh Hill", "Ines Calder"],
        ),
        ("“It rains.”\n“It rains,” Hugh Hill said.", ["Hugh Hill", "Hugh Hill"]),
    ],
    ids=["told of before", "colon", "label", "from", "dash", "an answer", "pull quotation"],
)
def test_quotations_without_a_cue(text, expected):
    assert Reader(text).speakers() == expected


@pytest.mark.parametrize(
    "text",
    [
        "The “emperor” of Leeds had a shop.",
        "Leopold “Lee” Church left.",
        "Hugh Hill wrote a song titled “Rain”.",
        "A plan known as “the Bridge” was dropped.",
        "It is what experts call “the Skerry effect”.",
        "The shop offers “fresh” bread.",
    ],
    ids=["so-called", "nickname", "title", "known as", "call", "scare marks"],
)
def test_names_and_scare_marks_are_no_quotations(text):
    assert Reader(text).contents() == []


def test_nickname_within_a_name_does_not_hide_the_source():
    reader = Reader("“It rains,” said Leopold “Lee” Church.")
    assert reader.contents() == [["“It rains,”"]]
    assert reader.speakers() == ["Leopold “Lee” Church"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“It rains, Hugh Hill told a rally.\n“No,” said Ines Calder.",
            [(["“It rains,"], "Hugh Hill"), (["“No,”"], "Ines Calder")],
        ),
        ("“One.\n“Two.\nInes Calder left. “No,” she said.", [(["“One.", "“Two."], None), (["“No,”"], "Ines Calder")]),
    ],
    ids=["cut before the cue", "never closed"],
)
def test_missing_mark_costs_nothing_else(text, expected):
    reader = Reader(text)
    assert list(zip(reader.contents(), reader.speakers(), strict=True)) == expected


def test_quotation_within_a_quotation_has_a_speaker_of_its_own():
    reader = Reader("“Ines Calder said, ‘Turn back,’ and I did,” said Hugh Hill.")
    assert reader.contents() == [["“Ines Calder said, ‘Turn back,’ and I did,”"], ["‘Turn back,’"]]
    assert reader.speakers() == ["Hugh Hill", "Ines Calder"]


def test_i_within_a_quotation_is_who_speaks():
    reader = Reader("“I told them, ‘Turn back,’ and they did,” said Hugh Hill.")
    assert reader.speakers() == ["Hugh Hill", "Hugh Hill"]


def test_lines_of_a_transcript_are_speech():
    reader = Reader("Hugh Hill: Is it late?\nInes Calder: It is.\nHill: Did it rain?\nCalder: A lot.")
    assert reader.contents() == [["Is it late?"], ["It is."], ["Did it rain?"], ["A lot."]]
    assert reader.speakers() == ["Hugh Hill", "Ines Calder", "Hugh Hill", "Ines Calder"]


def test_one_label_makes_no_transcript():
    assert Reader("Hugh Hill: the man and the myth.\nHe left.\nNote: it rains.").quotations == ()


def test_one_cue_keeps_words_that_two_claim():
    reader = Reader("Hugh Hill, who had asked for its removal, called the book “sad on purpose”.")
    (quotation,) = reader.quotations
    assert quotation.cue is not None
    assert quotation.cue.verb == "call"


def test_every_span_lies_in_the_text_and_none_is_twice():
    text = "“One,” said Hugh Hill. “Two.”\n“Three.\n“Four,” she said, “Five.”\nCalder: “Six”\n" * 20
    spans = [span for quotation in Reader(text).quotations for span in quotation.spans]
    assert len(spans) == len(set(spans))
    assert all(span.end <= len(text) for span in spans)


@pytest.mark.parametrize(
    "text",
    [
        "said " * 5000,
        "“x” said Hugh Hill. " * 2500,
        "“x” " * 5000,
        "“he said ‘x’ ” " * 2500,
        "Hill: x\n" * 3000,
        "“a, Hill said " * 2500,
    ],
    ids=["cues", "quotations", "marks", "nested", "labels", "never closed"],
)
def test_long_texts_are_read_to_the_end(text):
    Reader(text)
