"""Bars by month, and a year day by day."""

from datetime import date, timedelta
from xml.etree import ElementTree

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.drawing.calendar import year_strip
from articles.drawing.sparkline import HEIGHT, WIDTH, busiest, months_shown, sparkline

COUNTS = st.dictionaries(st.tuples(st.integers(1990, 2035), st.integers(1, 12)), st.integers(0, 10**6), max_size=80)
# A machine that is busy is slow, and that is no fault of what is tested.
patient = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])


def bars(counts):
    data = ElementTree.fromstring(sparkline(counts, label="x")).find("path").get("d")
    return [tuple(int(each) for each in bar.replace("v-", " ").split("h")[0].split()) for bar in data.split("M")[1:]]


@patient
@given(COUNTS)
def test_months_follow_each_other_and_end_with_the_last_that_has_any(counts):
    months = months_shown(counts)
    if not any(counts.values()):
        assert months == []
        return
    numbers = [year * 12 + month for year, month in months]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert 24 <= len(months) <= 60
    assert months[-1] == max(month for month, number in counts.items() if number)


@patient
@given(COUNTS)
def test_every_month_with_articles_has_a_bar_within_the_drawing(counts):
    if not months_shown(counts):
        assert sparkline(counts, label="x") == ""
        return
    drawn = bars(counts)
    assert len(drawn) == sum(bool(counts.get(month)) for month in months_shown(counts))
    assert all(0 <= left < WIDTH and base == HEIGHT and 4 <= high <= HEIGHT for left, base, high in drawn)


def test_a_bar_is_as_high_as_its_month_has_articles():
    assert [high for _, _, high in bars({(2031, 1): 10, (2031, 2): 5, (2031, 3): 1})] == [96, 48, 10]


def test_january_bears_the_year():
    svg = ElementTree.fromstring(sparkline({(2030, 5): 1, (2031, 5): 1}, label="Two articles"))
    assert [text.text for text in svg.iter("text")] == ["2030", "2031"]
    assert (svg.get("role"), svg.get("aria-label")) == ("img", "Two articles")


def test_of_equal_months_the_latest_is_the_busiest():
    counts = {(2031, 1): 3, (2031, 4): 3, (2031, 5): 1}
    assert busiest(counts, months_shown(counts)) == (2031, 4)


@patient
@given(st.integers(1900, 2100), st.dictionaries(st.integers(0, 364), st.integers(1, 5)), st.sampled_from([0, 6]))
def test_the_strip_of_a_year_has_a_square_for_each_day_in_the_row_of_its_weekday(year, days, first):
    shades = {date(year, 1, 1) + timedelta(days=day): shade for day, shade in days.items()}
    svg = ElementTree.fromstring(year_strip(year, shades, label="x", first_weekday=first))
    drawn = {
        tuple(int(each) for each in square.split("h")[0].split()): int(path.get("class").removeprefix("fill-"))
        for path in svg
        for square in path.get("d").split("M")[1:]
    }
    total = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    assert len(drawn) == total
    in_order = [drawn[place] for place in sorted(drawn)]
    assert in_order == [shades.get(date(year, 1, 1) + timedelta(days=number), 0) for number in range(total)]
    assert min(drawn)[1] == (date(year, 1, 1).weekday() - first) % 7 * 12
    width, height = map(int, svg.get("viewBox").split()[2:])
    assert all(0 <= left < width and 0 <= top < height for left, top in drawn)


def test_a_strip_says_in_words_what_it_shows():
    svg = ElementTree.fromstring(year_strip(2031, {}, label='2031 & "more"'))
    assert (svg.get("role"), svg.get("aria-label")) == ("img", '2031 & "more"')
