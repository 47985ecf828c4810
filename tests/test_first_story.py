"""The story that the project was born from, read from the shared folder, against its annotation."""

import pytest

from articles.documents.reading import read_stories
from articles.extraction.annotations import read_annotation
from articles.extraction.pipeline import extract
from articles.extraction.scoring import score
from articles.extraction.sides import ScoredStory


@pytest.fixture(scope="module")
def scored(shared):
    annotated = read_annotation((shared / "seed" / "canada-nato-iraq.gold.txt").read_text(encoding="utf-8"))
    content = (shared / "seed" / "canada-nato-iraq.txt").read_bytes()
    (story,) = read_stories(content, source="canada-nato-iraq.txt")
    return score([ScoredStory("canada-nato-iraq.txt", annotated, story.text, extract(story))])


@pytest.mark.parametrize(
    "figure",
    [
        "names.people",
        "names.organisations",
        "names.locations",
        "clusters",
        "roles",
        "quotes.all.exact",
        "quotes.all.attributed",
        "cues",
        "sources",
    ],
)
def test_it_comes_out_as_annotated(scored, figure):
    assert scored.figures[figure]["f1"] == 1.0, scored.mistakes
