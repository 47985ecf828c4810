from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pytest

from articles.documents.errors import BrokenDocument, DocumentError, NoStory
from articles.documents.reading import read_file, read_stories
from articles.documents.story import Dateline, Status

NAR = "http://iptc.org/std/nar/2006-10-01/"
# XHTML with the headline again and a notepad for editors, names in two languages: as German and French agencies write.
XHTML = """<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title>
</head><body><section class="main"><h1>Fähre liegt sechs Stunden fest</h1><p>Die Fähre liegt <em>fest</em>.</p>
<p>Niemand ist verletzt.</p></section><section class="notepad"><p>Ana Moss, 0555 0100</p></section></body></html>
</inlineXML>"""
META = """<itemMeta><itemClass qcode="ninat:text"/><provider qcode="nprov:RW"><name>Rivers Wire</name></provider>
<versionCreated>2024-03-03T15:20:00+01:00</versionCreated><firstCreated>2024-03-03T15:05:00+01:00</firstCreated>
<pubStatus qcode="stat:usable"/><service qcode="svc:1"><name>Basic service</name></service>
<edNote>Pictures follow.</edNote></itemMeta>
<contentMeta><urgency>4</urgency><contentCreated>2024-03-03T15:00:00+01:00</contentCreated>
<located type="cpnat:city" qcode="city:1"><name>Lasem</name></located>
<creator qcode="c:1"><name>Rivers Wire</name></creator>
<infoSource literal="Port of Lasem"/><language tag="de"/><keyword>Schifffahrt</keyword>
<subject type="cpnat:abstract" qcode="medtop:1">
<name xml:lang="en">shipping</name><name xml:lang="de">Verkehr</name></subject>
<subject type="cpnat:person" qcode="p:1"><name>Sonia Ben Amar</name></subject><subject qcode="N2:TN"/>
<slugline>Fähre/Lasem</slugline><headline role="hlrole:short">Fähre</headline>
<headline role="hlrole:main">Fähre liegt sechs Stunden fest</headline><by>Von Ana Moss</by>
<description role="drol:caption">Die Fähre.</description><description role="drol:summary">Spiele an Bord.</description>
</contentMeta>"""
RIGHTS = """<rightsInfo><copyrightHolder literal="RW"/><copyrightNotice>© 2024 Rivers Wire</copyrightNotice>
<usageTerms>Not after 30 days.</usageTerms></rightsInfo>"""
# NITF with a body alone, or with all it can say: as American and Dutch systems write.
NITF = """<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/">
<head><docdata><urgency ed-urg="2"/><date.issue norm="2024-03-02"/></docdata></head><body><body.head><hedline>
<hl1>Ferry aground</hl1></hedline><byline>By <person>Tom Hill</person></byline></body.head><body.content><p>LASEM
(Rivers Wire) - The ferry sits.</p></body.content></body></nitf></inlineXML>"""


def item(meta=META, content=XHTML, *, name="newsItem", guid="urn:newsml:rw:20240303:17", rights=RIGHTS):
    content = content and f"<contentSet>{content}</contentSet>"
    return f'<{name} xmlns="{NAR}" guid="{guid}" version="3" xml:lang="de">{rights}{meta}{content}</{name}>'


def brief(guid="urn:1", *, status="", title="Ferry aground", content=None):
    meta = f"<itemMeta>{status}<title>{title}</title></itemMeta>"
    text = "<inlineData contenttype='text/plain'>It sits.</inlineData>" if content is None else content
    return item(meta, text, guid=guid, rights="")


def message(*items):
    return f'<newsMessage xmlns="{NAR}"><header/><itemSet>{"".join(items)}</itemSet></newsMessage>'


def package(*references):
    listed = "".join(f'<itemRef residref="{each}"><title>x</title></itemRef>' for each in references)
    groups = f'<groupSet root="g"><group id="g">{listed}</group></groupSet>'
    return f'<packageItem xmlns="{NAR}" guid="urn:p">{groups}</packageItem>'


def read(document, source="a.xml"):
    [story] = read_stories(document.encode(), source=source)
    return story


def found_in(document):
    """Headlines of stories, messages of errors, in their order."""
    found = read_file(io.BytesIO(document.encode()), source="a.xml", max_bytes=1_000_000)
    return [str(each) if isinstance(each, DocumentError) else each.headline for each in found]


def test_an_item_says_all_it_can():
    story = read(item())
    assert (story.headline, story.standfirst) == ("Fähre liegt sechs Stunden fest", "Spiele an Bord.")
    assert story.body == "<p>Die Fähre liegt <em>fest</em>.</p><p>Niemand ist verletzt.</p>"
    assert (story.byline, story.dateline, story.language) == (("Ana Moss",), Dateline("Lasem"), "de")
    assert story.published == datetime(2024, 3, 3, 14, 0, tzinfo=UTC)
    assert story.modified == datetime(2024, 3, 3, 14, 20, tzinfo=UTC)
    assert (story.identifier, story.version, story.urgency) == ("urn:newsml:rw:20240303:17", 3, 4)
    assert (story.publisher, story.copyright) == ("Rivers Wire", "© 2024 Rivers Wire")
    assert (story.section, story.keywords) == ("Basic service", ("Schifffahrt", "Verkehr"))
    assert story.instructions == "Pictures follow. Not after 30 days. Ana Moss, 0555 0100"
    assert (story.status, story.embargo, story.corrections, story.warnings) == (Status.USABLE, None, (), ())
    assert story.format == "newsml"


def test_the_text_may_be_nitf():
    story = read(item("<itemMeta/><contentMeta><urgency>5</urgency></contentMeta>", NITF, rights=""))
    assert (story.headline, story.byline, story.text) == ("Ferry aground", ("Tom Hill",), "The ferry sits.")
    assert (story.dateline, story.published) == (Dateline("LASEM", "Rivers Wire"), date(2024, 3, 2))
    # The item wins over its text.
    assert (story.urgency, story.identifier) == (5, "urn:newsml:rw:20240303:17")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("<inlineData contenttype='text/plain'>It sits.\n\nStill.</inlineData>", id="plain text"),
        pytest.param("<inlineData contenttype='text/html'>&lt;p>It sits.&lt;p>Still.</inlineData>", id="escaped HTML"),
        pytest.param("<inlineXML><![CDATA[<p>It sits.</p><p>Still.</p>]]></inlineXML>", id="HTML in CDATA"),
        pytest.param("<inlineXML><div><p>It sits.</p><p>Still.</p></div></inlineXML>", id="a piece of a page"),
        pytest.param(
            "<remoteContent href='a.jpg'/><inlineXML/><inlineData contenttype='image/png'>AAAA</inlineData>"
            "<inlineXML><p>It sits.</p><p>Still.</p></inlineXML>",
            id="behind what is no text",
        ),
    ],
)
def test_the_text_is_found_wherever_it_stands(content):
    assert read(brief(content=content)).text == "It sits.\nStill."


@pytest.mark.parametrize(
    ("said", "status", "embargo"),
    [
        ('<pubStatus qcode="stat:withheld"/>', Status.WITHHELD, None),
        ('<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/canceled"/>', Status.CANCELED, None),
        ('<pubStatus qcode="stat:replaced"/>', Status.WITHHELD, None),
        ("<embargoed>2024-03-04T05:00:00Z</embargoed>", Status.USABLE, datetime(2024, 3, 4, 5, tzinfo=UTC)),
        # Until further notice.
        ("<embargoed/>", Status.WITHHELD, None),
    ],
)
def test_what_may_be_done_with_it(said, status, embargo):
    story = read(brief(status=said))
    assert (story.status, story.embargo) == (status, embargo)


def test_who_takes_a_story_back_need_not_send_it():
    story = read(brief("urn:17", status='<pubStatus qcode="stat:canceled"/>', title="", content=""))
    assert (story.identifier, story.status, story.warnings) == ("urn:17", Status.CANCELED, ())


def test_notes_of_a_correction_are_corrections():
    meta = '<itemMeta><edNote>It is 47 days.</edNote><signal qcode="sig:correction"/><title>Rain</title></itemMeta>'
    story = read(item(meta))
    assert story.corrections == ("It is 47 days.",)
    assert "47" not in story.instructions


def test_a_message_holds_several_and_an_error_in_the_place_of_each_that_is_none():
    picture = brief("urn:2", status='<itemClass qcode="ninat:picture"/>')
    far = brief("urn:3", content='<remoteContent href="https://rivers.example/3.html"/>')
    concepts = f'<knowledgeItem xmlns="{NAR}" guid="urn:4"><conceptSet/></knowledgeItem>'
    assert found_in(message(brief(), picture, far, concepts, brief("urn:5", title="Rain"))) == [
        "Ferry aground",
        "a.xml: item 2 (urn:2): this is a newsItem of the class “picture”; expected a text",
        "a.xml: item 3 (urn:3): its text lies elsewhere (https://rivers.example/3.html); expected it in the file",
        "a.xml: item 4 (urn:4): this is a knowledge item: a list of concepts; expected a newsItem with a story",
        "Rain",
    ]


def test_a_package_tells_what_is_not_in_the_file():
    assert found_in(message(package("urn:1"), brief())) == ["Ferry aground"]
    assert found_in(message(package("urn:1", "urn:8", "urn:9"), brief())) == [
        "a.xml: item 1 (urn:p): the package refers to 2 items that are not in this file: urn:8, urn:9",
        "Ferry aground",
    ]
    assert found_in(package()) == ["a.xml: the package is empty; expected references to items"]


@pytest.mark.parametrize("source", ["a.txt", "a.html", "a"])
def test_its_name_makes_no_difference(source):
    prefixed = brief().replace("<", "<n:").replace("<n:/", "</n:").replace("xmlns=", "xmlns:n=")
    assert read(brief(), source).format == read(prefixed, source).format == "newsml"


@pytest.mark.parametrize(
    ("document", "kind", "found"),
    [
        (item()[:900], BrokenDocument, "line 9 is no well-formed XML"),
        (message(), NoStory, "the message has no items in it; expected a newsItem"),
        (brief(status="<embargoed>soon</embargoed>"), BrokenDocument, "embargoed is 'soon'; expected a date and time"),
        (brief(title="", content=""), NoStory, "there is no text in it"),
    ],
)
def test_what_is_no_story_is_told(document, kind, found):
    with pytest.raises(kind) as error:
        read(document)
    assert str(error.value).startswith(f"a.xml: {found}")


def test_another_root_is_told():
    with pytest.raises(BrokenDocument, match="the first element is <NewsML>; expected <newsItem> or <newsMessage>"):
        list(read_stories(b"<NewsML/>", source="a.xml", format="newsml"))
