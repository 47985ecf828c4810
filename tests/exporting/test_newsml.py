"""NewsML-G2: the IPTC's own reader reads it, its marks lead to records, and nothing in a story breaks it."""

from __future__ import annotations

import NewsMLG2
import pytest
from lxml import etree

from articles.exporting.newsml import FORBIDDEN, NAR, XHTML, as_newsml
from articles.text.body import plain_text
from tests.exporting.conftest import WORDS, detail
from tests.factories import make_article, make_byline

SPACES = {"n": NAR, "x": XHTML}
# The order in which the standard has what stands in an item and its metadata.
ITEM = "catalogRef catalog rightsInfo itemMeta contentMeta assert inlineRef contentSet".split()
ITEM_META = "itemClass provider versionCreated firstCreated pubStatus edNote signal".split()
# Behind `altId` the standard leaves the order free.
ADMINISTRATIVE = "contentCreated located infoSource creator contributor altId".split()


@pytest.fixture
def item(story, at):
    return etree.fromstring(as_newsml(story, at))


def found(item, path):
    return item.xpath(path, namespaces=SPACES)


def order(element):
    """The names of what stands in an element, each once for a run of it."""
    names = [etree.QName(child).localname for child in element]
    return [name for at, name in enumerate(names) if at == 0 or names[at - 1] != name]


def test_the_reader_of_the_iptc_reads_it(story, at):
    news = NewsMLG2.NewsMLG2Document(as_newsml(story, at)).get_item()
    assert (news.standard, news.standardversion, news.conformance) == ("NewsML-G2", "2.35", "power")
    assert news.guid == f"https://news.example.org/api/v1/articles/{story.pk}"
    assert NewsMLG2.qcode_to_uri(news.itemmeta.itemclass.qcode) == "http://cv.iptc.org/newscodes/ninature/text"
    assert str(news.contentmeta.contentcreated) == "2026-06-09T08:30:00+00:00"
    assert [str(each) for each in news.contentmeta.headline] == [story.headline]


def test_everything_stands_in_the_order_of_the_standard(item):
    assert order(item) == [name for name in ITEM if name in order(item)]
    assert order(found(item, "n:itemMeta")[0]) == ITEM_META
    said = order(found(item, "n:contentMeta")[0])
    assert said[: len(ADMINISTRATIVE)] == ADMINISTRATIVE


def test_codes_are_those_of_a_scheme_that_is_declared(item, at):
    aliases = {each.get("alias"): each.get("uri") for each in found(item, "//n:scheme")}
    standard = {"cpnat", "drol", "ninat", "sig", "stat"}
    codes = found(item, "//n:*/@qcode | //n:*/@type | //n:*/@role | //n:*/@rel")
    assert {code.partition(":")[0] for code in codes} <= standard | set(aliases)
    assert aliases["person"] == "https://news.example.org/api/v1/people/"


def test_the_story_is_told_whole(story, item):
    assert found(item, "string(//n:contentMeta/n:description)") == story.standfirst
    assert found(item, "string(//n:by)") == "Niamh Cotterell"
    assert [each.get("role") for each in found(item, "//n:contributor")] == ["newsroom:photographs"]
    assert [each.text for each in found(item, "//n:subject[starts-with(@qcode, 'tag:')]/n:name")] == [
        "Water",
        "Drought",
    ]
    assert found(item, "string(//n:located/n:name)") == "Kinsale"
    assert found(item, "string(//n:edNote)") == "It is 47 days, not 74."
    assert found(item, "string(//x:p[@class='correction'])").endswith(": It is 47 days, not 74.")
    assert found(item, "string(//x:p[@class='end-note'])") == "Reporting by Niamh Cotterell"


def test_the_text_is_that_of_the_article(story, item):
    body = found(item, "//x:body")[0]
    for note in found(item, "//x:body/x:p[@class]"):
        note.getparent().remove(note)
    etree.cleanup_namespaces(body)
    written = etree.tostring(body, encoding="unicode").replace(f' xmlns="{XHTML}"', "")
    assert plain_text(written) == story.text


def test_marks_in_the_text_lead_to_records(story, item):
    marks = {each.get("idrefs"): each.get("qcode") for each in found(item, "//n:inlineRef")}
    words = {key: found(item, f"string(//*[@id='{key}'])") for key in marks}
    quote = story.shown_quotes[0]
    assert words.pop(f"quote-{quote.pk}") == WORDS
    assert marks.pop(f"quote-{quote.pk}") == f"quotation:{quote.pk}"
    assert {marks[key]: words[key] for key in marks} == {
        f"{each.entity.kind}:{each.entity.pk}": each.entity.name for each in story.shown_appearances
    }
    related = found(item, f"//n:assert[@qcode='quotation:{quote.pk}']/n:related")[0]
    assert (related.get("rel"), related.get("qcode")) == ("newsroom:speaker", f"person:{quote.speaker_id}")


def test_what_an_article_says_of_a_name_is_asserted(item):
    assert found(item, "string(//n:assert[n:name='Fergal Hayes']/n:definition)") == "director of supply"
    position = found(item, "//n:assert[n:name='Kinsale']//n:position")[0]
    assert (position.get("latitude"), position.get("longitude")) == ("51.7", "-8.5")


def test_nothing_in_a_story_breaks_the_xml(db, at):
    hostile = 'Quay</headline> "&" <b>\x0b\x00]]> \ud83d\ude00'.encode("utf-16", "surrogatepass").decode("utf-16")
    hostile = hostile.replace("\x00", "")  # no database takes it
    article = make_article(headline=hostile, standfirst=hostile, end_notes=[hostile], language="")
    make_byline(article, name=hostile)
    item = etree.fromstring(as_newsml(detail(article), at))
    assert found(item, "string(//n:headline)") == FORBIDDEN.sub("", hostile)
    assert found(item, "string(//n:creator/n:name)") == FORBIDDEN.sub("", hostile)
