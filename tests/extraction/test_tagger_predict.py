from __future__ import annotations

import json
import shutil

import pytest

from articles.extraction.tagger.features import FEATURES, read_words
from articles.extraction.tagger.labels import HEADS
from articles.extraction.tagger.predict import MODEL, OnnxTagger, Reader, shipped_tagger
from articles.extraction.tagger.tags import Tags

STORY = """Harbour bridge to close for a year

BERGEN, Norway — The bridge over the harbour will close in May, Mayor Ingrid Solheim said on Monday.

“We have waited too long,” Solheim told reporters. “It is not safe.”

Tomás Arrieta, a spokesman for Nordhavn Ferries, said the company would add four boats.

According to the National Road Agency, about 12,000 cars cross the bridge every day."""


@pytest.fixture(scope="module")
def tagger():
    return shipped_tagger()


def printed(text, tags):
    return [tag.span.of(text) for tag in tags]


def test_a_story_is_tagged(tagger):
    tags = tagger.tag(STORY)
    names = {(tag.span.of(STORY), tag.label) for tag in tags.names}
    assert {
        ("BERGEN", "location"),
        ("Norway", "location"),
        ("Ingrid Solheim", "person"),
        ("Solheim", "person"),
        ("Tomás Arrieta", "person"),
        ("Nordhavn Ferries", "organisation"),
        ("National Road Agency", "organisation"),
    } <= names
    assert printed(STORY, tags.roles) == ["Mayor", "a spokesman for Nordhavn Ferries"] or printed(
        STORY, tags.roles
    ) == [
        "Mayor",
        "spokesman for Nordhavn Ferries",
    ]
    assert printed(STORY, tags.cues) == ["said", "told", "said", "According to"]
    assert printed(STORY, tags.contents) == [
        "The bridge over the harbour will close in May",
        "“We have waited too long,”",
        "“It is not safe.”",
        "the company would add four boats",
        "about 12,000 cars cross the bridge every day",
    ]


def test_the_same_text_gives_the_same_tags(tagger):
    again = OnnxTagger()
    assert tagger.tag(STORY) == tagger.tag(STORY) == again.tag(STORY)


def test_scores_are_probabilities(tagger):
    tags = tagger.tag(STORY)
    scores = [tag.score for head in HEADS for tag in getattr(tags, head.name)]
    assert len(scores) > 15
    assert all(0 < score <= 1 for score in scores)
    of_voices = [sum(share for _, share in voice.names) for voice in tags.voices]
    assert len(of_voices) == len(tags.contents + tags.cues + tags.sources)
    assert all(0 <= share <= 1.00001 for share in of_voices)


def test_the_tagger_hears_who_speaks(tagger):
    tags = tagger.tag(STORY)
    loudest = {voice.span.of(STORY): max(voice.names, key=lambda named: named[1])[0].of(STORY) for voice in tags.voices}
    assert loudest["“It is not safe.”"] in {"Solheim", "Ingrid Solheim"}
    assert loudest["the company would add four boats"] == "Tomás Arrieta"
    assert loudest["According to"] == "National Road Agency"


def test_a_text_may_be_long(tagger):
    text = "\n\n".join([STORY] * 40)
    people = [tag.span.of(text) for tag in tagger.tag(text).names if tag.label == "person"]
    # Where windows meet a story may lose a name, no more.
    assert people.count("Ingrid Solheim") >= 38
    assert people.count("Tomás Arrieta") >= 38


@pytest.mark.parametrize(
    "text",
    ["", "\n", "   ", "\u200b\u200e", "x" * 5000, "“" * 3000, "\0", "東京で発表した。" * 50, "A. " * 2000],
    ids=["empty", "break", "spaces", "no width", "endless word", "marks", "nul", "other script", "initials"],
)
def test_odd_texts_are_tagged_without_error(tagger, text):
    tags = tagger.tag(text)
    spans = [tag.span for head in Tags.__slots__ for tag in getattr(tags, head)]
    assert all(span.end <= len(text) for span in spans)


def test_no_span_crosses_a_line_break(tagger, shared):
    for path in sorted((shared / "seed").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        for head in Tags.__slots__:
            assert not [tag for tag in getattr(tagger.tag(text), head) if "\n" in tag.span.of(text)]


def test_a_model_of_other_tags_is_refused(tmp_path):
    folder = tmp_path / "model"
    shutil.copytree(MODEL, folder)
    about = json.loads((folder / "tagger.json").read_text(encoding="utf-8"))
    about["heads"]["names"] = ["person"]
    (folder / "tagger.json").write_text(json.dumps(about), encoding="utf-8")
    with pytest.raises(ValueError, match="the model tags"):
        OnnxTagger(folder)


def test_a_missing_model_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"tagger\.json"):
        OnnxTagger(tmp_path)


def test_shipped_lists_and_vocabulary_are_those_of_training():
    reader = Reader.of(MODEL)
    words = read_words("Maria Nielsen left New York", reader.known)
    assert words.features.shape == (5, len(FEATURES))
    assert words.features[:, 5].tolist() == [1, 2, 0, 8, 11]
    assert [reader.pieces(word) for word in ("new", "York", "\n")] == [(2047,), (2259,), (102,)]


def test_the_model_is_small_enough_to_ship():
    assert sum(path.stat().st_size for path in MODEL.iterdir()) <= 45_000_000
