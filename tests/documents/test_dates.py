from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from articles.documents.dates import date_line, full_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Friday, September 27, 2019", date(2019, 9, 27)),
        ("27 September 2019", date(2019, 9, 27)),
        ("Sept. 27, 2019", date(2019, 9, 27)),
        ("27th September, 2019", date(2019, 9, 27)),
        ("2019-09-27", date(2019, 9, 27)),
        ("27.09.2019", date(2019, 9, 27)),
        ("27/09/2019", date(2019, 9, 27)),
        ("09/27/2019", date(2019, 9, 27)),
        ("vendredi 27 septembre 2019", date(2019, 9, 27)),
        ("27 de septiembre de 2019", date(2019, 9, 27)),
        ("Freitag, 27. September 2019", date(2019, 9, 27)),
        ("3 March 2024, 14:05 GMT", datetime(2024, 3, 3, 14, 5, tzinfo=UTC)),
        ("March 3, 2024 at 2:05 p.m. EST", datetime(2024, 3, 3, 14, 5, tzinfo=timezone(timedelta(hours=-5)))),
        ("2024-03-03T14:05:00Z", datetime(2024, 3, 3, 14, 5, tzinfo=UTC)),
        ("2024-03-03 14:05:30.250+02:00", datetime(2024, 3, 3, 14, 5, 30, tzinfo=timezone(timedelta(hours=2)))),
        ("3 March 2024 14:05", datetime(2024, 3, 3, 14, 5)),
    ],
)
def test_a_full_date_is_read(text, expected):
    found = full_date(text)
    assert found == expected
    assert type(found) is type(expected)
    if isinstance(expected, datetime):
        assert found.utcoffset() == expected.utcoffset()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Wednesday", id="weekday"),
        pytest.param("on Wednesday", id="relative day"),
        pytest.param("27 September", id="no year"),
        pytest.param("September 2019", id="no day"),
        pytest.param("03/04/2024", id="day and month could be either"),
        pytest.param("31 February 2024", id="no such day"),
        pytest.param("27 Sevember 2019", id="no such month"),
        pytest.param("since 27 September 2019", id="a word before it"),
        pytest.param("27 September 2019 was a Friday", id="words behind it"),
        pytest.param("", id="nothing"),
    ],
)
def test_anything_less_is_no_date(text):
    assert full_date(text) is None


@pytest.mark.parametrize(
    ("line", "published", "updated"),
    [
        ("Published: 3 March 2024", date(2024, 3, 3), None),
        ("Published 3 March 2024 | Updated 4 March 2024", date(2024, 3, 3), date(2024, 3, 4)),
        ("Last updated on March 4, 2024", None, date(2024, 3, 4)),
        ("Friday, January 4, 2019", date(2019, 1, 4), None),
        ("Updated 21:07", None, None),
    ],
)
def test_a_line_of_dates_is_read(line, published, updated):
    found = date_line(line)
    assert (found.published, found.updated) == (published, updated)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "3 March 2024 was a Sunday.",
        "Updated",
        "Published by Reed Press",
        "21:07",
        "Updated rules from 3 March 2024",
    ],
)
def test_a_line_that_says_more_is_no_date_line(line):
    assert date_line(line) is None
