"""A backup brings everything back, into either database, or says why it does not and changes nothing."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
import tarfile
import threading
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from articles.backups import sealing, writing
from articles.backups.members import END, members
from articles.backups.tables import LEFT_OUT, fields_of, kept_models, rows_of
from articles.backups.writing import write_backup
from articles.importing.archives import carry_out_part, register
from articles.importing.options import ImportOptions
from articles.importing.queue import enqueue, enqueue_missing, has_queue
from articles.models import ArchiveRun, Article, Person, Picture, SearchEntry
from tests.access import make_accounts, make_archive
from tests.factories import make_article, make_person
from tests.importing.test_archives import make_archive as make_stories
from tests.importing.test_archives import quick_tagger  # noqa: F401  # a fixture
from tests.importing.test_queue import clear_queue, empty_queue, work_off  # noqa: F401  # a fixture

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parent.parent.parent
KEY = "kelp-and-granite-41"
FILES = {"pictures/0a/whole.webp": b"RIFF" + bytes(range(256)) * 40, "pictures/0a/480.webp": b""}


@pytest.fixture(autouse=True)
def own_settings(settings, tmp_path, monkeypatch):
    settings.NEWSROOM_BACKUP_KEY = ""
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(sealing, "COST", {"n": 2, "r": 8, "p": 1})


def archive():
    """Rows of every kind, with values that JSON has no form for, and files."""
    make_accounts()
    make_archive()
    make_article(headline="Ångström “9” \\ \u2028 \x7f 🐟")
    Picture.objects.create(file="pictures/0a/whole.webp", width=4, height=3, alt="A quay", title="0a")
    for name, content in FILES.items():
        default_storage.save(name, ContentFile(content))


def everything():
    return {model._meta.label_lower: list(rows_of(model)) for model in kept_models()}


def media():
    root = Path(default_storage.location)
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def new_site():
    """As `migrate` leaves a new database; nothing in the storage."""
    call_command("flush", interactive=False, verbosity=0)
    for name in FILES:
        default_storage.delete(name)


def refusal(path, **options):
    """What restoring says, which changed nothing."""
    before = everything(), media()
    with pytest.raises(CommandError) as error:
        call_command("restore", path, **options)
    assert (everything(), media()) == before
    return str(error.value)


@pytest.mark.parametrize("key", ["", KEY], ids=["not encrypted", "encrypted"])
def test_every_row_and_file_comes_back(settings, tmp_path, key, capsys):
    settings.NEWSROOM_BACKUP_KEY = key
    archive()
    before, files = everything(), media()
    assert files == FILES
    assert sum(map(bool, before.values())) > 25
    path = tmp_path / "newsroom.backup"
    call_command("backup", path)
    said = capsys.readouterr()
    assert f"{sum(map(len, before.values())):,} rows, 2 files" in said.out
    assert said.err == "picture without a file: quay.jpg\n"
    assert path.stat().st_mode & 0o077 == 0
    assert (b"Xanadu" in path.read_bytes()) is False
    new_site()
    assert everything() != before
    call_command("restore", path)
    assert everything() == before
    assert media() == files
    assert SearchEntry.objects.count() > 0
    # New rows get numbers of their own.
    last = Article.objects.order_by("pk").last().pk
    assert make_article().pk > last
    assert make_person("Zita Quill").pk > Person.objects.exclude(name="Zita Quill").order_by("pk").last().pk
    assert [name for name in tmp_path.iterdir() if name.name.startswith(".")] == []


def test_every_table_is_backed_up_or_left_out_on_purpose():
    known = {model._meta.label_lower for model in apps.get_models(include_auto_created=True) if model._meta.managed}
    assert known - LEFT_OUT == {model._meta.label_lower for model in kept_models()}
    assert known >= LEFT_OUT
    # A field whose values JSON changes would come back as something else.
    kinds = {field.get_internal_type() for model in kept_models() for field in fields_of(model)}
    assert kinds - KNOWN_KINDS == set(), "see that `tables.py` brings its values back, then add it here"


KNOWN_KINDS = set(
    "AutoField BigAutoField BigIntegerField BinaryField BooleanField CharField DateField DateTimeField FileField "
    "FloatField ForeignKey GenericIPAddressField IntegerField JSONField ManyToManyField OneToOneField "
    "PositiveBigIntegerField PositiveIntegerField PositiveSmallIntegerField "
    "SlugField SmallIntegerField TextField UUIDField".split()
)


@pytest.mark.usefixtures("quick_tagger", "empty_queue")
def test_a_backup_is_read_by_the_other_database(tmp_path, settings):
    """Out into a site on SQLite, and from there back: on PostgreSQL this crosses over twice.

    The archive that was coming in goes on in either.
    """
    archive()
    an_archive_half_done(tmp_path / "archive")
    before, there = everything(), tmp_path / "newsroom.backup"
    write_backup(there, KEY)
    back = tmp_path / "back.backup"
    settings.NEWSROOM_BACKUP_KEY = KEY
    environment = {**os.environ, "NEWSROOM_VAR_DIR": str(tmp_path / "var"), "NEWSROOM_BACKUP_KEY": KEY}
    environment |= {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'other.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
    }
    code = (
        "import django; django.setup()\n"
        "from articles.backups import sealing; sealing.COST = {'n': 2, 'r': 8, 'p': 1}\n"
        "from django.core.management import call_command\n"
        f"call_command('migrate', verbosity=0); call_command('restore', {str(there)!r}); "
        f"call_command('backup', {str(back)!r})\n"
        f"call_command('import_archive', {str(tmp_path / 'archive')!r}, '--enqueue')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "6 stories: 6 created" in done.stdout
    new_site()
    clear_queue()
    call_command("restore", back)
    assert everything() == before
    assert media() == FILES
    go_on(tmp_path / "archive")
    assert ArchiveRun.objects.for_list().get(is_enqueued=True).created == 6


def an_archive_half_done(folder):
    """An archive that workers were at when the backup was made: one batch of three is written."""
    run = register([make_stories(folder, range(6))], ImportOptions(), is_enqueued=True, stories_at_once=2)
    next(carry_out_part(run, run.parts.get()))
    if has_queue():
        enqueue(run)


@pytest.mark.usefixtures("quick_tagger", "empty_queue")
def test_an_archive_that_workers_were_at_goes_on(tmp_path):
    """Their jobs are not in the backup: workers make them again, and on SQLite the same command goes on."""
    an_archive_half_done(tmp_path / "archive")
    path = tmp_path / "newsroom.backup"
    write_backup(path, "")
    new_site()
    clear_queue()
    call_command("restore", path)
    assert Article.objects.count() == 2
    go_on(tmp_path / "archive")
    assert Article.objects.count() == 6
    assert ArchiveRun.objects.for_list().get().created == 6
    assert not ArchiveRun.objects.unfinished().exists()


def go_on(folder):
    if has_queue():
        enqueue_missing.defer(timestamp=0)
        work_off()
    else:
        call_command("import_archive", folder, "--enqueue", stdout=io.StringIO())


@pytest.mark.one_database
def test_what_is_no_whole_backup_is_said_to_be_none_and_changes_nothing(tmp_path, settings):
    archive()
    good, path = tmp_path / "good.backup", tmp_path / "bad.backup"
    write_backup(good, KEY)
    content = good.read_bytes()
    plain = tmp_path / "plain.backup"
    write_backup(plain, "")
    open_content = plain.read_bytes()
    new_site()
    changed = bytearray(content)
    changed[len(content) // 2] ^= 1
    settings.NEWSROOM_BACKUP_KEY = KEY
    for bad, why in [
        (bytes(changed), "changed"),
        (content[:-1], "cut short"),
        (content[: len(content) // 2], "cut short"),
        (content[:20], "no backup of a newsroom"),
        (b"", "no backup of a newsroom"),
        (b"kelp " * 1_000, "no backup of a newsroom"),
        (open_content, "it is not encrypted, although a key is set"),
    ]:
        path.write_bytes(bad)
        assert why in refusal(path), why
    settings.NEWSROOM_BACKUP_KEY = ""
    assert "it is encrypted; set NEWSROOM_BACKUP_KEY" in refusal(good)
    keys = tmp_path / "key"
    keys.write_text("another-key-altogether\n")
    assert "the key is not the one it was written with" in refusal(good, key_file=keys)
    for size in (len(open_content) - 1, len(open_content) - 9, len(open_content) // 2, 30):
        path.write_bytes(open_content[:size])
        assert f"“{path}”: it " in refusal(path)
    changed = bytearray(open_content)
    changed[len(changed) // 2] ^= 1
    path.write_bytes(bytes(changed))
    # Either it cannot be unpacked any more, or a sum is another one: that depends on the byte.
    assert "it was changed" in refusal(path)
    assert f"“{tmp_path / 'nowhere'}” cannot be read: No such file" in refusal(tmp_path / "nowhere")


def rewritten(path, change):
    """A backup without a key, some members of which somebody changed, sums and all."""
    with open(path, "rb") as file:
        held = [(name, content.read()) for name, content in members(file, "")]
    buffer = io.BytesIO()

    with writing.writing(buffer, "") as writer:
        for name, content in held:
            if name == END:
                writer.add_end({key: value for key, value in json.loads(content).items() if key != "sum"})
            else:
                writer.add(*change(name, content))
    return buffer.getvalue()


MISFITS = [
    (lambda n, c: (n, c.replace(b'"headline"', b'"title"') if n == "newsroom.json" else c), "with other tables"),
    (lambda n, c: (n, c.replace(b'"format": 1', b'"format": 2')), "no backup that this release reads"),
    (lambda n, c: (n.replace("media/", "media/../"), c), "is no name of a picture"),
    (lambda n, c: (n, c.replace(b'"published"', b'"none"') if "articles.article/" in n else c), "its rows cannot"),
    (lambda n, c: (n, b"" if "articles.section/" in n else c), "its rows cannot be written"),
]


@pytest.mark.one_database
def test_what_does_not_fit_changes_nothing(tmp_path):
    """Other tables, another format, a way out of the folder, a status that is none, rows that name nothing."""
    archive()
    good, path = tmp_path / "newsroom.backup", tmp_path / "changed.backup"
    write_backup(good, "")
    new_site()
    for change, why in MISFITS:
        path.write_bytes(rewritten(good, change))
        assert why in refusal(path)


@pytest.mark.one_database
def test_a_site_with_something_in_it_is_left_alone(tmp_path):
    archive()
    path = tmp_path / "newsroom.backup"
    write_backup(path, "")
    assert "this site is not empty" in refusal(path)


@pytest.mark.one_database
def test_pictures_that_are_there_stay_and_others_are_never_overwritten(tmp_path):
    archive()
    path = tmp_path / "newsroom.backup"
    write_backup(path, "")
    new_site()
    name = next(iter(FILES))
    default_storage.save(name, ContentFile(b"another picture"))
    assert f"the picture “{name}” is there already, and is another one" in refusal(path)
    default_storage.delete(name)
    default_storage.save(name, ContentFile(FILES[name]))
    call_command("restore", path)
    assert media() == FILES


def test_a_backup_is_of_one_moment(tmp_path, monkeypatch):
    """What is written while it is read is not half in it, and waits for nobody."""
    archive()
    before, path = everything(), tmp_path / "newsroom.backup"
    kept = kept_models()

    def write():
        make_article(headline="Too late")
        connection.close()

    def disturbed(model):
        if model is kept[-1]:
            other = threading.Thread(target=write)
            other.start()
            other.join(30)
        return rows_of(model)

    monkeypatch.setattr(writing, "rows_of", disturbed)
    write_backup(path, "")
    assert Article.objects.filter(headline="Too late").exists()
    new_site()
    call_command("restore", path)
    assert everything() == before


@pytest.mark.one_database
def test_no_file_is_left_where_one_cannot_be_written(tmp_path):
    with pytest.raises(CommandError, match="cannot be written: No such file or directory"):
        call_command("backup", tmp_path / "nowhere" / "newsroom.backup")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.one_database
def test_what_the_disk_gives_back_is_compared(tmp_path, monkeypatch):

    def forgetful(file, key):
        file.seek(-1_000, os.SEEK_END)
        file.write(bytes(50))
        return members(file, key)

    monkeypatch.setattr(writing, "members", forgetful)
    with pytest.raises(CommandError, match="changed, or cut short"):
        call_command("backup", tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.one_database
def test_a_folder_keeps_the_newest(tmp_path, capsys):
    older = [tmp_path / f"newsroom-2026010{day}-040000.backup" for day in (1, 2, 3)]
    for file in [*older, tmp_path / "notes.txt"]:
        file.touch()
    call_command("backup", tmp_path, keep=2)
    assert sorted(tmp_path.iterdir())[:2] == [older[2], sorted(tmp_path.iterdir())[1]]
    assert len(list(tmp_path.glob("*.backup"))) == 2
    assert (tmp_path / "notes.txt").exists()


@pytest.mark.one_database
@pytest.mark.parametrize(("words", "why"), [("short", "fewer than 12"), ("", "holds no key"), (None, "cannot be read")])
def test_a_key_that_keeps_no_secret_is_refused(tmp_path, words, why):
    if words is not None:
        (tmp_path / "key").write_text(f"{words}\n")
    with pytest.raises(CommandError, match=why):
        call_command("backup", tmp_path, key_file=tmp_path / "key")


@pytest.mark.one_database
def test_checking_a_backup_reads_all_of_it(tmp_path, capsys):
    archive()
    path = tmp_path / "newsroom.backup"
    write_backup(path, "")
    call_command("restore", path, check=True)
    assert capsys.readouterr().out.startswith("The backup is whole: ")
    with gzip.open(path) as packed, tarfile.open(fileobj=packed) as tar:  # any program reads it
        assert tar.getnames()[0] == "newsroom.json"
