"""Read and extract the stories of an archive ahead of the transaction that writes them, by other processes perhaps."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from articles.documents.errors import DocumentError
from articles.documents.reading import open_document, read_file
from articles.documents.story import Story
from articles.importing.extracting import Item, archive_mark, prepare
from articles.importing.identity import fingerprint_of
from articles.importing.options import ImportOptions, completed
from articles.importing.process import begin
from articles.models import Article

# Of a file that is larger, stories are read by the process that writes, a batch at a time.
LARGE = 2_000_000
# Tasks handed out for each process: one that it works on, and the next.
AHEAD = 2


@dataclass(frozen=True, slots=True)
class Task:
    """Stories to prepare: those of some files from the `start`-th on, or some that were read already.

    `part` is the number of the part that they belong to, and `is_last` says that they are the last of it.
    """

    part: int
    start: int
    options: ImportOptions
    files: tuple[str, ...] = ()
    stories: tuple[Story | DocumentError, ...] = ()
    is_last: bool = False

    def read(self) -> Iterator[Story | DocumentError]:
        """The stories of the files behind those that are written already."""
        return islice(read_all(self.files, self.options), self.start, None)

    def items(self) -> list[Item]:
        """The stories, extracted."""
        return prepare_all(list(self.read()) if self.files else self.stories)

    def in_batches(self, size: int) -> Iterator[Task]:
        """The same stories read one batch after the other, as somebody asks for the next."""
        stories, start = self.read(), self.start
        batch = tuple(islice(stories, size))
        while True:
            following = tuple(islice(stories, size))
            yield replace(self, start=start, files=(), stories=batch, is_last=not following)
            if not following:
                return
            start, batch = start + len(batch), following


def is_large(size: int, files: int) -> bool:
    return files == 1 and size > LARGE


def read_all(files: Iterable[str], options: ImportOptions) -> Iterator[Story | DocumentError]:
    """The stories of some files as they are read, and in the place of what is none what is wrong with it."""
    for path in files:
        try:
            file = open_document(Path(path))
        except DocumentError as error:
            yield error
            continue
        limit = settings.NEWSROOM_MAX_DOCUMENT_BYTES
        with file:
            for story in read_file(file, source=path, max_bytes=limit, format=options.format):
                yield completed(story, options)


def prepare_all(stories: Sequence[Story | DocumentError]) -> list[Item]:
    """Extract stories; not those that the archive has as they are, that come whole, or whose tagger cannot be had."""
    prints = {fingerprint_of(story) for story in stories if isinstance(story, Story)}
    known = set(Article.objects.filter(fingerprint__in=prints).values_list("fingerprint", flat=True))
    mark = archive_mark()
    items: list[Item] = []
    for story in stories:
        if isinstance(story, Story) and not story.kept and fingerprint_of(story) not in known:
            try:
                items.append(prepare(story, mark))
            except ImproperlyConfigured:
                items.append(story)  # whoever writes it meets the same, and reports it
        else:
            items.append(story)
    return items


# Other processes.


@contextmanager
def processes(number: int) -> Iterator[Processes]:
    """So many processes that read and extract; they end with this one, however it ends."""
    database = {alias: str(connections[alias].settings_dict["NAME"]) for alias in connections}
    pool = ProcessPoolExecutor(
        number, mp_context=multiprocessing.get_context("spawn"), initializer=begin, initargs=(database,)
    )
    try:
        yield Processes(pool, number)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


@dataclass(frozen=True, slots=True)
class Processes:
    pool: ProcessPoolExecutor
    number: int

    def __call__(self, tasks: Iterator[Task]) -> Iterator[tuple[Task, list[Item]]]:
        """Do tasks, some ahead of whoever asks for them, and give what comes of them in their order."""
        waiting: deque[tuple[Task, Future[list[Item]]]] = deque()
        while True:
            for task in islice(tasks, self.number * AHEAD - len(waiting)):
                waiting.append((task, self.pool.submit(Task.items, task)))
            if not waiting:
                return
            task, future = waiting.popleft()
            yield task, future.result()
