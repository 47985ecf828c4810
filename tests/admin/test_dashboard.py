"""The first page of the desk: what waits for whoever signs in, oldest first, and how good the rules are."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.editing.decide import decide
from articles.models import ArticleImport, ErrorReport, State
from tests.factories import make_appearance, make_article, make_person, make_quote

HOME = reverse("admin:index")


def queues(client):
    return {panel.key: panel for panel in client.get(HOME).context["queues"]}


def labels(panel):
    return [row.label for row in panel.rows]


@pytest.fixture
def story(db):
    def make(headline, **fields):
        return make_article(headline=headline, **{"status": "draft", **fields})

    return make


def test_articles_wait_by_their_state_the_oldest_first(admin_client, story):
    later = timezone.now() + timedelta(days=1)
    for headline, fields in {
        "Read me": {"status": "in_review"},
        "Read me, too": {"status": "in_review"},
        "Print me": {"status": "ready"},
        "Wait": {"status": "scheduled", "scheduled_for": later},
        "Out": {"status": "published"},
    }.items():
        story(headline, **fields)
    shown = queues(admin_client)
    assert labels(shown["in_review"]) == ["Read me", "Read me, too"]
    assert labels(shown["ready"]) == ["Print me"]
    assert labels(shown["scheduled"]) == ["Wait"]


def test_my_articles_come_by_when_they_are_due(admin_client, admin_user, story):
    now = timezone.now()
    story("Somebody’s")
    story("No hurry", assignee=admin_user)
    story("Tomorrow", assignee=admin_user, due=now + timedelta(days=1))
    story("Today", assignee=admin_user, due=now)
    story("Done", assignee=admin_user, status="published")
    assert labels(queues(admin_client)["mine"]) == ["Today", "Tomorrow", "No hurry"]


def test_what_waits_for_decisions_leads_to_its_review(admin_client, story):
    first, second, third = story("First"), story("Second"), story("Third")
    make_quote(second, state=State.SUGGESTED)
    make_appearance(first, make_person(), state=State.SUGGESTED)
    make_appearance(third, make_person(), state=State.UNSURE)
    shown = queues(admin_client)["review"]
    assert labels(shown) == ["First", "Second"]
    assert shown.rows[0].url == reverse("admin:articles_article_review", args=[first.pk])
    assert admin_client.get(shown.all_url).status_code == 200


def test_failed_imports_of_late_are_told(admin_client):
    ArticleImport.objects.create(source="ferry.pdf", status="failed", error="no text was found")
    old = ArticleImport.objects.create(source="old.pdf", status="failed", error="no text was found")
    ArticleImport.objects.filter(pk=old.pk).update(made=timezone.now() - timedelta(days=30))
    assert labels(queues(admin_client)["imports"]) == ["ferry.pdf"]


def test_what_readers_report_waits(admin_client, story):
    ErrorReport.objects.create(article=story("Ferry"), message="It is in Cobh, not in Cork.")
    ErrorReport.objects.create(article=story("Rain"), message="It was dry.", state="dismissed", handled=timezone.now())
    assert labels(queues(admin_client)["reports"]) == ["It is in Cobh, not in Cork."]


def test_my_last_decisions_lead_back(admin_client, admin_user, django_user_model, story):
    article = story("Ferry", body="<p>“It sails,” said Mara Finch.</p>")
    quote = make_quote(article, "“It sails,”", state=State.SUGGESTED)
    name = make_appearance(article, make_person("Mara Finch"), state=State.SUGGESTED)
    decide([quote], state=State.ACCEPTED, user=admin_user)
    decide([name], state=State.ACCEPTED, user=django_user_model.objects.create_user("tom"))
    assert labels(queues(admin_client)["decisions"]) == ["“It sails,”"]


def test_a_long_queue_shows_five_and_counts_them_all(admin_client, story):
    for number in range(7):
        story(f"Read {number}", status="in_review")
    shown = queues(admin_client)["in_review"]
    assert (len(shown.rows), shown.total) == (5, 7)
    assert "status__exact=in_review" in shown.all_url


def test_empty_queues_come_last_and_say_so(admin_client, story):
    story("Print me", status="ready")
    response = admin_client.get(HOME)
    assert response.context["queues"][0].key == "ready"
    assert "Nothing waits to be read." in response.content.decode()


def test_the_page_asks_as_many_queries_for_one_row_as_for_many(
    admin_client, admin_user, story, django_assert_num_queries
):
    def fill():
        for status in "in_review", "ready":
            article = story("Ferry", status=status, assignee=admin_user)
            quote = make_quote(article, state=State.SUGGESTED)
            decide([quote], state=State.ACCEPTED, user=admin_user)
            make_quote(article, state=State.SUGGESTED)

    fill()
    with django_assert_num_queries(13):
        admin_client.get(HOME)
    fill()
    with django_assert_num_queries(13):
        admin_client.get(HOME)


def test_somebody_without_permissions_sees_no_queue_but_the_own(staff, story):
    story("Print me", status="ready")
    assert set(queues(staff())) == {"decisions"}


def test_rules_stand_with_what_became_of_their_proposals(admin_client, story):
    article = story("Ferry")
    for state in "accepted", "accepted", "accepted", "rejected":
        make_quote(article, state=state, evidence="named beside the cue")
    response = admin_client.get(reverse("admin:articles_decision_rules"))
    html = response.content.decode()
    assert "named beside the cue" in html
    assert "75 %" in html
    assert admin_client.get(reverse("admin:articles_decision_rules"), {"days": "x"}).status_code == 200


def test_rules_without_decisions_say_so(admin_client):
    response = admin_client.get(reverse("admin:articles_decision_rules"), {"days": "30"})
    assert "Nothing was decided in this time." in response.content.decode()
