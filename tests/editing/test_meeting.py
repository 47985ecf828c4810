"""Two that meet: what one process leads to while another takes it away."""

import threading
import time
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import OperationalError, connection, connections, transaction
from django.urls import reverse
from django.utils import timezone

from articles.editing.removed import remove_orphans
from articles.editing.touching import drop_expired, settle
from articles.editing.trying import whole
from articles.models import Appearance, ContentChange, PageKey, Person, StoredPage
from articles.site.stored_pages import write_row
from tests.admin.test_together import form_of
from tests.factories import make_appearance, make_article, make_person

pytestmark = pytest.mark.django_db(transaction=True)


def meanwhile(first, second):
    """Carry out `first` in a transaction that is still open when another process begins with `second`.

    Returns what `second` did, or the fault that it met. On SQLite it waits until the first has ended.
    """
    done = []

    def other():
        try:
            done.append(second())
        except Exception as fault:
            done.append(fault)
        finally:
            connections.close_all()

    thread = threading.Thread(target=other)
    if connection.vendor == "sqlite":
        first()
        thread.start()
    else:
        with transaction.atomic():
            first()
            thread.start()
            wait_for_one_that_waits()
    thread.join()
    return done[0]


def wait_for_one_that_waits():
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute(waiting)
            if cursor.fetchone() != (0,):
                return
        time.sleep(0.01)
    pytest.fail("nobody waits")


def test_a_record_that_is_led_to_meanwhile_is_not_taken_away():
    person, article = make_person("Ana Bergaker", origin="extracted"), make_article()

    def lead_to_it():
        make_appearance(article, person)
        Person.objects.filter(pk=person.pk).update(article_count=1)

    assert meanwhile(lead_to_it, lambda: remove_orphans([person.pk])) == 0
    assert Appearance.objects.get().entity_id == person.pk


@pytest.mark.parametrize("take_away", [settle, drop_expired])
def test_a_page_goes_with_what_was_said_of_it_meanwhile(settings, tmp_path, take_away):
    settings.NEWSROOM_PAGE_FILES = str(tmp_path)
    past = timezone.now() - timedelta(minutes=1)
    write_row("/localhost/", {"tag:1"}, expires=past)
    ContentChange.objects.create(keys=["tag:1"])
    assert meanwhile(lambda: write_row("/localhost/", {"tag:1", "tag:2"}, expires=past), take_away) == 1
    assert (StoredPage.objects.count(), PageKey.objects.count()) == (0, 0)


def test_two_that_wait_for_each_other_are_both_carried_out():
    """PostgreSQL breaks the ring by ending one of the two, which is then tried again."""
    ana, bo = make_person("Ana Bergaker"), make_person("Bo Ek")
    both_hold_one, tries = threading.Barrier(2, timeout=10), []

    @whole
    def describe(first, second, words):
        tries.append(words)
        Person.objects.filter(pk=first.pk).update(description=words)
        if connection.vendor == "postgresql" and len(tries) < 3:
            both_hold_one.wait()
        Person.objects.filter(pk=second.pk).update(description=words)

    def other():
        describe(bo, ana, "second")
        connections.close_all()

    thread = threading.Thread(target=other)
    thread.start()
    describe(ana, bo, "first")
    thread.join()
    assert set(tries) == {"first", "second"}
    assert connection.vendor == "sqlite" or len(tries) == 3
    ana.refresh_from_db()
    bo.refresh_from_db()
    assert ana.description == bo.description


def test_a_form_that_met_another_is_saved_all_the_same_and_says_so_once(admin_client):
    """The database ends the first try when most of it is done."""
    article = make_article(body="<p>It rained.</p>")
    ended = []

    def end_once(execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        if sql.startswith('INSERT INTO "django_admin_log"') and not ended:
            ended.append(sql)
            raise OperationalError("deadlock detected")
        return answer

    url = reverse("admin:articles_article_change", args=[article.pk])
    typed = {**form_of(admin_client.get(url)), "body": "<p>“It sails,” said Mara Finch.</p>"}
    with connection.execute_wrapper(end_once):
        admin_client.post(url, typed)
    article.refresh_from_db()
    assert (len(ended), article.text) == (1, "“It sails,” said Mara Finch.")
    assert LogEntry.objects.count() == 1
    said = admin_client.get(reverse("admin:articles_article_changelist")).content.decode()
    assert said.count("for you.") == said.count("was changed successfully") == 1
