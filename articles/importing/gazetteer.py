"""What the archive knows of the names in one story: read by a few indexed queries, whatever the archive's size."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from django.db.models import Exists, OuterRef, Q

from articles.documents.story import Story
from articles.extraction.topics import read_phrases
from articles.extraction.types import Gazetteer, Kind
from articles.models import Alias, Merge, Tag
from articles.models.slugs import name_key

LONGEST_NAME = 6  # words; longer names of the archive are found by their own words in the text
QUERY_SIZE = 10_000  # names asked for at once: below the parameter limit of SQLite (32,766) and PostgreSQL
CAPITALISED = re.compile(
    r"[^\W\d_a-z][\w.’'&-]*(?:[ \t]+(?:(?:of|the|de|del|van|von|bin|al|and|for)[ \t]+)*[^\W_a-z][\w.’'&-]*)*"
)
# Words whose “s” makes no plural: the tag “News” is not about what is new.
NO_PLURALS = frozenset(
    "aids arms arts customs economics ethics goods means news physics politics series species times".split()
)


def gazetteer_for(story: Story) -> Gazetteer:
    """Names and tags of the archive that could stand in `story`."""
    return Gazetteer(names=_names(story), tags=_tags(story))


def _names(story: Story) -> dict[str, Kind]:
    """The kinds of the names that an editor accepted somewhere, or whose record an editor gave its kind."""
    kinds: dict[str, set[str]] = defaultdict(set)
    is_accepted = Q(entity__appearances__state__in=["accepted", "changed"])
    is_told = Q(Exists(Merge.objects.standing().filter(action=Merge.Action.KIND, survivor=OuterRef("entity"))))
    for keys in _portions(_candidates(story.text)):
        known = Alias.objects.filter(is_accepted | is_told, key__in=keys)
        for key, kind in known.values_list("key", "entity__kind").distinct():
            kinds[key].add(kind)
    return {key: Kind(found.pop()) for key, found in kinds.items() if len(found) == 1}


def _tags(story: Story) -> dict[str, str]:
    """The words of the story that name a tag, in either number, with the tag that is meant."""
    forms = {phrase for text in (story.headline, story.text) for _, phrase in read_phrases(text)}
    keys = {form: either_number(name_key(form)) for form in forms | set(story.keywords)}
    leads: dict[str, tuple[str, Tag]] = {}
    for portion in _portions({key for each in keys.values() for key in each}):
        leads |= Tag.objects.led_to(portion)
    tags: dict[str, str] = {}
    for form, readings in keys.items():
        named = [leads[key] for key in readings if key in leads and _is_printed(leads[key][0], form)]
        if named:
            tags[form] = named[0][1].name
    return tags


def either_number(key: str) -> list[str]:
    """The key of a name itself, then what its last word could be in the other number.

    >>> either_number("car ferries"), either_number("news")
    (['car ferries', 'car ferrieses', 'car ferry', 'car ferrie'], ['news'])
    """
    head, space, word = key.rpartition(" ")
    return [head + space + each for each in _numbers(word)]


@lru_cache(maxsize=10_000)
def _numbers(word: str) -> list[str]:
    if NO_PLURALS & {word, _plural(word)}:
        return [word]
    singulars = [each for each in (f"{word[:-3]}y", word[:-2], word[:-1]) if each and _plural(each) == word]
    return [word, _plural(word), *singulars]


def _plural(word: str) -> str:
    if re.search(r"[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return word + ("es" if re.search(r"(?:[sxz]|[cs]h)$", word) else "s")


def _is_printed(name: str, form: str) -> bool:
    """Whether `form` can stand for `name`: “who” is not the “WHO”, and the “It” of a sentence is not “IT”."""
    if not (name.isupper() and name.isalpha()):
        return True
    return form.isupper() or (len(name) > 3 and form[0].isupper())


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


def _portions(keys: set[str]) -> list[list[str]]:
    ordered = sorted(keys)
    return [ordered[i : i + QUERY_SIZE] for i in range(0, len(ordered), QUERY_SIZE)]
