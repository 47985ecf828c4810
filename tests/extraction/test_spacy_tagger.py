"""Pipelines of spaCy as taggers."""

import sys

import pytest

from articles.extraction.tagger.spacy_tagger import CERTAINTY, find_problem, spacy_tagger
from articles.extraction.tagger.tags import NoTagger, Tags
from tests.pipelines import save_pipeline

STORY = (
    "Anna Weber leitet das Hafenamt Lauenbrück.\nAm Montag las die deutsche Autorin in Lissabon aus „Salz und Segel“."
)


@pytest.fixture(scope="module")
def tagger(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pipelines") / "de"
    save_pipeline(folder)
    return spacy_tagger(str(folder))


def printed(text, tags):
    return [(tag.span.of(text), tag.label) for tag in tags.names]


def test_labels_become_kinds_and_what_is_no_name_is_left_out(tagger):
    tags = tagger.tag(STORY)
    assert printed(STORY, tags) == [
        ("Anna Weber", "person"),
        ("Hafenamt Lauenbrück", "organisation"),
        ("Lissabon", "location"),
        ("Salz und Segel", "other"),
    ]
    assert {tag.score for tag in tags.names} == {CERTAINTY}
    assert tags == Tags(names=tags.names)
    assert tagger.tag(STORY) == tags


def test_the_version_names_library_and_pipeline(tagger):
    assert tagger.version == "spaCy de_harbour 2.1"


@pytest.mark.parametrize("end", [".\n", ". "], ids=["paragraphs", "one paragraph"])
def test_offsets_count_in_the_whole_of_a_long_text(tagger, end):
    text = f"Das 🐟-Amt schweigt weiter{end}Anna Weber auch{end}" * 3000
    tags = tagger.tag(text)
    assert printed(text, tags) == [("Anna Weber", "person")] * 3000
    assert tags.names[-1].span.start == text.rindex("Anna")


def test_a_text_without_any_break_is_read_to_its_end(tagger):
    text = "x" * 45_000 + " Anna Weber"
    assert printed(text, tagger.tag(text)) == [("Anna Weber", "person")]


@pytest.mark.parametrize("text", ["", "\n\n", "Niemand war da."])
def test_a_text_without_names_has_no_tags(tagger, text):
    assert tagger.tag(text) == Tags()


def test_an_article_stands_outside_of_a_name(tmp_path):
    save_pipeline(tmp_path / "en", {"the Harbour Board": "ORG", "The Courier": "ORG"}, language="en")
    text = "The Courier asked the Harbour Board."
    tags = spacy_tagger(str(tmp_path / "en")).tag(text)
    assert printed(text, tags) == [("The Courier", "organisation"), ("Harbour Board", "organisation")]


def test_a_pipeline_that_finds_no_names_is_refused(tmp_path):
    save_pipeline(tmp_path / "dates", {"Montag": "DATE"})
    with pytest.raises(NoTagger, match=r"spaCy de_harbour 2\.1 finds no names; expected a pipeline with one of the"):
        spacy_tagger(str(tmp_path / "dates"))


def test_a_broken_pipeline_is_refused_in_one_line(tmp_path):
    (tmp_path / "config.cfg").write_text("[nlp]\n", encoding="utf-8")
    assert find_problem(str(tmp_path)) == ""
    with pytest.raises(NoTagger, match=r"^the spaCy pipeline “.*” cannot be loaded: .*$"):
        spacy_tagger(str(tmp_path))


def test_a_pipeline_that_is_not_installed_is_named():
    message = (
        "there is no spaCy pipeline “de_none_such”; “python -m spacy download de_none_such” installs those of spaCy"
    )
    assert find_problem("de_none_such") == message
    with pytest.raises(NoTagger, match="there is no spaCy pipeline “de_none_such”"):
        spacy_tagger("de_none_such")


def test_without_the_library_is_said_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "spacy", None)
    assert find_problem("de_core_news_sm") == 'spaCy is not installed; “pip install "newsroom[spacy]"” installs it'
