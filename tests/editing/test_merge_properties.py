"""Whatever is merged, split, imported and taken back, in whatever order: no place in an article is lost."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.editing.merge import Occurrences, Refused, merge, newcomers, unmerge
from articles.editing.split import change_kind, split
from articles.importing.integrity import problems
from articles.importing.service import import_document
from articles.models import Appearance, Entity, Merge, Person, Quote, Role
from tests.rows import dump

pytestmark = pytest.mark.django_db

STORIES = (
    "Ferry to sail again\n\n“It sails,” said Ana Ruiz, the harbour master. Ben Ode waved. “At last,” said Ben Ode.\n",
    "Quay to open\n\n“No,” said Ben Ode, a pilot. “We wait,” Ana Ruiz said.\n",
    "Tide turns\n\n“Never,” said Ana B. Ruiz, the mayor, on Monday.\n",
)
MORE = "\nMore is to come, said Ana Ruiz.\n"

numbers = st.integers(min_value=0, max_value=9)
steps = st.one_of(
    st.tuples(st.just("bring"), st.integers(0, len(STORIES) - 1), st.booleans()),
    st.tuples(st.just("merge"), numbers, numbers),
    st.tuples(st.just("split"), numbers, numbers),
    st.tuples(st.just("turn"), numbers, st.sampled_from(Entity.Kind.values)),
    st.tuples(st.just("take back"), numbers, st.booleans()),
)


def places():
    """Every place where a name or a quotation stands, whoever it belongs to."""
    named = {(row.article_id, *span) for row in Appearance.objects.all() for span in row.spans}
    return named, {(row.pk, row.article_id, str(row.spans), row.text) for row in Quote.objects.all()}


def pick(rows, number):
    rows = list(rows.order_by("pk"))
    return rows[number % len(rows)] if rows else None


def bring(number, is_longer):
    import_document((STORIES[number] + MORE * is_longer).encode(), source=f"{number}.txt")


def step_merge(first, second):
    survivor, loser = pick(Entity.objects.current(), first), pick(Entity.objects.current(), second)
    if survivor is None:
        return
    rows = dump()
    unmerge(merge(survivor, loser, user=None), user=None)
    assert dump() == rows
    merge(survivor, loser, user=None)


def step_split(first, second):
    entity = pick(Person.objects.current(), first)
    if entity is None:
        return
    rows = Occurrences(
        tuple(row for row in Appearance.objects.filter(entity=entity.pk) if (row.pk + second) % 2),
        tuple(row for row in Quote.objects.filter(speaker=entity.pk) if (row.pk + second) % 3),
        tuple(row for row in Role.objects.filter(person=entity.pk) if (row.pk + second) % 2),
    )
    other = pick(Person.objects.current(), second)
    split(entity, rows, into=other if second % 2 else Person(name=entity.name), user=None)


def step_turn(number, kind):
    entity = pick(Entity.objects.current(), number)
    if entity is None:
        return
    roles = Role.objects.count()
    rows = dump()
    done = change_kind(entity, kind, user=None)
    unmerge(done, user=None)
    assert (dump(), Role.objects.count()) == (rows, roles)
    change_kind(entity, kind, user=None)


def step_take_back(number, all_go):
    done = pick(Merge.objects.standing(), number)
    if done:
        unmerge(done, user=None, going=newcomers(done) if all_go else None)


EDITS = {"merge": step_merge, "split": step_split, "turn": step_turn, "take back": step_take_back}


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, min_size=3, max_size=9))
def test_no_order_of_steps_loses_a_place_in_an_article(db, taken):
    with transaction.atomic():
        bring(0, False), bring(1, False)
        for step, first, second in taken:
            if step == "bring":
                bring(first, second)
            else:
                before = places()
                try:
                    with transaction.atomic():
                        EDITS[step](first, second)
                except Refused:
                    pass
                assert places() == before
            assert list(problems()) == []
        transaction.set_rollback(True)
