"""What editors decide on the review screen: each item by itself, each batch once, nobody's decision overwritten."""

import re
import uuid

import pytest

from articles.editing.decide import decide
from articles.editing.review.batches import TextChanged
from articles.editing.review.rows import text_revision
from articles.editing.revise import save_edit
from articles.models import Appearance, Decision, Entity, Person, Quote, State
from tests.factories import make_appearance, make_article, make_location, make_person

pytestmark = pytest.mark.django_db


def state_of(row):
    return type(row).objects.get(pk=row.pk).state


def words_of(appearance):
    appearance = Appearance.objects.select_related("article").get(pk=appearance.pk)
    return [appearance.article.text[start:end] for start, end in appearance.spans]


def test_a_person_is_accepted_with_the_roles_printed_beside_the_name(desk, rows):
    desk.do(rows["mara"], "accept")
    assert (state_of(rows["mara"]), state_of(rows["role"])) == (State.ACCEPTED, State.ACCEPTED)
    assert state_of(rows["quote"]) == State.SUGGESTED


def test_a_rejected_person_keeps_a_role_that_was_accepted(desk, rows, editor):
    decide([rows["role"]], state=State.ACCEPTED, user=editor)
    desk.do(rows["mara"], "reject")
    assert (state_of(rows["mara"]), state_of(rows["role"])) == (State.REJECTED, State.ACCEPTED)


def test_an_accepted_tag_is_borne_by_the_article(desk, rows, article):
    desk.do(rows["tag"], "accept")
    assert [tag.name for tag in article.tags.all()] == ["Ferries"]


def test_one_batch_holds_several_decisions(desk, rows):
    batch = uuid.uuid4()
    desk.carry_out(desk.item(rows["mara"], "accept"), desk.item(rows["quote"], "unsure"), batch=batch)
    assert state_of(rows["quote"]) == State.UNSURE
    said = Decision.objects.filter(batch=batch).values_list("subject", "label", "action")
    assert set(said) == {
        ("appearance", "Mara Finch", "accepted"),
        ("role", "harbour master", "accepted"),
        ("quote", "“It sails,”", "unsure"),
    }


def test_the_same_batch_twice_is_done_once(desk, rows, editor):
    batch, item = uuid.uuid4(), desk.item(rows["mara"], "accept")
    desk.carry_out(item, batch=batch)
    decide([rows["mara"]], state=State.REJECTED, user=editor)
    outcome = desk.carry_out(item, batch=batch)
    assert (outcome.touched, outcome.refused) == ([], {})
    assert state_of(rows["mara"]) == State.REJECTED


def test_what_a_colleague_decided_stands_and_the_rest_is_done(desk, rows, colleague):
    mine = [desk.item(rows["mara"], "accept"), desk.item(rows["lines"], "accept")]
    decide([rows["mara"]], state=State.REJECTED, user=colleague)
    outcome = desk.carry_out(*mine)
    assert (state_of(rows["mara"]), state_of(rows["lines"])) == (State.REJECTED, State.ACCEPTED)
    (said,) = outcome.refused.values()
    assert re.fullmatch(r"Tom Reis was here at \d\d:\d\d: rejected\.", said)
    assert list(outcome.refused) == [f"appearance-{rows['mara'].pk}"]


def test_a_row_that_is_gone_is_told(desk, rows):
    item = desk.item(rows["quote"], "accept")
    rows["quote"].delete()
    assert desk.carry_out(item).refused == {item.row: "This is no longer there."}


def test_a_row_of_another_article_cannot_be_reached(desk):
    other = make_appearance(make_article(), make_person("Ana Ruiz"), state=State.SUGGESTED)
    assert desk.do(other, "accept").refused
    assert state_of(other) == State.SUGGESTED


def test_places_in_a_text_that_was_edited_are_not_guessed(desk, rows, article, editor):
    seen = text_revision(article)
    article.body = article.body.replace("on Friday", "on Thursday")
    save_edit(article, changed=["body"], user=editor)
    with pytest.raises(TextChanged):
        desk.carry_out(desk.item(rows["mara"], "accept"), text=seen)
    assert state_of(rows["mara"]) == State.SUGGESTED


def test_a_decision_survives_an_edit_elsewhere_in_the_text(desk, rows, article, editor):
    item = desk.item(rows["quote"], "accept")
    article.body = "<p>Late on Friday:</p>" + article.body
    save_edit(article, changed=["body"], user=editor)
    assert desk.carry_out(item).refused == {}
    assert state_of(rows["quote"]) == State.ACCEPTED


# Who or what is meant.


def test_a_new_record_linked_to_another_becomes_part_of_it(desk, rows, mara):
    known = make_person("Mara Jane Finch", aliases=("Mara Jane Finch",), is_verified=True)
    desk.do(rows["mara"], "link", record=known.pk)
    row = Appearance.objects.get(article=desk.article, entity=known.pk)
    assert row.state == State.CHANGED
    assert Quote.objects.get().speaker_id == known.pk
    assert Entity.objects.get(pk=mara.pk).merged_into_id == known.pk
    assert "Mara Finch" in [alias.name for alias in known.aliases.all()]


def test_a_record_that_other_articles_have_keeps_what_they_say(desk, rows, mara):
    elsewhere = make_appearance(make_article(body="<p>Mara Finch left.</p>"), mara)
    other = make_person("Mara Finch", aliases=("Mara Finch",))
    desk.do(rows["mara"], "link", record=other.pk)
    assert Appearance.objects.get(article=desk.article, entity=other.pk).state == State.CHANGED
    assert Appearance.objects.get(pk=elsewhere.pk).entity_id == mara.pk
    assert Quote.objects.get().speaker_id == other.pk


def test_linking_to_the_record_it_has_accepts_it(desk, rows, mara):
    desk.do(rows["mara"], "link", record=mara.pk)
    assert state_of(rows["mara"]) == State.ACCEPTED


def test_a_record_that_was_merged_cannot_be_chosen(desk, rows):
    survivor = make_person("Ana Ruiz")
    merged = make_person("A. Ruiz", merged_into=survivor)
    (said,) = desk.do(rows["mara"], "link", record=merged.pk).refused.values()
    assert said == "This record is no longer there: somebody merged or deleted it."
    assert state_of(rows["mara"]) == State.SUGGESTED


@pytest.mark.parametrize("is_elsewhere", [False, True], ids=["only here", "elsewhere, too"])
def test_a_name_gets_another_kind(desk, rows, is_elsewhere):
    lines = rows["lines"].entity
    if is_elsewhere:
        make_appearance(make_article(body="<p>Coast Lines left.</p>"), lines)
    desk.do(rows["lines"], "kind", kind="location")
    row = Appearance.objects.select_related("entity").get(article=desk.article, name="Coast Lines")
    assert (row.entity.kind, row.state) == ("location", State.CHANGED)
    assert (row.entity_id == lines.pk) is not is_elsewhere
    assert Entity.objects.get(pk=lines.pk).kind == ("organisation" if is_elsewhere else "location")


def test_a_name_of_another_kind_is_the_one_record_of_that_name(desk, rows):
    town = make_location("Coast Lines", aliases=("Coast Lines",), is_verified=True)
    desk.do(rows["lines"], "kind", kind="location")
    assert Appearance.objects.get(article=desk.article, entity=town.pk).state == State.CHANGED


def test_a_name_of_no_kind_is_rejected(desk, rows):
    desk.do(rows["mara"], "kind", kind="other")
    assert (state_of(rows["mara"]), state_of(rows["role"])) == (State.REJECTED, State.REJECTED)


def test_a_quotation_gets_another_speaker_or_none(desk, rows):
    lines = rows["lines"].entity
    desk.do(rows["quote"], "speaker", record=lines.pk)
    assert (Quote.objects.get().speaker_id, Quote.objects.get().state) == (lines.pk, State.CHANGED)
    desk.do(rows["quote"], "speaker")
    assert (Quote.objects.get().speaker_id, Quote.objects.get().state) == (None, State.CHANGED)


# Where it stands.


def test_one_place_of_a_name_is_taken_off(desk, rows):
    second = desk.place("Coast Lines", 1)
    desk.do(rows["lines"], "reject", place=second)
    row = Appearance.objects.get(pk=rows["lines"].pk)
    assert (words_of(row), row.state) == (["Coast Lines"], State.SUGGESTED)
    assert row.excluded == [[second.start, second.end]]


def test_one_place_of_a_name_means_another_record(desk, rows):
    other = make_person("Ana Lines", aliases=("Ana Lines",))
    desk.do(rows["lines"], "link", place=desk.place("Coast Lines", 1), record=other.pk, kind="person")
    assert words_of(rows["lines"]) == ["Coast Lines"]
    assert words_of(Appearance.objects.get(entity=other.pk)) == ["Coast Lines"]


def test_the_only_place_of_a_name_is_not_taken_off(desk, rows):
    (said,) = desk.do(rows["mara"], "reject", place=desk.place("Mara Finch")).refused.values()
    assert said == "This is its only place: reject or link the whole name."
    assert words_of(rows["mara"]) == ["Mara Finch"]


def test_a_quotation_is_given_its_end(desk, rows):
    desk.do(rows["quote"], "span", place=desk.place("“It sails,”"), places=(desk.place("“It sails,” Finch said."),))
    quote = Quote.objects.get()
    assert (quote.text, quote.state) == ("“It sails,” Finch said.", State.CHANGED)


def test_a_name_is_given_its_beginning(desk, rows):
    desk.do(rows["mara"], "span", place=desk.place("Mara Finch"), places=(desk.place("Finch"),))
    row = Appearance.objects.get(pk=rows["mara"].pk)
    assert (words_of(row), row.name, row.state) == (["Finch"], "Finch", State.CHANGED)


def test_missed_words_become_a_name_with_a_record(desk):
    desk.do(None, "add", kind="location", places=(desk.place("Szeged"),))
    row = Appearance.objects.select_related("entity").get(name="Szeged")
    assert (row.entity.kind, row.state, row.origin) == ("location", State.ACCEPTED, "typed")


def test_missed_words_are_the_record_of_that_name(desk):
    szeged = make_location("Szeged", aliases=("Szeged",))
    desk.do(None, "add", kind="location", places=(desk.place("Szeged"),))
    assert Appearance.objects.get(name="Szeged").entity_id == szeged.pk


def test_a_name_that_several_records_bear_is_a_question(desk):
    for _ in range(2):
        make_location("Szeged", aliases=("Szeged",))
    outcome = desk.do(None, "add", kind="location", places=(desk.place("Szeged"),))
    assert outcome.refused == {"new": "Several records are called “Szeged”: choose one of them."}
    assert not Appearance.objects.filter(name="Szeged").exists()


def test_more_places_are_added_to_a_name(desk, rows, mara):
    places = (desk.place("Finch", 1), desk.place("Finch", 2))
    desk.do(None, "add", kind="person", record=mara.pk, places=places)
    assert words_of(rows["mara"]) == ["Mara Finch", "Finch", "Finch"]


def test_missed_words_become_a_quotation(desk, mara):
    desk.do(None, "add", kind="quotation", record=mara.pk, places=(desk.place("had no comment"),))
    quote = Quote.objects.get(text="had no comment")
    assert (quote.speaker_id, quote.form, quote.state) == (mara.pk, Quote.Form.INDIRECT, State.ACCEPTED)


def test_a_refused_item_leaves_no_half(desk, rows):
    for _ in range(2):
        make_person("Coast Lines", aliases=("Coast Lines",))
    outcome = desk.carry_out(
        desk.item(rows["lines"], "kind", kind="person", place=desk.place("Coast Lines", 1)),
        desk.item(rows["quote"], "accept"),
    )
    assert list(outcome.refused) == [f"appearance-{rows['lines'].pk}"]
    assert words_of(rows["lines"]) == ["Coast Lines", "Coast Lines"]
    assert state_of(rows["quote"]) == State.ACCEPTED
    assert {decision.subject for decision in Decision.objects.all()} == {"quote"}


def test_people_are_counted_when_a_published_article_is_reviewed(desk, rows, mara, article):
    article.status, article.released = "published", article.created
    article.save()
    desk.carry_out(desk.item(rows["mara"], "accept"), desk.item(rows["quote"], "accept"))
    mara = Person.objects.get(pk=mara.pk)
    assert (mara.article_count, mara.quote_count) == (1, 1)
