"""A published article is corrected in its form; readers' reports come to an inbox."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from articles.models import Correction, Decision, ErrorReport
from tests.factories import make_appearance, make_article, make_person, make_quote

REPORTS = reverse("admin:articles_errorreport_changelist")


def url_of(record):
    return reverse(f"admin:articles_{record._meta.model_name}_change", args=[record.pk])


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.fixture
def article(db):
    article = make_article(
        headline="Ferry sails",
        slug="ferry-sails",
        body="<p>“It sails,” said Mara Finch.</p><p>All is well.</p>",
        released=timezone.now() - timedelta(days=1),
    )
    mara = make_person("Mara Finch")
    make_appearance(article, mara)
    make_quote(article, "“It sails,”", speaker=mara)
    return article


@pytest.fixture
def form(article, article_form):
    def changed(**changes):
        same = {"headline": article.headline, "slug": article.slug, "language": "en", "body": article.body}
        return article_form(**{**same, **changes})

    return changed


def test_saving_with_a_correction_tells_readers_what_changed_and_whom_it_touches(admin_client, editor, article, form):
    body = article.body.replace("It sails", "It sailed")
    changes = form(body=body, correction_kind="update", correction_note=" It sailed on Monday. ", _correct="x")
    response = admin_client.post(url_of(article), changes)
    assert "Readers are told: Update: It sailed on Monday." in said(response)
    correction = Correction.objects.get()
    assert (correction.kind, correction.note, correction.user) == ("update", "It sailed on Monday.", editor)
    assert (correction.before["body"], correction.after["body"]) == (article.body, body)
    assert [entity.name for entity in correction.entities.all()] == ["Mara Finch"]
    assert [quote.text for quote in correction.quotes.all()] == ["“It sailed,”"]


def test_a_correction_needs_a_note_and_a_note_its_button(admin_client, article, form):
    response = admin_client.post(url_of(article), form(_correct="x"))
    assert "Tell readers what was wrong" in str(response.context["adminform"].form.errors["correction_note"])
    response = admin_client.post(url_of(article), form(correction_note="It was Monday."))
    assert "Press “Save with a correction”" in str(response.context["adminform"].form.errors["correction_note"])
    assert not Correction.objects.exists()


def test_a_correction_answers_the_reports_that_are_ticked(admin_client, editor, article, form):
    answered, other = (ErrorReport.objects.create(article=article, message=f"Wrong {n}.") for n in range(2))
    page = admin_client.get(url_of(article))
    assert [row.label for row in page.context["panels"][0].rows] == ["Wrong 1.", "Wrong 0."]
    admin_client.post(url_of(article), form(correction_note="It was Monday.", answered=[answered.pk], _correct="x"))
    answered.refresh_from_db()
    other.refresh_from_db()
    assert (answered.state, answered.correction, other.state) == ("handled", Correction.objects.get(), "open")


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_what_readers_do_not_see_is_edited_not_corrected(admin_client, article_form, status):
    article = make_article(status=status)
    assert "correction_note" not in admin_client.get(url_of(article)).content.decode()
    sent = article_form(headline="Ferry stays", correction_note="It was Monday.", _correct="x")
    assert admin_client.post(url_of(article), sent).status_code == 403


def test_who_may_not_publish_corrects_nothing(staff, article, form):
    client = staff("view_article", "change_article")
    assert "correction_note" not in client.get(url_of(article)).content.decode()
    assert client.post(url_of(article), form(correction_note="It was Monday.", _correct="x")).status_code == 403


def test_a_correction_shows_what_changed_and_its_note_can_be_amended(admin_client, article):
    correction = Correction.objects.create(
        article=article,
        note="It was Monday.",
        before={"headline": "Ferry", "body": "<p>On Friday.</p><p>All is well.</p>"},
        after={"headline": "Ferry sails", "body": "<p>On Monday.</p><p>All is well.</p>"},
    )
    page = admin_client.get(url_of(correction)).content.decode()
    assert "<b>headline</b> <del>Ferry</del> → <ins>Ferry sails</ins>" in page
    assert "<b>body</b> <del>On Friday.</del> → <ins>On Monday.</ins>" in page
    admin_client.post(url_of(correction), {"kind": "correction", "note": "It was on Monday."})
    correction.refresh_from_db()
    assert correction.note == "It was on Monday."
    assert Decision.objects.get().action == "amend"


def test_readers_reports_come_to_an_inbox_and_are_settled(admin_client, editor, article):
    report = ErrorReport.objects.create(article=article, message="It was Monday.", email="ife@example.org")
    page = admin_client.get(REPORTS, {"state__exact": "open"}).content.decode()
    assert f'href="{url_of(article)}"' in page
    assert 'href="mailto:ife@example.org"' in page
    response = admin_client.post(REPORTS, {"action": "dismiss", "_selected_action": [report.pk]})
    assert said(response) == ["1 report is dismissed now."]
    admin_client.post(url_of(report), {"note": "He was right.", "_handle": "x"})
    report.refresh_from_db()
    assert (report.state, report.note, report.handled_by) == ("handled", "He was right.", editor)
    admin_client.post(url_of(report), {"note": "", "message": "Other words.", "_reopen": "x"})
    report.refresh_from_db()
    assert (report.state, report.message) == ("open", "It was Monday.")


def test_the_lists_ask_as_much_for_many_rows_as_for_one(admin_client, article, django_assert_max_num_queries):
    for number in range(6):
        ErrorReport.objects.create(article=make_article(), message=f"Wrong {number}.")
        Correction.objects.create(article=make_article(), note=f"Right {number}.")
    for name in "errorreport", "correction":
        with django_assert_max_num_queries(8):
            admin_client.get(reverse(f"admin:articles_{name}_changelist"))
