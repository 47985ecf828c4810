"""Two people in the same articles, and what ties them, in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext, ngettext

from articles.models import Article, Coverage, Person, Saying
from articles.models.article_queries import ArticleQuerySet
from articles.site.beside import Beside, beside_both
from articles.site.wording import listed

# So many are counted, no more: two heads of government are in any number of articles.
MOST_COUNTED = 1_000
NAMED = 3


@dataclass(frozen=True)
class Pair:
    """The articles of the one who has fewer are looked through: those of the other are any number."""

    first: Person
    second: Person

    @property
    def _by_coverage(self) -> list[Person]:
        return sorted((self.first, self.second), key=lambda person: (person.article_count, person.pk))

    @property
    def covered(self) -> QuerySet[Coverage]:
        rarer, other = self._by_coverage
        both = Coverage.objects.filter(entity=other.pk, article=OuterRef("article"))
        return Coverage.objects.filter(Exists(both), entity=rarer.pk)

    @property
    def articles(self) -> ArticleQuerySet:
        rarer, other = self._by_coverage
        both = Coverage.objects.filter(entity=other.pk, article=OuterRef("pk"))
        return Article.objects.published().filter(Exists(both)).covering(rarer)

    @cached_property
    def beside(self) -> Beside:
        return beside_both(self.first, self.second, self.covered)

    @cached_property
    def reasons(self) -> list[str]:
        """“Both appear in 14 articles”, “3 of them quote both”, “Shared topics: Ferries and Harbours”."""
        number = self.covered[: MOST_COUNTED + 1].count()
        if number > MOST_COUNTED:
            said = [gettext("Both appear in more than {number} articles").format(number=f"{MOST_COUNTED:,}")]
        else:
            words = ngettext("Both appear in {number} article", "Both appear in {number} articles", number)
            said = [words.format(number=number)]
        if quoting := self._quoting_both():
            words = ngettext("{number} of them quotes both", "{number} of them quote both", quoting)
            said.append(words.format(number=quoting))
        for found, words in (
            (self.beside.tags, gettext("Shared topics: {names}")),
            (self.beside.organisations, gettext("Both appear with {names}")),
            (self.beside.locations, gettext("Both in stories about {names}")),
        ):
            if found:
                said.append(words.format(names=listed(found[:NAMED])))
        return said

    def _quoting_both(self) -> int:
        sayings = Saying.objects.filter(article=OuterRef("article"))
        both = (Exists(sayings.filter(speaker=person.pk)) for person in (self.first, self.second))
        return self.covered.filter(*both)[:MOST_COUNTED].count()
