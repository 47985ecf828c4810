import io
import json
import threading
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, ArticleImport, Quote

pytestmark = pytest.mark.django_db

KEYS = [
    "source",
    "status",
    "error",
    "slug",
    "headline",
    "standfirst",
    "byline",
    "credits",
    "dateline",
    "published",
    "language",
    "text",
    "people",
    "organisations",
    "locations",
    "quotes",
    "tags",
    "topics",
    "warnings",
]

STORY = """\
Lock gates to be replaced in {place}

By Una Corrigan

The gates of the old lock will be replaced next spring, the engineer Fergal Tuohy said on Monday.

“They leak like a basket,” Tuohy told the council. “I can put my arm through one of them.”
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "deep" / "deeper").mkdir(parents=True)
    (tmp_path / "athlone.txt").write_text(STORY.format(place="Athlone"), encoding="utf-8")
    (tmp_path / "deep" / "deeper" / "banagher.md").write_text(
        "# Lock gates shut in Banagher\n\nThe lock in Banagher is shut.\n", encoding="utf-8"
    )
    (tmp_path / "deep" / ".hidden.txt").write_text("Not this\n\nNever.\n", encoding="utf-8")
    return tmp_path


def run(*sources, **options):
    """What the command prints: (standard output, standard error, error message)."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_article", *map(str, sources), stdout=out, stderr=err, **options)
    except CommandError as error:
        return out.getvalue(), err.getvalue(), str(error)
    return out.getvalue(), err.getvalue(), None


def reports(*sources, **options):
    out, _, _ = run(*sources, json=True, **options)
    return [json.loads(line) for line in out.splitlines()]


def test_a_folder_is_read_with_its_subfolders(folder):
    out, _, error = run(folder)
    assert error is None
    assert "2 stories: 2 created, 0 updated, 0 unchanged, 0 failed" in out
    assert {article.headline for article in Article.objects.all()} == {
        "Lock gates to be replaced in Athlone",
        "Lock gates shut in Banagher",
    }


def test_a_report_has_exactly_these_keys(folder):
    for report in reports(folder):
        assert list(report) == KEYS


def test_offsets_count_in_the_text_of_the_report(folder):
    report = next(report for report in reports(folder) if report["quotes"])
    quote = next(quote for quote in report["quotes"] if quote["form"] == "direct")
    pieces = [report["text"][start:end] for start, end in quote["spans"]]
    assert pieces == ["“They leak like a basket,”", "“I can put my arm through one of them.”"]
    assert report["text"][slice(*quote["cue"])] == "told"
    assert report["text"][slice(*quote["source"])] == "Tuohy"
    assert quote["speaker"] == {"kind": "person", "name": "Fergal Tuohy"}
    (person,) = report["people"]
    assert {report["text"][start:end] for start, end in person["mentions"]} == {"Fergal Tuohy", "Tuohy"}


def test_json_goes_to_standard_output_and_the_summary_does_not(folder):
    out, err, _ = run(folder, json=True)
    assert all(json.loads(line) for line in out.splitlines())
    assert "2 created" in err


def test_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(STORY.format(place="Athlone").encode())))
    (report,) = reports("-", format="text")
    assert (report["source"], report["status"]) == ("standard input", "created")


def test_one_bad_file_fails_and_the_others_are_imported(folder):
    (folder / "broken.txt").write_bytes(b"\x00\x01\x02\x03" * 50)
    _, _, error = run(folder)
    assert error.startswith("1 of 3 stories failed: ")
    assert "broken.txt" in error
    assert Article.objects.count() == 2
    assert ArticleImport.objects.filter(status="failed").count() == 1


def test_fail_fast_stops_at_the_first_failure(folder):
    (folder / "aaa.txt").write_bytes(b"")
    _, _, error = run(folder, fail_fast=True)
    assert error.startswith("1 of 1 stories failed: ")
    assert not Article.objects.exists()


def test_a_missing_file_is_named(tmp_path):
    _, _, error = run(tmp_path / "nowhere.txt")
    assert "nowhere.txt" in error


def test_an_empty_folder_is_an_error(tmp_path):
    _, _, error = run(tmp_path)
    assert error == f"no document that can be read in {tmp_path}"


def test_a_dry_run_writes_nothing(folder):
    assert {report["status"] for report in reports(folder, dry_run=True)} == {"dry-run"}
    assert not Article.objects.exists()
    assert not ArticleImport.objects.exists()


def test_options_reach_the_article(folder):
    run(folder / "athlone.txt", publish=True, tag=["Shannon", "Canals"], source="Midland Wire", date=date(2026, 4, 2))
    article = Article.objects.published().get()
    assert sorted(tag.name for tag in article.tags.all()) == ["Canals", "Shannon"]
    assert (article.publisher, article.published.date()) == ("Midland Wire", date(2026, 4, 2))


def test_a_wrong_date_is_explained(folder, capsys):
    with pytest.raises((CommandError, SystemExit)) as raised:
        call_command("import_article", str(folder), "--date", "2 April")
    assert "expected one like 2026-03-14" in str(raised.value) + capsys.readouterr().err


def test_verbosity(folder):
    assert run(folder, verbosity=0)[0] == ""
    assert "Lock gates shut in Banagher" in run(folder, verbosity=2)[0]


def test_importing_twice_says_unchanged(folder):
    run(folder)
    out, _, error = run(folder)
    assert error is None
    assert "2 unchanged" in out


HOSTILE_HTML = (
    "<html><body><article><h1>Lock gates</h1>"
    "<p onclick='steal()'>The gates <img src=x onerror=alert(1)>leak.</p><script>alert(2)</script>"
    "<p><a href='javascript:alert(3)'>More</a> water comes through every day, the council says.</p>"
    "<iframe src='https://example.org'></iframe><style>p{display:none}</style></article></body></html>"
)

# What people and machines hand in, and what comes of it: an article (None), or words of the one line of error.
DOCUMENTS = [
    pytest.param("empty.txt", b"", "empty", id="empty file"),
    pytest.param("spaces.txt", b" \n\t\n ", "", id="white space alone"),
    pytest.param("binary.txt", bytes(range(256)) * 20, "", id="binary"),
    pytest.param("one-line.txt", b"a " * 25_000_000, "expected at most 10,000,000 bytes", id="50 MB of one line"),
    pytest.param("long-line.txt", b"word " * 1_900_000, "", id="one long line under the limit"),
    pytest.param("headline.txt", b"Only a headline", None, id="only a headline"),
    pytest.param(
        "lines.txt", b"Lock gates leak\nWater is coming through.\nThe council met.\n", None, id="no paragraphs"
    ),
    pytest.param(
        "mark.txt",
        "Lock gates leak\n\n“They leak, said Fergal Tuohy.\n\n“Badly,” he added.\n".encode(),
        None,
        id="unbalanced marks",
    ),
    pytest.param(
        "invisible.txt",
        "Lock g\u200bates\n\nThe g\u00adates\u202e leak\u2069 in \u200fAthlone.\n".encode(),
        None,
        id="zero-width and right-to-left characters",
    ),
    pytest.param("nul.txt", b"Lock gates\n\nThe gates\x00 leak in Athlone and the council knows.\n", None, id="NUL"),
    pytest.param("marks.txt", b"Lock gates leak\n\n" + b'"' * 10_000 + b"\n", None, id="10,000 quotation marks"),
    pytest.param(
        "quotations.txt", b"Lock gates leak\n\n" + b'"No," he said. ' * 2_000 + b"\n", None, id="2,000 quotations"
    ),
    pytest.param("script.html", HOSTILE_HTML.encode(), None, id="script and event handlers"),
    pytest.param("old.txt", "Schleuse undicht\n\nDie Tore müssen weg.\n".encode("cp1252"), None, id="Windows-1252"),
    pytest.param("wide.txt", "Lock gates leak\n\nThe gates leak.\n".encode("utf-16"), None, id="UTF-16"),
    pytest.param("bom.txt", "\ufeffLock gates leak\n\nThe gates leak.\n".encode(), None, id="byte order mark"),
    pytest.param("undecodable.txt", b"Lock gates\n\nThe gates \x81\x8d\x9d leak.\n", "", id="no encoding"),
]


@pytest.mark.parametrize(("name", "content", "error"), DOCUMENTS)
def test_bad_input_is_imported_correctly_or_refused_in_one_line(tmp_path, name, content, error):
    path = tmp_path / name
    path.write_bytes(content)
    (report,) = reports(path)
    if error is None:
        assert (report["status"], report["error"]) == ("created", None)
        article = Article.objects.get()
        assert not any(
            hidden in article.text + article.headline for hidden in "\x00\u200b\u00ad\u202e\u2069\u200f\ufeff"
        )
        assert not any(
            word in article.body for word in ("script", "onclick", "onerror", "javascript", "iframe", "style")
        )
    else:
        assert report["status"] == "failed"
        assert name in report["error"]
        assert error in report["error"]
        assert "\n" not in report["error"]
        assert not Article.objects.exists()
        assert not Quote.objects.exists()


@pytest.fixture
def site(tmp_path, settings):
    """A folder that a server on this machine gives out."""

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *args):
            pass

    handler = partial(Handler, directory=tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        settings.NEWSROOM_FETCH_HOSTS = ["localhost"]
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_page_of_the_web_is_imported_from_its_address(site, tmp_path, settings):
    (tmp_path / "lock.html").write_text("<h1>Lock gates shut in Banagher</h1><p>The lock is shut.</p>", "utf-8")
    for status in ("created", "unchanged"):
        assert [report["status"] for report in reports(f"{site}/lock.html")] == [status]
    assert Article.objects.get().address == f"{site}/lock.html"
    settings.NEWSROOM_FETCH_HOSTS = []
    assert "expected port 80 or 443" in run(f"{site}/lock.html")[2]
    assert ArticleImport.objects.filter(status="failed", source=f"{site}/lock.html").count() == 1
