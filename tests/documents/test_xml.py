from __future__ import annotations

import pytest

from articles.documents import xml
from articles.documents.errors import BrokenDocument
from articles.documents.telling import find_format

LAUGHS = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]><a>&y;</a>'
EXTERNAL = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'


@pytest.mark.parametrize(
    "content",
    [
        pytest.param('<?xml version="1.0" encoding="UTF-8"?><a>Café</a>'.encode(), id="as it says"),
        pytest.param('\ufeff<?xml version="1.0"?>\n<a>Café</a>'.encode(), id="behind a mark"),
        pytest.param(
            '<?xml version="1.0" encoding="utf-8"?><a>Café</a>'.encode("cp1252"), id="Windows that says UTF-8"
        ),
        pytest.param('<?xml version="1.0" encoding="ISO-8859-1"?><a>Café</a>'.encode(), id="UTF-8 that says Latin"),
        pytest.param('<?xml version="1.0" encoding="utf-16"?><a>Café</a>'.encode(), id="UTF-8 that says UTF-16"),
        pytest.param('<?xml version="1.0" encoding="UTF-16"?><a>Café</a>'.encode("utf-16"), id="UTF-16"),
        pytest.param(b"<a>Caf&eacute;</a>", id="a name of HTML"),
        pytest.param(b"<a>Ca\x0cf&#xE9;&#0;</a>".replace(b"&#0;", b"&#x1;"), id="characters that no XML may hold"),
        pytest.param(b'<!DOCTYPE a SYSTEM "http://192.0.2.1/a.dtd"><a>Caf&#233;</a>', id="a document type elsewhere"),
        pytest.param(b"\n<!-- <!DOCTYPE a [ --><?x <b>?><a>Caf&#233;</a>", id="comments before"),
    ],
)
def test_what_wires_send_is_read(content):
    assert xml.text_of(xml.parse(content, "a.xml")) == "Café"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("<a>\n<b></a>", "line 2 is no well-formed XML: Opening and ending tag mismatch: b line 2 and a"),
        ('<?xml version="1.0"?>\n\n<a>\n<b>', "line 4 is no well-formed XML: Premature end of data in tag b line 4"),
        ("<a>&rain;</a>", "line 1 is no well-formed XML: Entity 'rain' not defined"),
        (
            'x<?xml version="1.0" encoding="utf-16"?><a/>',
            "line 1 is no well-formed XML: Start tag expected, '<' not found",
        ),
        ("rain", "line 1 is no well-formed XML: Start tag expected, '<' not found"),
        ("<a>" * 300 + "</a>" * 300, "line 1 is no well-formed XML: Excessive depth in document: 256"),
        (LAUGHS, "line 1 declares a document type of its own; expected XML without one"),
        (EXTERNAL, "line 1 declares a document type of its own; expected XML without one"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(content, found):
    with pytest.raises(BrokenDocument) as error:
        xml.parse(content.encode(), "a.xml")
    assert str(error.value) == f"a.xml: {found}"


def test_an_entity_that_is_declared_out_of_place_is_not_read():
    with pytest.raises(BrokenDocument):
        xml.parse(f"<!-- --><b/>{LAUGHS}".encode(), "a.xml")


@pytest.mark.parametrize(
    ("start", "name"),
    [
        (b"<nitf>", "nitf"),
        (b'<?xml version="1.0"?>\n<!-- a --><!DOCTYPE nitf SYSTEM "a.dtd">\n<nitf version="x">', "nitf"),
        (b'<n:newsItem xmlns="urn:a" xmlns:n="urn:b" guid="x">', "{urn:b}newsItem"),
        ('<feed xmlns="urn:a"'.encode("utf-16"), "{urn:a}feed"),
        (b"Rain <b>", ""),
        (b"<!-- <nitf>", ""),
    ],
)
def test_the_root_is_named(start, name):
    assert xml.root_name(start) == name


def test_markup_is_written_without_prefixes():
    element = xml.parse(b'<x xmlns:h="urn:h">1 &lt; 2<h:p class="a" h:b="c">It<h:br/> rains</h:p> now</x>', "a.xml")
    assert xml.markup_in(element) == '1 &lt; 2<p class="a">It<br> rains</p> now'


def test_many_comments_cost_no_more_than_few():
    start = b"<!-- -->" * 400 + b"<!"
    assert xml.root_name(start) == ""
    assert find_format(start, source="a") == "text"


def test_of_thousands_of_attributes_few_are_written():
    many = " ".join(f"a{number}='1'" for number in range(20_000))
    assert xml.markup_in(xml.parse(f"<x><p {many} class='a'>It rains.</p></x>".encode(), "a.xml")) == (
        '<p class="a">It rains.</p>'
    )
