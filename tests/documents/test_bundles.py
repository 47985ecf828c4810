from __future__ import annotations

import gzip
import io
import stat
import tarfile
import zipfile

import pytest

from articles.documents.errors import DocumentError
from articles.documents.formats import bundles
from articles.documents.reading import read_file
from articles.documents.telling import find_format
from tests.documents import packages

FERRY = b"Ferry sails again\n\nIt sails at noon, the harbour says."
BUS = b"Bus is late\n\nIt waits in Cork."
PNG = b"\x89PNG\r\n\x1a\n\x00"


def zipped(members):
    """A zip archive of contents by name, or by a `ZipInfo`."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def tarred(members, **special):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        for name, kind in special.items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    return file.getvalue()


def read(content, source="in.zip", max_bytes=1_000_000):
    return list(read_file(io.BytesIO(content), source=source, max_bytes=max_bytes))


def told(content, **options):
    """(source, headline or what is wrong) of what is found."""
    return [
        (each.source, each.found if isinstance(each, DocumentError) else each.headline)
        for each in read(content, **options)
    ]


WORD = packages.docx(packages.paragraph("Harbour opens"), packages.paragraph("It opens at noon."))
MEMBERS = {
    "b/ferry.txt": FERRY,
    "press/harbour.docx": WORD,
    "a/bus": BUS,
    "page": b"<!doctype html><h1>Rain in Cork</h1><p>It rains.</p>",
    "b/": b"",
    "__MACOSX/b/._ferry.txt": b"\x00\x05",
    ".git/notes.txt": b"x",
    "b/boat.png": PNG,
}
FOUND = [
    ("b/ferry.txt", "Ferry sails again"),
    ("press/harbour.docx", "Harbour opens"),
    ("page", "Rain in Cork"),
]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        pytest.param(zipped(MEMBERS), "in.zip", id="zip"),
        pytest.param(tarred(MEMBERS), "in.tar", id="tar"),
        pytest.param(gzip.compress(tarred(MEMBERS)), "in.tar.gz", id="tar.gz"),
        pytest.param(gzip.compress(tarred(MEMBERS)), "in.tgz", id="tgz"),
        pytest.param(zipped(MEMBERS), "in.txt", id="zip that is called text"),
    ],
)
def test_members_are_read_in_order(content, name):
    assert told(content, source=name) == [(f"{name}/{member}", headline) for member, headline in FOUND]


def test_gzip_of_one_document():
    assert told(gzip.compress(FERRY), source="ferry.txt.gz") == [("ferry.txt.gz/ferry.txt", "Ferry sails again")]


def test_archives_in_archives():
    inner = zipped({"ferry.txt": FERRY})
    assert told(zipped({"one.zip": inner, "bus.txt": BUS})) == [
        ("in.zip/one.zip/ferry.txt", "Ferry sails again"),
        ("in.zip/bus.txt", "Bus is late"),
    ]
    assert told(zipped({"one.tgz": gzip.compress(tarred({"two.zip": inner}))})) == [
        ("in.zip/one.tgz/two.zip", "archives are nested more than 2 deep; left out")
    ]


def test_a_mailbox_in_an_archive():
    mailbox = b"From - Fri Mar 13 17:05:00 2026\nFrom: Nora Quill\nSubject: Ferry sails\n\nIt sails at noon.\n"
    assert told(zipped({"in.mbox": mailbox})) == [("in.zip/in.mbox/message 1", "Ferry sails")]


def test_names_in_utf_8_that_do_not_say_so():
    """macOS packs like this."""
    content = bytearray(zipped({"fähre.txt": FERRY}))
    content[7] = content[content.index(b"PK\x01\x02") + 9] = 0
    assert told(bytes(content)) == [("in.zip/fähre.txt", "Ferry sails again")]


@pytest.mark.parametrize("name", ["../ferry.txt", "/etc/ferry.txt", "a/../../ferry.txt", "C:/ferry.txt"])
def test_paths_that_lead_out_are_refused(name):
    expected = [(f"in.zip/{name}", "this member of the archive has a path that leads out of it; left out")]
    assert told(zipped({name: FERRY})) == expected
    assert told(tarred({name: FERRY})) == expected


def test_links_and_devices_are_refused():
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert told(zipped({link: "/etc/passwd"})) == [
        ("in.zip/link.txt", "this member of the archive is a link; expected a file")
    ]
    content = tarred({"bus.txt": BUS}, **{"a.txt": tarfile.SYMTYPE, "b.txt": tarfile.LNKTYPE, "c.txt": tarfile.CHRTYPE})
    found = "this member of the archive is a link or a device; expected a file"
    assert told(content)[1:] == [(f"in.zip/{name}.txt", found) for name in "abc"]


def test_members_with_a_password_are_named():
    content = bytearray(zipped({"ferry.txt": FERRY}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert told(bytes(content)) == [("in.zip/ferry.txt", "this member of the archive needs a password; expected none")]


def test_bombs_are_refused():
    zeros = bytes(3_000_000)
    ((_, found),) = told(zipped({"ferry.txt": zeros}))
    assert found.endswith("unpacks to 3,000,000; expected at most 200 times its size")
    ((_, found),) = told(gzip.compress(zeros), source="in.gz")
    assert "unpacks to more than" in found
    # Beside something that does not pack the whole looks harmless.
    content = zipped(
        {"boat.png": PNG + bytes(hash_of(number) for number in range(60_000)), "a.txt": zeros, "bus.txt": BUS}
    )
    assert [found for _, found in told(content)] == [
        "this member of the archive unpacks to 3,000,000 bytes; expected 200 times its size at most",
        "Bus is late",
    ]


def test_a_member_without_name_is_passed_over():
    content = bytearray(zipped({"-": FERRY, "bus.txt": BUS}))
    content[30] = content[content.index(b"PK\x01\x02") + 46] = 0
    assert told(bytes(content)) == [("in.zip/bus.txt", "Bus is late")]


def test_all_members_together_have_a_limit():
    content = zipped({"ferry.txt": bytes(map(hash_of, range(6_000))), "bus.txt": BUS})
    found = list(
        bundles.read_bundle(io.BytesIO(content), "in.zip", 1_000_000, "zip", depth=1, budget=bundles.Budget(1_000))
    )
    assert "the archive unpacks to more than" in str(found[0])


def hash_of(number):
    return number * number * 2654435761 % 65_521 % 256


def test_members_above_the_limit_are_not_unpacked():
    assert told(zipped({"ferry.txt": FERRY * 9, "bus.txt": BUS}), max_bytes=200) == [
        ("in.zip/ferry.txt", f"the file has {len(FERRY) * 9} bytes; expected at most 200 bytes"),
        ("in.zip/bus.txt", "Bus is late"),
    ]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        pytest.param(zipped({}), "none of the 0 files in this zip archive is a document", id="empty"),
        pytest.param(zipped({"a.png": PNG}), "none of the 1 files in this zip archive is a document", id="pictures"),
        pytest.param(zipped({"a.txt": FERRY})[:-9], "this zip archive is damaged", id="cut off"),
        pytest.param(zipped({"[Content_Types].xml": "x", "xl/a.xml": "x"}), "this is an Office doc", id="workbook"),
        pytest.param(tarred({"a.txt": FERRY})[:530], "member of the archive is damaged", id="tar that is cut off"),
        pytest.param(gzip.compress(FERRY)[:-9], "this gzip archive is damaged", id="gzip that is cut off"),
        pytest.param(zipped({"a.txt": PNG}), "this is a PNG image", id="a picture that is called text"),
        pytest.param(zipped({"a.txt": b""}), "the file is empty", id="an empty member"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(content, found):
    assert found in told(content)[0][1]


def test_zip_is_no_name_for_everything_that_is_packed():
    opendocument = zipped({"mimetype": "application/vnd.oasis.opendocument.text"})
    assert not bundles.is_zip(opendocument)
    assert find_format(WORD, source="a.zip") == "docx"
