"""Going back to a version of an article brings back all of it, and what cannot come back is told."""

import pytest

from articles.editing.decide import decide
from articles.editing.merge import merge
from articles.editing.publish import publish
from articles.editing.restoring import restore, restore_field
from articles.editing.revise import save_edit
from articles.editing.snapshot import digest, snapshot
from articles.editing.tags import merge_tags
from articles.editing.withdraw import withdraw
from articles.importing.integrity import problems
from articles.importing.service import extract_article, import_document
from articles.models import Article, Byline, Decision, Entity, Person, Quote, RelatedArticle, Role, State, Tag
from tests.factories import (
    bear,
    make_appearance,
    make_article,
    make_person,
    make_proposed_tag,
    make_quote,
    make_role,
    make_section,
    make_series,
)

pytestmark = pytest.mark.django_db

BODY = "<p>“It sails,” said Ana Ruiz, the harbour master.</p><p>Ben Ode waved.</p>"


@pytest.fixture
def article(db):
    article, ana = make_article(headline="Ferry back", body=BODY, tags=("Ferries",)), make_person("Ana Ruiz")
    make_appearance(article, ana)
    bear(make_quote(article, "“It sails,”", speaker=ana), "Promises")
    make_role(article, ana)
    make_proposed_tag(article, "Harbours", state=State.REJECTED)
    Byline.objects.create(article=article, name="Ife Balogun", position=1)
    return article


def write(article, user=None, **fields):
    article.refresh_from_db()
    for name, value in fields.items():
        setattr(article, name, value)
    save_edit(article, changed=list(fields), user=user)


def first(article):
    return article.versions.get(number=1)


def test_all_of_a_version_comes_back_and_can_be_undone(article, editor):
    then = digest(snapshot(article))
    write(article, body="<p>Nothing sails.</p>", headline="No ferry")
    article.bylines.all().delete()
    bear(article, "Storms")
    Quote.objects.all().delete()
    later = digest(snapshot(article))
    restored = restore(first(article), user=editor)
    assert (restored.told, digest(snapshot(article))) == ([], then)
    assert Person.objects.get().quote_count == 1
    assert list(problems()) == []
    restore(restored.kept, user=editor, undo=True)
    assert digest(snapshot(article)) == later


def test_rows_come_back_under_their_numbers_with_what_was_decided_about_them(article, editor):
    quote = Quote.objects.get()
    decide([quote], state=State.UNSURE, user=editor)
    write(article, body="<p>Nothing sails.</p>")
    Quote.objects.all().delete()
    restore(article.versions.get(number=2), user=editor)
    back = Quote.objects.get()
    assert (back.pk, back.state, back.text) == (quote.pk, "unsure", "“It sails,”")
    assert [tag.name for tag in back.tags.all()] == ["Promises"]
    assert back.created == quote.created


def test_going_back_is_logged_and_left_alone_by_imports(article, editor):
    write(article, headline="No ferry")
    Article.objects.update(edited_fields=[])
    restored = restore(first(article), user=editor)
    article.refresh_from_db()
    assert article.edited_fields == ["headline"]
    decision = Decision.objects.filter(action="restore").get()
    assert (decision.user, decision.before, decision.after) == (editor, {"version": 2}, {"version": 1})
    restore(restored.kept, user=editor, undo=True)
    article.refresh_from_db()
    assert (article.headline, article.edited_fields) == ("No ferry", [])


def test_going_back_neither_publishes_nor_withdraws(editor):
    article = make_article(status="draft")
    write(article, headline="Ferry back")
    publish([article], user=editor)
    restore(first(article), user=editor)
    article.refresh_from_db()
    assert article.is_published
    write(article, headline="Ferry gone")
    withdraw(article, note="It never sailed.", user=editor)
    restore(article.versions.last(), user=editor)
    article.refresh_from_db()
    assert not article.is_published


def test_records_that_were_merged_are_followed_to_the_one_that_stays(article, editor):
    write(article, body="<p>Nothing sails.</p>")
    survivor = make_person("Ana Ruiz Soto")
    merge(survivor, Person.objects.get(name="Ana Ruiz"), user=editor)
    told = restore(first(article), user=editor).told
    assert told == []
    assert article.appearances.get().entity_id == survivor.pk
    assert Quote.objects.get().speaker_id == survivor.pk
    assert Role.objects.get().person_id == survivor.pk


def test_two_names_whose_records_became_one_are_one(editor):
    article = make_article(body="<p>Ana Ruiz met A. Ruiz.</p>")
    ana, other = make_person("Ana Ruiz"), make_person("A. Ruiz")
    make_appearance(article, ana, "Ana Ruiz")
    make_appearance(article, other, "A. Ruiz", state=State.SUGGESTED)
    write(article, headline="Two met")
    merge(ana, other, user=editor)
    restore(first(article), user=editor)
    row = article.appearances.get()
    assert (row.entity_id, row.spans, row.state) == (ana.pk, [[0, 8], [13, 20]], "accepted")


def test_a_record_deleted_since_is_told(article, editor):
    write(article, body="<p>Nothing sails.</p>")
    article.appearances.all().delete(), article.quotes.all().delete(), article.roles.all().delete()
    Entity.objects.all().delete()
    told = restore(first(article), user=editor).told
    assert told == ["“Ana Ruiz” was deleted since and is not brought back."]
    assert (article.appearances.count(), article.roles.count()) == (0, 0)
    assert (Quote.objects.get().text, Quote.objects.get().speaker) == ("“It sails,”", None)


def test_a_record_that_nothing_led_to_any_more_is_brought_back(editor):
    import_document(b"Ferry back\n\nAna Ruiz waved to Ben Ode on the quay.\n", source="ferry.txt")
    article = Article.objects.get()
    ben = Person.objects.get(name="Ben Ode")
    then = digest(snapshot(article))
    write(article, body="<p>Ana Ruiz waved on the quay.</p>")
    extract_article(article)
    assert not Person.objects.filter(name="Ben Ode").exists()
    restored = restore(first(article), user=editor)
    assert (restored.told, digest(snapshot(article))) == ([], then)
    back = Person.objects.get(pk=ben.pk)
    assert (back.slug, back.given_name, [alias.name for alias in back.aliases.all()]) == ("ben-ode", "Ben", ["Ben Ode"])
    restore(restored.kept, user=editor)
    assert not Person.objects.filter(name="Ben Ode").exists()


def test_tags_are_followed_and_a_deleted_one_is_told(article, editor):
    bear(article, "Ferries", "Storms")
    write(article, headline="No ferry")
    bear(article)
    ferries, boats = Tag.objects.get(name="Ferries"), Tag.objects.create(name="Boats")
    merge_tags(boats, [ferries], user=editor)
    Tag.objects.get(name="Storms").delete()
    told = restore(first(article), user=editor).told
    assert told == ["The tag “Storms” was deleted since."]
    assert [tag.name for tag in article.tags.all()] == ["Boats"]


def test_an_address_that_another_article_has_by_now_stays_with_it(article, editor):
    write(article, slug="no-ferry", headline="No ferry")
    make_article(slug="ferry-back")
    told = restore(first(article), user=editor).told
    assert told == ["Another article has the slug “ferry-back” by now."]
    article.refresh_from_db()
    assert (article.headline, article.slug) == ("Ferry back", "no-ferry")


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("headline", "No ferry", "Ferry back"),
        ("end_notes", ["Ife Balogun"], []),
        ("body", "<p>Nothing sails.</p>", BODY),
        ("standfirst", "None sails.", ""),
    ],
)
def test_one_field_comes_back_and_the_others_stay(article, editor, name, value, expected):
    write(article, **{name: value, "publisher": "Radio Tarn"})
    restore_field(first(article), name, user=editor)
    article.refresh_from_db()
    assert (getattr(article, name), article.publisher) == (expected, "Radio Tarn")
    assert list(problems()) == []


def test_the_tags_alone_come_back_and_the_suggestions_follow(article, editor):
    proposal = make_proposed_tag(article, "Storms", state=State.SUGGESTED)
    write(article, headline="No ferry")
    bear(article, "Storms")
    decide([proposal], state=State.ACCEPTED, user=editor)
    restored = restore_field(first(article), "tags", user=editor)
    article.refresh_from_db()
    assert ([tag.name for tag in article.tags.all()], article.headline) == (["Ferries"], "No ferry")
    proposal.refresh_from_db()
    assert proposal.state == State.REJECTED
    restore_field(restored.kept, "tags", user=editor)
    proposal.refresh_from_db()
    assert proposal.state == State.ACCEPTED


def test_sections_series_and_picked_articles_come_back_where_there_is_room(editor):
    section, series = make_section("Harbours"), make_series("Storms")
    article, other = make_article(section=section, series=series, part=1), make_article()
    RelatedArticle.objects.create(article=article, related=other)
    write(article, section=None, series=None, part=None)
    article.picked.all().delete()
    assert restore(first(article), user=editor).told == []
    article.refresh_from_db()
    assert (article.section, article.series, article.part) == (section, series, 1)
    assert [row.related for row in article.picked.all()] == [other]
    write(article, section=None, series=None, part=None)
    Article.objects.filter(pk=other.pk).update(series=series, part=1)
    section.delete()
    assert restore(first(article), user=editor).told == [
        "The section it had was deleted since.",
        "Its part of the series is another article's by now, or the series was deleted.",
    ]
