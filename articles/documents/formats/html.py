"""A web page, or a piece of one: the story out of all that stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.etree
import lxml.html

from articles.documents.assembling import assemble
from articles.documents.encodings import decode
from articles.documents.errors import NoStory
from articles.documents.formats.page_metadata import class_words, declared_by, read_metadata, text_of
from articles.documents.sanitizing import shallow
from articles.documents.story import Story
from articles.text import normalize

# Where pages declare their encoding; browsers look no further.
START = 4096
CHARSET = re.compile(
    rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]+encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE
)
XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")

NOT_STORY = (
    "//script|//style|//noscript|//template|//nav|//aside|//footer|//form|//button|//figure|//iframe|//svg|//dialog|//menu"
    "|//*[@hidden]|//*[@aria-hidden='true']|//*[contains(translate(@style, ' ', ''), 'display:none')]"
    "|//*[@role='navigation' or @role='complementary' or @role='contentinfo' or @role='search' or @role='dialog']"
)
# Words of class names and ids that sites give to what is no story.
NOT_STORY_CLASSES = frozenset(
    "ad ads advert advertisement breadcrumb breadcrumbs comment comments consent cookie cookies menu nav navbar "
    "navigation newsletter outbrain pagination paywall popular promo promoted recommendations recommended related "
    "share sharing sidebar signup skip social sponsored subscribe subscription taboola toolbar trending".split()
)
POINTER = re.compile(
    r"(?:read (?:more|also|next)|also read|see also|more on this|related|watch|listen)\b\s*:", re.IGNORECASE
)
# Of a page that is a story and little else, links are a smaller share of the words.
MOST_LINKS = 0.3


def read(content: bytes, source: str) -> Iterator[Story]:
    """Read the one story of a page.

    The page's own marks are used where it has them: its `article`, else its `main`, else all of a page without
    navigation; `trafilatura` finds the story among the rest.

    Raises:
        UnknownEncoding: the bytes are no text.
        NoStory: there is no text in the page, or nothing that can be a headline.
    """
    markup = normalize.clean(decode(content, source, declared=declared_encoding(content)))
    markup = shallow(XML_DECLARATION.sub("", markup, count=1))
    try:
        # As bytes: a declaration that has no end is left, and lxml refuses characters that declare an encoding.
        page = lxml.html.document_fromstring(
            markup.encode(), parser=lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
        )
    except lxml.etree.ParserError as error:
        raise NoStory(source, "there is no text in this page; expected a headline and a story") from error
    metadata = read_metadata(page)
    if metadata.address:
        page.make_links_absolute(metadata.address, handle_failures="ignore")
    remove_what_is_no_story(page)
    body = find_story(page)
    yield assemble(declared_by(metadata, page, body), source=source, format="html")


def declared_encoding(content: bytes) -> str | None:
    """The encoding that a page says it is in.

    >>> declared_encoding(b'<meta charset="windows-1251">')
    'windows-1251'
    """
    match = CHARSET.search(content[:START])
    return (match[1] or match[2]).decode("ascii") if match else None


def remove_what_is_no_story(page: lxml.html.HtmlElement) -> None:
    """Take navigation, forms, shares, related stories and the like out of a page, in place."""
    words = _prose(page)
    marked = [element for element in page.iter("*") if class_words(element) & NOT_STORY_CLASSES]
    for element in [*page.xpath(NOT_STORY), *marked]:
        # A class "has-sidebar" on the whole page says nothing against the page.
        if element.tag not in {"html", "body", "main", "article"} and _prose(element) * 2 <= words:
            _drop(element)
    for paragraph in page.xpath("//p[.//a]|//li[.//a]"):
        if POINTER.match(text_of(paragraph)) and _link_share(paragraph) > 0.5:
            _drop(paragraph)


def find_story(page: lxml.html.HtmlElement) -> str:
    """The markup of the part of a page that holds the story; its head may still be in it."""
    articles = [element for element in page.xpath("//article[not(ancestor::article)]") if _prose(element)]
    if articles:
        largest = max(articles, key=_prose)
        if len(articles) == 1 or _prose(largest) * 3 >= 2 * sum(map(_prose, articles)):
            return _markup(largest)
    else:
        for found in (page.xpath("//main|//*[@role='main']"), page.xpath("//*[@itemprop='articleBody']")):
            if len(found) == 1 and _prose(found[0]):
                return _markup(found[0])
        if _link_share(page) <= MOST_LINKS and not page.xpath("//header//a"):
            return _markup(page)
    # Imported here: it takes as long to load as half of the program, and few pages come this far.
    import trafilatura

    story = trafilatura.extract(
        lxml.html.tostring(page, encoding="unicode"),
        output_format="html",
        include_comments=False,
        include_formatting=True,
        include_links=True,
        include_tables=True,
        favor_precision=True,
    )
    return story or _markup(page)


def _markup(element: lxml.html.HtmlElement) -> str:
    return str(lxml.html.tostring(element, encoding="unicode", with_tail=False))


def _prose(element: lxml.html.HtmlElement) -> int:
    """How many characters of an element stand in paragraphs, or anywhere where it has none."""
    paragraphs = element.xpath("descendant-or-self::p")
    return sum(len(text_of(paragraph)) for paragraph in paragraphs) or len(text_of(element)) // 10


def _link_share(element: lxml.html.HtmlElement) -> float:
    return sum(len(text_of(link)) for link in element.iter("a")) / max(len(text_of(element)), 1)


def _drop(element: lxml.html.HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()
