"""Find articles that may tell one story twice, and keep what editors say about them.

An article is compared when its text changed, with those alone that share a key with it. Nothing is ever merged: an
editor keeps one of the two, or says that they are different.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.editing.logbook import about, write_down
from articles.editing.moves import move
from articles.editing.withdraw import withdraw
from articles.models import Article, StoryBand, StoryPair
from articles.models.inserting import insert_rows
from articles.text.shingles import bands, resemblance

State = StoryPair.State
Status = Article.Status

# Two texts that share less of their sequences of three words are not shown to anybody.
WORTH_A_LOOK = 0.5
# A key that more articles have (a table of tides, every day) says nothing of any two of them: no more get it.
MOST_SHARING = 40
# Those that share the most keys are compared word by word.
MOST_COMPARED = 20
# Articles compared in one go: their keys fit into one statement.
PORTION = 500

Pair = tuple[int, int]

ACTIONS = {State.SAME: "call the same", State.DIFFERENT: "tell apart", State.SUGGESTED: "take back"}


def suggest_same(articles: Iterable[int]) -> int:
    """Compare the articles with these numbers with those whose words are nearly theirs; returns how many pairs are new.

    What an editor said stays. A suggestion that holds no longer goes away.
    """
    touched = sorted(set(articles))
    return sum(_suggest(touched[i : i + PORTION]) for i in range(0, len(touched), PORTION))


@transaction.atomic
def _suggest(touched: Collection[int]) -> int:
    texts = _texts_of(touched)
    nearest = _nearest(_write_keys(texts))
    texts |= _texts_of({other for _one, other in nearest} - texts.keys())
    alike = {_ordered(pair): round(resemblance(*(texts[key] for key in pair)), 4) for pair in nearest}
    return _write_pairs({pair: score for pair, score in alike.items() if score >= WORTH_A_LOOK}, touched)


def _write_pairs(found: dict[Pair, float], touched: Collection[int]) -> int:
    known = {(pair.first_id, pair.second_id): pair for pair in StoryPair.objects.of(touched)}
    gone = [pair.pk for key, pair in known.items() if key not in found and pair.state == State.SUGGESTED]
    StoryPair.objects.filter(pk__in=gone).delete()
    changed = [pair for key, pair in known.items() if key in found and pair.score != found[key]]
    for pair in changed:
        pair.score = found[pair.first_id, pair.second_id]
    StoryPair.objects.bulk_update(changed, ["score"])
    new = [StoryPair(first_id=a, second_id=b, score=score) for (a, b), score in found.items() if (a, b) not in known]
    insert_rows(new, ignore_conflicts=True)
    return len(new)


def _texts_of(articles: Collection[int]) -> dict[int, str]:
    return dict(Article.objects.filter(pk__in=articles).values_list("pk", "text"))


def without_bands() -> QuerySet[Article]:
    """Articles that were never compared, or are too short for it."""
    return Article.objects.filter(bands=None)


def _write_keys(texts: dict[int, str]) -> dict[int, Counter[int]]:
    """Bring the keys of articles in step with their texts; how many keys each has in common with which others."""
    values = {number: set(bands(text)) for number, text in texts.items()}
    own = {(row.article_id, row.value): row.pk for row in StoryBand.objects.filter(article__in=texts)}
    StoryBand.objects.filter(pk__in=[pk for (key, value), pk in own.items() if value not in values[key]]).delete()
    sought = set().union(*values.values())
    sharing: defaultdict[int, set[int]] = defaultdict(set)
    for value, number in StoryBand.objects.filter(value__in=sought).values_list("value", "article_id"):
        sharing[value].add(number)
    new, shared = [], {}
    for number in sorted(texts):
        shared[number] = Counter(other for value in values[number] for other in sharing[value] - {number})
        for value in sorted(values[number]):
            if (number, value) not in own and len(sharing[value]) < MOST_SHARING:
                sharing[value].add(number)
                new.append(StoryBand(article_id=number, value=value))
    insert_rows(new, ignore_conflicts=True)
    return shared


def _nearest(shared: dict[int, Counter[int]]) -> list[Pair]:
    return [
        (number, other) for number, others in shared.items() for other, _shared in others.most_common(MOST_COMPARED)
    ]


def _ordered(pair: Pair) -> Pair:
    return min(pair), max(pair)


# What editors say.


class NotAllowed(Exception):
    """Why an answer was not taken, in words for the editor."""


@transaction.atomic
def keep_one(pair: StoryPair, kept: Article, *, user: User, may_withdraw: bool) -> None:
    """Say that a pair is one story, and which article goes on: the other is withdrawn, or a draft again.

    Raises:
        NotAllowed: readers see the other one, and the user may not withdraw articles.
    """
    other = Article.objects.select_for_update().get(pk=pair.other(kept).pk)
    if other.is_published and not may_withdraw:
        raise NotAllowed(_("Readers see “%s”: ask somebody who may withdraw articles.") % other.headline)
    if other.is_published:
        withdraw(other, note=_note(kept), user=user)
    if other.status == Status.SCHEDULED:
        move([other], "unschedule", user=user)
    move([other], "return", user=user)
    _set(pair, State.SAME, kept=kept, user=user)


def _note(kept: Article) -> str:
    """What readers find: of an article that they do not see not even the headline."""
    if not kept.is_published:
        return _("This story is told in another article.")
    return _("This story is told in another article: “%s”.") % kept.headline


@transaction.atomic
def tell_apart(pair: StoryPair, *, user: User) -> None:
    """Say that two articles are two stories: the pair is not suggested again."""
    _set(pair, State.DIFFERENT, kept=None, user=user)


@transaction.atomic
def ask_again(pair: StoryPair, *, user: User) -> None:
    """Take back what was said of a pair. An article that was withdrawn for it stays so until it is reinstated."""
    _set(pair, State.SUGGESTED, kept=None, user=user)


def _set(pair: StoryPair, state: StoryPair.State, *, kept: Article | None, user: User) -> None:
    before = pair.state
    pair.state, pair.kept = state, kept
    pair.user, pair.decided = (None, None) if state == State.SUGGESTED else (user, timezone.now())
    pair.save(update_fields=["state", "kept", "user", "decided"])
    write_down(
        *(
            about(
                article,
                action=ACTIONS[state],
                before={"state": before},
                after={"state": state.value, "other article": str(pair.other(article).pk)},
                user=user,
            )
            for article in (pair.first, pair.second)
        )
    )
