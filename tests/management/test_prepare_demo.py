import json
import shutil

import pytest
from django.core.management import call_command

from articles.demo.desk import FOLDER
from articles.models import (
    Article,
    Correction,
    Decision,
    DeskNote,
    ErrorReport,
    FrontPagePlace,
    Person,
    Quote,
    Section,
    Series,
    Tag,
)

DESK = json.loads((FOLDER / "desk.json").read_text(encoding="utf-8"))
PICTURES = json.loads((FOLDER / "pictures" / "pictures.json").read_text(encoding="utf-8"))
FILES = {path.name for path in (FOLDER / "stories").iterdir()}
# A namesake each, a correction with a quotation, one withdrawn, one in French, one of a series, one that waits.
SOME = (
    "2024-10-05-twomey-penalties.md",
    "2025-11-19-roscoff-fret.md",
    "2026-04-30-tide-tables-benjumea.md",
    "2026-06-30-oyster-beds.txt",
    "2026-08-27-ship-brine-claim.md",
    "2026-09-24-strike-deal.md",
    "2026-10-22-oyster-festival.md",
    "2026-11-17-lucey-president.txt",
    "2026-11-25-whale-in-the-lee.txt",
)


@pytest.fixture
def demo(tmp_path):
    folder = tmp_path / "demo" / "stories"
    folder.mkdir(parents=True)
    for name in SOME:
        shutil.copy(FOLDER / "stories" / name, folder)
    return folder


@pytest.fixture
def prepared(demo, capsys):
    call_command("load_authority", FOLDER / "authority.csv", verbosity=0)
    call_command("import_article", str(demo), verbosity=0)
    call_command("prepare_demo", verbosity=0)
    return capsys.readouterr().out


def test_the_desk_speaks_of_stories_that_are_there():
    named = {
        *DESK["stories"],
        *DESK["waiting"],
        *DESK["withdrawn"],
        *DESK["reports"],
        *DESK["front_page"],
        *(story for each in DESK["related"].items() for story in [each[0], *each[1]]),
        *(part for series in DESK["series"].values() for part in series["parts"]),
        *(each["story"] for each in [*DESK["corrections"], *DESK["namesakes"], *PICTURES]),
    }
    assert named == FILES
    assert {story["section"] for story in DESK["stories"].values()} == set(DESK["sections"])


def test_what_is_corrected_stands_in_the_story():
    for each in DESK["corrections"]:
        assert each["old"] in (FOLDER / "stories" / each["story"]).read_text(encoding="utf-8")


def test_there_are_stories_of_every_format_and_year():
    assert len(FILES) >= 60
    assert {name.rpartition(".")[2] for name in FILES} == {"txt", "md", "html"}
    assert {name[:4] for name in FILES} == {"2024", "2025", "2026"}


@pytest.mark.django_db
def test_an_editor_has_decided_filed_and_published(prepared):
    statuses = dict(Article.objects.values_list("headline", "status"))
    assert statuses.pop("Whale swims up the Lee, thinks again") == "in_review"
    assert statuses.pop("Ship’s brine killed salmon in the Lee, anglers say") == "withdrawn"
    assert set(statuses.values()) == {"published"}
    assert "Password:" in prepared
    # Two people of one name, each with their own story.
    twomeys = Person.objects.filter(name="Michael Twomey", article_count__gt=0)
    assert sorted(twomeys.values_list("description", flat=True)) == [
        "Goalkeeper and captain of Lee Rovers until 2025.",
        "Has grown oysters at Oysterhaven since 1988.",
    ]
    # What no tagger reads was marked by hand.
    french = Article.objects.get(language="fr")
    assert french.quotes.shown().filter(speaker__name="Yann Kerbrat").count() == 1
    assert Tag.objects.get(name="transports").merged_into.name == "shipping"
    # The captain's answers, which stand behind her name in capitals.
    assert Quote.objects.public().filter(speaker__name="Rocío Benjumea").count() >= 5
    assert not Person.objects.filter(name__startswith="BENJUMEA", article_count__gt=0)
    correction = Correction.objects.get(quotes__isnull=False)
    assert correction.quotes.get().text == "“It was eleven minutes,”"
    assert Section.objects.public().count() == 7
    assert Series.objects.get(name="Tide tables").articles.get().part == 1
    assert FrontPagePlace.objects.get(position=1).article.slug.startswith("crane-driver-lucey")
    assert ErrorReport.objects.open().count() == DeskNote.objects.count() == 1
    call_command("check_integrity", verbosity=0)


@pytest.mark.django_db
def test_preparing_again_decides_nothing(prepared):
    before = Decision.objects.count()
    call_command("prepare_demo", verbosity=0)
    assert Decision.objects.count() == before
    assert ErrorReport.objects.count() == DeskNote.objects.count() == 1
