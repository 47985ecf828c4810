"""Import archives of any size, in batches, by several processes; go on where an import was broken off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from articles.documents.errors import DocumentError
from articles.importing.archives import register, unfinished_run
from articles.importing.options import ImportOptions
from articles.importing.queue import enqueue, has_queue
from articles.importing.report_files import run_of, try_failed_again
from articles.management.archives import run_before_eyes, say_totals
from articles.management.arguments import add_import_arguments, has_archive, import_options, positive
from articles.models import ArchiveRun


class Command(BaseCommand):
    help = "Import archives of any size. Broken off at any moment, the same command goes on with the rest."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "sources",
            nargs="*",
            type=Path,
            metavar="SOURCE",
            help="a file, or a folder, which is read with all its subfolders",
        )
        parser.add_argument(
            "--workers", type=positive, default=1, metavar="N", help="read and extract in so many processes"
        )
        parser.add_argument("--report", type=Path, metavar="FILE", help="write a line for every story to this new file")
        parser.add_argument(
            "--resume",
            type=Path,
            metavar="REPORT",
            help="go on with the import that wrote this report, and try again what failed",
        )
        parser.add_argument("--anew", action="store_true", help="begin again, whatever was broken off before")
        parser.add_argument(
            "--enqueue",
            action="store_true",
            help="leave it to workers (manage.py procrastinate worker), on PostgreSQL; on SQLite it is done at once",
        )
        add_import_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        resumed: Path | None = options["resume"]
        if bool(options["sources"]) == bool(resumed):
            raise CommandError("expected either files and folders, or --resume and a report")
        if resumed and (options["report"] or options["anew"]):
            raise CommandError("--resume goes on with its report; it has no --report and no --anew")
        has_archive(is_needed=True)
        if options["enqueue"]:
            self.enqueue(options)
            return
        try:
            run = self.run_to_resume(resumed) if resumed else self.run_for(options)
        except DocumentError as error:
            raise CommandError(str(error)) from error
        run_before_eyes(
            run,
            workers=options["workers"],
            report=resumed or options["report"],
            is_resumed=bool(resumed),
            stdout=self.stdout,
            verbosity=options["verbosity"],
        )

    def enqueue(self, options: dict[str, Any]) -> None:
        if options["resume"] or options["report"] or options["workers"] > 1:
            raise CommandError("--enqueue leaves the work to others; it goes without --resume, --report and --workers")
        try:
            # Whoever sees the run finds its jobs, and nobody finds a job without its run.
            with transaction.atomic():
                run = self.run_for(options, is_enqueued=True)
                number = enqueue(run) if has_queue() else 0
        except DocumentError as error:
            raise CommandError(str(error)) from error
        if not has_queue():
            enqueue(run)
            say_totals(run, [], self.stdout, options["verbosity"])
        elif options["verbosity"] > 0:
            self.stdout.write(f"{number:,} {'job waits' if number == 1 else 'jobs wait'} for workers: run {run.pk}")

    def run_to_resume(self, report: Path) -> ArchiveRun:
        run = run_of(report)
        try_failed_again(run)
        return run

    def run_for(self, options: dict[str, Any], *, is_enqueued: bool = False) -> ArchiveRun:
        asked: ImportOptions = import_options(options)
        sources = [path.absolute() for path in options["sources"]]
        if not options["anew"] and (run := unfinished_run(sources, asked, is_enqueued=is_enqueued)):
            if options["verbosity"] > 0:
                self.stdout.write(f"going on with the import of {run.made:%d %B %Y, %H:%M}")
            return run
        with transaction.atomic():
            run = register(sources, asked, is_enqueued=is_enqueued)
            if run.parts.exists():
                return run
            transaction.set_rollback(True)
        raise CommandError(f"no document that can be read in {', '.join(map(str, sources))}")
