"""What pages say to programs is said in the words of schema.org, as its own vocabulary has them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from articles.models import Correction, Identifier
from tests.factories import (
    make_appearance,
    make_article,
    make_author,
    make_byline,
    make_location,
    make_organisation,
    make_person,
    make_picture,
    make_quote,
    make_section,
    make_series,
    make_tag,
    place_picture,
)

pytestmark = pytest.mark.django_db

VOCABULARY = json.loads((Path(__file__).parent / "schema_org.json").read_text("utf-8"))
TYPES, PROPERTIES = VOCABULARY["types"], VOCABULARY["properties"]
PLAIN = {"Text", "URL", "Number", "Integer", "Date", "DateTime", "Boolean"}
PAGES = {
    "/": {"WebSite", "SearchAction", "EntryPoint"},
    "/articles/ferry-never-to-sail/": {"NewsArticle", "Quotation", "CorrectionComment", "ImageObject"},
    "/people/mara-finch/": {"Person", "BreadcrumbList"},
    "/organisations/coast-lines/": {"Organization", "BreadcrumbList"},
    "/places/cobh/": {"Place", "GeoCoordinates", "BreadcrumbList"},
    "/authors/ana-lopez/": {"ProfilePage", "Person", "BreadcrumbList"},
    "/tags/ferries/": {"CollectionPage", "NewsArticle", "BreadcrumbList"},
    "/sections/harbour/": {"CollectionPage", "NewsArticle"},
    "/series/the-crossing/": {"CollectionPage", "NewsArticle"},
    "quotation": {"Quotation", "Person", "NewsArticle", "CorrectionComment", "BreadcrumbList"},
}


@pytest.fixture
def quote():
    """A quotation in a story that has everything that is told of one."""
    mara = make_person("Mara Finch", aliases=("M. Finch",), description="Pilot.")
    lines, cobh = make_organisation("Coast Lines"), make_location("Cobh", latitude=51.85, longitude=-8.3)
    Identifier.objects.create(entity_id=mara.pk, scheme="wikidata", value="Q42")
    article = make_article(
        headline="Ferry never to sail",
        standfirst="Mara Finch says so.",
        body="<p>“It rots,” said Mara Finch of Coast Lines in Cobh. “We agree,” said Coast Lines. “No,” said Cobh.</p>",
        tags=(make_tag("Ferries"),),
        section=make_section("Harbour"),
        publisher="Tidewire",
    )
    for entity in mara, lines, cobh:
        make_appearance(article, entity)
    quote = make_quote(article, "“It rots,”", speaker=mara)
    quote.tags.add("Ferries")
    make_quote(article, "“We agree,”", speaker=lines)
    make_quote(article, "“No,”", speaker=cobh)
    make_byline(article, make_author("Ana Lopez", bio="Writes at sea.", picture=make_picture()))
    make_byline(article, name="Tidewire", role="photographs")
    place_picture(article, make_picture(credit="Bo Ek", licence="CC BY 4.0"))
    make_series("The crossing", article)
    Correction.objects.create(article=article, note="It rots.").quotes.set([quote])
    return quote


def data_of(client, path):
    page = client.get(path).content.decode()
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(block)


def nodes(said):
    """Every node with a type, and those within it."""
    if isinstance(said, list):
        for each in said:
            yield from nodes(each)
    elif isinstance(said, dict):
        if "@type" in said:
            yield said
        yield from nodes(list(said.values()))


def kinds_of(name):
    """A type with all that it is a kind of."""
    return {name}.union(*(kinds_of(above) for above in TYPES[name]))


def wrong_words(node):
    """What a node says that schema.org does not know, or not of such a thing."""
    if node["@type"] not in TYPES:
        return [f"no type {node['@type']}"]
    kinds = kinds_of(node["@type"])
    wrong = []
    for name, value in node.items():
        if name.startswith("@"):
            continue
        known = PROPERTIES.get(name.removesuffix("-input"))
        if known is None or not kinds & set(known["domain"]):
            wrong.append(f"no {name} of a {node['@type']}")
            continue
        for each in value if isinstance(value, list) else [value]:
            if not fits(each, set(known["range"])):
                wrong.append(f"{name} of a {node['@type']} is no {each}")
    return wrong


def fits(value, allowed):
    """Whether a value may stand there. A `Thing` may be whatever is wanted; an `@id` leads to what says more."""
    if isinstance(value, dict):
        kinds = kinds_of(value["@type"])
        return bool(kinds & allowed) or any(value["@type"] in kinds_of(each) for each in allowed & set(TYPES))
    return bool(allowed & PLAIN) or ("Distance" in allowed and isinstance(value, str))


@pytest.mark.parametrize("path", PAGES)
def test_every_word_is_one_of_schema_org_and_stands_where_it_may(client, quote, path):
    said = data_of(client, quote.get_absolute_url() if path == "quotation" else path)
    found = list(nodes(said))
    assert PAGES[path] <= {node["@type"] for node in found}
    assert [wrong for node in found for wrong in wrong_words(node)] == []


def test_a_story_is_about_its_title_mentions_others_and_has_quotations_as_parts(client, quote):
    [article, *_] = data_of(client, quote.article.get_absolute_url())["@graph"]
    assert [each["name"] for each in article["about"]] == ["Mara Finch", "Ferries"]
    assert [each["name"] for each in article["mentions"]] == ["Coast Lines", "Cobh"]
    speakers = [each.get("spokenByCharacter", {}).get("name") for each in article["hasPart"]]
    assert speakers == ["Mara Finch", "Coast Lines", None]
    assert article["hasPart"][0]["@id"] == f"http://testserver{quote.get_absolute_url()}"


def test_a_page_below_a_list_says_where_it_stands(client, quote):
    *_, breadcrumbs = data_of(client, "/people/mara-finch/")["@graph"]
    assert [
        (each["position"], each["name"], each.get("item", {}).get("@id")) for each in breadcrumbs["itemListElement"]
    ] == [
        (1, "Home", "http://testserver/"),
        (2, "People", "http://testserver/people/"),
        (3, "Mara Finch", None),
    ]


@pytest.mark.parametrize(
    ("node", "wrong"),
    [
        ({"@type": "Newspiece"}, ["no type Newspiece"]),
        ({"@type": "Person", "headline": "x"}, ["no headline of a Person"]),
        ({"@type": "Place", "geo": "here"}, ["geo of a Place is no here"]),
        ({"@type": "NewsArticle", "headline": "x"}, []),
    ],
)
def test_the_check_knows_wrong_words(node, wrong):
    assert wrong_words(node) == wrong
