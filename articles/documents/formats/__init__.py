"""The formats that are read, one module each. Of two that are sure of a file the first one reads it."""

from __future__ import annotations

from collections.abc import Mapping

from articles.documents.formats import (
    bundles,
    docx,
    feeds,
    ghost,
    html,
    json_feed,
    mail,
    markdown,
    mbox,
    newsml,
    ninjs,
    nitf,
    pdf,
    plain_text,
    story_lines,
    wordpress,
)
from articles.documents.formats.format import Archive, Format

FORMATS: Mapping[str, Format | Archive] = {
    "text": Format("plain text", plain_text.read, (".txt", ".text")),
    "markdown": Format("Markdown", markdown.read, (".md", ".markdown")),
    "html": Format("HTML", html.read, (".html", ".htm", ".xhtml")),
    "nitf": Format("NITF", nitf.read, (".nitf", ".xml"), nitf.is_sure),
    "docx": Format("Word", docx.read, (".docx", ".docm"), docx.is_docx),
    "feed": Archive("RSS or Atom", feeds.read, (".rss", ".atom", ".rdf", ".xml"), feeds.is_sure),
    "jsonfeed": Archive("JSON Feed", json_feed.read, (".json",), json_feed.is_sure),
    "wordpress": Archive("WordPress export", wordpress.read, (".wxr", ".xml"), wordpress.is_sure),
    "ghost": Archive("Ghost export", ghost.read, (".json",), ghost.is_sure),
    "jsonl": Archive("JSON lines", story_lines.read, (".jsonl", ".ndjson"), story_lines.is_sure),
    "mail": Archive("e-mail", mail.read, (".eml",), mail.is_mail),
    "mbox": Archive("mbox", mbox.read, (".mbox",), mbox.is_mbox),
    "newsml": Archive("NewsML-G2", newsml.read, (".newsml", ".xml"), newsml.is_sure),
    "ninjs": Archive("ninjs", ninjs.read, (".ninjs", ".json"), ninjs.is_sure),
    "pdf": Format("PDF", pdf.read, (".pdf",), pdf.is_pdf),
    "zip": Archive("zip", bundles.read_zip, (".zip",), bundles.is_zip),
    "tar": Archive("tar", bundles.read_tar, (".tar",), bundles.is_tar),
    "gzip": Archive("gzip", bundles.read_gzip, (".gz", ".tgz"), bundles.is_gzip),
}
SUFFIXES: Mapping[str, str] = {
    suffix: name for name, format in reversed(list(FORMATS.items())) for suffix in format.suffixes
}
# Of these a name tells nothing: several formats bear them.
SHARED = frozenset(suffix for suffix in SUFFIXES if sum(suffix in format.suffixes for format in FORMATS.values()) > 1)
EXPECTED = f"expected one of: {', '.join(format.label for format in FORMATS.values())}"
