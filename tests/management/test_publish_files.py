"""The command that writes every page as a file, and finds those that are out of date."""

import pytest
from django.core.management import CommandError, call_command

from articles.editing import page_files
from articles.models import Article, StoredPage
from tests.factories import make_appearance, make_article, make_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def files(settings, tmp_path):
    settings.NEWSROOM_PAGE_FILES = str(tmp_path / "pages")
    settings.ALLOWED_HOSTS = ["news.example"]
    return tmp_path / "pages"


@pytest.fixture
def article(transactional_db):
    article = make_article(headline="Ferry to sail", body="<p>Mara Finch left.</p>")
    make_appearance(article, make_person("Mara Finch"))
    return article


def test_every_page_becomes_a_file_that_a_web_server_finds(files, article, capsys):
    call_command("publish_files", host="news.example")
    assert "pages are files for news.example" in capsys.readouterr().out
    current = files / "current" / "news.example"
    for path in "index.html", "articles/ferry-to-sail/index.html", "people/mara-finch/index.html.gz":
        assert (current / path).is_file(), path
    assert "Ferry to sail" in (current / "index.html").read_text(encoding="utf-8")


def test_a_site_that_answers_over_https_alone_becomes_files_too(files, article, settings, capsys):
    settings.SECURE_SSL_REDIRECT = True
    call_command("publish_files", host="news.example")
    assert (files / "current" / "news.example" / "articles" / "ferry-to-sail" / "index.html").is_file()
    call_command("publish_files", "--check", host="news.example")
    assert "files are what would be rendered now" in capsys.readouterr().out


def test_check_names_what_is_out_of_date_and_only_that(files, article, capsys):
    call_command("publish_files", host="news.example")
    call_command("publish_files", "--check", host="news.example")
    assert "files are what would be rendered now" in capsys.readouterr().out
    Article.objects.update(headline="Ferry sailed")  # past every function that would say so
    with pytest.raises(CommandError, match=r"of \d+ files differ"):
        call_command("publish_files", "--check", host="news.example")
    assert "/articles/ferry-to-sail/" in capsys.readouterr().err.split()


def test_clear_begins_anew(files, article):
    call_command("publish_files", host="news.example")
    orphan = page_files.folder() / "news.example" / "gone" / "index.html"
    orphan.parent.mkdir()
    orphan.write_text("gone")
    call_command("publish_files", "--clear", host="news.example")
    assert not orphan.exists()
    assert page_files.page_file("/news.example/").exists()
    assert StoredPage.objects.filter(path="/news.example/").count() == 1


def test_a_host_that_the_site_does_not_answer_to_is_told(files, article):
    with pytest.raises(CommandError, match="is not among ALLOWED_HOSTS"):
        call_command("publish_files", host="other.example")


def test_a_newsroom_without_files_is_told(article):
    with pytest.raises(CommandError, match="NEWSROOM_PAGE_FILES is empty"):
        call_command("publish_files")
