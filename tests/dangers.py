"""What a browser would run, load or follow in a piece of HTML, and words that try to have it do so."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit

from lxml import etree, html

# Each at most 90 characters, as a tag has room for 100; `ran` is what a browser is asked for afterwards.
PAYLOADS = (
    "<script>ran=1</script><img src=x onerror=ran=1>",
    "\"><svg onload=ran=1><a href='javascript:ran=1'>x</a>",
    "' autofocus onfocus='ran=1' \" onmouseover=\"ran=1\" x=",
    "</title></textarea></script></style><iframe srcdoc='<script>ran=1</script>'>",
    "--><!--]]><script>ran=1</script><style>*{color:red}</style>",
    "<form action=javascript:ran=1><button>Go</button></form><base href=//evil.example>",
    "&lt;script&gt;ran=1&lt;/script&gt;&#60;img src=x onerror=ran=1&#62;",
    "=1+1\u2028<math><mi xlink:href=data:x,ran=1><object data=javascript:ran=1><embed src=//x>",
)
# Links that no page may have.
LINKS = ("javascript:ran=1", "JaVaScRiPt:ran=1", "java\tscript:ran=1", "\x01javascript:ran=1", "data:text/html,ran=1")

# What no page of ours has.
FRAMED = {"iframe", "frame", "object", "embed", "applet", "base", "portal", "style"}
ADDRESSES = {
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "poster",
    "background",
    "{http://www.w3.org/1999/xlink}href",
}
SCHEMES = {"", "http", "https", "mailto"}


def dangers(markup: str, *, is_page: bool = True) -> list[str]:
    """What of a page, or of a piece of one that others show, would run, load or lead where it should not."""
    tree = html.document_fromstring(markup) if is_page else html.fragment_fromstring(markup, create_parent=True)
    found = []
    for element in tree.iter(etree.Element):
        name = element.tag.lower()
        if name in FRAMED or (name == "meta" and element.get("http-equiv")):
            found.append(f"<{name}>")
        if name == "script" and not harmless_script(element):
            found.append(f"script: {(element.text or '')[:60]}")
        for attribute, value in element.attrib.items():
            if attribute.lower().startswith("on") or (
                attribute.lower() in ("style", "srcdoc", "autofocus") and "ran" in value
            ):
                found.append(f"<{name} {attribute}={value[:60]}>")
            if attribute.lower().rpartition(":")[2] in ADDRESSES and not leads_where_it_should(value, name):
                found.append(f"<{name} {attribute}={value[:60]}>")
    return found


def harmless_script(element: Any) -> bool:
    """A file of our own, or a block of data that parses as what it says it is."""
    if element.get("src"):
        return str(element.get("src")).startswith("/static/") or element.get("src") == "/admin/jsi18n/"
    if element.get("type") in ("application/ld+json", "application/json", "importmap"):
        json.loads(element.text)
        return True
    return False


def leads_where_it_should(value: str, name: str) -> bool:
    address = re.sub(r"[\x00-\x20]", "", value)
    if name in ("img", "source") and address.startswith("data:image/"):
        return True
    try:
        parts = urlsplit(address)
    except ValueError:
        return True  # a browser goes nowhere either
    return parts.scheme.lower() in SCHEMES and parts.netloc != "evil.example"
