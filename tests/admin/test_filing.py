"""Sections, series, breaking news and related articles on the article's form; the order of a series."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Decision, RelatedArticle, Section
from tests.factories import make_article, make_section, make_series

pytestmark = pytest.mark.django_db
ADD = "/admin/articles/article/add/"


def form_of(article, article_form, **changes):
    """The form of an article as it stands, changed."""
    kept = {"headline": article.headline, "body": article.body, "language": article.language, "slug": article.slug}
    return article_form(**kept, **changes)


def change(client, article, article_form, **changes):
    url = reverse("admin:articles_article_change", args=[article.pk])
    response = client.post(url, form_of(article, article_form, **changes))
    article.refresh_from_db()
    return response


def errors(response):
    return {name: list(said) for name, said in response.context["adminform"].errors.items()}


def test_an_article_is_filed_in_a_section_and_that_is_written_down(admin_client, article_form):
    article, harbours = make_article(), make_section("Harbours")
    change(admin_client, article, article_form, section=harbours.pk)
    assert article.section == harbours
    decision = Decision.objects.get(action="edit")
    assert (decision.before["section"], decision.after["section"]) == (None, "Harbours")
    assert "section" not in article.edited_fields


def test_who_wrote_an_article_is_kept(admin_client, admin_user, article_form):
    admin_client.post(ADD, article_form())
    assert Article.objects.get().created_by == admin_user


def test_a_new_part_comes_last(admin_client, article_form):
    series = make_series("The long crossing", make_article(), make_article())
    article = make_article()
    change(admin_client, article, article_form, series=series.pk)
    assert (article.series, article.part) == (series, 3)


def test_a_part_that_is_taken_is_refused(admin_client, article_form):
    series = make_series("The long crossing", make_article())
    response = change(admin_client, make_article(), article_form, series=series.pk, part=1)
    assert errors(response) == {"__all__": ["Another article is this part of the series already."]}


def test_a_part_needs_a_series(admin_client, article_form):
    response = change(admin_client, make_article(), article_form, part=1)
    assert errors(response) == {"part": ["A part is a part of a series: choose one."]}


def test_breaking_news_ends_by_itself(admin_client, article_form, settings):
    settings.NEWSROOM_BREAKING_HOURS = 3
    article = make_article()
    change(admin_client, article, article_form, is_breaking="on")
    assert timedelta(hours=2, minutes=59) < article.breaking_until - timezone.now() <= timedelta(hours=3)
    change(admin_client, article, article_form)
    assert article.breaking_until is None


def test_breaking_news_ends_when_its_editor_says(admin_client, article_form, settings):
    settings.TIME_ZONE = "Europe/Dublin"
    article = make_article()
    until = {"breaking_until_0": "2041-07-02", "breaking_until_1": "21:30"}
    change(admin_client, article, article_form, is_breaking="on", **until)
    assert timezone.localtime(article.breaking_until).isoformat() == "2041-07-02T21:30:00+01:00"
    past = {"breaking_until_0": "2021-07-02", "breaking_until_1": "21:30"}
    response = change(admin_client, article, article_form, is_breaking="on", **past)
    assert errors(response) == {"breaking_until": ["That is over already."]}


def test_saving_an_article_does_not_wipe_when_it_was_breaking_news(admin_client, article_form):
    over = timezone.now().replace(microsecond=0) - timedelta(days=2)
    article = make_article(breaking_until=over)
    local = timezone.localtime(over)
    shown = {"breaking_until_0": local.strftime("%Y-%m-%d"), "breaking_until_1": local.strftime("%H:%M:%S")}
    change(admin_client, article, article_form, **shown)
    assert article.breaking_until == over


def test_related_articles_keep_the_order_in_which_they_were_chosen(admin_client, article_form):
    article, first, second = make_article(), make_article(), make_article()
    change(admin_client, article, article_form, related=[second.pk, first.pk])
    assert list(Article.objects.picked_for(article)) == [second, first]
    decision = Decision.objects.get(action="pick related")
    assert decision.after == {"related": [second.headline, first.headline]}
    page = admin_client.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()
    chosen = page.partition('name="related"')[2].partition("</select>")[0]
    assert 0 < chosen.index(second.headline) < chosen.index(first.headline)
    change(admin_client, article, article_form, related=[second.pk, first.pk])
    assert Decision.objects.filter(action="pick related").count() == 1
    change(admin_client, article, article_form)
    assert not RelatedArticle.objects.exists()


@pytest.mark.parametrize("typed", ["{pk}", "https://news.example.org/articles/{slug}/", "/articles/{slug}/", "{slug}"])
def test_a_related_article_is_typed_where_there_is_no_javascript(admin_client, article_form, typed):
    article, other = make_article(), make_article()
    words = typed.format(pk=other.pk, slug=other.slug)
    change(admin_client, article, article_form, related__typed=words)
    assert list(Article.objects.picked_for(article)) == [other]


def test_an_article_is_not_related_to_itself(admin_client, article_form):
    article = make_article()
    response = change(admin_client, article, article_form, related=[article.pk])
    assert errors(response) == {"related": ["An article is not related to itself."]}


@pytest.mark.parametrize("key", ["999999", "ferry", ""])
def test_what_is_no_article_is_refused_in_words(admin_client, article_form, key):
    response = change(admin_client, make_article(), article_form, related=[key])
    assert response.status_code == 200
    assert list(errors(response)) == ["related"]


def test_parts_of_a_series_are_moved_from_its_page(admin_client):
    parts = [make_article() for _ in range(3)]
    series = make_series("The long crossing", *parts)
    url = reverse("admin:articles_series_change", args=[series.pk])
    fields = {"name": series.name, "slug": series.slug, "description": ""}
    response = admin_client.post(url, {**fields, "_up": parts[2].pk}, follow=True)
    assert list(Article.objects.parts_of(series)) == [parts[0], parts[2], parts[1]]
    assert "was moved." in response.content.decode()
    admin_client.post(url, {**fields, "_up": parts[0].pk})
    admin_client.post(url, {**fields, "_down": "nonsense"})
    assert list(Article.objects.parts_of(series)) == [parts[0], parts[2], parts[1]]
    assert Decision.objects.filter(action="move part").count() == 1


def test_sections_are_put_in_order_in_their_list(admin_client):
    towns, sport = make_section("Towns", position=1), make_section("Sport", position=2)
    rows = {"form-0-id": towns.pk, "form-0-position": 5, "form-1-id": sport.pk, "form-1-position": 2}
    url = reverse("admin:articles_section_changelist")
    admin_client.post(url, {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 2, "_save": "Save", **rows})
    assert [str(section) for section in Section.objects.all()] == ["Sport", "Towns"]


def test_a_section_with_articles_is_not_deleted(admin_client):
    article = make_article(section=make_section("Harbours"))
    url = reverse("admin:articles_section_delete", args=[article.section.pk])
    page = admin_client.post(url, {"post": "yes"}).content.decode()
    assert "1 article</li>" in page
    assert article.headline not in page
    assert Section.objects.exists()
