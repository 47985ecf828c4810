"""What an article was is kept before it changes, and only then."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from articles.editing.decide import decide, follow_tags, reattribute
from articles.editing.keeping import PAUSE, Change, keep, states_of
from articles.editing.revise import Overtaken, save_edit
from articles.editing.snapshot import BOOKKEEPING, DESK, FIELDS, PARTS, digest, snapshot
from articles.importing.relinking import relink
from articles.importing.service import ImportOptions, import_document
from articles.models import Article, ArticleVersion, State
from tests.factories import (
    make_appearance,
    make_article,
    make_person,
    make_proposed_tag,
    make_quote,
)

pytestmark = pytest.mark.django_db

STORY = "Ferry to sail again\n\n“It sails,” said Ana Ruiz, the harbour master. Ben Ode waved.\n"


@pytest.fixture
def colleague(db):
    return get_user_model().objects.create_user("ana", is_staff=True)


def bring(text=STORY, **options):
    import_document(text.encode(), source="ferry.txt", options=ImportOptions(**options))
    return Article.objects.get()


def write(article, user=None, **fields):
    article.refresh_from_db()
    for name, value in fields.items():
        setattr(article, name, value)
    return save_edit(article, changed=list(fields), user=user)


def test_every_column_of_an_article_is_kept_or_left_out_for_a_reason():
    columns = {field.name for field in Article._meta.concrete_fields}
    kept = {Article._meta.get_field(name).name for name in FIELDS}
    assert columns - kept == {*DESK, *BOOKKEEPING}


# Rows that belong to an article and are no part of its versions.
APART = {
    "bands": "follows from the article",
    "corrections": "said to readers, whatever the article says now",
    "counted_day": "follows from the article",
    "coverage": "follows from the article",
    "decisions": "the log",
    "desk_notes": "talk about the article",
    "drafts": "not saved",
    "error_reports": "readers' words",
    "feed_items": "the feed's",
    "front_page_place": "the front page's",
    "imports": "the log",
    "namings": "follows from the article",
    "pairs_as_first": "said of two articles",
    "pairs_as_second": "said of two articles",
    "picked_for": "another article's",
    "presences": "passing",
    "preview_links": "passing",
    "sayings": "follows from the article",
    "tag_coverage": "follows from the article",
    "versions": "the versions themselves",
}


def test_all_that_belongs_to_an_article_is_kept_or_left_out_for_a_reason():
    kept = {(part.model, part.path) for part in PARTS}
    related = [each for each in Article._meta.related_objects if (each.related_model, each.field.name) not in kept]
    assert {each.get_accessor_name() for each in related} - set(APART) == set()


def test_an_imported_article_has_no_version_until_something_changes():
    article = bring(tags=("Ferries",))
    assert not ArticleVersion.objects.exists()
    bring(tags=("Ferries",))
    assert not ArticleVersion.objects.exists()
    write(article, headline="Ferry back")
    version = ArticleVersion.objects.get()
    assert (version.number, version.state["fields"]["headline"]) == (1, "Ferry to sail again")


@pytest.mark.parametrize(
    ("change", "step"),
    [
        ("import", lambda article, user: bring(STORY + "\nMore on Friday.\n")),
        ("import", lambda article, user: bring(tags=("Harbours",))),
        ("review", lambda article, user: decide(article.appearances.all(), state=State.ACCEPTED, user=user)),
        ("review", lambda article, user: reattribute(article.quotes.get(), speaker=None, user=user)),
        ("edit", lambda article, user: write(article, user, body="<p>New.</p>")),
    ],
    ids=["a newer document", "a document imported with a tag", "a decision", "another speaker", "an edit"],
)
def test_each_way_of_changing_an_article_keeps_what_it_was(editor, change, step):
    article = bring()
    before = digest(snapshot(article))
    step(article, editor)
    version = ArticleVersion.objects.get()
    assert (version.change, version.digest, digest(version.state)) == (change, before, before)
    assert digest(snapshot(article)) != before


def test_linking_again_keeps_an_article_only_if_it_moves_a_name():
    article = bring()
    assert relink(article) == []
    assert not ArticleVersion.objects.exists()
    known = make_person("Benjamin Ode", aliases=("Ben Ode",), is_verified=True)
    moved = relink(article)
    assert [change.after for change in moved] == [known.name]
    assert ArticleVersion.objects.get().change == "link"


def test_decisions_in_one_go_make_one_version(editor, colleague):
    article, now = make_article(), timezone.now()
    for number in range(4):
        make_appearance(article, make_person(f"Nils Berg {number}"), state=State.SUGGESTED)
    first, second, third, fourth = article.appearances.order_by("pk")
    for row, user, moment in (
        (first, editor, now),
        (second, editor, now + PAUSE),
        (third, colleague, now + PAUSE),
        (fourth, colleague, now + 2 * PAUSE + timedelta(seconds=1)),
    ):
        keep(article, change=Change.REVIEW, user=user, now=moment)
        type(row).objects.filter(pk=row.pk).update(state=State.ACCEPTED)
    ends = [(version.changed_by, version.changed) for version in article.versions.order_by("number")]
    assert ends == [
        (editor, now + PAUSE),
        (colleague, now + PAUSE),
        (colleague, now + 2 * PAUSE + timedelta(seconds=1)),
    ]


def test_the_same_state_is_not_kept_twice(editor, colleague):
    article = make_article(headline="Ferry back")
    write(article, editor, headline="Ferry back")
    write(article, colleague, headline="Ferry is back")
    version = article.versions.get()
    assert (version.changed_by, version.state["fields"]["headline"]) == (colleague, "Ferry back")


def test_every_state_says_who_made_it_and_when(editor, colleague):
    article = bring()
    write(article, editor, headline="Ferry back")
    decide(article.quotes.all(), state=State.ACCEPTED, user=colleague)
    said = [(state.number, state.user, state.how, state.is_current) for state in states_of(article)]
    assert said == [(1, None, "created", False), (2, editor, "edited", False), (3, colleague, "reviewed", True)]
    times = [state.made for state in states_of(article)]
    assert times == sorted(times)


def test_tags_chosen_in_a_form_are_part_of_the_edit(editor):
    article = make_article(tags=("Ferries",))
    make_proposed_tag(article, "Harbours")
    save_edit(article, changed=["tags"], user=editor)
    article.tags.set(["Harbours"])
    follow_tags(article, user=editor)
    version = article.versions.get()
    assert [version.state["tag_names"][str(row["tag_id"])] for row in version.state["tags"]] == ["Ferries"]


def test_the_revision_goes_up_with_the_document_and_its_tags_and_with_nothing_else(editor):
    article = bring()

    def revision():
        return Article.objects.values_list("revision", flat=True).get()

    assert revision() == 0
    write(article, editor, headline="Ferry back")
    assert revision() == 1
    decide(article.quotes.all(), state=State.ACCEPTED, user=editor)
    assert revision() == 1
    decide([make_proposed_tag(article, "Harbours")], state=State.ACCEPTED, user=editor)
    assert revision() == 2
    bring(STORY + "\nMore on Friday.\n")
    assert revision() == 3


def test_nobody_saves_over_a_version_that_he_has_not_seen(editor, colleague):
    article = make_article(headline="Ferry back")
    mine = Article.objects.get()
    write(article, colleague, headline="Ferry is back")
    mine.standfirst = "At last."
    with pytest.raises(Overtaken):
        save_edit(mine, changed=["standfirst"], user=editor, revision=0)
    article.refresh_from_db()
    assert (article.headline, article.standfirst, article.versions.count()) == ("Ferry is back", "", 1)
    save_edit(mine, changed=["standfirst"], user=editor, revision=1)
    article.refresh_from_db()
    assert (article.headline, article.standfirst) == ("Ferry is back", "At last.")


def test_keeping_a_long_article_asks_no_more_for_more_names(django_assert_num_queries):
    for number in (3, 30):
        people = [make_person(f"Nils Berg {number}{letter}") for letter in range(number)]
        article = make_article(body=f"<p>{' '.join(f'“{each}.”' for each in people)}</p>")
        for person in people:
            make_appearance(article, person)
            make_quote(article, f"“{person}.”", speaker=person)
        with django_assert_num_queries(17):
            keep(article, change=Change.REVIEW, user=None)
