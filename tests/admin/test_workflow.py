"""An article is sent from desk to desk, published at a time, and withdrawn."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Correction, Decision, DeskNote, ErrorReport
from tests.factories import RELEASED, make_appearance, make_article, make_person, make_quote

LIST = reverse("admin:articles_article_changelist")
ADD = reverse("admin:articles_article_add")
DAY = timedelta(days=1)


def page_of(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def withdraw_page_of(article):
    return reverse("admin:articles_article_withdraw", args=[article.pk])


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def buttons(client, article):
    return [button.name for button in client.get(page_of(article)).context["buttons"]]


def at(name, moment):
    return {f"{name}_0": f"{moment:%Y-%m-%d}", f"{name}_1": f"{moment:%H:%M:%S}"}


def write_protected(article):
    """What the form sends so that nothing of the story changes."""
    return {"headline": article.headline, "slug": article.slug, "language": "en", "body": article.body}


@pytest.mark.parametrize(
    ("status", "names"),
    [
        ("draft", ["_submit", "_approve", "_schedule", "_publish"]),
        ("in_review", ["_return", "_approve", "_schedule", "_publish"]),
        ("ready", ["_return", "_schedule", "_publish"]),
        ("published", ["_correct", "_withdraw"]),
        ("withdrawn", ["_reinstate"]),
    ],
)
def test_the_form_offers_the_moves_of_the_status(admin_client, status, names):
    assert buttons(admin_client, make_article(status=status)) == names


@pytest.mark.parametrize(
    ("status", "names"), [("draft", ["_submit"]), ("in_review", ["_return"]), ("published", []), ("withdrawn", [])]
)
def test_a_reporter_is_offered_no_move_that_readers_would_see(staff, status, names):
    client = staff("view_article", "change_article")
    assert buttons(client, make_article(status=status, created_by=User.objects.get())) == names


@pytest.mark.parametrize("name", ["_publish", "_approve", "_schedule", "_unschedule", "_withdraw", "_reinstate"])
def test_a_reporter_who_sends_the_button_all_the_same_is_refused(staff, article_form, name):
    client = staff("view_article", "change_article")
    article = make_article(status="draft", created_by=User.objects.get())
    tomorrow = timezone.now() + DAY
    assert (
        client.post(page_of(article), article_form(**{name: "x"}, **at("scheduled_for", tomorrow))).status_code == 403
    )
    article.refresh_from_db()
    assert article.status == "draft"


def test_a_hold_is_no_button(admin_client, article_form):
    article = make_article(status="draft")
    assert admin_client.post(page_of(article), article_form(_hold="x")).status_code == 403


def test_an_article_goes_from_desk_to_desk(admin_client, article_form):
    admin_client.post(ADD, article_form(_submit="Send to review"))
    article = Article.objects.get()
    for button, status in [
        ("_return", "draft"),
        ("_submit", "in_review"),
        ("_approve", "ready"),
        ("_publish", "published"),
    ]:
        admin_client.post(page_of(article), article_form(**write_protected(article), **{button: "x"}))
        article.refresh_from_db()
        assert article.status == status


def test_the_form_saves_and_publishes_in_one_go(admin_client, article_form):
    response = admin_client.post(ADD, article_form(_publish="Publish"))
    assert Article.objects.get().is_published
    assert "1 article was published." in said(response)
    assert "It has no standfirst." in said(response)[-1]


def test_articles_are_published_from_the_list_but_for_those_that_may_not_be(admin_client, editor):
    make_article(status="draft", headline="Ferry waits", embargo=timezone.now() + DAY)
    make_article(status="draft", headline="Ferry sails")
    keys = list(Article.objects.values_list("pk", flat=True))
    response = admin_client.post(LIST, {"action": "publish", "_selected_action": keys})
    assert said(response)[0] == "1 article was published."
    assert said(response)[1].startswith("Not done: “Ferry waits”: It is embargoed until ")
    assert [article.headline for article in Article.objects.published()] == ["Ferry sails"]
    assert Decision.objects.get().user == editor


def test_what_blocks_is_said_and_the_form_stays(admin_client, article_form, settings):
    settings.NEWSROOM_PUBLISHING_BLOCKS = ["byline"]
    article = make_article(status="draft", headline="Ferry sails", slug="ferry")
    response = admin_client.post(page_of(article), article_form(**write_protected(article), _publish="x"))
    assert response["Location"] == page_of(article)
    assert said(response)[-1] == "Not done: “Ferry sails”: It has no byline and names no source."
    checks = admin_client.get(page_of(article)).context["panels"][0]
    assert [(row.label, row.url, row.state_label) for row in checks.rows] == [
        ("Readers do not see it.", "", "draft"),
        ("It has no byline and names no source.", "#bylines-group", "block"),
        ("It has no standfirst.", "#id_standfirst", "warning"),
    ]


def test_checks_of_quotations_lead_to_them(admin_client):
    article = make_article(standfirst="It opened.", byline=("Ana Lopez",))
    make_quote(article, "The bridge", state="suggested")
    [_, row] = admin_client.get(page_of(article)).context["panels"][0].rows
    assert row.label == "1 quotation is not reviewed."
    assert row.url == reverse("admin:articles_article_review", args=[article.pk])


def test_an_article_is_scheduled_in_the_time_of_the_newsroom(admin_client, article_form, settings):
    settings.TIME_ZONE = "Europe/Dublin"
    article = make_article(status="ready")
    page = admin_client.get(page_of(article)).content.decode()
    assert "Time in Europe/Dublin." in page
    form = article_form(
        **write_protected(article), scheduled_for_0="2131-07-01", scheduled_for_1="09:30", _schedule="x"
    )
    response = admin_client.post(page_of(article), form)
    article.refresh_from_db()
    assert (article.status, article.scheduled_for) == ("scheduled", datetime(2131, 7, 1, 8, 30, tzinfo=UTC))
    assert "1 article is scheduled." in said(response)
    assert "at 1 Jul 2131, 09:30" in admin_client.get(LIST).content.decode()
    assert "It is published by itself on 1 July 2131, 09:30 IST." in admin_client.get(page_of(article)).content.decode()


def test_a_schedule_is_moved_by_saving_and_taken_off_by_its_button(admin_client, article_form):
    first = datetime(2131, 7, 1, 8, 30, tzinfo=UTC)
    article = make_article(status="scheduled", scheduled_for=first)
    form = {**article_form(**write_protected(article)), **at("scheduled_for", first + DAY)}
    admin_client.post(page_of(article), form)
    article.refresh_from_db()
    assert article.scheduled_for == first + DAY
    admin_client.post(page_of(article), {**form, "_unschedule": "x"})
    article.refresh_from_db()
    assert (article.status, article.scheduled_for) == ("ready", None)


def test_an_embargo_and_a_later_schedule_are_moved_in_one_go(admin_client, article_form):
    first = datetime(2131, 7, 1, 8, 30, tzinfo=UTC)
    article = make_article(status="scheduled", scheduled_for=first, embargo=first)
    for moment in first + DAY, first - DAY:
        form = article_form(**write_protected(article), **at("scheduled_for", moment), **at("embargo", moment))
        admin_client.post(page_of(article), form)
        article.refresh_from_db()
        assert (article.scheduled_for, article.embargo) == (moment, moment)


FUTURE = datetime(2131, 7, 1, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "changes", "field", "message"),
    [
        ("ready", {"_schedule": "x"}, "scheduled_for", "Choose a date and a time."),
        ("ready", at("scheduled_for", FUTURE), "scheduled_for", "Press “Schedule” to publish it then"),
        ("ready", {"_schedule": "x", **at("scheduled_for", RELEASED - 4000 * DAY)}, "scheduled_for", "is over."),
        (
            "ready",
            {"_schedule": "x", **at("scheduled_for", FUTURE), **at("embargo", FUTURE + DAY)},
            "scheduled_for",
            "It is embargoed until 2 July 2131, 08:30 UTC.",
        ),
        ("ready", {"scheduled_for_0": "2131-07-01", "_schedule": "x"}, "scheduled_for", "Enter a valid time."),
        ("scheduled", {}, "scheduled_for", "Press “Take off the schedule”"),
        (
            "scheduled",
            {**at("scheduled_for", FUTURE), **at("embargo", FUTURE + DAY)},
            "embargo",
            "It is scheduled for 1 July 2131, 08:30 UTC, before that.",
        ),
    ],
    ids=[
        "no time",
        "no button",
        "over",
        "embargo",
        "no hour",
        "emptied",
        "embargo after the schedule",
    ],
)
def test_errors_of_times_are_said_beside_the_field(admin_client, article_form, status, changes, field, message):
    fields = {"scheduled_for": FUTURE} if status == "scheduled" else {}
    article = make_article(status=status, **fields)
    response = admin_client.post(page_of(article), article_form(**write_protected(article), **changes))
    assert response.status_code == 200
    assert message in " ".join(response.context["adminform"].form.errors[field])


def test_a_reporter_sets_an_embargo_and_does_not_lift_it(staff, article_form):
    client = staff("view_article", "change_article")
    article = make_article(status="draft", created_by=User.objects.get())
    client.post(page_of(article), article_form(**write_protected(article), **at("embargo", FUTURE)))
    article.refresh_from_db()
    assert article.embargo == FUTURE
    client.post(page_of(article), article_form(**write_protected(article), embargo_0="", embargo_1=""))
    article.refresh_from_db()
    assert article.embargo == FUTURE


def test_what_is_typed_beside_the_story_is_logged_even_where_the_story_changes_too(admin_client, article_form):
    article = make_article(status="draft", headline="Ferry sails", slug="ferry")
    changes = {**write_protected(article), "headline": "Ferry stays", **at("embargo", FUTURE), **at("due", FUTURE)}
    admin_client.post(page_of(article), article_form(**changes))
    assert sorted(Decision.objects.values_list("action", flat=True)) == ["assign", "edit", "embargo"]


def test_no_form_writes_the_status_or_another_workflow_field_by_itself(staff, article_form):
    client = staff("view_article", "change_article")
    article = make_article(status="draft", created_by=User.objects.get())
    changes = {"status": "published", "released": "2031-01-01", "withdrawal_note": "x", **at("scheduled_for", FUTURE)}
    client.post(page_of(article), article_form(**write_protected(article), **changes))
    article.refresh_from_db()
    assert (article.status, article.released, article.withdrawal_note, article.scheduled_for) == (
        "draft",
        None,
        "",
        None,
    )


def test_times_of_what_readers_saw_are_not_taken_whatever_is_sent(admin_client, article_form):
    for status in "published", "withdrawn":
        article = make_article(status=status, embargo=RELEASED)
        times = {**at("scheduled_for", FUTURE), **at("embargo", FUTURE)}
        admin_client.post(page_of(article), article_form(**write_protected(article), **times))
        article.refresh_from_db()
        assert (article.scheduled_for, article.embargo) == (None, RELEASED)


def test_an_embargo_is_said_and_takes_the_button_away(admin_client):
    article = make_article(status="ready", embargo=FUTURE)
    page = admin_client.get(page_of(article))
    assert "Nobody can publish it before 1 July 2131, 08:30 UTC." in page.content.decode()
    assert "_publish" not in [button.name for button in page.context["buttons"]]


def test_a_time_with_seconds_that_nobody_touched_is_no_change(admin_client, article_form):
    due = FUTURE.replace(second=7)
    article = make_article(due=due)
    admin_client.post(page_of(article), article_form(**write_protected(article), **at("due", FUTURE)))
    article.refresh_from_db()
    assert article.due == due


def test_a_withdrawn_article_says_what_readers_find_in_its_place(admin_client):
    article = make_article(status="withdrawn", withdrawal_note="It was not true.")
    page = admin_client.get(page_of(article)).content.decode()
    assert "readers find in its place: It was not true." in page


def test_an_article_is_assigned_and_found_by_whose_it_is(admin_client, editor, article_form):
    mine, other = make_article(status="draft", headline="Mine"), make_article(headline="Theirs")
    admin_client.post(page_of(mine), article_form(**write_protected(mine), assignee=editor.pk, **at("due", FUTURE)))
    mine.refresh_from_db()
    assert (mine.assignee, mine.due) == (editor, FUTURE)
    assert Decision.objects.get().after == {"assignee": "admin", "due": FUTURE.isoformat()}
    Article.objects.filter(pk=mine.pk).update(due=timezone.now() - DAY)
    for chosen, found in {"me": [mine], "nobody": [other], "overdue": [mine]}.items():
        assert list(admin_client.get(LIST, {"assigned": chosen}).context["cl"].result_list) == [found[0]]


def test_a_reader_of_articles_is_no_assignee(admin_client, article_form):
    reader, article = User.objects.create_user("reader"), make_article()
    response = admin_client.post(page_of(article), article_form(**write_protected(article), assignee=reader.pk))
    assert "assignee" in response.context["adminform"].form.errors


def test_a_note_is_left_resolved_and_reopened_without_leaving(admin_client, editor, article_form):
    article = make_article()
    form = article_form(**write_protected(article))
    response = admin_client.post(page_of(article), {**form, "_note": "Ask the pilot again.", "_add_note": "1"})
    assert response["Location"] == f"{page_of(article)}#desk-notes"
    assert said(response)[0] == "The note was added."
    note = DeskNote.objects.get()
    assert (note.text, note.user) == ("Ask the pilot again.", editor)
    admin_client.post(page_of(article), {**form, "_resolve_note": note.pk})
    note.refresh_from_db()
    assert note.resolved_by == editor
    notes = admin_client.get(page_of(article)).context["panels"][1]
    assert notes.rows[0].facts[-1] == "resolved by admin"
    admin_client.post(page_of(article), {**form, "_reopen_note": note.pk})
    note.refresh_from_db()
    assert note.resolved is None


def test_a_note_typed_is_saved_whichever_button_is_pressed_and_kept_in_an_error(admin_client, article_form):
    article = make_article()
    response = admin_client.post(page_of(article), article_form(headline="", _note="Ask again."))
    assert ">Ask again.</textarea>" in response.content.decode()
    admin_client.post(page_of(article), article_form(**write_protected(article), _note="Ask again."))
    assert DeskNote.objects.get().text == "Ask again."


def test_a_note_of_another_article_is_not_resolved_from_here(admin_client, article_form):
    article, note = make_article(), DeskNote.objects.create(article=make_article(), text="Ask again.")
    admin_client.post(page_of(article), article_form(**write_protected(article), _resolve_note=note.pk))
    note.refresh_from_db()
    assert note.resolved is None


def test_withdrawing_says_what_readers_lose_and_asks_for_a_note(admin_client, article_form):
    article = make_article(headline="Ferry sails", body="<p>“It sails,” said Mara Finch.</p>", tags=("Ferries",))
    make_appearance(article, make_person("Mara Finch"))
    make_quote(article, "“It sails,”")
    form = article_form(**write_protected(article), tags=["Ferries"], _withdraw="x")
    response = admin_client.post(page_of(article), form)
    assert response["Location"] == withdraw_page_of(article)
    page = admin_client.get(withdraw_page_of(article)).content.decode()
    assert "1 quotation and its page" in page
    assert "Mara Finch" in page
    assert "Ferries" in page
    response = admin_client.post(withdraw_page_of(article), {"note": " "})
    assert "This field is required." in response.content.decode()
    response = admin_client.post(withdraw_page_of(article), {"note": "It was not true."})
    assert said(response)[-1] == "“Ferry sails” is withdrawn; its page says so."
    article.refresh_from_db()
    assert (article.status, article.withdrawal_note) == ("withdrawn", "It was not true.")


def test_what_readers_do_not_see_is_not_withdrawn(admin_client):
    article = make_article(status="draft")
    response = admin_client.post(withdraw_page_of(article), {"note": "No."})
    assert said(response) == ["It is draft: readers do not see it."]
    article.refresh_from_db()
    assert article.status == "draft"


def test_who_may_not_withdraw_does_not_reach_the_page(staff):
    article = make_article()
    assert staff("view_article", "change_article").get(withdraw_page_of(article)).status_code == 403


def test_the_list_tells_what_was_corrected_and_what_readers_reported(admin_client):
    corrected, reported = make_article(headline="Corrected"), make_article(headline="Reported")
    make_article(headline="Neither")
    Correction.objects.create(article=corrected, note="It sailed on Monday.")
    ErrorReport.objects.create(article=reported, message="It sailed on Monday.")
    for chosen, article in {"yes": corrected, "reported": reported}.items():
        page = admin_client.get(LIST, {"corrected": chosen})
        assert list(page.context["cl"].result_list) == [article]
    assert '<span class="state" data-state="published">corrected</span>' in admin_client.get(LIST).content.decode()
