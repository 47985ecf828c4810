"""Make the imported demo stories ready to look at: an editor account, everything accepted, everything published."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import get_random_string
from rich.console import Console
from rich.table import Table

from articles.editing.decide import accept_suggested
from articles.editing.pictures import add_picture, read_upload, set_pictures
from articles.editing.publish import publish
from articles.models import Article

DEMO_STORIES = "demo/stories/"
PICTURES = Path(__file__).resolve().parents[2] / "demo" / "pictures"
EDITOR = "editor"


class Command(BaseCommand):
    help = "Accept and publish the demo stories, create the account “editor” and print what was extracted."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--address", default="http://localhost:8000/", help="where the site will be served")

    def handle(self, *args: Any, **options: Any) -> None:
        articles = Article.objects.filter(imports__source__contains=DEMO_STORIES).distinct()
        if not articles:
            raise CommandError("no demo story has been imported; run “manage.py import_article articles/demo/stories”")
        with transaction.atomic():
            user, password = make_editor()
            accept_suggested(articles, user=user)
            add_demo_pictures(articles, user=user)
            publish(articles, user=user)
        stream: Any = self.stdout
        console = Console(file=stream, highlight=False, width=None if stream.isatty() else 120)
        console.print(table_of(articles))
        console.print(f"\nSign in at {options['address']}admin/ as “{EDITOR}”", markup=False, soft_wrap=True)
        if password:
            console.print(f"Password:  {password}   (shown this once)", markup=False)
        else:
            console.print(f"The account was there before; “manage.py changepassword {EDITOR}” gives a new password.")
        console.print(f"Serve it:  make serve\nRead it:   {options['address']}", markup=False, soft_wrap=True)


def make_editor() -> tuple[User, str | None]:
    """The account “editor”, in the group of chiefs; its password where it is new."""
    accounts = get_user_model()
    known = accounts.objects.filter(username=EDITOR).first()
    if known:
        return known, None
    password = get_random_string(16)
    editor = accounts.objects.create_user(EDITOR, password=password, is_staff=True)
    editor.groups.add(Group.objects.get(name="Chief"))
    return editor, password


def add_demo_pictures(articles: QuerySet[Article], *, user: User) -> None:
    """The drawings that lie beside the demo stories, each for its story unless that has a picture."""
    for described in json.loads((PICTURES / "pictures.json").read_text(encoding="utf-8")):
        name, story = described.pop("file"), described.pop("story")
        for article in articles.filter(imports__source__endswith=story, pictures=None):
            picture = add_picture(read_upload((PICTURES / name).read_bytes()), user=user, **described)
            set_pictures(article, [{"picture": picture.pk, "caption": ""}])


def table_of(articles: Any) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("story", overflow="fold")
    for heading in ("people", "organisations", "locations", "quotations", "tags"):
        table.add_column(heading, justify="right")
    for article in articles.with_counts().latest_first():
        numbers = article.people, article.organisations, article.locations, article.quotations, article.topics
        table.add_row(article.headline, *(str(number) for number in numbers))
    return table
