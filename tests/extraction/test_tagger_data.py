from __future__ import annotations

from random import Random

import numpy as np
import pytest

from articles.extraction.tagger.features import read_words
from articles.extraction.tagger.known import KnownNames
from articles.extraction.tagger.labels import CUES, HEADS, NAMES, OTHER, PERSON, columns
from articles.extraction.tagger.training import augmentation, data
from articles.extraction.tagger.training.augmentation import Edit, Names
from articles.extraction.tagger.training.questions import ask
from articles.extraction.tagger.windows import Window
from articles.extraction.types import Gender

STORY = (
    'Webb leaves <org i="o1">Bergen Ferries</org>\n\n'
    '<q n="1" s="p1" f="direct">“I am leaving,”</q> '
    '<src n="1"><role of="p1">chairman</role> <per i="p1">Tom Webb</per></src> '
    '<cue n="1">said</cue>. <src n="2"><per i="p1">Webb</per></src> <cue n="2">added</cue> that '
    '<q n="2" s="p1" f="indirect"><src n="3">the board</src> had <cue n="3">said</cue> '
    '<q n="3" s="o1" f="indirect">it would wait for <per i="p2">Ana Lopez</per></q></q>.'
)
NO_LISTS = KnownNames([])
NAMES_TO_SWAP = Names(
    {Gender.FEMALE: ("Maja",), Gender.MALE: ("Ravi",)}, ("Okafor", "Lindqvist"), ("Tallinn Museum",), ("Porto",)
)


@pytest.fixture
def story():
    return data.read_story("story", STORY)


def printed(example, head):
    return [example.text[label.start : label.end] for label in example.labels if label.head is head]


def test_a_story_is_read_with_all_its_labels(story):
    assert "<" not in story.text
    assert {head.name: printed(story, head) for head in HEADS} == {
        "names": ["Bergen Ferries", "Tom Webb", "Webb", "Ana Lopez"],
        "roles": ["chairman"],
        "contents": ["“I am leaving,”", "the board had said it would wait for Ana Lopez"],
        "cues": ["said", "added", "said"],
        "sources": ["chairman Tom Webb", "Webb", "the board"],
    }


@pytest.mark.parametrize("source", ['<per i="p1">Webb</org>', '<per i="p1">Webb'], ids=["crossing", "never closed"])
def test_tags_that_do_not_nest_are_refused(source):
    with pytest.raises(ValueError, match=r"story, line 1: (found </org>, expected </per>|<per> is never closed)"):
        data.read_story("story", source)


def test_every_word_of_a_story_has_one_allowed_tag(story):
    words = read_words(story.text, NO_LISTS)
    allowed = data.allowed_tags(story, words)
    for head in HEADS:
        assert (allowed[:, columns(head)].sum(axis=1) == 1).all(), head.name
    tags = dict(zip(words.texts, allowed[:, columns(NAMES)].argmax(axis=1), strict=True))
    assert tags["Tom"] == NAMES.begins(PERSON)
    assert tags["Lopez"] == NAMES.goes_on(PERSON)


def test_what_goes_on_over_a_line_break_begins_again():
    example = data.read_story("story", '<q n="1" s="none" f="direct">“One\n\ntwo”</q>')
    tags = data.allowed_tags(example, read_words(example.text, NO_LISTS))[:, columns(HEADS[2])].argmax(axis=1)
    assert tags.tolist() == [1, 2, 0, 1, 2]


def test_an_open_set_leaves_open_what_its_guide_does_not_say(tmp_path):
    path = tmp_path / "names.jsonl"
    path.write_text(
        '{"id": "x/1", "text": "The Dutch saw Maja on the Baltica", "entities": [[4, 9, "MISC"], [14, 18, "PER"]]}\n'
    )
    [example] = data.read_open(path)
    words = read_words(example.text, NO_LISTS)
    allowed = data.allowed_tags(example, words)
    names = {word: set(np.flatnonzero(row)) for word, row in zip(words.texts, allowed[:, columns(NAMES)], strict=True)}
    assert names["saw"] == {0}
    assert names["Maja"] == {NAMES.begins(PERSON)}
    assert names["Dutch"] == set(range(NAMES.size))
    assert names["Baltica"] == {0, NAMES.begins(OTHER), NAMES.goes_on(OTHER)}
    assert allowed[:, columns(CUES)].all()


@pytest.mark.parametrize("seed", range(40))
def test_labels_stay_on_their_words_through_every_change(story, seed):
    changed = augmentation.augment(story, NAMES_TO_SWAP, Random(seed))
    swapped = {"Maja", "Ravi", "Okafor", "Lindqvist", "Tallinn Museum", "Porto"}
    for name in printed(changed, NAMES):
        assert name.title() in {"Bergen Ferries", "Tom Webb", "Webb", "Ana Lopez"} or any(s in name for s in swapped)
    assert len(printed(changed, CUES)) == 3
    assert printed(changed, HEADS[1]) == ["chairman"]
    assert all(text == text.strip() and text for head in HEADS for text in printed(changed, head))
    assert "I am leaving" in printed(changed, HEADS[2])[0]


def test_one_person_gets_one_new_name(story):
    changed = [augmentation.augment(story, NAMES_TO_SWAP, Random(seed)) for seed in range(40)]
    pairs = [printed(example, NAMES)[-3:-1] for example in changed]
    assert all(full.endswith(family) for full, family in pairs)
    assert len({full for full, _ in pairs}) > 3


def test_the_same_seed_gives_the_same_story(story):
    first, second = (augmentation.augment(story, NAMES_TO_SWAP, Random(5)) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("edits", "text", "content"),
    [
        ([Edit(14, 15, "")], None, "“I am leaving,"),
        ([Edit(0, 1, "««")], "««I am leaving,” Webb", "««I am leaving,”"),
        ([Edit(16, 20, "Okafor-Lindqvist")], "“I am leaving,” Okafor-Lindqvist", "“I am leaving,”"),
        ([Edit(1, 2, "They"), Edit(3, 5, "are")], "“They are leaving,” Webb", "“They are leaving,”"),
    ],
    ids=["mark lost", "mark doubled", "name behind", "two edits within"],
)
def test_edits_move_labels(edits, text, content):
    example = data.read_story("story", '<q n="1" s="none" f="direct">“I am leaving,”</q> <per i="p1">Webb</per>')
    changed = augmentation.edit(example, edits)
    assert printed(changed, HEADS[2]) == [content]
    assert text is None or changed.text == text
    assert printed(changed, NAMES) == [changed.text.split(" ")[-1]]


def test_all_annotated_stories_have_labels_that_can_be_learnt(shared):
    stories = [*data.read_stories(shared / "gold" / "train"), *data.read_stories(shared / "gold" / "own" / "train")]
    assert len(stories) == 423
    for story in stories:
        words = read_words(story.text, NO_LISTS)
        starts = set(words.starts.tolist())
        assert {label.start for label in story.labels} <= starts, story.name


def test_reported_words_cues_and_sources_ask_who_speaks(story):
    words = read_words(story.text, NO_LISTS)
    asked = ask(story, words)
    answers = [words.texts[at] for at in asked.answering]
    assert answers == ["Bergen", "Tom", "Webb", "Ana"]
    right = {
        words.texts[at]: [answer for answer, is_right in zip(answers, row, strict=True) if is_right]
        for at, row in zip(asked.asking, asked.right, strict=True)
    }
    assert right == {
        "“": ["Tom", "Webb"],
        "chairman": ["Tom", "Webb"],
        "said": ["Bergen"],
        "Webb": ["Tom", "Webb"],
        "added": ["Tom", "Webb"],
        "the": ["Tom", "Webb"],
    }


def test_nobody_is_right_where_the_speaker_is_not_in_the_window(story):
    words = read_words(story.text, NO_LISTS)
    asked = ask(story, words)
    said = words.texts.index("said")
    seen = asked.within(Window(said - 2, said + 2))
    assert (seen.asking.tolist(), seen.answering.tolist()) == ([2], [0])
    assert seen.right.tolist() == [[True]]
    unseen = asked.within(Window(said, said + 1))
    assert (len(unseen.asking), len(unseen.answering)) == (1, 0)


def test_new_names_keep_the_gender_that_pronouns_tell():
    example = data.read_story("story", '<per i="p1">Maria Webb</per> said <q n="1" s="p1" f="indirect">she left</q>.')
    names = {printed(augmentation.augment(example, NAMES_TO_SWAP, Random(seed)), NAMES)[0] for seed in range(40)}
    assert {name.split()[0] for name in names} == {"Maria", "Maja"}


def test_our_own_stories_are_annotated_whole():
    stories = data.read_stories(data.STORIES)
    assert len(stories) > 100
    for story in stories:
        heads = {label.head for label in story.labels}
        assert {NAMES, HEADS[2]} <= heads, story.name
        known = {label.identity for label in story.labels} | {data.NOT_NAMED, ""}
        assert {label.speaker for label in story.labels} <= known, story.name
