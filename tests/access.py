"""An archive with something hidden in it, and somebody of every group to look for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from articles.editing.decide import decide
from articles.models import (
    ArchiveRun,
    ArticleImport,
    Author,
    Correction,
    DuplicatePair,
    ErrorReport,
    Feed,
    FrontPagePlace,
    Merge,
    Picture,
    PreviewLink,
    RelatedArticle,
    State,
    StoryPair,
)
from articles.searching.index import rebuild
from tests.factories import (
    counted_together,
    make_appearance,
    make_article,
    make_location,
    make_organisation,
    make_person,
    make_proposed_tag,
    make_quote,
    make_role,
    make_section,
    make_series,
)

# Each by its letter in the tables: passing by, a reader with an account, an account without a group, the groups.
ACCOUNTS = {
    "a": "anonymous",
    "m": "member",
    "g": "guest",
    "R": "Reporter",
    "E": "Editor",
    "C": "Chief",
    "A": "Administrator",
    "S": "superuser",
}
# Words that stand in nothing but an embargoed draft of somebody else.
SECRETS = ("xanadu", "xyster", "zelda")


def make_accounts() -> dict[str, User | None]:
    accounts: dict[str, User | None] = {"a": None, "m": User.objects.create_user("member")}
    accounts["g"] = User.objects.create_user("guest", is_staff=True)
    for letter in "RECA":
        accounts[letter] = user = User.objects.create_user(ACCOUNTS[letter].lower(), is_staff=True)
        user.groups.add(Group.objects.get(name=ACCOUNTS[letter]))
    return {**accounts, "S": User.objects.create_superuser("root")}


def client_of(user: User | None) -> Client:
    client = Client(raise_request_exception=True)
    if user:
        client.force_login(user)
    return client


@counted_together()
def make_archive() -> dict[str, Any]:
    """A colleague's draft, a published story and the hidden one, each with a row of every kind that tells of it."""
    colleague = User.objects.create_user("colleague", is_staff=True)
    section = make_section("Harbours")
    stories = {
        "draft": make_story("Ferry", colleague, status="draft", section=section),
        "published": make_story("Bridge", colleague, status="published", section=section),
        "hidden": make_story(
            "Xanadu", colleague, status="draft", section=section, embargo=timezone.now() + timedelta(days=2)
        ),
    }
    hidden = stories["hidden"]
    make_series("The long crossing", *stories.values())
    for position, article in enumerate(stories.values(), start=1):
        FrontPagePlace.objects.create(article=article, position=position)
    RelatedArticle.objects.create(article=stories["draft"], related=hidden)
    first, second = hidden.appearances.first().entity, make_person("Zelda Quarz")
    make_appearance(hidden, second, name="Zelda Quarz")
    DuplicatePair.objects.create(
        first=first, second=second, score=0.9, evidence=[{"for": True, "words": f"both appear in “{hidden.headline}”"}]
    )
    pratt = stories["published"].appearances.first().entity
    DuplicatePair.objects.create(first=pratt, second=make_person("Owen Prat"), score=0.8)
    StoryPair.objects.create(first=stories["draft"], second=stories["published"], score=0.9)
    StoryPair.objects.create(first=stories["draft"], second=hidden, score=0.8)
    Merge.objects.create(survivor=stories["draft"].appearances.first().entity, loser=make_person("Mara Finsh"))
    Author.objects.create(name="Ife Balogun")
    Feed.objects.create(address="https://wire.example/feed", title="Tidewire")
    Picture.objects.create(file="quay.jpg", width=4, height=3, alt="A quay")
    rebuild()
    return {"colleague": colleague, **stories}


def make_story(word: str, user: User, **fields: Any) -> Any:
    """An article whose headline, quotation and person begin with words of its own."""
    quoted, name = {"Xanadu": ("Xyster", "Zelda Quartz"), "Ferry": ("Tides", "Mara Finch")}.get(
        word, ("Rivets", "Owen Pratt")
    )
    article = make_article(
        headline=f"{word} quay to close",
        body=f"<p>“{quoted} rise,” said {name}, pilot at Quill Board in Cobh.</p>",
        created_by=user,
        tags=("Harbours",),
        **fields,
    )
    person, board = make_person(name), make_organisation("Quill Board")
    for entity in (person, board, make_location("Cobh")):
        make_appearance(article, entity, state=State.SUGGESTED, role="pilot" if entity is person else "")
    quote = make_quote(article, f"“{quoted} rise,”", speaker=person, state=State.SUGGESTED)
    make_role(article, person, "pilot", organisation=board, evidence=f"beside “{quoted}”")
    make_proposed_tag(article, "Harbours", evidence=f"“{quoted}” in the text")
    decide([quote], state=State.ACCEPTED, user=user)
    report = {"headline": article.headline, "slug": article.slug}
    ArticleImport.objects.create(source=f"{word}.txt", status="created", article=article, user=user, report=report)
    ArchiveRun.objects.create(sources=["/srv/archive"], stories_at_once=50)
    ErrorReport.objects.create(article=article, message=f"{quoted} fall")
    Correction.objects.create(article=article, kind="correction", note=f"{quoted} fell", user=user)
    PreviewLink.objects.create(article=article, digest=word * 8, expires=timezone.now() + timedelta(days=1))
    article.desk_notes.create(text=f"Ask about {quoted}", user=user)
    return article


def routes() -> Iterator[str]:
    """Every address of the site as its pattern is written."""

    def walk(resolver: Any, before: str) -> Iterator[str]:
        for pattern in resolver.url_patterns:
            route = before + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern, route)
            else:
                # Regular expressions that name apps in any order, or formats.
                yield re.sub(r"app_label>[^)]+", "app_label>…", re.sub(r"^\^media/.*", "^media/…", route))

    yield from walk(get_resolver(), "")


ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
SLUGS = {
    "articles": "article",
    "authors": "author",
    "sections": "section",
    "series": "series",
    "people": "person",
    "organisations": "organisation",
    "places": "location",
    "tags": "tag",
}
NUMBERS = {"quotes": "quote", "records": "entity"}
API = {**SLUGS, "locations": "location", "quotations": "quote", "corrections": "correction"}


def paths_of(route: str) -> list[str]:
    """Addresses of a pattern, one for each record of the archive that it may be about, the hidden ones among them."""
    route = route.replace("<feed:form>", "atom").replace("<table:form>", "csv")
    start = route.partition("/")[0]
    if route in SPECIAL:
        return SPECIAL[route]()
    if not ARGUMENT.search(route):
        return [f"/{route}"]
    if match := re.match(r"admin/(articles|auth)/(\w+)/", route):
        label, name = match.groups()
        values = keys(name if "unmerge" not in route else "merge", label)
    elif start == "api":
        values = keys(API[route.split("/")[2]])
    elif start in SLUGS:
        values = [*apps.get_model("articles", SLUGS[start]).objects.values_list("slug", flat=True)]
    else:
        values = keys(NUMBERS[start])
    return [f"/{ARGUMENT.sub(str(value), route.replace('<int:number>', '1'))}" for value in values]


def slugs(name: str) -> list[str]:
    return [*apps.get_model("articles", name)._base_manager.values_list("slug", flat=True)]


def keys(name: str, label: str = "articles") -> list[int]:
    return [*apps.get_model(label, name)._base_manager.order_by("pk").values_list("pk", flat=True)]


def on_site_paths() -> list[str]:
    models = [model for model in apps.get_app_config("articles").get_models() if hasattr(model, "get_absolute_url")]
    kinds = ContentType.objects.get_for_models(*models)
    return [f"/admin/r/{kinds[model].pk}/{key}/" for model in models for key in keys(model._meta.model_name or "")]


def merge_paths() -> list[str]:
    people = keys("person")
    pairs = [(one, other) for one in people for other in people if one < other]
    return [f"/admin/articles/entity/merge/?first={one}&second={other}" for one, other in pairs]


SPECIAL: dict[str, Callable[[], list[str]]] = {
    "admin/r/<int:content_type_id>/<int:object_id>/": on_site_paths,
    "admin/r/<path:content_type_id>/<path:object_id>/": lambda: ["/admin/r/article/1/"],
    "admin/^(?P<app_label>…)/$": lambda: ["/admin/articles/", "/admin/auth/"],
    "admin/(?P<url>.*)$": lambda: ["/admin/nowhere/"],
    "admin/articles/entity/merge/": merge_paths,
    "oembed": lambda: [f"/oembed?url=http://testserver/articles/{slug}/" for slug in slugs("article")],
    "sitemaps/<portion:name>.xml": lambda: re.findall(
        r"/sitemaps/[-\w]+\.xml", Client().get("/sitemap.xml").content.decode()
    ),
    "preview/<str:secret>/": lambda: ["/preview/not-a-secret/"],
    "corrections/<year:year>/": lambda: [f"/corrections/{timezone.localdate():%Y}/"],
    "archive/<year:year>/": lambda: [f"/archive/{timezone.localdate():%Y}/", "/archive/2031/"],
    "archive/<year:year>/<two:month>/": lambda: ["/archive/2031/05/"],
    "archive/<year:year>/<two:month>/<two:day>/": lambda: ["/archive/2031/05/02/"],
    "^media/…": lambda: [f"/media/pictures/{'0' * 32}/quay.jpg"],
}
