"""What the archive knows of the names in one story: read by a few indexed queries, whatever the archive's size."""

from __future__ import annotations

import re
from collections import defaultdict

from articles.documents.story import Story
from articles.extraction.types import Gazetteer, Kind
from articles.models import Alias, Tag
from articles.models.entities import name_key

LONGEST_NAME = 6  # words; longer names of the archive are found by their own words in the text
QUERY_SIZE = 10_000  # names asked for at once: below the parameter limit of SQLite (32,766) and PostgreSQL
CAPITALISED = re.compile(
    r"[^\W\d_a-z][\w.’'&-]*(?:[ \t]+(?:(?:of|the|de|del|van|von|bin|al|and|for)[ \t]+)*[^\W_a-z][\w.’'&-]*)*"
)
WORD = re.compile(r"\w[\w’'-]*")


def gazetteer_for(story: Story) -> Gazetteer:
    """Names and tags of the archive that could stand in `story`."""
    return Gazetteer(names=_names(story), tags=_tags(story))


def _names(story: Story) -> dict[str, Kind]:
    kinds: dict[str, set[str]] = defaultdict(set)
    for keys in _portions(_candidates(story.text)):
        known = Alias.objects.filter(key__in=keys, entity__appearances__state__in=["accepted", "changed"])
        for key, kind in known.values_list("key", "entity__kind").distinct():
            kinds[key].add(kind)
    return {key: Kind(found.pop()) for key, found in kinds.items() if len(found) == 1}


def _tags(story: Story) -> dict[str, str]:
    words = f"{story.headline}\n{story.text}"
    tags: dict[str, str] = {}
    for keys in _portions(_phrases(words)):
        for tag in Tag.objects.filter(slug__in=keys).select_related("merged_into"):
            tags[tag.name.casefold()] = (tag.merged_into or tag).name
    return tags


def _candidates(text: str) -> set[str]:
    """Runs of capitalised words and every run within them, as the keys of aliases."""
    keys: set[str] = set()
    for match in CAPITALISED.finditer(text):
        words = match.group().split()
        for first in range(len(words)):
            for last in range(first + 1, min(first + LONGEST_NAME, len(words)) + 1):
                name = " ".join(words[first:last]).rstrip(".")
                keys.update({name_key(name), name_key(re.sub(r"[’']s$", "", name))})
    return {key for key in keys if key}


def _phrases(text: str) -> set[str]:
    """One to three words in a row, as the slugs of tags."""
    slugs: set[str] = set()
    for line in text.split("\n"):
        words = [word.casefold() for word in WORD.findall(line)]
        for length in (1, 2, 3):
            slugs.update("-".join(words[i : i + length]) for i in range(len(words) - length + 1))
    return slugs


def _portions(keys: set[str]) -> list[list[str]]:
    ordered = sorted(keys)
    return [ordered[i : i + QUERY_SIZE] for i in range(0, len(ordered), QUERY_SIZE)]
