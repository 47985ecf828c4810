"""A newsroom as the first migration knew it: made in a process of its own, carried to this release, and served.

    python -m tests.upgrading.first_release     fills the empty database of DATABASE_URL and prints what it finds after

Rows are written by the models of that time. Nothing of today's program touches them before its migrations did.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import django
from django.core.management import call_command
from django.db import connection

FIRST = "0001_records"
WHEN = datetime(2031, 5, 2, 9, 30, tzinfo=UTC)
TEXT = "“The ferry sails at nine,” said Mara Finch, harbour master of Cobh.\nThe quay in Cobh was mended on Friday."
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT.split("\n"))


def main() -> None:
    django.setup()
    # Others' tables are at their last state first, as Django's own were when this one's first migration was made.
    for app in ("contenttypes", "auth"):
        call_command("migrate", app, verbosity=0)
    call_command("migrate", "articles", FIRST, verbosity=0)
    from django.db.migrations.executor import MigrationExecutor

    fill(MigrationExecutor(connection).loader.project_state([("articles", FIRST)]).apps)
    call_command("migrate", verbosity=0)
    print(json.dumps(found()))


def fill(apps: Any) -> None:
    """A published story with one of everything, a draft, and a record that was merged into another."""

    def make(model: str, **values: Any) -> Any:
        return apps.get_model("articles", model).objects.create(**values)

    user = apps.get_model("auth", "User").objects.create(username="moira", is_staff=True)
    article = make(
        "Article",
        headline="Ferry sails from Cobh",
        slug="ferry-sails-from-cobh",
        byline=["Niamh Cotterell"],
        body=BODY,
        text=TEXT,
        language="en",
        published=WHEN,
        released=WHEN,
        status="published",
        publisher="Lee Courier",
        fingerprint="f" * 64,
        identity="ferry",
    )
    make("Article", headline="Quay to close", slug="quay-to-close", body=BODY, text=TEXT, language="en", status="draft")
    mara = make("Person", kind="person", name="Mara Finch", slug="mara-finch", given_name="Mara", family_name="Finch")
    old = make("Person", kind="person", name="M. Finch", slug="m-finch", family_name="Finch")
    apps.get_model("articles", "Entity").objects.filter(pk=old.pk).update(merged_into=mara.pk)
    cobh = make("Location", kind="location", name="Cobh", slug="cobh", country="IE", latitude=51.85, longitude=-8.29)
    for entity in (mara, cobh):
        make("Alias", entity_id=entity.pk, name=entity.name, key=entity.name.casefold())
        spans = [[at, at + len(entity.name)] for at in range(len(TEXT)) if TEXT.startswith(entity.name, at)]
        make(
            "Appearance",
            article=article,
            entity_id=entity.pk,
            name=entity.name,
            spans=spans,
            start=spans[0][0],
            state="accepted",
        )
    quote = make(
        "Quote",
        article=article,
        speaker_id=mara.pk,
        text="“The ferry sails at nine,”",
        spans=[[0, 26]],
        start=0,
        cue="said",
        source="Mara Finch",
        state="accepted",
    )
    start = TEXT.index("harbour master")
    make(
        "Role",
        article=article,
        person_id=mara.pk,
        title="harbour master",
        start=start,
        end=start + 14,
        state="accepted",
    )
    tag = make("Tag", name="Ferries", slug="ferries")
    make("TaggedArticle", content_object=article, tag=tag, reason="the headline")
    make("TaggedQuote", content_object=quote, tag=tag)
    make("Decision", subject="quote", subject_id=quote.pk, action="accept", article=article, user=user)
    make("ArticleImport", source="ferry.txt", status="created", article=article, user=user, report={})


def found() -> dict[str, Any]:
    """What this release says of it: pages by status, the commands that check, and who waits."""
    from io import StringIO

    from django.core.management import CommandError
    from django.test import Client

    from articles.models import Article, Byline, Quote

    call_command("rebuild_search", stdout=StringIO())
    call_command("rebuild_counts", stdout=StringIO())
    pages = {}
    for path in (
        *("/", "/articles/", "/articles/ferry-sails-from-cobh/", "/articles/quay-to-close/", "/people/mara-finch/"),
        *("/people/m-finch/", "/places/cobh/", f"/quotes/{Quote.objects.get().pk}/", "/tags/ferries/", "/feed.atom"),
        *("/search/?q=ferry", "/archive/2031/05/02/", "/api/v1/articles", "/readyz"),
    ):
        response = Client(headers={"host": "localhost"}).get(path)
        pages[path.replace(str(Quote.objects.get().pk), "N")] = response.status_code
    checks = {}
    for command, options in {
        "check_integrity": {},
        "rebuild_counts": {"check": True},
        "rebuild_search": {"check": True},
    }.items():
        try:
            call_command(command, stdout=StringIO(), stderr=StringIO(), **options)
            checks[command] = "ok"
        except CommandError as error:
            checks[command] = str(error)
    page = Client(headers={"host": "localhost"}).get("/articles/ferry-sails-from-cobh/").content.decode()
    return {
        "pages": pages,
        "checks": checks,
        "byline": [*Byline.objects.values_list("name", flat=True)],
        "articles": sorted(Article.objects.values_list("headline", "status")),
        "linked": [path for path in ("/people/mara-finch/", "/places/cobh/", "/tags/ferries/") if path in page],
    }


if __name__ == "__main__":
    main()
