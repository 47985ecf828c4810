"""Likely duplicates: found when records change, decided once, and never proposed again."""

import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.editing import duplicates
from articles.editing.duplicates import answer, suggest_duplicates, take_back
from articles.models import Alias, Decision, DuplicatePair, Entity, NameKey
from tests.factories import (
    make_appearance,
    make_article,
    make_location,
    make_organisation,
    make_person,
    make_role,
)

pytestmark = pytest.mark.django_db

State = DuplicatePair.State


def pairs():
    rows = DuplicatePair.objects.select_related("first", "second").order_by("pk")
    return [(pair.first.name, pair.second.name) for pair in rows]


def evidence():
    return {reason["words"]: reason["for"] for reason in DuplicatePair.objects.get().evidence}


def compared(*records):
    suggest_duplicates(record.pk for record in records)
    return records


@pytest.fixture
def pair():
    compared(make_person("Bill Hartley"), make_person("William Hartley"))
    return DuplicatePair.objects.select_related("first", "second").get()


def test_a_record_is_compared_with_those_that_were_there_before():
    compared(make_person("Bill Hartley"))
    assert pairs() == []
    compared(make_person("William Hartley"))
    assert pairs() == [("Bill Hartley", "William Hartley")]
    assert evidence() == {"same family name, and “Bill” and “William” can be one given name": True}


def test_a_role_at_one_organisation_speaks_for_one_person():
    board = make_organisation("Lagos Water Board")
    people = make_person("N. Okafor"), make_person("Ngozi Okafor")
    for person in people:
        make_role(make_article(), person, "director", organisation=board)
    compared(*people)
    assert evidence() == {
        "same family name, and “N.” may stand for “Ngozi”": True,
        "both hold a role at Lagos Water Board": True,
        "both are called “director”": True,
    }


def test_a_role_that_was_rejected_speaks_for_nothing():
    board = make_organisation("Lagos Water Board")
    people = make_person("N. Okafor"), make_person("Ngozi Okafor")
    for person in people:
        make_role(make_article(), person, "director", organisation=board, state="rejected")
    compared(*people)
    assert pairs() == []


def test_people_in_the_same_company_are_likelier_one():
    beside, people = make_person("Mara Finch"), (make_person("Bill Hartley"), make_person("William Hartley"))
    for person in people:
        article = make_article()
        make_appearance(article, person), make_appearance(article, beside)
    compared(*people)
    assert evidence()["stories name both beside Mara Finch"]


def test_one_story_tells_two_people_apart():
    article, people = (
        make_article(headline="Two Hartleys sail"),
        (make_person("Bill Hartley"), make_person("Will Hartley")),
    )
    compared(*people)
    assert pairs() == [("Bill Hartley", "Will Hartley")]
    for person in people:
        make_appearance(article, person)
    compared(people[0])
    assert pairs() == []


def test_a_rejected_appearance_tells_nobody_apart():
    article, people = make_article(), (make_person("Bill Hartley"), make_person("Will Hartley"))
    for person, state in zip(people, ("accepted", "rejected"), strict=True):
        make_appearance(article, person, state=state)
    compared(*people)
    assert len(pairs()) == 1


def test_places_of_two_countries_are_two():
    compared(make_location("Cobh", country="IE"), make_location("Cobh", country="CA"))
    assert pairs() == []
    compared(make_location("Cobh"))
    assert pairs() == [("Cobh", "Cobh"), ("Cobh", "Cobh")]


def test_a_name_that_linking_could_not_tell_is_named_as_a_doubt():
    bill, will = make_person("Bill Hartley"), make_person("Will Hartley")
    make_appearance(make_article(headline="Hartley sails"), will, candidates=[bill.pk])
    compared(bill, will)
    assert evidence()["“Hartley sails” may mean either: an import left that to an editor"]


def test_records_of_two_kinds_are_never_a_pair():
    compared(make_person("Washington"), make_location("Washington"), make_organisation("Washington"))
    assert pairs() == []


def test_a_record_renamed_loses_its_suggestions(pair):
    Alias.objects.filter(entity=pair.second).delete()
    Entity.objects.filter(pk=pair.second_id).update(name="Nils Berg")
    suggest_duplicates([pair.second_id])
    assert pairs() == []


def test_a_merged_record_is_compared_no_more(pair):
    Entity.objects.filter(pk=pair.second_id).update(merged_into=pair.first_id)
    pair.delete()
    compared(pair.first, pair.second)
    assert pairs() == []
    assert not NameKey.objects.filter(entity=pair.second_id).exists()


def test_a_key_that_many_share_tells_nothing(monkeypatch):
    monkeypatch.setattr(duplicates, "MOST_SHARING", 3)
    smiths = [make_person("John Smith") for _ in range(4)]
    compared(*smiths[:3])
    assert len(pairs()) == 3
    DuplicatePair.objects.all().delete()
    compared(*smiths)
    assert pairs() == []


def test_as_many_queries_for_a_full_archive():
    def story(number):
        article, board = make_article(), make_organisation(f"Board {number}")
        people = make_person("Bill Hartley"), make_person("William Hartley")
        for person in people:
            make_appearance(make_article(), person)
            make_role(article, person, organisation=board)

    def cost():
        numbers = list(Entity.objects.values_list("pk", flat=True))
        with CaptureQueriesContext(connection) as first:
            suggest_duplicates(numbers)
        with CaptureQueriesContext(connection) as again:
            suggest_duplicates(numbers)
        return len(first), len(again)

    story(1), cost(), story(2)
    few = cost()
    for number in range(3, 9):
        story(number)
    many = cost()
    assert few == many
    assert max(many) <= 22


# What editors say.


def test_what_was_told_apart_stays_so(pair, editor):
    assert answer(pair, State.DIFFERENT, user=editor)
    make_appearance(make_article(), pair.first)
    compared(pair.first, pair.second)
    assert DuplicatePair.objects.get().state == State.DIFFERENT
    assert not DuplicatePair.objects.queue().exists()
    both = pair.first_id, pair.second_id
    assert DuplicatePair.objects.told_apart([*both, 0]) == {both}
    assert DuplicatePair.objects.told_apart([pair.first_id]) == set()


def test_an_answer_is_logged_at_both_records_in_one_batch(pair, editor):
    answer(pair, State.DIFFERENT, user=editor)
    first, second = Decision.objects.order_by("pk")
    assert (first.subject_id, second.subject_id) == (pair.first_id, pair.second_id)
    assert first.batch == second.batch
    assert (first.action, first.before, first.user) == ("tell apart", {"state": "suggested"}, editor)
    assert first.after == {"state": "different", "other record": f"William Hartley ({pair.second_id})"}


def test_an_unsure_pair_comes_back_last(pair, editor):
    compared(make_person("Kate Reed"), make_person("Katie Reed"))
    answer(pair, State.UNSURE, user=editor)
    assert [str(each) for each in DuplicatePair.objects.queue()] == [
        "Kate Reed · Katie Reed",
        "Bill Hartley · William Hartley",
    ]


def test_the_likeliest_pair_comes_first():
    compared(make_person("Kate Reed"), make_person("Katie Reed"), make_person("Ona Lund"), make_person("Ona Lund"))
    assert str(DuplicatePair.objects.queue().first()) == "Ona Lund · Ona Lund"


def test_an_answer_to_what_another_editor_changed_is_refused(pair, editor):
    DuplicatePair.objects.update(state=State.SAME)
    assert not answer(pair, State.DIFFERENT, user=editor)
    assert DuplicatePair.objects.get().state == State.SAME
    assert not Decision.objects.exists()


def test_the_last_answer_is_taken_back(pair, editor):
    assert take_back(editor) is None
    answer(pair, State.DIFFERENT, user=editor)
    assert take_back(editor) == pair
    again = DuplicatePair.objects.queue().get()
    assert (again.state, again.user, again.decided) == (State.SUGGESTED, None, None)
    assert Decision.objects.first().action == "take back"
    assert take_back(editor) is None


# The whole archive.


def find(*options):
    out = io.StringIO()
    call_command("find_duplicates", *options, stdout=out)
    return out.getvalue().splitlines()[0]


def test_the_command_compares_what_was_never_compared():
    make_person("Bill Hartley"), make_person("William Hartley")
    assert find() == "2 records compared, 1 new pairs; 1 wait in the queue."
    make_person("Will Hartley")
    assert find() == "1 records compared, 2 new pairs; 3 wait in the queue."
    assert find() == "0 records compared, 0 new pairs; 3 wait in the queue."
    assert find("--all") == "3 records compared, 0 new pairs; 3 wait in the queue."


def test_a_portion_finds_what_is_in_another(monkeypatch):
    monkeypatch.setattr("articles.management.commands.find_duplicates.PORTION", 1)
    make_person("Bill Hartley"), make_person("William Hartley")
    find()
    assert len(pairs()) == 1
