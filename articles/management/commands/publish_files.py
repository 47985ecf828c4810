"""Write the readers' pages as files, for a web server to give out without asking the program."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http.request import validate_host

from articles.editing.page_files import remove_all_pages
from articles.editing.page_writing import differing, write_all
from articles.models import StoredPage


class Command(BaseCommand):
    help = (
        "Render every page that readers can reach by links and keep it as a file. With --check nothing is written: "
        "the files that differ from what would be rendered now are named."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="name the files that are out of date, and fail if any is"
        )
        parser.add_argument("--clear", action="store_true", help="remove all files first")
        parser.add_argument("--host", help="the host name that readers use; the first of ALLOWED_HOSTS unless given")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.NEWSROOM_PAGE_FILES:
            raise CommandError("NEWSROOM_PAGE_FILES is empty: no pages are kept as files")
        host = options["host"] or next((name for name in settings.ALLOWED_HOSTS if name != "*"), "localhost")
        if not validate_host(host.partition(":")[0], settings.ALLOWED_HOSTS):
            raise CommandError(f"“{host}” is not among ALLOWED_HOSTS: {', '.join(settings.ALLOWED_HOSTS)}")
        if options["check"]:
            self.check_files(host)
            return
        if options["clear"]:
            StoredPage.objects.all().delete()
            remove_all_pages()
        paths = []
        for path in write_all(host):
            paths.append(path)
            if options["verbosity"] > 1:
                self.stdout.write(path)
        self.stdout.write(f"{len(paths)} pages are files for {host}")

    def check_files(self, host: str) -> None:
        looked_at, wrong = differing(host)
        for path in wrong:
            self.stderr.write(path)
        if wrong:
            raise CommandError(f"{len(wrong)} of {looked_at} files differ from what would be rendered now")
        self.stdout.write(f"{looked_at} files are what would be rendered now")
