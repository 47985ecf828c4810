"""A document or two of every format, those of the formats' own tests: what is mutated, and what fills a folder."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from articles.documents.formats import story_lines
from tests.documents import packages
from tests.documents import test_feeds as feeds
from tests.documents import test_ghost as ghost
from tests.documents import test_html as html
from tests.documents import test_mail as mail
from tests.documents import test_mbox as mbox
from tests.documents import test_newsml as newsml
from tests.documents import test_ninjs as ninjs
from tests.documents import test_nitf as nitf
from tests.documents import test_story_lines as lines
from tests.documents import test_wordpress as wordpress
from tests.documents.printing import line, pdf
from tests.documents.test_bundles import tarred, zipped

SAMPLES = Path(__file__).parent / "samples"
TEXT = f"""Ferry sails again after winter
Passengers played cards

By Ana Moss and Tom Hill
14 March 2026

COBH (Tidewire) – {mail.FERRY}

“{mail.BOATS}” said Brid Lacey, the harbour master.

- One boat
- Two boats

Editing by Una Corrigan; photographs by Bo Ek
"""
MARKDOWN = f"""---
headline: Ferry sails again
date: 2026-03-14
tags: [Ferries, "Cobh"]
source: Tidewire
address: https://cobh.example/ferry
dateline: COBH (Tidewire)
notes: [Editing by Una Corrigan]
---

{mail.FERRY}

## Boats

> *{mail.BOATS}* [there](https://cobh.example/boats)

1. One **boat**
2. Two `boats`
"""
WORD = packages.docx(
    packages.paragraph("Ferry sails again", "Title"),
    packages.paragraph("By Ana Moss"),
    packages.paragraph(mail.FERRY),
    packages.paragraph(mail.BOATS, "Quote"),
    styles=packages.styles(Title="Title", Quote="Quote"),
    core=packages.core(dc__title="Ferry sails again", dc__creator="Ana Moss", dcterms__created="2026-03-14T06:30:00Z"),
)
ALTERNATIVES = mail.message(
    f"Content-Type: text/plain\n\n{mail.FERRY}\n",
    f"Content-Type: text/html\n\n<p>{mail.FERRY}</p><blockquote>{mail.BOATS}</blockquote>\n",
    "Content-Type: text/plain; name=bus.txt\nContent-Disposition: attachment; filename=bus.txt\n\n"
    "Bus is late\n\nIt waits.\n",
)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


# By the suffix that a file of the format bears.
SEEDS: dict[str, list[bytes]] = {
    ".txt": [TEXT.encode(), TEXT.encode("utf-16"), TEXT.encode("cp1252")],
    ".md": [MARKDOWN.encode()],
    ".html": [html.PAGE.encode()],
    ".nitf": [nitf.AGENCY.encode(), nitf.ARCHIVE.encode(), nitf.SYSTEM.encode()],
    ".docx": [WORD],
    ".rss": [feeds.WORDPRESS.encode()],
    ".atom": [feeds.ATOM.encode()],
    ".json": [
        feeds.json_of({"id": "7", "title": "Tide", "content_html": f"<p>{feeds.LONG}</p>", "tags": ["Tides"]}).encode(),
        ghost.export(ghost.POST, ghost.without_html(lexical=json.dumps(ghost.LEXICAL))),
        ghost.export(ghost.without_html(mobiledoc=json.dumps(ghost.MOBILEDOC))),
    ],
    ".wxr": [wordpress.export(wordpress.item(), wordpress.item(wordpress.CLASSIC))],
    ".jsonl": [f"{story_lines.write(lines.FULL)}\n{story_lines.write(lines.FULL)}\n".encode()],
    ".eml": [mail.plain(f"{mail.GMAIL}{mail.FERRY}\n\n{mail.BOATS}"), ALTERNATIVES],
    ".mbox": [(mbox.GMAIL + mbox.MESSAGE.format("Ferry sails") + mbox.GMAIL + mbox.MESSAGE.format("Bus")).encode()],
    ".newsml": [
        newsml.item().encode(),
        newsml.message(newsml.item(content=newsml.NITF), newsml.brief()).encode(),
    ],
    ".ninjs": [_json(ninjs.FIRST), _json([ninjs.SECOND, ninjs.in_camels(ninjs.FIRST)])],
    ".pdf": [
        pdf(
            [line("Ferry sails again", 780, size=20), line(mail.BOATS, 740), line("It waits.", 726)],
            info="/Title (Ferry)",
        ),
        (SAMPLES / "ferry-reportlab.pdf").read_bytes(),
        (SAMPLES / "ferry-chromium.pdf").read_bytes(),
    ],
    ".zip": [zipped({"ferry.txt": TEXT.encode(), "in/ferry.nitf": nitf.ARCHIVE.encode(), "ferry.docx": WORD})],
    ".tar": [tarred({"ferry.txt": TEXT.encode(), "ferry.md": MARKDOWN.encode()})],
    ".gz": [gzip.compress(TEXT.encode(), mtime=0)],
    ".tgz": [gzip.compress(tarred({"ferry.html": html.PAGE.encode()}), mtime=0)],
}
