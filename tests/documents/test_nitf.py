from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from articles.documents.errors import BrokenDocument, NoStory
from articles.documents.reading import read_stories
from articles.documents.story import Credit, Dateline, Status

# Document type, attributes in docdata, people in the byline and a dateline in capitals: as American agencies write.
AGENCY = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE nitf PUBLIC "-//IPTC//DTD NITF 3.4//EN" "nitf-3-4.dtd">
<nitf version="-//IPTC//DTD NITF 3.4//EN" change.date="October 18, 2006" change.time="19:30">
 <head>
  <title>River-Ferry</title>
  <tobject tobject.type="news"><tobject.subject tobject.subject.refnum="15007000" tobject.subject.type="Transport"
    tobject.subject.matter="Shipping" tobject.subject.detail="Inland waters"/></tobject>
  <docdata management-status="usable">
   <correction info="Corrects the ferry's length in the third paragraph."/>
   <doc-id regsrc="RW" id-string="RW-20240303-0017"/>
   <urgency ed-urg="4"/>
   <date.issue norm="20240303T140500Z"/>
   <date.release norm="20240303T180000+0100"/>
   <ed-msg info="Pictures will move within the hour."/>
   <du-key generation="1" version="3" key="River-Ferry"/>
   <doc.copyright year="2024" holder="Rivers Wire"/>
   <key-list><keyword key="ferries"/><keyword key="Lasem"/></key-list>
  </docdata>
  <revision-history name="tm" function="editor" norm="20240303T141100Z"/>
  <revision-history name="am" function="writer-author" norm="20240303T140100Z"/>
 </head>
 <body xml:lang="en-US">
  <body.head>
   <hedline><hl1>Ferry sits on sandbank for six hours</hl1><hl2>Passengers played cards</hl2></hedline>
   <note noteclass="editorsnote"><body.content><p>Will be led.</p></body.content></note>
   <byline>By <person>Ana Moss</person> and <person>Tom Hill</person>, <byttl>Rivers Wire</byttl></byline>
   <distributor><org>Rivers Wire</org></distributor>
   <dateline><location>TUNIS</location> <story.date norm="20240303">March 3</story.date></dateline>
  </body.head>
  <body.content>
   <block>
    <p>TUNIS (Rivers Wire) &#8212; The <org idsrc="x" value="1">Lasem Line</org>'s ferry sat on a bank at
      <location><city>Rad&egrave;s</city></location> for <num>1<frac><frac-num>1</frac-num><frac-sep>/</frac-sep>
      <frac-den>2</frac-den></frac></num> tides.</p>
    <media media-type="image"><media-reference source="a.jpg"/><media-caption>The ferry.</media-caption></media>
    <hl2>Nobody hurt</hl2>
    <bq><block><p>We played cards.</p></block><credit>Sonia Ben Amar</credit></bq>
    <nitf-table><nitf-table-metadata subclass="x"/><table><tr><td>Ferries</td><td>2</td></tr></table></nitf-table>
   </block>
  </body.content>
  <body.end><tagline>Cem Aksoy contributed from Sfax.</tagline></body.end>
 </body>
</nitf>
"""
# Two blocks of which one repeats the other, a registered byline, an address, paths of a register: as a newspaper's
# archive of decades writes.
ARCHIVE = """<nitf><head><title>Well runs dry</title>
 <meta name="online_sections" content="Towns"/>
 <docdata><doc-id id-string="181571"/><doc.copyright holder="The Lee Courier" year="1994"/>
  <identified-content><classifier class="indexing" type="descriptor">Water</classifier>
   <classifier class="online" type="taxonomic">Top/News/Towns</classifier><person>HAYES, FERGAL</person>
  </identified-content></docdata>
 <pubdata date.publication="19940612T000000" ex-ref="https://courier.example.org/181571" name="The Lee Courier"
  position.section="B"/></head>
<body><body.head><hedline><hl1>Well runs dry</hl1><hl2 class="online_headline">A Well Runs Dry</hl2></hedline>
  <byline class="print_byline">By NIAMH COTTERELL</byline><byline class="normalized_byline">Cotterell, Niamh</byline>
  <abstract><p>Kinsale drinks from tankers.</p></abstract></body.head>
 <body.content><block class="lead_paragraph"><p>The last well is dry.</p></block>
  <block class="full_text"><p>The last well is dry.</p><p>Tankers come at noon.</p></block></body.content>
</body></nitf>
"""
# HTML in CDATA, keywords in one, the language in an attribute of its own: as content systems write.
SYSTEM = """<nitf version="-//IPTC//DTD NITF 3.2//EN" baselang="es-ES"><head><title><![CDATA[El pozo]]></title>
<docdata management-status="usable"><doc-id id-string="88"/>
 <key-list><keyword key="agua, Sabadell"/></key-list></docdata>
</head><body><body.head><hedline><hl1><![CDATA[El pozo de Sabadell]]></hl1></hedline></body.head>
<body.content><![CDATA[<p>Nadie sabe por qu&eacute;.</p><script>x()</script><p>Llega <b>agua</b>.</p>]]></body.content>
</body></nitf>
"""


def read(document, source="a.xml"):
    [story] = read_stories(document.encode() if isinstance(document, str) else document, source=source)
    return story


def bare(data="", head="", body="<p>The last well is dry.</p>"):
    return (
        f"<nitf><head>{data}</head><body><body.head><hedline><hl1>Well runs dry</hl1></hedline>{head}</body.head>"
        f"<body.content>{body}</body.content></body></nitf>"
    )


def test_an_agency_says_all_it_can():
    story = read(AGENCY)
    assert (story.headline, story.standfirst) == ("Ferry sits on sandbank for six hours", "Passengers played cards")
    assert (story.byline, story.dateline) == (("Ana Moss", "Tom Hill"), Dateline("TUNIS", "Rivers Wire"))
    assert story.body == (
        "<p>The Lasem Line's ferry sat on a bank at Radès for 11/ 2 tides.</p><h3>Nobody hurt</h3>"
        "<blockquote><p>We played cards.</p><p>Sonia Ben Amar</p></blockquote>"
        "<table><tbody><tr><td>Ferries</td><td>2</td></tr></tbody></table>"
    )
    assert story.published == datetime(2024, 3, 3, 14, 5, tzinfo=UTC)
    assert story.embargo == datetime(2024, 3, 3, 17, 0, tzinfo=UTC)
    assert story.modified == datetime(2024, 3, 3, 14, 11, tzinfo=UTC)
    assert (story.identifier, story.version, story.urgency) == ("RW-20240303-0017", 3, 4)
    assert (story.publisher, story.copyright) == ("Rivers Wire", "© 2024 Rivers Wire")
    assert (story.section, story.language) == ("Transport", "en-us")
    assert story.keywords == ("ferries", "Lasem", "Shipping", "Inland waters")
    assert story.instructions == "Pictures will move within the hour. Will be led."
    assert story.corrections == ("Corrects the ferry's length in the third paragraph.",)
    assert story.end_notes == ("Cem Aksoy contributed from Sfax.",)
    assert (story.format, story.status, story.warnings) == ("nitf", Status.USABLE, ())


def test_an_archive_has_nothing_twice():
    story = read(ARCHIVE)
    assert (story.headline, story.standfirst) == ("Well runs dry", "Kinsale drinks from tankers.")
    assert story.text == "The last well is dry.\nTankers come at noon."
    assert (story.byline, story.keywords, story.section) == (("Niamh Cotterell",), ("Water",), "B")
    assert (story.address, story.publisher) == ("https://courier.example.org/181571", "The Lee Courier")
    assert story.published == datetime(1994, 6, 12)


def test_html_in_cdata_is_read_and_cleaned():
    story = read(SYSTEM)
    assert (story.headline, story.language) == ("El pozo de Sabadell", "es-es")
    assert story.body == "<p>Nadie sabe por qué.</p><p>Llega <strong>agua</strong>.</p>"
    assert story.keywords == ("agua", "Sabadell")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("The last well is dry.\n\nTankers come.", id="plain lines"),
        pytest.param("<block><![CDATA[<p>The last well is dry.<p>Tankers come.]]></block>", id="CDATA in a block"),
        pytest.param("<p lede='true'>The last well is dry.</p><p>Tankers come.</p>", id="paragraphs"),
        pytest.param("<p>The last <media/>well is dry.</p><media/><p>Tankers come.</p>", id="pictures between"),
    ],
)
def test_the_text_is_found_wherever_it_stands(body):
    assert read(bare(body=body)).text == "The last well is dry.\nTankers come."


def test_a_namespace_makes_no_difference():
    named = AGENCY.replace("<nitf ", '<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/" ')
    prefixed = bare().replace("<", "<n:").replace("<n:/", "</n:").replace("<n:nitf>", '<n:nitf xmlns:n="urn:n">')
    assert read(named) == read(AGENCY)
    assert read(prefixed) == read(bare())


@pytest.mark.parametrize("source", ["ferry.txt", "ferry.html", "ferry"])
def test_its_name_makes_no_difference(source):
    assert read(AGENCY, source).format == "nitf"


@pytest.mark.parametrize(
    ("data", "status", "embargo"),
    [
        ('<docdata management-status="withheld"/>', Status.WITHHELD, None),
        ('<docdata management-status="Canceled"/>', Status.CANCELED, None),
        ('<docdata management-status="spiked"/>', Status.WITHHELD, None),
        ('<docdata management-status="embargoed"/>', Status.WITHHELD, None),
        (
            '<docdata management-status="embargoed"><date.release norm="2024-03-03T05:00:00Z"/></docdata>',
            Status.USABLE,
            datetime(2024, 3, 3, 5, tzinfo=UTC),
        ),
        (
            '<docdata><date.issue norm="20240303"/><date.release norm="20240304"/></docdata>',
            Status.USABLE,
            datetime(2024, 3, 4),
        ),
        # Released when it was issued: that is no embargo.
        (
            '<docdata><date.issue norm="20240303T0500Z"/><date.release norm="20240303T0500Z"/></docdata>',
            Status.USABLE,
            None,
        ),
    ],
)
def test_what_may_be_done_with_it(data, status, embargo):
    story = read(bare(data))
    assert (story.status, story.embargo) == (status, embargo)


def test_doubt_about_its_status_is_told():
    assert read(bare('<docdata management-status="spiked"/>')).warnings == (
        "its publishing status is “spiked”, which is not known: it is withheld",
    )


def test_a_notice_takes_the_other_story_back():
    data = (
        '<docdata management-doc-idref="RW-17" management-idref-status="canceled"><doc-id id-string="RW-18"/></docdata>'
    )
    story = read(f"<nitf><head>{data}</head><body/></nitf>")
    assert (story.identifier, story.status, story.headline) == ("RW-17", Status.CANCELED, "RW-17")


@pytest.mark.parametrize(
    ("byline", "names", "credits"),
    [
        ("<byline>By Ana Moss</byline><byline>By Tom Hill</byline>", ("Ana Moss", "Tom Hill"), ()),
        ("<byline><byttl>By Ana Moss</byttl></byline>", ("Ana Moss",), ()),
        ("<byline>By ANA MOSS, photographs by Bo Ek</byline>", ("Ana Moss",), (Credit("Bo Ek", "photographs"),)),
        ("<byline>Rivers Wire</byline>", ("Rivers Wire",), ()),
    ],
)
def test_who_wrote_it(byline, names, credits):
    story = read(bare(head=byline))
    assert (story.byline, story.credits) == (names, credits)


def test_a_day_is_a_day():
    assert read(bare("<docdata><date.issue norm='2024-03-03'/></docdata>")).published == date(2024, 3, 3)


@pytest.mark.parametrize(
    ("document", "kind", "found"),
    [
        (AGENCY[:1500], BrokenDocument, "a.xml: line 27 is no well-formed XML: "),
        (bare("<docdata><date.release norm='soon'/></docdata>"), BrokenDocument, "a.xml: date.release is 'soon'; "),
        ("<nitf/>", NoStory, "a.xml: there is no text in it; expected"),
        ("<nitf><body><body.content/></body></nitf>", NoStory, "a.xml: there is no text in it; expected"),
    ],
)  # fmt: skip
def test_what_is_no_story_is_told(document, kind, found):
    with pytest.raises(kind) as error:
        read(document)
    assert str(error.value).startswith(found)


def test_another_root_is_told():
    with pytest.raises(BrokenDocument, match="the first element is <rss>; expected <nitf>"):
        list(read_stories(b"<rss/>", source="a.xml", format="nitf"))


def test_many_pictures_leave_the_words_between_them():
    assert read(bare(body="<p>It sits.</p>" + "<media/>a" * 20_000)).text == "It sits.\n" + "a" * 20_000
