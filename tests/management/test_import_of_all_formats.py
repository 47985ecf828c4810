"""A folder with documents of every format and fifty broken ones comes in by one command, and each is told of."""

import io
from collections import Counter

import pytest
from django.core.management import CommandError, call_command

from articles.documents.errors import DocumentError
from articles.documents.formats import FORMATS
from articles.documents.reading import read_file
from articles.models import Article, ArticleImport
from tests.documents.seeds import SEEDS

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
# Cut off anywhere, these are no documents any more.
CUT = {suffix: SEEDS[suffix][0] for suffix in (".docx", ".nitf", ".rss", ".newsml", ".wxr", ".ninjs", ".zip", ".gz")}
SHARES = (0.3, 0.45, 0.6, 0.75, 0.9)


@pytest.fixture
def folder(tmp_path):
    for suffix, contents in SEEDS.items():
        for number, content in enumerate(contents):
            path = tmp_path / suffix[1:] / f"ferry-{number}{suffix}"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
    broken = tmp_path / "broken"
    broken.mkdir()
    for suffix, content in CUT.items():
        for number, share in enumerate(SHARES):
            (broken / f"cut-{number}{suffix}").write_bytes(content[: int(len(content) * share)])
    for number in range(5):
        (broken / f"empty-{number}.txt").write_bytes(b" \n" * number)
        (broken / f"picture-{number}.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes([number]))
    return tmp_path


def test_every_story_and_every_error_is_told(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    broken = [path for path in files if path.parent.name == "broken"]
    assert len(broken) == 50
    stories, errors = Counter(), Counter()
    for path in files:
        with path.open("rb") as file:
            for each in read_file(file, source=str(path), max_bytes=1_000_000):
                if isinstance(each, DocumentError):
                    errors[path] += 1
                else:
                    stories[each.format] += 1
    # The stories of these are of the formats of what is in them.
    assert set(FORMATS) - set(stories) == {"zip", "tar", "gzip", "mbox", "jsonl"}
    assert set(broken) <= set(errors)

    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_article", str(folder), stdout=out)
    last = out.getvalue().splitlines()[-1]
    count = ArticleImport.objects.filter
    done = {status: count(status=status).count() for status in ("created", "updated", "failed")}
    whole, failed = stories.total(), errors.total()
    unchanged = whole - done["created"] - done["updated"]
    assert last == (
        f"{whole + failed} stories: {done['created']} created, {done['updated']} updated, {unchanged} unchanged, "
        f"{failed} failed"
    )
    assert (done["failed"], done["created"]) == (failed, Article.objects.count())
    for path in broken:
        assert f"failed     {path}" in out.getvalue()
    assert "Traceback" not in out.getvalue()
