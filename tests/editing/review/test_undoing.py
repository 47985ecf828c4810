"""Every decision is taken back by one that does the opposite, and done once more in the same way."""

import uuid

import pytest

from articles.editing.decide import decide
from articles.editing.merge import Refused
from articles.editing.review.undoing import listed, next_to_redo, next_to_undo, recent_batches, take_back
from articles.models import Alias, Appearance, Decision, Entity, Quote, Role, State, TaggedArticle
from tests.factories import make_appearance, make_article, make_location, make_person

pytestmark = pytest.mark.django_db

# What taking back must bring back: not the log itself, nor when a row was touched.
TABLES = (Appearance, Quote, Role, TaggedArticle, Alias)


def state():
    rows = {
        model.__name__: sorted(
            str({key: value for key, value in row.items() if key not in ("modified", "score")})
            for row in model.objects.values()
        )
        for model in TABLES
    }
    return {**rows, "Entity": sorted(map(str, Entity.objects.values_list("pk", "kind", "name", "merged_into")))}


def undo(desk):
    return take_back(next_to_undo(recent_batches(desk.article), desk.user).key, desk.article, user=desk.user)


def redo(desk):
    return take_back(next_to_redo(recent_batches(desk.article), desk.user).key, desk.article, user=desk.user)


def known_person(desk, rows):
    known = make_person("Mara Jane Finch", aliases=("Mara Jane Finch",), is_verified=True)
    return lambda: desk.do(rows["mara"], "link", record=known.pk)


def shared_person(desk, rows):
    make_appearance(make_article(body="<p>Mara Finch left.</p>"), rows["mara"].entity)
    other = make_person("Mara Finch", aliases=("Mara Finch",))
    return lambda: desk.do(rows["mara"], "link", record=other.pk)


def other_kind(desk, rows):
    town = make_location("Coast Lines", aliases=("Coast Lines",), is_verified=True)
    assert town
    return lambda: desk.do(rows["lines"], "kind", kind="location")


ACTIONS = {
    "accept a person with a role": lambda desk, rows: lambda: desk.do(rows["mara"], "accept"),
    "reject": lambda desk, rows: lambda: desk.do(rows["lines"], "reject"),
    "accept a tag": lambda desk, rows: lambda: desk.do(rows["tag"], "accept"),
    "no kind": lambda desk, rows: lambda: desk.do(rows["mara"], "kind", kind="other"),
    "another speaker": lambda desk, rows: lambda: desk.do(rows["quote"], "speaker"),
    "another end": lambda desk, rows: (
        lambda: desk.do(
            rows["quote"], "span", place=desk.place("“It sails,”"), places=(desk.place("“It sails,” Finch said."),)
        )
    ),
    "one place off": lambda desk, rows: lambda: desk.do(rows["lines"], "reject", place=desk.place("Coast Lines", 1)),
    "one place means another": lambda desk, rows: (
        lambda: desk.do(rows["lines"], "kind", kind="location", place=desk.place("Coast Lines", 1))
    ),
    "a name missed": lambda desk, rows: lambda: desk.do(None, "add", kind="location", places=(desk.place("Szeged"),)),
    "a quotation missed": lambda desk, rows: (
        lambda: desk.do(None, "add", kind="quotation", places=(desk.place("had no comment"),))
    ),
    "link to a known person": known_person,
    "link what others have, too": shared_person,
    "a kind that has the name": other_kind,
    "a kind of its own": lambda desk, rows: lambda: desk.do(rows["lines"], "kind", kind="location"),
}


def comparable(said):
    """Rows without their numbers where they were made anew by doing it once more."""
    return {table: [row for row in rows if "Szeged" not in row] for table, rows in said.items()}


@pytest.mark.parametrize("action", ACTIONS.values(), ids=ACTIONS)
def test_undo_brings_every_row_back_and_redo_does_it_again(desk, rows, action):
    act = action(desk, rows)
    before = state()
    outcome = act()
    assert outcome.refused == {}
    after = state()
    assert after != before
    assert undo(desk).stayed == []
    undone = state()
    # A tag and a record that were made stay known where they are harmless; everything else is what it was.
    assert {**undone, "Entity": before["Entity"], "Alias": before["Alias"]} == before
    assert redo(desk).stayed == []
    again = state()
    assert [len(rows) for rows in comparable(again).values()] == [len(rows) for rows in comparable(after).values()]
    assert undo(desk).stayed == []
    assert {table: state()[table] for table in ("Appearance", "Quote", "Role", "TaggedArticle")} == {
        table: before[table] for table in ("Appearance", "Quote", "Role", "TaggedArticle")
    }


def test_undo_goes_back_step_by_step_and_redo_forward(desk, rows):
    desk.do(rows["mara"], "accept")
    desk.do(rows["lines"], "accept")
    undo(desk)
    undo(desk)
    states = [Appearance.objects.get(pk=rows[name].pk).state for name in ("mara", "lines")]
    assert states == [State.SUGGESTED, State.SUGGESTED]
    assert next_to_undo(recent_batches(desk.article), desk.user) is None
    redo(desk)
    assert Appearance.objects.get(pk=rows["mara"].pk).state == State.ACCEPTED
    redo(desk)
    assert Appearance.objects.get(pk=rows["lines"].pk).state == State.ACCEPTED
    assert next_to_redo(recent_batches(desk.article), desk.user) is None
    assert [batch.label for batch in listed(recent_batches(desk.article))] == ["Coast Lines", "Mara Finch"]


def test_a_new_decision_ends_what_can_be_done_once_more(desk, rows):
    desk.do(rows["mara"], "accept")
    undo(desk)
    desk.do(rows["lines"], "accept")
    assert next_to_redo(recent_batches(desk.article), desk.user) is None


def test_what_a_colleague_changed_since_stays(desk, rows, colleague):
    desk.carry_out(desk.item(rows["lines"], "accept"), desk.item(rows["quote"], "accept"))
    decide([rows["quote"]], state=State.REJECTED, user=colleague)
    assert undo(desk).stayed == ["“It sails,”"]
    assert Quote.objects.get().state == State.REJECTED
    assert Appearance.objects.get(pk=rows["lines"].pk).state == State.SUGGESTED


def test_nothing_is_done_where_all_of_it_was_changed_since(desk, rows, colleague):
    desk.do(rows["quote"], "accept")
    decide([rows["quote"]], state=State.REJECTED, user=colleague)
    with pytest.raises(Refused, match="All of it was changed since: “It sails,”"):
        undo(desk)
    assert Decision.objects.filter(inverse_of__isnull=False).count() == 0


def test_a_colleague_s_decision_is_not_mine_to_undo_by_key(desk, rows, colleague):
    decide([rows["quote"]], state=State.REJECTED, user=colleague)
    assert next_to_undo(recent_batches(desk.article), desk.user) is None


def test_taking_back_twice_by_one_number_is_done_once(desk, rows):
    desk.do(rows["quote"], "accept")
    batch, by = next_to_undo(recent_batches(desk.article), desk.user).key, uuid.uuid4()
    take_back(batch, desk.article, user=desk.user, by=by)
    with pytest.raises(Refused):
        take_back(batch, desk.article, user=desk.user, by=by)
    assert Decision.objects.filter(batch=by).count() == 1


def test_the_last_twenty_are_listed_with_what_they_were(desk, rows):
    for number in range(12):
        desk.do(rows["quote"], "accept" if number % 2 else "reject")
        desk.do(rows["lines"], "accept" if number % 2 else "reject")
    batches = listed(recent_batches(desk.article))
    assert len(batches) == 20
    assert (batches[0].action, batches[0].label, batches[0].number) == ("accepted", "Coast Lines", 1)


def test_what_was_done_once_more_is_listed_once_by_what_it_did(desk, rows):
    desk.do(rows["quote"], "accept")
    undo(desk)
    assert listed(recent_batches(desk.article)) == []
    redo(desk)
    assert [(batch.action, batch.label) for batch in listed(recent_batches(desk.article))] == [
        ("accepted", "“It sails,”")
    ]
    undo(desk)
    assert listed(recent_batches(desk.article)) == []
    assert next_to_undo(recent_batches(desk.article), desk.user) is None
