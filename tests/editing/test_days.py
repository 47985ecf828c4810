"""The calendar counts, on each day, the articles that readers find there."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.editing.days import count_days, rebuild_days, wrong_days
from articles.editing.moves import move
from articles.editing.publish import publish, publish_due, schedule
from articles.editing.restoring import restore
from articles.editing.revise import save_edit
from articles.editing.withdraw import withdraw
from articles.importing.integrity import problems
from articles.importing.service import ImportOptions, import_document
from articles.models import Article, ArticleVersion, CountedDay, DayCount, NameEntry
from tests.factories import make_appearance, make_article, make_person

pytestmark = pytest.mark.django_db

MARCH = datetime(2031, 3, 14, 12, tzinfo=UTC)


def counted():
    assert wrong_days() == []
    return {str(day): number for day, number in DayCount.objects.filter(number__gt=0).values_list("day", "number")}


def draft(**fields):
    return make_article(status="draft", **{"published": MARCH, **fields})


def test_an_article_counts_from_when_it_is_published_until_it_is_withdrawn(editor):
    first, second = draft(), draft()
    assert counted() == {}
    publish([first, second], user=editor)
    assert counted() == {"2031-03-14": 2}
    withdraw(first, note="No.", user=editor)
    assert counted() == {"2031-03-14": 1}
    move([first], "reinstate", user=editor)
    assert counted() == {"2031-03-14": 1}
    publish([first], user=editor)
    assert counted() == {"2031-03-14": 2}


def test_an_article_without_a_date_counts_on_the_day_of_its_release(editor):
    publish([draft(published=None)], user=editor)
    assert list(counted()) == [str(timezone.localdate())]


def test_a_scheduled_article_counts_once_its_time_has_come(editor):
    article = draft()
    schedule(article, at=timezone.now() + timedelta(hours=1), user=editor)
    assert counted() == {}
    publish_due(now=timezone.now() + timedelta(hours=2))
    assert counted() == {"2031-03-14": 1}


def test_another_date_moves_it_and_going_back_brings_it_home(editor):
    article = draft()
    publish([article], user=editor)
    article.refresh_from_db()
    article.published = datetime(2030, 12, 24, tzinfo=UTC)
    save_edit(article, changed=["published"], user=editor)
    assert counted() == {"2030-12-24": 1}
    restore(ArticleVersion.objects.latest("pk"), user=editor)
    assert counted() == {"2031-03-14": 1}


def test_an_import_counts_and_moves(editor):
    story = "Boat leaves\n\n{}\n\nThe boat left the harbour of Cobh.\n"
    options = ImportOptions(publish=True)
    import_document(story.format("May 3, 2031").encode(), source="boat.txt", options=options)
    assert counted() == {"2031-05-03": 1}
    Article.objects.update(address="https://example.org/boat")
    later = story.format("May 3, 2031").replace("Cobh", "Cork")
    import_document(later.encode(), source="boat.txt", options=options)
    assert counted() == {"2031-05-03": 1}


def test_the_day_is_that_of_the_newsroom_s_clock(editor, settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    publish([draft(published=datetime(2031, 3, 14, 23, tzinfo=UTC))], user=editor)
    assert counted() == {"2031-03-15": 1}


def test_a_move_to_another_time_zone_is_counted_anew(editor, settings):
    publish([draft(published=datetime(2031, 3, 14, 23, tzinfo=UTC))], user=editor)
    settings.TIME_ZONE = "Pacific/Auckland"
    assert wrong_days() == [date(2031, 3, 14), date(2031, 3, 15)]
    assert rebuild_days() == 2
    assert counted() == {"2031-03-15": 1}


def test_what_is_wrong_is_found_and_put_right(editor):
    publish([draft()], user=editor)
    DayCount.objects.update(number=7)
    assert "14 March 2031: the calendar counts other articles than stand on it" in list(problems())
    assert rebuild_days() == 1
    assert counted() == {"2031-03-14": 1}


def test_an_article_that_is_deleted_leaves_no_day(editor):
    article = draft()
    publish([article], user=editor)
    withdraw(article, note="No.", user=editor)
    article.delete()
    assert not CountedDay.objects.exists()
    assert counted() == {}


def test_to_count_twice_changes_nothing_and_asks_little(editor, django_assert_num_queries):
    articles = [make_article(published=MARCH) for _ in range(3)]
    with django_assert_num_queries(4):
        count_days([article.pk for article in articles])
    assert counted() == {"2031-03-14": 3}


def test_months_days_and_what_lies_between():
    for moment in (MARCH, MARCH, datetime(2031, 3, 2, tzinfo=UTC), datetime(2029, 1, 31, tzinfo=UTC)):
        make_article(published=moment)
    days = DayCount.objects
    assert days.by_month() == {date(2031, 3, 1): 3, date(2029, 1, 1): 1}
    assert list(days.by_month()) == [date(2031, 3, 1), date(2029, 1, 1)]
    assert days.by_day(2031) == {date(2031, 3, 2): 1, date(2031, 3, 14): 2}
    assert days.before(date(2031, 3, 1)) == date(2029, 1, 31)
    assert days.after(date(2031, 3, 3)) == date(2031, 3, 14)
    assert days.after(date(2031, 3, 15)) is None
    assert days.total() == 4


def test_the_command_finds_and_mends_the_calendar_and_the_index_of_names(editor, capsys):
    article = make_article(published=MARCH, body="<p>Mira Voss</p>")
    make_appearance(article, make_person("Mira Voss"))
    DayCount.objects.update(number=7)
    NameEntry.objects.all().delete()
    with pytest.raises(CommandError, match="2 out of step"):
        call_command("rebuild_counts", check=True)
    call_command("rebuild_counts")
    call_command("rebuild_counts", check=True)
    assert counted() == {"2031-03-14": 1}
    assert NameEntry.objects.get().key == "voss mira voss"
