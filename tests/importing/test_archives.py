"""Archives that come in as a whole: broken off at any moment, by several processes, told of in a file."""

import json
import multiprocessing
import random
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from articles.documents.formats import story_lines
from articles.documents.reading import read_stories
from articles.editing.counts import problems_of_counts
from articles.importing.archives import AnotherIsAtIt, carry_out, in_this_process, register
from articles.importing.integrity import problems
from articles.importing.options import ImportOptions
from articles.models import Appearance, ArchiveRun, Article, ArticleImport, Entity, Person
from articles.searching.index import disagreements
from tests.benchmarks.made_stories import GIVEN, body, person
from tests.importing import killed

# Times that an import is killed, and the seed of the moments.
KILLS = 50
SEED = 20261127


@pytest.fixture(autouse=True)
def quick_tagger(settings, monkeypatch):
    settings.NEWSROOM_TAGGERS = {"en": killed.STUB}
    monkeypatch.setenv("NEWSROOM_TAGGERS", f"en={killed.STUB}")  # of the processes beside this one


def text_of(number):
    """A story in which people and bodies come again, each a few stories later."""
    return (
        f"Ferry {number} sails from pier {number}\n\nBy Una Mornes\n\n{number % 27 + 1} March 2026\n\n"
        f"The {body(number % 5)} lets {person(number % 5)} and {person(number)} sail, "
        f"said {GIVEN[number % len(GIVEN)]} Ekmark. “There is water number {number},” said {person(number % 5)}.\n"
    )


def make_archive(folder, numbers, *, texts=0):
    """A file of many stories, and of the last ones a file each."""
    folder.mkdir()
    first = len(numbers) - texts
    with (folder / "0.jsonl").open("w", encoding="utf-8") as lines:
        for number in numbers[:first]:
            story = next(read_stories(text_of(number).encode(), source=str(number)))
            lines.write(story_lines.write(story) + "\n")
    for number in numbers[first:]:
        (folder / f"{number:04}.txt").write_text(text_of(number), encoding="utf-8")
    return folder


def run_of(folder, **options):
    return register([folder], ImportOptions(**options), stories_at_once=3)


def write_all(run, **options):
    return [report for batch in carry_out(run, in_this_process, **options) for report in batch.reports]


@pytest.mark.django_db(transaction=True)
def test_an_import_killed_at_any_moment_is_finished_by_the_next(tmp_path):
    chance = random.Random(SEED)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.importing.killed"])
    database = str(connection.settings_dict["NAME"])
    kills, archives = 0, []
    while kills < KILLS:
        first = 60 * len(archives)
        run = run_of(make_archive(tmp_path / str(len(archives)), range(first, first + 60), texts=6))
        archives.append(run)
        while kills < KILLS and run.parts.filter(is_done=False).exists():
            process = context.Process(target=killed.go_on, args=(database, run.pk))
            process.start()
            process.join(chance.uniform(0, 0.6))
            kills += process.is_alive()
            process.kill()
            process.join()
    for run in archives:
        write_all(run)
        run.refresh_from_db()
        assert run.ended
        assert [(part.created, part.stories) for part in run.parts.all()] == [(54, 54), (6, 6)]
    total = 60 * len(archives)
    assert Article.objects.count() == total
    assert set(Article.objects.values_list("headline", flat=True)) == {
        f"Ferry {number} sails from pier {number}" for number in range(total)
    }
    assert Person.objects.filter(name=person(3)).count() == 1
    assert [*problems(), *problems_of_counts(), *disagreements()] == []


@pytest.mark.django_db(transaction=True)
def test_the_number_of_processes_decides_nothing(tmp_path):
    folder = make_archive(tmp_path / "a", range(40), texts=25)
    with transaction.atomic():
        alone = write_all(run_of(folder))
        records = said()
        transaction.set_rollback(True)
    out = StringIO()
    call_command("import_archive", folder, workers=2, stdout=out)
    assert len(alone) == 40
    assert out.getvalue() == "40 stories: 40 created, 0 updated, 0 unchanged, 0 failed\n"
    assert said() == records


def said():
    return (
        list(Entity.objects.order_by("kind", "slug").values_list("kind", "slug", "name")),
        list(Appearance.objects.order_by("article__slug", "start", "entity__slug").values_list("evidence", "spans")),
    )


@pytest.mark.django_db
def test_a_report_has_a_line_for_every_story_and_is_gone_on_with(tmp_path):
    folder = make_archive(tmp_path / "a", range(12), texts=3)
    (folder / "0011.txt").write_text("", encoding="utf-8")
    report = tmp_path / "report.jsonl"
    with pytest.raises(CommandError, match=r"1 of 12 stories failed: .*0011\.txt: the file is empty"):
        call_command("import_archive", folder, report=report, stdout=StringIO())
    first, *lines = lines_of(report)
    assert first == {"run": ArchiveRun.objects.get().pk, "sources": [str(folder)]}
    assert [line["status"] for line in lines] == ["created"] * 11 + ["failed"]
    assert lines[9]["source"] == str(folder / "0009.txt")
    assert (lines[0]["people"], lines[0]["organisations"], lines[0]["quotes"]) == (2, 1, 2)
    # Lines that were written for stories that never were.
    with report.open("a", encoding="utf-8") as file:
        file.write(json.dumps({**lines[-1], "story": 99}) + '\n{"part": 2, "st')
    (folder / "0011.txt").write_text(text_of(11), encoding="utf-8")
    call_command("import_archive", resume=report, stdout=StringIO())
    statuses = [(line["part"], line["story"], line["status"]) for line in lines_of(report)[1:]]
    assert statuses == [
        *((1, number, "created") for number in range(9)),
        *((2, number, "unchanged") for number in range(2)),
        (2, 2, "created"),
    ]
    assert Article.objects.count() == 12


def lines_of(file):
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.mark.django_db
def test_a_batch_whose_report_cannot_be_written_is_not_there(tmp_path):
    run = run_of(make_archive(tmp_path / "a", range(9)))
    told = []

    def note(part, start, reports):
        if start == 3:
            raise OSError(28, "No space left on device")
        told.extend(reports)

    with pytest.raises(OSError, match="No space"):
        write_all(run, note=note)
    assert Article.objects.count() == len(told) == 3
    assert ArticleImport.objects.count() == 3
    assert len(write_all(run)) == 6
    assert Article.objects.count() == 9


@pytest.mark.django_db
def test_a_part_that_another_process_went_on_with_is_left_to_it(tmp_path):
    run = run_of(make_archive(tmp_path / "a", range(9)))
    batches = carry_out(run, in_this_process)
    next(batches)
    run.parts.update(stories=6, created=6)
    with pytest.raises(AnotherIsAtIt):
        next(batches)
    assert Article.objects.count() == 3


@pytest.mark.django_db
def test_the_same_command_goes_on_and_a_finished_one_begins_anew(tmp_path):
    folder = make_archive(tmp_path / "a", range(6), texts=6)
    (folder / "0.jsonl").unlink()
    next(carry_out(run_of(folder), in_this_process))
    out = StringIO()
    call_command("import_archive", folder, stdout=out)
    assert "going on with the import of" in out.getvalue()
    assert ArchiveRun.objects.count() == 1
    call_command("import_article", folder, "--workers", "1", stdout=out)
    assert out.getvalue().splitlines()[-1] == "6 stories: 0 created, 0 updated, 6 unchanged, 0 failed"
    assert ArchiveRun.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.one_database
@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ([], "expected either files and folders, or --resume and a report"),
        (["{folder}/none"], "none: there is no such file or directory"),
        (["{folder}"], "no document that can be read in"),
        (["--resume", "{folder}/none"], "none: the file cannot be read: No such file or directory"),
        (["--resume", "{folder}/other"], "its first line names no run; expected a report that --report wrote"),
        (["--resume", "{folder}/lost"], "the database has no run 9 of these sources; begin a new one"),
        (["{folder}/one.txt", "--report", "{folder}/other"], "other: the file is there already"),
        (["{folder}/one.txt", "--workers", "0"], "'0' is no number above 0"),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path, arguments, error):
    (tmp_path / "other").write_text("{}\n", encoding="utf-8")
    (tmp_path / "lost").write_text('{"run": 9, "sources": []}\n', encoding="utf-8")
    if any("one.txt" in each for each in arguments):
        (tmp_path / "one.txt").write_text(text_of(1), encoding="utf-8")
    with pytest.raises(CommandError, match=error):
        call_command("import_archive", *(each.format(folder=tmp_path) for each in arguments))
    assert not Article.objects.exists()
