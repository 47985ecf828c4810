"""An archive with something hidden in it, and somebody of every group to look for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from articles.editing.decide import decide
from articles.models import (
    ArticleImport,
    Author,
    Correction,
    Decision,
    DuplicatePair,
    ErrorReport,
    FrontPagePlace,
    Merge,
    Picture,
    PreviewLink,
    RelatedArticle,
    State,
)
from tests.factories import (
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
    Merge.objects.create(survivor=stories["draft"].appearances.first().entity, loser=make_person("Mara Finsh"))
    Author.objects.create(name="Ife Balogun")
    Picture.objects.create(file="quay.jpg", width=4, height=3, alt="A quay")
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
    ErrorReport.objects.create(article=article, message=f"{quoted} fall")
    Correction.objects.create(article=article, kind="correction", note=f"{quoted} fell", user=user)
    PreviewLink.objects.create(article=article, digest=word * 8, expires=timezone.now() + timedelta(days=1))
    article.desk_notes.create(text=f"Ask about {quoted}", user=user)
    return article


def routes() -> Iterator[tuple[str, str]]:
    """Every address of the site as its pattern is written, with its name."""

    def walk(resolver: Any, before: str) -> Iterator[tuple[str, str]]:
        for pattern in resolver.url_patterns:
            route = before + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern, route)
            else:
                yield route, pattern.name or ""

    yield from walk(get_resolver(), "")


ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")


def paths_of(route: str, stories: dict[str, Any]) -> list[str]:
    """Addresses of a pattern with the numbers and slugs of the archive, the hidden ones among them."""
    if route.startswith("admin/^"):
        return [f"/admin/{label}/" for label in ("articles", "auth")]
    if route == "admin/(?P<url>.*)$":
        return ["/admin/nowhere/"]
    if not ARGUMENT.search(route):
        return [f"/{route}"]
    return [f"/{ARGUMENT.sub(str(value), route)}" for value in values_of(route, stories)]


def values_of(route: str, stories: dict[str, Any]) -> list[Any]:
    article = stories["hidden"]
    model = re.match(r"admin/(articles|auth)/(\w+)/", route)
    if "withdraw" in route or "/links/" in route or "/review/" in route:
        return [each.pk for each in stories.values() if hasattr(each, "headline")]
    if route.startswith("admin/articles/entity/unmerge"):
        return [*Merge.objects.values_list("pk", flat=True)]
    if model:
        rows = apps.get_model(*model.groups())._base_manager
        return [*rows.order_by("pk").values_list("pk", flat=True)]
    return SLUGS[route.partition("/")[0]](article)


def slugs(label: str) -> Any:
    return lambda article: [*apps.get_model("articles", label).objects.values_list("slug", flat=True)]


SLUGS: dict[str, Any] = {
    "articles": slugs("article"),
    "authors": slugs("author"),
    "sections": slugs("section"),
    "series": slugs("series"),
    "people": slugs("person"),
    "organisations": slugs("organisation"),
    "places": slugs("location"),
    "tags": slugs("tag"),
    "quotes": lambda article: [*apps.get_model("articles", "quote").objects.values_list("pk", flat=True)],
    "records": lambda article: [*apps.get_model("articles", "entity").objects.values_list("pk", flat=True)],
    "preview": lambda article: ["not-a-secret"],
}


def log_of(article: Any) -> int:
    return int(Decision.objects.filter(article=article).count())
