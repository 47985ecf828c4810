"""The archive by date, as readers walk through it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from articles.site.archive import last_of_month, weekdays
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def make(*moments, **fields):
    return [make_article(published=datetime(*moment, tzinfo=UTC), **fields) for moment in moments]


def page_of(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_archive_counts_years_and_months(client):
    make((2031, 3, 14), (2031, 3, 15), (2031, 5, 1), (2028, 12, 31))
    page = page_of(client, "/archive/")
    assert "4 articles" in page
    assert re.findall(r'href="(/archive/\d+/)">\d+</a> <span class="count">(\d+)<', page) == [
        ("/archive/2031/", "3"),
        ("/archive/2028/", "1"),
    ]
    assert re.findall(r'href="(/archive/\d+/\d+/)"', page) == [
        "/archive/2031/03/",
        "/archive/2031/05/",
        "/archive/2028/12/",
    ]


def test_the_fullest_month_is_the_darkest(client):
    make((2031, 3, 1), (2031, 3, 2), (2031, 3, 3), (2031, 3, 4), (2031, 3, 5), (2031, 4, 1))
    (year,) = client.get("/archive/").context["years"]
    assert [cell.shade for cell in year.months][:5] == [0, 0, 5, 1, 0]


def test_empty_archive_says_so(client):
    assert "Nothing has been published yet" in page_of(client, "/archive/")


def test_year_shows_a_calendar_of_each_month_that_has_articles(client):
    make((2031, 3, 14), (2031, 3, 14), (2031, 5, 1), (2028, 12, 31), (2033, 1, 1))
    page = page_of(client, "/archive/2031/")
    assert re.findall(r'href="(/archive/2031/[\d/]+)"', page) == [
        "/archive/2031/03/",
        "/archive/2031/03/14/",
        "/archive/2031/05/",
        "/archive/2031/05/01/",
    ]
    assert 'aria-label="14 March: 2 articles"' in page
    assert 'rel="prev" href="/archive/2028/"' in page
    assert 'rel="next" href="/archive/2033/"' in page


def test_month_lists_its_articles_the_latest_first_and_leads_to_the_nearest_others(client):
    first, last = make((2031, 3, 1), (2031, 3, 31, 23, 59))
    make((2031, 1, 31), (2031, 6, 1))
    response = client.get("/archive/2031/03/")
    assert list(response.context["articles"]) == [last, first]
    page = response.content.decode()
    assert 'rel="prev" href="/archive/2031/01/"' in page
    assert 'rel="next" href="/archive/2031/06/"' in page


def test_day_lists_its_articles_and_leads_to_the_nearest_others(client):
    (morning, evening, *_) = make((2031, 3, 14), (2031, 3, 14, 23, 59), (2031, 3, 2), (2031, 4, 9))
    response = client.get("/archive/2031/03/14/")
    assert list(response.context["articles"]) == [evening, morning]
    page = response.content.decode()
    assert 'rel="prev" href="/archive/2031/03/02/"' in page
    assert 'rel="next" href="/archive/2031/04/09/"' in page
    assert response.context["trail"] == [
        ("Archive", "/archive/"),
        ("2031", "/archive/2031/"),
        ("March", "/archive/2031/03/"),
    ]


def test_days_are_those_of_the_newsroom_s_clock(client, settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    (article,) = make((2031, 3, 31, 20))
    assert list(client.get("/archive/2031/04/01/").context["articles"]) == [article]
    assert list(client.get("/archive/2031/04/").context["articles"]) == [article]
    assert client.get("/archive/2031/03/").status_code == 404


def test_the_hour_that_a_change_of_clocks_repeats_is_on_its_day(client, settings):
    settings.TIME_ZONE = "Europe/Dublin"
    articles = make((2031, 10, 26, 0, 30), (2031, 10, 26, 1, 30), (2031, 10, 26, 23, 30))
    make((2031, 10, 27, 0, 0))
    assert list(client.get("/archive/2031/10/26/").context["articles"]) == articles[::-1]


@pytest.mark.parametrize(
    "path",
    ["2030/", "2031/02/", "2031/03/13/", "2031/13/", "2031/02/30/", "0000/", "9999/", "9999/12/31/", "31/", "2031/3/"],
)
def test_what_has_no_articles_has_no_page(client, path):
    make((2031, 3, 14))
    assert client.get(f"/archive/{path}").status_code == 404


def test_what_readers_do_not_see_is_in_no_count_and_on_no_page(client):
    make((2031, 3, 14))
    make((2031, 3, 14), status="draft", headline="Secret draft")
    make((2031, 4, 1), status="withdrawn", headline="Gone")
    page = page_of(client, "/archive/2031/")
    assert "1 article<" in page
    assert "/04/" not in page
    assert "Secret" not in page_of(client, "/archive/2031/03/14/")


def test_a_full_month_comes_in_pages(client):
    for _ in range(31):
        make((2031, 3, 14))
    response = client.get("/archive/2031/03/")
    assert len(response.context["articles"]) == 30
    address = re.search(r'rel="next" href="([^"#]+)', response.content.decode())[1]
    assert len(client.get(f"/archive/2031/03/{address}").context["articles"]) == 1


def test_weeks_begin_where_the_language_has_it(settings):
    assert weekdays()[0].isoweekday() == 1
    settings.LANGUAGE_CODE = "en-us"
    from django.utils.translation import override

    with override("en-us"):
        assert weekdays()[0].isoweekday() == 7


@pytest.mark.parametrize(("month", "last"), [(2, 28), (3, 31), (12, 31)])
def test_months_end_on_their_last_day(month, last):
    assert last_of_month(date(2031, month, 1)) == date(2031, month, last)
