from __future__ import annotations

import codecs

import pytest

from articles.documents.encodings import decode
from articles.documents.errors import UnknownEncoding

STORY = "Ærø’s ferry sails — “again”\n\nIt rained."


@pytest.mark.parametrize(
    ("content", "declared"),
    [
        pytest.param(STORY.encode(), None, id="UTF-8"),
        pytest.param(codecs.BOM_UTF8 + STORY.encode(), None, id="UTF-8 with a mark"),
        pytest.param(STORY.encode("utf-16"), None, id="UTF-16"),
        pytest.param(codecs.BOM_UTF16_BE + STORY.encode("utf-16-be"), None, id="UTF-16, big end first"),
        pytest.param(codecs.BOM_UTF32_LE + STORY.encode("utf-32-le"), None, id="UTF-32"),
        pytest.param((STORY * 3).encode("utf-16-le"), None, id="UTF-16 without a mark"),
        pytest.param((STORY * 3).encode("utf-16-be"), None, id="UTF-16 without a mark, big end first"),
        pytest.param(STORY.encode("cp1252"), None, id="Windows-1252"),
        pytest.param(STORY.encode("cp1252"), "iso-8859-1", id="Windows-1252 that calls itself Latin-1"),
        pytest.param(STORY.encode(), "latin1", id="UTF-8 that calls itself Latin-1"),
        pytest.param(STORY.encode("cp1252"), "utf-8", id="Windows-1252 that calls itself UTF-8"),
        pytest.param(STORY.encode(), "no-such-encoding", id="a declaration that is none"),
    ],
)
def test_what_newsrooms_send_is_decoded(content, declared):
    text = decode(content, "ferry.txt", declared=declared)
    assert text.replace(STORY, "") == ""


def test_a_declared_encoding_of_another_script_is_believed():
    assert decode("Дождь".encode("cp1251"), "page.html", declared="windows-1251") == "Дождь"
    assert decode("雨が降った".encode("iso2022_jp"), "page.html", declared="ISO-2022-JP") == "雨が降った"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(
            b"Rain\n\nIt \x81rained.", "byte 0x81 at offset 9 is no UTF-8, and byte 0x81 at offset 9", id="neither"
        ),
        pytest.param(
            b"Caf\xe9 \x00\x01\x02", "byte 0x00 at offset 5 is in no Windows-1252 text", id="control characters"
        ),
        pytest.param(
            "Ærø fårø\n".encode() + b"\xe9!",
            "offset 13 is no UTF-8, though the rest of the file is",
            id="one broken byte",
        ),
        pytest.param(codecs.BOM_UTF16_LE + b"\x00\xd8a", "offset 2 is no text in UTF-16-LE", id="broken UTF-16"),
        pytest.param(b"\x00\x01\x02\x03" * 9, "36 control characters, the first at offset 0", id="binary"),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(content, message):
    with pytest.raises(UnknownEncoding) as error:
        decode(content, "ferry.txt")
    assert message in str(error.value)
    assert str(error.value).startswith("ferry.txt: ")


def test_a_stray_nul_is_no_reason_to_refuse():
    assert decode(b"Rain floods La\x00gos, and it rains on.", "rain.txt") == "Rain floods La\x00gos, and it rains on."


@pytest.mark.parametrize(
    "declared", ["punycode", "hex", "zlib", "rot13", "unicode_escape", "undefined", "utf-7", "a\0b"]
)
def test_pythons_own_codecs_are_no_encodings_of_documents(declared):
    assert decode("Cobh – “+ACI-”".encode(), "a.html", declared=declared) == "Cobh – “+ACI-”"
