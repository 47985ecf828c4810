from __future__ import annotations

from datetime import UTC, datetime

import pytest

from articles.exporting.addresses import Addresses
from articles.models import Article, Correction
from tests.factories import (
    make_appearance,
    make_article,
    make_author,
    make_byline,
    make_location,
    make_organisation,
    make_person,
    make_picture,
    make_quote,
    make_role,
    make_section,
    make_series,
    place_picture,
)

BODY = (
    "<p>“We have water for 47 days,” said Fergal Hayes, director of supply at Lee Water Ltd, "
    "in <em>Kinsale</em>.</p><h2>At the quay</h2>"
    "<blockquote><p>No rain &amp; no wells.</p></blockquote><ul><li><p>pumps</p></li></ul>"
)
WORDS = "“We have water for 47 days,”"


@pytest.fixture
def at():
    return Addresses("https://news.example.org")


@pytest.fixture
def story(db):
    """An article with a row of everything that an export tells of."""
    article = make_article(
        headline="Southern Water Board limits supply at night",
        standfirst="Taps run dry from ten.",
        body=BODY,
        dateline_place="Kinsale",
        dateline_agency="Tidewire",
        published=datetime(2026, 6, 9, 8, 30, tzinfo=UTC),
        published_has_time=True,
        publisher="The Lee Courier",
        address="https://courier.example.org/water",
        tags=("Water", "Drought"),
        section=make_section("Towns"),
        end_notes=["Reporting by Niamh Cotterell"],
    )
    make_series("The dry year", article)
    make_byline(article, make_author("Niamh Cotterell"))
    make_byline(article, name="Bo Ek", role="photographs")
    place_picture(article, make_picture(alt="A dry well", caption="The well in Kinsale.", credit="Bo Ek"))
    hayes, water = make_person("Fergal Hayes"), make_organisation("Lee Water Ltd", aliases=("LW",))
    kinsale = make_location("Kinsale", country="IE", latitude=51.7, longitude=-8.5)
    make_appearance(article, hayes, role="director of supply")
    make_appearance(article, water)
    make_appearance(article, kinsale)
    make_quote(article, WORDS, speaker=hayes, cue="said")
    make_role(article, hayes, "director of supply", organisation=water)
    Correction.objects.create(article=article, kind="correction", note="It is 47 days, not 74.")
    return detail(article)


def detail(article):
    return Article.objects.for_detail().get(pk=article.pk)
