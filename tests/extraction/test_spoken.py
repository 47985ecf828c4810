"""Which words in marks are speech where nothing else of the language is known."""

import pytest

from articles.extraction.quotations import find_quotations
from articles.extraction.spoken import find_spoken
from articles.extraction.tagger.tags import Tag
from articles.extraction.types import Entity, Kind
from articles.text.spans import Span


def spoken(text, *, people=(), names=()):
    entities = [Entity(Kind.PERSON, name, (_span(text, name),), "") for name in people]
    tags = [Tag(_span(text, name), "other", 0.85) for name in names]
    return find_spoken(text, find_quotations(text), entities, tags)


def _span(text, words):
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("„Wir haben lange genug gewartet“, sagte Weber.", ["„Wir haben lange genug gewartet“"]),
        ("Weber sagte: „Nein“", ["„Nein“"]),
        ("« Trop tard ! », a dit le maire.", ["« Trop tard ! »"]),
        ("„Es regnet.“ Dann schwieg sie.", ["„Es regnet.“"]),
        ("Die „schwarze Null“ gilt weiter.", []),
        ("Anna „die Welle“ Weber gewann.", []),
        ("„Das Boot fährt.\n„Es fährt nach Süden.“", ["„Das Boot fährt."]),
    ],
    ids=["clause", "colon", "French", "sentence", "so called", "nickname", "paragraphs"],
)
def test_clauses_sentences_and_what_follows_a_colon_are_speech(text, expected):
    assert [quotation.spans[0].of(text) for quotation in spoken(text)] == expected


def test_a_work_is_no_speech():
    text = "Der Roman „Ein langer Tag am grauen Meer“ erscheint."
    assert spoken(text)
    assert not spoken(text, names=["Ein langer Tag am grauen Meer"])
    assert not spoken(text, names=["„Ein langer Tag am grauen Meer“"])


def test_a_label_names_the_speaker():
    text = "Der Rat tagte.\nAnna Weber: „Wir warten.“"
    (quotation,) = spoken(text, people=["Anna Weber"])
    assert (quotation.speaker, quotation.source.of(text)) == (0, "Anna Weber")
    assert quotation.rule == "named beside the quotation"


@pytest.mark.parametrize("text", ["Kritik an Anna Weber: „Sie zaudert.“", "Anna Weber zögert. Der Rat: „Sie zaudert.“"])
def test_a_name_within_a_sentence_names_no_speaker(text):
    (quotation,) = spoken(text, people=["Anna Weber"])
    assert quotation.speaker is None
