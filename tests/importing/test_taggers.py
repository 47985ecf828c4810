"""A tagger for each language: what the setting may say, and what becomes of a story in German."""

import sys

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.urls import reverse

from articles.extraction.pipeline import NAMES_ALONE
from articles.extraction.tagger.predict import shipped_tagger
from articles.importing.service import ImportOptions, import_document
from articles.importing.taggers import check_taggers, tagger_for
from articles.models import Appearance, Article, Location, Organisation, Person, Quote, Role
from tests.pipelines import save_pipeline

SHIPPED = "articles.extraction.tagger.predict.shipped_tagger"
STORY = """\
Neue Fähre soll im Mai fahren

Von Jonas Brandt

Das Hafenamt Lauenbrück hat eine neue Fähre gekauft. Sie kommt aus Lissabon und soll im Mai zum ersten Mal fahren, wie \
die Leiterin Anna Weber am Montag sagte.

„Wir haben drei Jahre auf dieses Schiff gewartet“, sagte Weber. Die „alte Dame“ wird nun verkauft.

Anna Weber: „Sie fährt.“
"""
NOTHING = "nothing was extracted: there is no tagger for the language “de”"


@pytest.fixture
def german(settings, tmp_path):
    settings.NEWSROOM_TAGGERS = {"en": SHIPPED, "de": save_pipeline(tmp_path / "de")}


def run(text=STORY, **options):
    return import_document(text.encode(), source="faehre.txt", options=ImportOptions(**options))


@pytest.mark.django_db
def test_a_german_story_becomes_records(german):
    (report,) = run()
    assert (report["status"], report["language"]) == ("created", "de")
    assert set(Person.objects.values_list("name", flat=True)) == {"Anna Weber"}
    assert set(Organisation.objects.values_list("name", flat=True)) == {"Hafenamt Lauenbrück"}
    assert set(Location.objects.values_list("name", "country")) == {("Lissabon", "PT")}
    assert set(Quote.objects.values_list("text", "speaker__name", "form")) == {
        ("„Wir haben drei Jahre auf dieses Schiff gewartet“", None, "direct"),
        ("„Sie fährt.“", "Anna Weber", "direct"),
    }
    assert not Role.objects.exists()
    assert report["warnings"] == [NAMES_ALONE]
    (weber,) = Appearance.objects.filter(entity__person__isnull=False)
    assert len(weber.spans) == 3
    assert weber.extractor.endswith(", spaCy de_harbour 2.1")
    assert run()[0]["status"] == "unchanged"


@pytest.mark.django_db
def test_english_is_read_as_ever(german):
    (report,) = run("Ferry to stop\n\nThe ferry will stop in May, harbour master Deirdre Falvey said on Friday.\n")
    assert [person["name"] for person in report["people"]] == ["Deirdre Falvey"]
    assert report["warnings"] == []


@pytest.mark.django_db
def test_a_language_without_a_tagger_gives_an_article_and_a_warning():
    (report,) = run()
    assert (report["status"], report["people"], report["quotes"]) == ("created", [], [])
    assert report["warnings"] == [NOTHING]
    assert Article.objects.get().text.startswith("Das Hafenamt")


@pytest.mark.django_db
def test_the_command_says_that_nothing_was_extracted(tmp_path, capsys):
    for name in ("eins", "zwei"):
        (tmp_path / f"{name}.txt").write_text(STORY.replace("Mai", name), encoding="utf-8")
    call_command("import_article", str(tmp_path))
    assert f"warning    2 stories: {NOTHING}\n2 stories: 2 created" in capsys.readouterr().out


@pytest.mark.django_db
def test_the_import_page_says_that_nothing_was_extracted(admin_client):
    page = admin_client.post(reverse("admin:articles_article_import"), {"text": STORY, "_preview": "Preview first"})
    assert f"<li>N{NOTHING[1:]}</li>" in page.content.decode()


@pytest.mark.django_db
def test_a_tagger_that_cannot_be_had_fails_the_story_in_one_line(settings):
    settings.NEWSROOM_TAGGERS = {"de": "spacy:de_none_such"}
    (report,) = run()
    assert report["status"] == "failed"
    assert report["error"].startswith("faehre.txt: NEWSROOM_TAGGERS, “de”: there is no spaCy pipeline “de_none_such”")
    assert not Article.objects.exists()


def test_a_variety_of_a_language_has_the_tagger_of_the_language():
    assert tagger_for("en-gb") is tagger_for("en") is shipped_tagger()
    assert tagger_for("de") is tagger_for("") is None


def test_what_is_chosen_out_of_the_box_passes_the_checks():
    assert check_taggers() == []


@pytest.mark.django_db  # Django's own checks ask what the database can do
@pytest.mark.parametrize(
    ("language", "name", "problem"),
    [
        ("german", SHIPPED, "“german” is no code of a language; expected one like “de”"),
        ("de", "", "neither a dotted path nor “spacy:” and the name of a pipeline"),
        ("de", "newsdesk.taggers.german", "No module named 'newsdesk'"),
        ("de", "articles.extraction.tagger.predict.MODEL", "cannot be called"),
        ("de", "spacy:de_none_such", "there is no spaCy pipeline “de_none_such”"),
    ],
    ids=["language", "empty", "module", "no function", "pipeline"],
)
def test_a_wrong_value_is_named(settings, language, name, problem):
    settings.NEWSROOM_TAGGERS = {"en": SHIPPED, language: name}
    (error,) = [error for error in run_checks() if error.id == "articles.E001"]
    assert error.msg.startswith(f"NEWSROOM_TAGGERS has “{language}={name}”: ")
    assert problem in error.msg


def test_without_spacy_the_check_says_how_to_get_it(settings, monkeypatch):
    settings.NEWSROOM_TAGGERS = {"de": "spacy:de_core_news_sm"}
    monkeypatch.setitem(sys.modules, "spacy", None)
    (error,) = check_taggers()
    assert "spaCy is not installed" in error.msg


@pytest.mark.django_db
def test_no_command_runs_with_a_wrong_value(settings, tmp_path):
    settings.NEWSROOM_TAGGERS = {"de": "spacy:de_none_such"}
    with pytest.raises(SystemCheckError, match="there is no spaCy pipeline"):
        call_command("import_article", str(tmp_path), skip_checks=False)


def test_a_tagger_whose_module_is_gone_is_named(settings):
    settings.NEWSROOM_TAGGERS = {"de": "newsdesk.taggers.german"}
    with pytest.raises(ImproperlyConfigured, match="NEWSROOM_TAGGERS, “de”: No module named 'newsdesk'"):
        tagger_for("de")
