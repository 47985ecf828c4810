"""Make the imported demo stories ready to look at: an editor account, all decided, filed and published."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.crypto import get_random_string
from rich.console import Console
from rich.table import Table

from articles.demo.desk import demo_articles, prepare
from articles.models import Article

EDITOR = "editor"


class Command(BaseCommand):
    help = "Decide about the demo stories as an editor would, publish them and create the account “editor”."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--address", default="http://localhost:8000/", help="where the site will be served")

    def handle(self, *args: Any, **options: Any) -> None:
        articles = demo_articles()
        if not articles:
            raise CommandError("no demo story has been imported; run “manage.py import_article articles/demo/stories”")
        with transaction.atomic():
            user, password = make_editor()
            prepare(articles, user=user)
        stream: Any = self.stdout
        console = Console(file=stream, highlight=False, width=None if stream.isatty() else 120)
        if options["verbosity"] > 0:
            console.print(table_of(Article.objects.filter(pk__in=[article.pk for article in articles.values()])))
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


def table_of(articles: Any) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("story", overflow="fold")
    for heading in ("people", "organisations", "locations", "quotations", "tags"):
        table.add_column(heading, justify="right")
    for article in articles.with_counts().latest_first():
        numbers = article.people, article.organisations, article.locations, article.quotations, article.topics
        table.add_row(article.headline, *(str(number) for number in numbers))
    return table
