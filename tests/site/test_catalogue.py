"""The catalogues of translations say all that the program says, and pages say nothing beside them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from babel.messages.mofile import read_mo
from django.template.base import Lexer, TokenType

from articles.models import Correction, Entity
from articles.site import wording
from articles.site.where import wider_names
from tests import messages
from tests.factories import (
    make_appearance,
    make_article,
    make_author,
    make_byline,
    make_location,
    make_organisation,
    make_person,
    make_quote,
    make_role,
)

CATALOGUES = sorted(messages.LOCALES.glob("*/LC_MESSAGES/django.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+")
# Spaces that keep a mark with its word: French has one before a high mark and inside its quotation marks.
LOOSE = re.compile(r"(?<=\w) [;:!?»](?=\s|$)|« |(?<=\w)'(?=\w)")

FRENCH = messages.LOCALES / "fr" / "LC_MESSAGES" / "django.po"

each_catalogue = pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])


def translated(path):
    return [message for message in messages.kept(path) if message.id]


def by_message(catalog):
    """The translations by context and message; a compiled catalogue has contexts as bytes and plurals as lists."""
    found = {}
    for each in catalog:
        context = each.context.decode() if isinstance(each.context, bytes) else each.context
        said = each.id if isinstance(each.id, str) else tuple(each.id)
        found[context, said] = messages.strings(each)
    return {key: strings for key, strings in found.items() if key[1]}


def words_of(message):
    return (list(message.id) if isinstance(message.id, tuple) else [message.id]), messages.strings(message)


@each_catalogue
def test_a_catalogue_has_all_messages_of_the_program_and_no_others(path):
    today = {(each.context, each.id) for each in messages.updated(path, path.parts[-3]) if each.id}
    there = {(each.context, each.id) for each in translated(path)}
    assert (today - there, there - today) == (set(), set()), "run `make messages`"


@each_catalogue
def test_every_message_is_translated(path):
    assert [message.id for message in translated(path) if message.fuzzy or not all(messages.strings(message))] == []


@each_catalogue
def test_a_translation_fills_in_what_the_message_does(path):
    for message in translated(path):
        said, there = words_of(message)
        wanted = {tuple(sorted(PLACEHOLDER.findall(each))) for each in said}
        for each in there:
            # One may be said without its number: “one page”.
            assert tuple(sorted(PLACEHOLDER.findall(each))) in wanted, message.id


@each_catalogue
def test_the_compiled_catalogue_says_what_the_readable_one_says(path):
    with path.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
    assert by_message(compiled) == by_message(messages.kept(path)), "run `make messages`"


def test_french_is_set_as_french_is():
    for message in translated(FRENCH):
        for each in messages.strings(message):
            assert not LOOSE.search(each), each


# What readers' templates say.


class Said(HTMLParser):
    """The words that a page shows or reads aloud, apart from what it says to be in another language."""

    SPOKEN = ("aria-label", "title", "placeholder", "alt")
    VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")

    def __init__(self, *, foreign: str = "") -> None:
        super().__init__()
        self.foreign, self.words, self.inside = foreign, [], []

    def handle_starttag(self, tag, attributes):
        said = dict(attributes)
        is_silent = tag in ("script", "style", "code") or (self.foreign and said.get("lang") == self.foreign)
        if tag not in self.VOID:
            self.inside.append((tag, bool(is_silent)))
        if not self.is_silent:
            spoken = [*self.SPOKEN, *(["content"] if said.get("name") == "description" else [])]
            self.words += [said[name] for name in spoken if said.get(name)]

    def handle_endtag(self, tag):
        while self.inside and tag not in self.VOID:
            if self.inside.pop()[0] == tag:
                break

    def handle_data(self, data):
        if not self.is_silent:
            self.words.append(data)

    @property
    def is_silent(self):
        return any(silent for _, silent in self.inside)


def said_by(html, **options):
    parser = Said(**options)
    parser.feed(html)
    return " ".join(" ".join(parser.words).split())


def unwrapped(source):
    """What a template says that is no class, and the words that it hands on, without having them translated."""
    rest, inside, handed = [], False, []
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.BLOCK:
            name = token.contents.split()[0]
            is_over = name in ("endblocktranslate", "endblock")
            inside = name == "blocktranslate" or token.contents == "block page_class" or (inside and not is_over)
            if name == "include":
                handed += re.findall(
                    r'\b(?:title|label|empty|section|heading_text|newer|older)="([^"]+)"', token.contents
                )
        elif token.token_type == TokenType.TEXT and not inside:
            rest.append(token.contents)
    return re.findall(r"[^\W\d_]{2,}", said_by("".join(rest))) + handed


def test_readers_templates_say_nothing_that_is_not_translated(settings):
    folder = settings.BASE_DIR / "templates"
    templates = [*folder.glob("*.html"), *(folder / "articles").rglob("*.html")]
    assert len(templates) > 40
    names = {"JSON", "RSS", "Atom", "Feed", "CSV", "OpenAPI", "Markdown", "ninjs", "NewsML", "FollowTheMoney", "oEmbed"}
    found = {each.name: set(unwrapped(each.read_text())) - names for each in templates}
    assert {name: words for name, words in found.items() if words} == {}


# The whole site in French.

ENGLISH = re.compile(
    r"\b(?:the|and|of|with|who|what|said|from|this|that|here|there|were|was|are|is|has|have|been|by|about|more|all|latest"
    r"|first|yet|none|not|no|people|quotations?|topics?|search|corrections?|previous|next|home|where)\b",
    re.IGNORECASE,
)


@pytest.fixture
def archive(settings):
    """Two stories in French that fill every page."""
    settings.LANGUAGE_CODE, settings.NEWSROOM_NAME = "fr", "Le Cap"
    mira = make_person("Mira Voss", aliases=("la capitaine Voss",), description="Dirige le port de Brest.")
    anna, port = make_person("Anna Kerjean"), make_organisation("Port de Brest")
    brest = make_location("Brest", country="FR", region="Bretagne", latitude=48.39, longitude=-4.49)
    stories = []
    for number, day in enumerate((1, 2), start=1):
        body = f"<p>« La mer n’attend pas {number} », a dit Mira Voss à Brest.</p><p>Anna Kerjean, Port de Brest.</p>"
        story = make_article(
            headline=f"Le bac revient au port, épisode {number}",
            standfirst="Les îles ont attendu une semaine.",
            body=body,
            language="fr",
            tags=("Bacs", "Météo"),
            dateline_place="BREST",
            publisher="Le Cap",
            address=f"https://example.org/bac-{number}",
            published=f"2031-05-0{day}T09:30:00Z",
            published_has_time=True,
        )
        make_byline(story, make_author(f"Yann Le Goff {number}"), name=f"Yann Le Goff {number}")
        for entity in (mira, anna, port, brest):
            make_appearance(story, entity, role="directrice du port" if entity == mira else "")
        make_role(story, mira, "directrice du port", organisation=port, location=brest)
        make_quote(story, f"« La mer n’attend pas {number} »", speaker=mira)
        Correction.objects.create(article=story, note="Le bac a deux ponts.")
        stories.append(story)
    Entity.objects.refresh_counts()
    return stories


LISTS = """
/ /articles/ /people/ /people/by/articles/ /people/a-z/v/ /organisations/ /places/ /quotes/ /tags/ /authors/
/corrections/ /archive/ /archive/2031/ /archive/2031/05/ /archive/2031/05/01/ /about-the-data/ /api/
/people/mira-voss/with/anna-kerjean/ /nulle-part/
""".split()
SEARCHES = ["/search/", "/search/?q=bac", "/search/?q=Voss", "/search/?q=introuvable"]


def addresses(story):
    names = [appearance.entity for appearance in story.appearances.select_related("entity")]
    records = [story, *names, *story.quotes.all(), *story.tags.all(), story.bylines.get().author]
    found = [record.get_absolute_url() for record in records]
    return [*LISTS, *SEARCHES, *found, f"{found[0]}report/", f"{found[0]}report/sent/"]


@pytest.mark.django_db
def test_no_page_of_a_french_site_says_a_word_of_english(archive, client):
    for address in addresses(archive[1]):
        response = client.get(address, follow=True)
        assert response.status_code == (404 if "nulle" in address else 200), address
        said = re.sub(r"CC BY [\d.]+", "", said_by(response.content.decode(), foreign="en"))
        assert (address, sorted(set(ENGLISH.findall(said)))) == (address, [])
        assert '<html lang="fr">' in response.content.decode()


@pytest.mark.django_db
def test_dates_numbers_and_names_of_countries_are_french(archive, client):
    first = client.get(archive[0].get_absolute_url()).content.decode()
    second = client.get(archive[1].get_absolute_url()).content.decode()
    assert "1er mai 2031, 9\u00a0h\u00a030" in first
    assert "2 mai 2031, 9\u00a0h\u00a030" in second
    assert "48,39° N, 4,49° O" in second
    assert "1 citation ici" in second


@pytest.mark.django_db
def test_countries_are_called_as_in_french(settings):
    place = make_location("Ulm", country="DE", region="Bade-Wurtemberg")
    assert wider_names(place) == ["Bade-Wurtemberg", "Germany"]
    settings.LANGUAGE_CODE = "fr"
    assert wider_names(place) == ["Bade-Wurtemberg", "Allemagne"]


@pytest.mark.parametrize(("number", "said"), [(0, "0 article"), (1, "1 article"), (2, "2 articles")])
def test_french_has_no_plural_of_none(settings, number, said):
    settings.LANGUAGE_CODE = "fr"
    assert wording.articles(number) == said
