"""Exports as ninjs and NewsML-G2: the importer reads the same story, with all that both formats know."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime

import pytest

from articles.documents.reading import read_file
from articles.documents.story import Credit, Dateline, Status, Story
from articles.exporting.archive import ninjs_line
from articles.exporting.newsml import as_newsml
from articles.exporting.ninjs import as_ninjs
from articles.models import Correction
from tests.exporting.conftest import BODY, detail
from tests.factories import make_article, make_byline

FORMATS = {
    "ninjs": lambda article, at: json.dumps(as_ninjs(article, at)).encode(),
    "ninjs, one a line": lambda article, at: ninjs_line(article, at).encode() * 2,
    "newsml": as_newsml,
}


@pytest.fixture(params=FORMATS)
def again(request, at):
    def export_and_read(article) -> Story:
        content = FORMATS[request.param](article, at)
        first, *others = read_file(io.BytesIO(content), source="export", max_bytes=10_000_000)
        assert all(each == first for each in others)
        return first

    return export_and_read


def test_the_importer_reads_the_same_story(story, at, again):
    Correction.objects.create(article=story, kind="clarification", note="Taps run dry in Kinsale alone.")
    read = again(detail(story))
    assert (read.headline, read.standfirst, read.body) == (story.headline, story.standfirst, BODY)
    assert read.byline == ("Niamh Cotterell",)
    assert read.credits == (Credit("Bo Ek", "photographs"),)
    assert read.dateline == Dateline("Kinsale", "Tidewire")
    assert read.published == datetime(2026, 6, 9, 8, 30, tzinfo=UTC)
    assert read.modified == story.modified
    assert (read.language, read.publisher, read.address) == ("en", "The Lee Courier", story.address)
    assert (set(read.keywords), read.section) == ({"Water", "Drought"}, "Towns")
    assert read.end_notes == ("Reporting by Niamh Cotterell",)
    assert (read.identifier, read.version) == (at.record("articles", story.pk), story.revision + 1)
    assert read.status is Status.USABLE
    assert set(read.corrections) == {"It is 47 days, not 74.", "Taps run dry in Kinsale alone."}
    assert (read.instructions, read.warnings) == ("", ())


def test_a_bare_story_comes_back_with_its_page(db, at, again):
    article = detail(make_article(published=datetime(2026, 6, 9, tzinfo=UTC)))
    read = again(article)
    assert (read.headline, read.body, read.address) == (article.headline, article.body, at.page(article))
    assert (read.byline, read.credits, read.corrections, read.end_notes) == ((), (), (), ())
    # ninjs knows no day without a time of day.
    published = read.published
    assert (published.date() if isinstance(published, datetime) else published) == date(2026, 6, 9)


@pytest.mark.parametrize("headline", ['He said "no": twice', "It's <b>not</b> & that", "“Rain,” says “she”"])
def test_any_headline_and_names_of_any_shape_come_back(db, again, headline):
    article = make_article(headline=headline, standfirst=f"{headline}?")
    make_byline(article, name="tidewire staff")
    make_byline(article, name="نادر يوسف")
    read = again(detail(article))
    assert (read.headline, read.standfirst) == (headline, f"{headline}?")
    assert read.byline == ("tidewire staff", "نادر يوسف")


def test_a_body_of_everything_comes_back(db, again):
    body = (
        "<h2>Rain</h2><p>It <strong>rains</strong> in <a href=\"https://rivers.example/\" rel=\"noopener noreferrer\">"
        "Lagos</a>.<br>Still &amp; more; H<sub>2</sub>O.</p><ul><li><p>one</p></li><li><p>two</p></li></ul>"
        "<pre>a  b\nc</pre><table><thead><tr><th>Club</th></tr></thead><tbody><tr><td>Erie</td></tr></tbody></table>"
        "<hr><figure><figcaption>A drawing.</figcaption></figure><blockquote><p>So it is.</p></blockquote>"
    )  # fmt: skip
    assert again(detail(make_article(body=body))).body == body
