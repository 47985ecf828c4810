"""Which article a story is, if the archive has it: by its source's identifier, its address, or what it says."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from articles.documents.addresses import of_either_scheme
from articles.documents.story import Story
from articles.importing.records import moment
from articles.models import Article
from articles.text.shingles import FEWEST_WORDS, resemblance, words_of

# Share of three-word sequences that two undated stories with one headline must have in common to be one story.
SAME_STORY = 0.3
# Values asked for at once.
AT_ONCE = 5_000

# By what articles are recognised, and a value of one of these fields.
MARKS = ("fingerprint", "source_identifier", "address", "identity", "wording")
Mark = tuple[str, str]


def fingerprint_of(story: Story) -> str:
    """A digest of all that a story says; two documents with the same one differ in their file alone.

    The file's own name and the warnings of reading it do not count, nor does what the document does not say.
    """
    fields = dataclasses.asdict(dataclasses.replace(story, source="", format="", warnings=(), kept=None))
    said = {name: value for name, value in fields.items() if value}
    return _digest(json.dumps(said, sort_keys=True, default=_plain))


def identity_of(story: Story) -> str:
    """A digest of what names a story where it has no address: its headline and its date as the document gave them."""
    return _digest(f"{story.headline.casefold()}\n{story.published or ''}")


def wording_of(story: Story) -> str:
    """A digest of a story's words, without regard to case, punctuation and markup; none of a few words alone."""
    words = words_of(f"{story.headline}\n{story.text}")
    return _digest(" ".join(words)) if len(words) >= FEWEST_WORDS else ""


def digests_of(story: Story) -> dict[str, str]:
    """What an article remembers of the document it was made of, to recognise it by: fields and their values."""
    return {"fingerprint": fingerprint_of(story), "identity": identity_of(story), "wording": wording_of(story)}


def marks_of(story: Story, digests: Mapping[str, str]) -> frozenset[Mark]:
    """All by which `find_article` could find the article of a story: fields and values."""
    marks = {(field, digest) for field, digest in digests.items() if digest}
    if story.identifier:
        marks.add(("source_identifier", story.identifier))
    if story.address:
        marks |= {("address", address) for address in of_either_scheme(story.address)}
    return frozenset(marks)


def marks_held(marks: Iterable[Mark]) -> set[Mark]:
    """Those of the marks that some article bears: a story none of whose marks is held is new."""
    asked: dict[str, list[str]] = defaultdict(list)
    for field, value in sorted(set(marks)):
        asked[field].append(value)
    held: set[Mark] = set()
    for field, values in asked.items():
        for start in range(0, len(values), AT_ONCE):
            rows = Article.objects.filter(**{f"{field}__in": values[start : start + AT_ONCE]})
            held |= {(field, value) for value in rows.values_list(field, flat=True)}
    return held


def find_article(story: Story, fingerprint: str) -> Article | None:
    """The article that a story was imported as before, locked.

    It says the same, has the source's same identifier, the same address, the same headline and date, or the same words.

    Two stories without dates that share a headline ("In brief") are one story only if their texts are alike. Two with
    the same words ("No deaths were announced today") are two if both have dates, identifiers or addresses of their own.
    """
    articles = Article.objects.select_for_update()
    known = articles.filter(fingerprint=fingerprint).order_by("pk").first()
    if not known and story.identifier:
        known = articles.filter(source_identifier=story.identifier).order_by("pk").first()
    if not known and story.address:
        known = articles.filter(address__in=of_either_scheme(story.address)).order_by("pk").first()
    return known or _namesake(story) or _of_these_words(story)


def _namesake(story: Story) -> Article | None:
    """An article imported from a story of this headline and date."""
    same = Article.objects.select_for_update().filter(identity=identity_of(story)).order_by("pk")
    for article in same:
        is_alike = story.published or resemblance(article.text, story.text) >= SAME_STORY
        if is_alike and not _lives_elsewhere(article, story):
            return article
    return None


def _of_these_words(story: Story) -> Article | None:
    """An article imported from a story of the same words, unless one of the two has another date."""
    wording = wording_of(story)
    same = Article.objects.select_for_update().filter(wording=wording).order_by("pk") if wording else ()
    for article in same:
        is_dated_otherwise = article.published and story.published and article.published != moment(story.published)
        if not is_dated_otherwise and not _lives_elsewhere(article, story):
            return article
    return None


def _lives_elsewhere(article: Article, story: Story) -> bool:
    """Whether a story is another one at its source than the article."""
    if article.source_identifier and story.identifier:
        return True  # of two that have identifiers, those are not the same
    is_printed = bool(article.address and story.address) and "address" not in article.edited_fields
    return is_printed and article.address not in of_either_scheme(story.address)


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: date | datetime) -> str:
    return value.isoformat()
