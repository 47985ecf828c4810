"""Every record has a list and a page, and neither asks the database more for many rows than for one."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.admin.articles import ArticleAdmin
from articles.admin.filters import Dates
from articles.editing.decide import decide
from articles.models import (
    Appearance,
    Article,
    ArticleImport,
    Decision,
    Location,
    Organisation,
    Person,
    Quote,
    Role,
    State,
    Tag,
)
from articles.searching.index import rebuild
from tests.factories import (
    make_appearance,
    make_article,
    make_location,
    make_organisation,
    make_person,
    make_proposed_tag,
    make_quote,
    make_role,
)

MODELS = ["article", "person", "organisation", "location", "quote", "tag", "appearance", "role", "proposedtag"]
LOGS = ["articleimport", "decision"]


def make_story(user):
    """One article with a row of every kind in it."""
    article = make_article(
        body="<p>“It sails,” said Mara Finch, harbour master of the Pilot Guild in Szeged.</p>", tags=("ferries",)
    )
    guild, town = make_organisation("Pilot Guild", aliases=("PG",)), make_location("Szeged", country="HU")
    mara = make_person("Mara Finch", aliases=("Finch",))
    for entity in (mara, guild, town):
        make_appearance(article, entity, state=State.SUGGESTED)
    quote = make_quote(article, "“It sails,”", speaker=mara, state=State.SUGGESTED)
    make_role(article, mara, organisation=guild, location=town)
    make_proposed_tag(article, "ferries")
    decide([quote], state=State.ACCEPTED, user=user)
    ArticleImport.objects.create(source="ferry.txt", status="created", article=article, user=user)
    return article


def queries_of(client, url):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(url)
    assert response.status_code == 200
    return [query["sql"] for query in queries.captured_queries]


@pytest.mark.parametrize("model", [*MODELS, *LOGS])
def test_a_list_asks_as_much_for_many_rows_as_for_one(admin_client, editor, model):
    url = reverse(f"admin:articles_{model}_changelist")
    make_story(editor)
    admin_client.get(url)
    one = queries_of(admin_client, url)
    for _ in range(4):
        make_story(editor)
    many = queries_of(admin_client, url)
    assert len(many) == len(one), "\n".join(many)


@pytest.mark.parametrize("rows", [Article, Person, Organisation, Location, Tag])
def test_a_page_asks_as_much_for_many_rows_as_for_one(admin_client, editor, rows):
    article = make_story(editor)
    mara, guild, town = Person.objects.get(), Organisation.objects.get(), Location.objects.get()
    url = reverse(f"admin:articles_{rows._meta.model_name}_change", args=[rows.objects.get().pk])
    admin_client.get(url)
    one = queries_of(admin_client, url)
    for number in range(3):
        other = make_article(body="<p>“It sails,” said Mara Finch, harbour master in Szeged.</p>", tags=("ferries",))
        for entity in (mara, guild, town):
            make_appearance(other, entity)
        make_quote(other, "“It sails,”", speaker=mara)
        make_role(other, mara, organisation=guild, location=town)
        newcomer = make_person()
        for entity in (newcomer, make_organisation(), make_location()):
            make_appearance(article, entity)
        make_quote(article, "“It sails,”", speaker=newcomer)
        make_role(article, newcomer, start=number, end=number + 9, organisation=guild, location=town)
    many = queries_of(admin_client, url)
    assert len(many) == len(one), "\n".join(many)


@pytest.mark.parametrize(
    ("model", "words", "found"),
    [
        ("article", "ferries", 1),
        ("article", "sails szeged", 1),
        ("article", "tram", 0),
        ("article", "*", 0),
        ("article", "sails -szeged", 0),
        ("person", "mara fin", 1),
        ("person", "Finch", 1),
        ("organisation", "PG", 1),
        ("location", "szeged", 1),
        ("quote", "sails", 1),
        ("quote", "mara", 1),
        ("tag", "ferr", 1),
        ("appearance", "Guild", 1),
        ("role", "harbour", 1),
        ("proposedtag", "ferr", 1),
        ("articleimport", "ferry.txt", 1),
        ("decision", "accepted", 1),
    ],
)
def test_a_list_is_searched(admin_client, editor, model, words, found):
    make_story(editor)
    rebuild()
    response = admin_client.get(reverse(f"admin:articles_{model}_changelist"), {"q": words})
    assert response.context["cl"].result_count == found


@pytest.mark.parametrize("model", ["article", "person", "organisation", "location", "quote"])
def test_a_list_is_searched_by_the_index_and_not_row_by_row(admin_client, editor, model):
    make_story(editor)
    rebuild()
    asked = queries_of(admin_client, reverse(f"admin:articles_{model}_changelist") + "?q=mara")
    assert [sql for sql in asked if " LIKE " in sql] == []


@pytest.mark.parametrize("address", ["", "?q=sails", "?o=3", "?undecided=yes"])
def test_what_rows_of_articles_show_is_counted_for_no_more_than_one_page(admin_client, editor, address):
    make_story(editor)
    rebuild()
    asked = queries_of(admin_client, reverse("admin:articles_article_changelist") + address)
    (rows,) = [sql for sql in asked if '"people_count"' in sql]
    assert 'WHERE "articles_article"."id" IN (' in rows
    assert "ORDER BY" not in rows


def shown(admin_client, model, **asked):
    """What the list of some model shows on its first page, in its order."""
    return list(admin_client.get(reverse(f"admin:articles_{model}_changelist"), asked).context["cl"].result_list)


def test_articles_stand_in_the_order_of_their_dates_and_new_ones_without_a_date_first(admin_client):
    old, later, draft = (
        make_article(published=datetime(2019, 3, 31, 23, tzinfo=UTC)),
        make_article(published=datetime(2021, 7, 1, tzinfo=UTC)),
        make_article(published=None, status="draft"),
    )
    assert shown(admin_client, "article") == [draft, later, old]
    quotes = [make_quote(article, article.text[:4]) for article in (later, old, draft)]
    assert shown(admin_client, "quote") == [quotes[2], quotes[0], quotes[1]]


def test_a_list_is_sorted_by_what_is_counted(admin_client):
    few, many = make_article(), make_article()
    for article, number in ((few, 1), (many, 3)):
        for _ in range(number):
            make_appearance(article, make_person())
    column = ArticleAdmin.list_display.index("people") + 1
    assert shown(admin_client, "article", o=column) == [few, many]
    assert shown(admin_client, "article", o=f"-{column}") == [many, few]


def test_dates_lead_from_years_to_months(admin_client):
    """A story of 23:30 on the last of March in Lisbon is one of March, whatever the hour elsewhere."""
    march = make_article(published=datetime(2019, 3, 31, 23, 30, tzinfo=ZoneInfo("Europe/Lisbon")))
    december = make_article(published=datetime(2019, 12, 31, 23, 30, tzinfo=UTC))
    newest = make_article(published=datetime(2021, 7, 1, tzinfo=UTC))
    with timezone.override("Europe/Lisbon"), override_settings(TIME_ZONE="Europe/Lisbon"):
        page = admin_client.get(reverse("admin:articles_article_changelist"))
        assert dates_of(page)[3:6] == ["2021", "2020", "2019"]
        page = admin_client.get(reverse("admin:articles_article_changelist") + link_of(page, "2019"))
        assert list(page.context["cl"].result_list) == [december, march]
        assert dates_of(page)[3:8] == ["2021", "2020", "2019", "December 2019", "November 2019"]
        for month, stories in (("March 2019", [march]), ("December 2019", [december]), ("April 2019", [])):
            page = admin_client.get(reverse("admin:articles_article_changelist") + link_of(page, month))
            assert list(page.context["cl"].result_list) == stories
            assert chosen_of(page) == [month]
        page = admin_client.get(reverse("admin:articles_article_changelist") + link_of(page, "2021"))
        assert list(page.context["cl"].result_list) == [newest]


@pytest.mark.parametrize("model", ["article", "quote", "role"])
def test_an_empty_list_offers_no_years(admin_client, model):
    page = admin_client.get(reverse(f"admin:articles_{model}_changelist"))
    assert not [said for said in dates_of(page) if said.isdecimal()]


def test_quotations_and_roles_are_found_by_their_date(admin_client, editor):
    make_story(editor)
    Article.objects.update(published=datetime(2019, 3, 1, tzinfo=UTC))
    Role.objects.update(date=date(2018, 12, 31))
    for model, year, other in (("quote", "2019", "Today"), ("appearance", "2019", "Today"), ("role", "2018", "Today")):
        page = admin_client.get(reverse(f"admin:articles_{model}_changelist"))
        for link, number in ((year, True), (other, False)):
            narrowed = admin_client.get(reverse(f"admin:articles_{model}_changelist") + link_of(page, link))
            assert bool(narrowed.context["cl"].result_count) == number


def choices_of(page):
    (dates,) = [spec for spec in page.context["cl"].filter_specs if isinstance(spec, Dates)]
    return list(dates.choices(page.context["cl"]))


def dates_of(page):
    return [str(choice["display"]) for choice in choices_of(page)]


def chosen_of(page):
    return [str(choice["display"]) for choice in choices_of(page) if choice["selected"]]


def link_of(page, said):
    (link,) = [choice["query_string"] for choice in choices_of(page) if choice["display"] == said]
    return link


@pytest.mark.parametrize("model", ["quote", "appearance", "role", *LOGS])
def test_what_only_machines_and_decisions_make_cannot_be_added_by_hand(admin_client, model):
    assert admin_client.get(reverse(f"admin:articles_{model}_add")).status_code == 403


@pytest.mark.parametrize(("model", "rows"), [("articleimport", ArticleImport), ("decision", Decision)])
def test_the_logs_are_read_and_never_changed(admin_client, editor, model, rows):
    make_story(editor)
    url = reverse(f"admin:articles_{model}_change", args=[rows.objects.get().pk])
    assert admin_client.get(url).status_code == 200
    assert admin_client.post(url, {"source": "other.txt"}).status_code == 403
    assert admin_client.post(url.replace("change", "delete"), {"post": "yes"}).status_code == 403


def test_a_decision_shows_before_and_after_and_leads_to_its_record(admin_client, editor):
    make_story(editor)
    page = admin_client.get(reverse("admin:articles_decision_changelist")).content.decode()
    assert "<del>suggested</del> → <ins>accepted</ins>" in page
    assert reverse("admin:articles_quote_change", args=[Quote.objects.get().pk]) in page


@pytest.mark.parametrize("rows", [Appearance, Quote, Role])
def test_rows_are_decided_from_their_list(admin_client, editor, rows):
    make_story(editor)
    url = reverse(f"admin:articles_{rows._meta.model_name}_changelist")
    keys = list(rows.objects.values_list("pk", flat=True))
    response = admin_client.post(url, {"action": "reject", "_selected_action": keys}, follow=True)
    assert {row.state for row in rows.objects.all()} == {State.REJECTED}
    assert Decision.objects.filter(action="rejected", user=editor).count() == len(keys)
    assert "rejected now." in response.content.decode()


@pytest.mark.parametrize("rows", [Appearance, Role])
def test_rows_are_decided_on_their_page(admin_client, editor, rows):
    make_story(editor)
    row = rows.objects.order_by("pk")[0]
    url = reverse(f"admin:articles_{rows._meta.model_name}_change", args=[row.pk])
    admin_client.post(url, {"_unsure": "Save as unsure"})
    row.refresh_from_db()
    assert row.state == State.UNSURE
