"""What a source lets be done with its story: newer and older versions, embargoes, holds and kills."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.documents.formats import story_lines
from articles.documents.story import Status, Story
from articles.editing.embargo import set_embargo
from articles.editing.publish import publish, schedule
from articles.editing.revise import save_edit
from articles.importing.service import ImportOptions, import_document
from articles.models import Article, ArticleImport
from tests.factories import make_section

pytestmark = pytest.mark.django_db
SOON = timezone.now().replace(microsecond=0) + timedelta(days=2)


@pytest.fixture
def editor():
    return User.objects.create_superuser("ida")


def told(**fields):
    """Import a story of a wire, given as one of our own lines; returns its report."""
    options = ImportOptions(publish=fields.pop("publish", False))
    story = Story(
        **{
            "headline": "Ferry to stop in May",
            "body": "<p>The ferry from Cobh will stop in May, said harbour master Deirdre Falvey.</p>",
            "publisher": "Tidewire",
            "published": datetime(2031, 5, 2, 9, 30, tzinfo=UTC),
            "identifier": "urn:newsml:tidewire.example:20310502:ferry",
            **fields,
        }
    )
    (report,) = import_document(story_lines.write(story).encode(), source="wire.jsonl", options=options)
    return report


def published(**fields):
    told(**fields)
    article = Article.objects.get()
    publish([article], user=None)
    return Article.objects.get()


def warned(report, words):
    return any(words in warning for warning in report["warnings"])


def test_what_a_source_says_beside_the_story_is_kept():
    make_section("Harbours")
    told(section="harbours", urgency=3, copyright="© Tidewire", instructions="Adds quotation.", version=2)
    article = Article.objects.get()
    assert (article.section.name, article.urgency, article.copyright) == ("Harbours", 3, "© Tidewire")
    assert (article.instructions, article.source_version) == ("Adds quotation.", 2)


def test_a_newer_version_is_known_by_its_identifier_whatever_it_is_called():
    told(version=1)
    report = told(version=2, headline="Ferry to stop in June")
    assert report["status"] == "updated"
    assert Article.objects.get().headline == "Ferry to stop in June"


def test_an_older_version_that_comes_late_changes_nothing():
    told(version=3, headline="Ferry to stop in June")
    report = told(version=2)
    assert report["status"] == "unchanged"
    assert warned(report, "this is version 2; the article has version 3")
    assert Article.objects.get().headline == "Ferry to stop in June"


def test_of_one_headline_and_date_two_identifiers_are_two_stories():
    told()
    told(identifier="urn:newsml:tidewire.example:20310502:other", body="<p>It rained in Cork.</p>")
    assert Article.objects.count() == 2


def test_an_embargoed_story_is_not_published_by_an_import():
    report = told(embargo=SOON, publish=True)
    article = Article.objects.get()
    assert (article.embargo, article.status) == (SOON, Article.Status.DRAFT)
    assert warned(report, "left unpublished")


def test_an_embargo_that_is_over_is_none():
    told(embargo=timezone.now() - timedelta(days=1), publish=True)
    assert Article.objects.get().embargo is None


def test_an_embargo_that_a_person_lifted_stays_lifted(editor):
    told(embargo=SOON)
    set_embargo(Article.objects.get(), until=None, user=editor)
    report = told(embargo=SOON, headline="Ferry to stop in June")
    assert warned(report, "an editor decided about its embargo")
    assert Article.objects.get().embargo is None


def test_what_would_come_out_before_its_new_embargo_leaves_the_schedule(editor):
    told()
    schedule(Article.objects.get(), at=SOON - timedelta(days=1), user=editor)
    told(embargo=SOON, version=2)
    article = Article.objects.get()
    assert (article.status, article.embargo) == (Article.Status.READY, SOON)


def test_a_published_story_that_is_embargoed_too_late_is_told_to_the_desk():
    article = published()
    report = told(embargo=SOON, version=2)
    assert warned(report, "Readers see it already")
    assert "Readers see it already" in article.desk_notes.get().text
    assert Article.objects.get().is_published


def test_a_kill_withdraws_the_article_and_leaves_its_words():
    article = published()
    report = told(status=Status.CANCELED, headline="KILL: ferry", body="<p>Destroy.</p>", instructions="It is untrue.")
    killed = Article.objects.get()
    assert (report["status"], killed.status) == ("updated", Article.Status.WITHDRAWN)
    assert (killed.headline, killed.text) == (article.headline, article.text)
    assert "It is untrue." in killed.desk_notes.get().text
    assert told(status=Status.CANCELED, headline="KILL: ferry", body="<p>Destroy.</p>")["status"] == "unchanged"


def test_what_was_canceled_cannot_be_published_until_an_editor_says_so(editor):
    told()
    told(status=Status.CANCELED)
    article = Article.objects.get()
    assert publish([article], user=editor).refused
    article.source_status = Article.SourceStatus.USABLE
    save_edit(article, changed=["source_status"], user=editor)
    assert publish([article], user=editor).articles
    report = told(status=Status.CANCELED)
    assert warned(report, "an editor said that it may be used")
    assert Article.objects.get().is_published


def test_a_kill_of_what_is_not_here_says_so_and_leaves_a_line_in_the_log():
    report = told(status=Status.CANCELED)
    assert "its source canceled it; there is nothing here to withdraw" in report["error"]
    assert not Article.objects.exists()
    assert ArticleImport.objects.get().status == "failed"


def test_what_is_withheld_goes_when_its_source_lets_it_go():
    told(status=Status.WITHHELD, publish=True)
    assert Article.objects.get().status == Article.Status.DRAFT
    told(version=2, publish=True)
    assert Article.objects.get().is_published


def test_the_database_publishes_nothing_that_is_not_usable():
    article = published()
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(source_status="canceled")
