from __future__ import annotations

import base64
import io
from datetime import UTC, datetime

import pytest

from articles.documents.errors import DocumentError, NoStory
from articles.documents.formats import mail, mail_text
from articles.documents.formats.flowed import unflowed
from articles.documents.reading import read_file
from articles.documents.telling import find_format
from tests.documents import packages

FERRY = (
    "The ferry between Cobh and Passage West sails again from Monday, the harbour authority said, after four months in "
    "dock for a new engine."
)
BOATS = "Boats leave every hour, and bicycles go free until June, said its harbour master, Brid Lacey."
HEAD = (
    "Received: from mx.example.org by mail.example.net; Fri, 13 Mar 2026 17:05:09 +0000\n"
    "From: Nora Quill <nora@example.org>\nTo: desk@example.net\nSubject: Harbour ferry returns\n"
    "Date: Fri, 13 Mar 2026 17:05:00 +0000\nMessage-ID: <118@example.org>\nMIME-Version: 1.0\n"
)
NAMELESS = HEAD.replace("Harbour ferry returns", "")
SENT = datetime(2026, 3, 13, 17, 5, tzinfo=UTC)


def message(*parts, kind="mixed", head=HEAD):
    """A message of several parts: each its header lines, then its content."""
    joined = "".join(f"--b0\n{part}\n" for part in parts)
    return f'{head}Content-Type: multipart/{kind}; boundary="b0"\n\n{joined}--b0--\n'.encode()


def plain(text, head=HEAD):
    return f"{head}Content-Type: text/plain; charset=utf-8\n\n{text}\n".encode()


def read(content, source="ferry.eml", max_bytes=1_000_000):
    return list(read_file(io.BytesIO(content), source=source, max_bytes=max_bytes))


def only(content):
    (story,) = read(content)
    assert not isinstance(story, DocumentError), story
    return story


def test_a_reporters_plain_message():
    story = only(plain(f"{FERRY}\n\n{BOATS}\n\n-- \nNora Quill\nTidewire, Cobh\n+353 21 555 0101"))
    assert (story.headline, story.text) == ("Harbour ferry returns", f"{FERRY}\n{BOATS}")
    assert (story.byline, story.published, story.identifier) == (("Nora Quill",), SENT, "118@example.org")
    assert (story.format, story.source) == ("mail", "ferry.eml")


def test_a_text_has_a_headline_a_byline_and_a_date_of_its_own():
    text = f"Ferry sails again after winter\nBy Tom Hill\n\n14 March 2026\n\nCOBH (Tidewire) — {FERRY}\n\n{BOATS}"
    story = only(plain(text))
    assert (story.headline, story.byline, str(story.published)) == (
        "Ferry sails again after winter", ("Tom Hill",), "2026-03-14",
    )  # fmt: skip
    assert (story.dateline.place, story.text) == ("COBH", f"{FERRY}\n{BOATS}")


def test_gmail_writes_both_and_its_page_has_links_and_no_signature():
    page = (
        '<div dir="ltr"><div>Dear editor,</div><div><br></div><div>The <a href="https://example.org/ferry">ferry</a>'
        f"{FERRY[9:]}</div><div><br></div><div>{BOATS}</div><br clear='all'><div><br></div>"
        '<span class="gmail_signature_prefix">-- </span><br>'
        '<div dir="ltr" class="gmail_signature"><div>Nora Quill</div><div>Tidewire</div></div></div>'
    )
    story = only(
        message(
            f'Content-Type: text/plain; charset="UTF-8"\n\nDear editor,\n\n{FERRY[:60]}\n{FERRY[60:]}\n',
            f'Content-Type: text/html; charset="UTF-8"\n\n{page}\n',
            kind="alternative",
        )
    )
    assert story.headline == "Harbour ferry returns"
    assert story.body == (
        '<p>The <a href="https://example.org/ferry" rel="noopener noreferrer">ferry</a>'
        + FERRY[9:]
        + f"</p><p>{BOATS}</p>"
    )


def test_outlook_writes_windows_1252_in_quoted_printable():
    page = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p {margin: 0}</style></head><body>'
        f"<p class=3DMsoNormal>=93It sails=94, says the captain. {FERRY}<o:p></o:p></p><p class=3DMsoNormal>"
        f"<o:p>&nbsp;</o:p></p><p class=3DMsoNormal>{BOATS}<o:p></o:p></p><p class=3DMsoNormal>Kind regards,</p>"
        "<p class=3DMsoNormal><b>Nora Quill</b><br>Press office</p><p>CONFIDENTIALITY NOTICE: This e-mail is for the "
        "person to whom it is addressed. Tidewire is registered in Cork.</p></body></html>"
    )
    head = "Content-Type: text/html; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n"
    story = only((HEAD + head + page + "\n").encode("ascii"))
    assert story.text == f"“It sails”, says the captain. {FERRY}\n{BOATS}"


def test_base64_and_a_folded_encoded_subject():
    head = HEAD.replace(
        "Subject: Harbour ferry returns", "Subject: Fwd: =?utf-8?B?RsOkaHJl?=\n =?utf-8?Q?_f=C3=A4hrt_wieder?="
    ).replace("From: Nora Quill", "From: =?iso-8859-1?Q?J=FCrgen_Quill?=")
    content = base64.encodebytes("Die Fähre fährt wieder, sagte der Hafen.".encode()).decode()
    story = only(
        f"{head}Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{content}".encode()
    )
    assert (story.headline, story.text) == ("Fähre fährt wieder", "Die Fähre fährt wieder, sagte der Hafen.")
    assert story.byline == ("Jürgen Quill",)


def test_flowed_lines_are_joined():
    assert unflowed("It \nrains.\n>> so \n>> he said\n> yes", delete_space=False) == "It rains.\n>> so he said\n> yes"
    assert unflowed("Reg \nen", delete_space=True) == "Regen"
    flowed = HEAD + f"Content-Type: text/plain; format=flowed\n\n{FERRY[:60]} \n{FERRY[60:]}\n\n{BOATS}\n"
    assert only(flowed.encode()).text == f"{FERRY[:60]} {FERRY[60:]}\n{BOATS}"


GMAIL = (
    "---------- Forwarded message ---------\nFrom: Harbour Press <press@example.com>\nDate: Thu, 12 Mar 2026 at 09:00\n"
    "Subject: Ferry sails again\nTo: <nora@example.org>\n\n"
)
APPLE = (
    "Begin forwarded message:\n\n> From: Harbour Press <press@example.com>\n> Subject: Ferry sails again\n"
    "> Date: 12 March 2026 at 09:00:00 GMT\n> To: nora@example.org\n> \n> "
)
OUTLOOK = (
    "________________________________\nFrom: Harbour Press <press@example.com>\n"
    "Sent: Thursday, March 12, 2026 9:00 AM\nTo: Nora Quill\nSubject: Ferry sails again\n\n"
)
GERMAN = (
    "-----Ursprüngliche Nachricht-----\nVon: Harbour Press\nGesendet: Donnerstag, 12. März 2026 09:00\nAn: Nora Quill\n"
    "Betreff: Ferry sails again\n\n"
)


@pytest.mark.parametrize("head", [GMAIL, APPLE, OUTLOOK, GERMAN], ids=["Gmail", "Apple Mail", "Outlook", "in German"])
def test_a_forwarded_text_is_the_story(head):
    quote = "\n> \n> " if head is APPLE else "\n\n"
    story = only(plain(f"FYI, for Monday's page.\n\n{head}{FERRY}{quote}{BOATS}\n\n-- \nHarbour Press"))
    assert (story.headline, story.text) == ("Ferry sails again", f"{FERRY}\n{BOATS}")
    assert f"{story.published:%Y-%m-%d %H:%M}" == "2026-03-12 09:00"
    assert (story.byline, story.publisher) == ((), "Harbour Press")
    assert story.instructions == "FYI, for Monday's page."


def test_forwarded_twice_and_forwarded_as_a_page():
    page = (
        '<div>For you.</div><div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>'
        "From: <strong>Tom Hill</strong> &lt;tom@example.org&gt;<br>Date: Fri, 13 Mar 2026<br>Subject: Fwd: Ferry<br>"
        "</div>"
        '<blockquote type="cite"><div><b>From: </b>Brid Lacey</div><div><b>Subject: </b><b>Ferry sails again</b></div>'
        f"<div>{FERRY}</div><div>{BOATS}</div></blockquote></div>"
    )
    story = only((HEAD + "Content-Type: text/html\n\n" + page).encode())
    assert (story.headline, story.byline, story.text) == ("Ferry sails again", ("Brid Lacey",), f"{FERRY}\n{BOATS}")


def test_an_answer_leaves_out_what_it_quotes():
    story = only(
        plain(
            f"{FERRY}\n\n{BOATS}\n\nOn Fri, 13 Mar 2026 at 09:00, Desk <desk@example.net> wrote:\n\n> Where is\n> it?"
        )
    )
    assert story.text == f"{FERRY}\n{BOATS}"


def test_attached_documents_are_stories_and_the_note_goes_with_them():
    word = packages.docx(packages.paragraph("Ferry sails again"), packages.paragraph(FERRY))
    encoded = base64.encodebytes(word).decode()
    stories = read(
        message(
            "Content-Type: text/plain\n\nPlease find attached our two releases.",
            'Content-Type: application/octet-stream; name="ferry.docx"\nContent-Transfer-Encoding: base64\n'
            f'Content-Disposition: attachment; filename="ferry.docx"\n\n{encoded}',
            f'Content-Type: text/plain\nContent-Disposition: attachment; filename="bus.txt"\n\nBus is late\n\n{BOATS}',
            'Content-Type: application/json; name="rain.jsonl"\n\n'
            '{"headline": "Rain in Cork", "body": "<p>It rains.</p>"}',
            'Content-Type: image/png\nContent-Disposition: attachment; filename="boat.png"\n\nx',
        )
    )
    assert [(story.headline, story.format, story.source) for story in stories] == [
        ("Ferry sails again", "docx", "ferry.eml/ferry.docx"),
        ("Bus is late", "text", "ferry.eml/bus.txt"),
        ("Rain in Cork", "jsonl", "ferry.eml/rain.jsonl, line 1"),
    ]
    assert {story.instructions for story in stories} == {"Please find attached our two releases."}


def test_a_message_attached_to_a_message():
    inner = plain(f"{FERRY}\n\n{BOATS}", head=HEAD.replace("Harbour ferry returns", "Ferry sails again")).decode()
    (story,) = read(message("Content-Type: text/plain\n\nFYI", f"Content-Type: message/rfc822\n\n{inner}"))
    assert (story.headline, story.source, story.instructions) == ("Ferry sails again", "ferry.eml/message 1", "FYI")


@pytest.mark.parametrize(
    ("part", "warning"),
    [
        pytest.param(
            "Content-Type: application/zip; name=a.zip\n\nPK", "the attachment 'a.zip' is no document", id="unknown"
        ),
        pytest.param(
            "Content-Type: application/vnd.ms-word; name=a.docx\n\nPK\x03\x04 word/document",
            "'a.docx' was left out: ", id="broken",
        ),
        pytest.param(
            "Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n" + "QUJD\n" * 20_000,
            "'a.pdf' has some 75,000 bytes, more than 60,000, and was left out", id="large",
        ),
    ],
)  # fmt: skip
def test_what_is_left_out_is_said(part, warning):
    content = message(f"Content-Type: text/plain\n\n{FERRY}\n\n{BOATS}", part)
    (story,) = read(content, max_bytes=120_000 if "QUJD" not in part else 60_000)
    assert story.text == f"{FERRY}\n{BOATS}"
    assert any(warning in said or "the message has more than 60,000 bytes" in said for said in story.warnings)


def test_a_pasted_message_is_one():
    pasted = (
        f"From: Nora Quill\nSent: 13 March 2026 17:05\nTo: Desk\nSubject: Harbour ferry returns\n{FERRY}\n\n{BOATS}"
    )
    assert find_format(pasted.encode(), source="pasted text") == "mail"
    story = only(pasted.encode())
    assert (story.headline, story.byline, f"{story.published:%d %H:%M}") == (
        "Harbour ferry returns",
        ("Nora Quill",),
        "13 17:05",
    )
    assert story.text == f"{FERRY}\n{BOATS}"


@pytest.mark.parametrize(
    ("start", "format"),
    [
        ("Return-Path: <a@example.org>\r\nSubject: x\r\n\r\n", "mail"),
        ("Von: Ana Moss\nBetreff: Regen\n\nEs regnet.", "mail"),
        ("From: our correspondent in Cobh\n\nIt rains.", "text"),
        ("Date: who pays?\nSubject: to change\n\nIt rains.", "text"),
        ("Ferry: what we know\nFrom: a to b\n\nIt rains.", "text"),
        ("From Cobh, where it rains\n\nFrom: x\nSubject: y", "text"),
        ("---\nfrom: x\nsubject: y\n---\n", "markdown"),
    ],
)
def test_the_format_is_told_by_its_head(start, format):
    assert find_format(start.encode(), source="a") == format


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"Hi all,\n\n{FERRY}\n\n{BOATS}", [FERRY, BOATS]),
        (f"{FERRY}\n\nThanks\n\nNora", [FERRY]),
        (f"{FERRY}\n\nSent from my iPhone", [FERRY]),
        (f"{FERRY}\n\n{BOATS}\n\nThis message is confidential.\n\nNo. 12 in Cork.", [FERRY, BOATS]),
        (f"{FERRY}\n\nBest\n\n{FERRY}", [FERRY, "Best", FERRY]),
        ("Thanks", ["Thanks"]),
    ],
)
def test_furniture_of_messages(text, left):
    split = mail.blocks.split(mail.to_html(text))
    body, _ = mail_text.cut_greeting(split)
    assert [block.text for block in mail_text.cut_ending(body)] == left


@pytest.mark.parametrize(
    ("content", "found"),
    [
        pytest.param(NAMELESS.encode(), "there is no text in it", id="nothing in it"),
        pytest.param(
            message("Content-Type: application/zip; name=a.zip\n\nPK", head=NAMELESS),
            "; the attachment 'a.zip' is no document that is read", id="an attachment that is not read",
        ),
    ],
)  # fmt: skip
def test_a_message_without_story(content, found):
    (error,) = read(content)
    assert isinstance(error, NoStory)
    assert found in str(error)


@pytest.mark.parametrize("charset", ["utf-16", "latin-1", "klingon", "x" * 5_000])
def test_a_wrong_charset_makes_no_difference_where_the_bytes_are_plain(charset):
    content = f"{HEAD}Content-Type: text/plain; charset={charset}\n\n{FERRY} “It sails.”\n".encode()
    assert only(content).text == f"{FERRY} “It sails.”"


def test_parts_without_end():
    nested = HEAD + "".join(
        f'Content-Type: multipart/mixed; boundary="b{number}"\n\n--b{number}\n' for number in range(3_000)
    )
    (found,) = read(nested.encode())
    assert "parts in parts" in str(found)
