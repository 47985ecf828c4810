"""Every article with all that is known of it, out and in again: not a byte of it is lost."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.editing.decide import decide
from articles.editing.merge import merge
from articles.editing.whole import KINDS, OF_ARTICLE, RECORDS
from articles.importing.integrity import problems
from articles.importing.service import import_document
from articles.models import (
    Alias,
    Appearance,
    Article,
    Entity,
    FormerAddress,
    Identifier,
    Location,
    NamePart,
    Person,
    ProposedTag,
    RelatedArticle,
    State,
    Tag,
    TagAddress,
    TagSynonym,
)
from articles.searching.index import disagreements
from tests.access import make_archive
from tests.factories import make_article, make_author, make_byline, make_location, make_person

pytestmark = pytest.mark.django_db(transaction=True)


def exported():
    out = io.StringIO()
    call_command("export_articles", format="jsonl", stdout=out, stderr=io.StringIO())
    return out.getvalue()


def imported(folder, lines, *options):
    file = folder / "export.jsonl"
    file.write_text(lines, encoding="utf-8")
    out = io.StringIO()
    call_command("import_article", str(file), "--with-decisions", *options, stdout=out)
    return out.getvalue()


def empty_site():
    """With the accounts that it had."""
    names = list(get_user_model().objects.values_list("username", flat=True))
    call_command("flush", interactive=False, verbosity=0)
    for name in names:
        get_user_model().objects.create_user(name, is_staff=True)


def newsroom():
    """Articles of every status, decided about in every way, whose records have all that records have."""
    made = make_archive()
    published, draft, ida = made["published"], made["draft"], made["colleague"]
    pratt = published.appearances.get(entity__kind="person")
    decide([pratt], state=State.REJECTED, user=ida)
    decide([*draft.appearances.all()[:2]], state=State.ACCEPTED, user=ida)
    other = make_person("Owen Pratt", description="The engineer.", is_verified=True)
    Appearance.objects.filter(pk=pratt.pk).update(
        candidates=[other.pk], candidate_notes={str(other.pk): ["another job"]}, excluded=[[0, 2]]
    )
    Identifier.objects.create(entity=other, scheme="wikidata", value="Q42")
    Alias.objects.create(entity=other, name="O. Pratt")
    other.tags.add("Engineers")
    # A record that went into another one, and a place within a place.
    finch = draft.appearances.get(entity__kind="person").entity
    merge(finch, make_person("Mara F. Finch"), user=ida)
    ireland = make_location("Ireland", geoname_id=2963597, latitude=53.0, longitude=-8.0)
    Location.objects.filter(name="Cobh").update(part_of=ireland)
    FormerAddress.objects.create(kind="person", slug="old-pratt", record=other.pk)
    FormerAddress.objects.create(kind="article", slug="old-bridge", record=published.pk)
    # Tags with other names, one that was merged, one that an editor rejected.
    harbours = Tag.objects.get(name="Harbours")
    ProposedTag.objects.filter(name="Harbours").update(state=State.ACCEPTED, tag=harbours)
    TagSynonym.objects.create(tag=harbours, name="Ports")
    Tag.objects.create(name="Havens", slug="havens", merged_into=harbours)
    ProposedTag.objects.create(article=published, name="Rivets", state=State.REJECTED, origin="extracted", score=0.25)
    quote = published.quotes.get()
    quote.tags.add("Bridges")
    correction = published.corrections.get()
    correction.quotes.add(quote)
    correction.entities.add(other)
    RelatedArticle.objects.create(article=published, related=draft, position=2)
    TagAddress.objects.create(tag=harbours, slug="old-harbours")
    make_byline(published, make_author("Ana Moss"), role="photographs")
    make_byline(published, name="Tidewire")
    board = published.appearances.get(entity__kind="organisation")
    NamePart.objects.create(appearance=board, name="Quill", kind="person", entity=other)
    Article.objects.filter(pk=published.pk).update(
        edited_fields=["headline", "body"], source_fields={"headline": "Bridge shut"}, urgency=3, revision=7,
        published=datetime(2026, 3, 14, 6, 30, tzinfo=UTC), published_has_time=True, source_identifier="urn:x:1",
        source_version=4, fingerprint="a" * 64, assignee=ida, due=timezone.now(), modified=timezone.now(),
    )  # fmt: skip
    make_article(
        headline="Withdrawn", status="withdrawn", withdrawn_at=timezone.now(), withdrawal_note="It was wrong.",
        released=timezone.now() - timedelta(days=3),
    )  # fmt: skip
    make_article(headline="Later", status="scheduled", scheduled_for=timezone.now() + timedelta(days=9))
    make_article(headline="Held", status="draft", source_status="withheld", dateline_agency="AP")
    # The same words twice: two articles here are two there.
    make_article(headline="In brief", status="draft")
    make_article(headline="In brief", status="draft")
    return made


def test_what_goes_out_comes_in_again_to_the_byte(tmp_path):
    newsroom()
    first = exported()
    assert len(first.splitlines()) == Article.objects.count() == 8
    empty_site()
    assert "8 stories: 8 created" in imported(tmp_path, first)
    assert exported() == first
    assert [*problems(), *disagreements()] == []
    # And again into the site that has it all.
    assert "8 stories: 0 created, 0 updated, 8 unchanged" in imported(tmp_path, first)
    assert exported() == first


def test_the_newsroom_here_has_a_row_of_every_kind():
    """Else going out and in again would show nothing of it."""
    newsroom()
    lines = kept_of(exported())
    told = {name for line in lines for name, value in line.items() if value}
    assert told == {table.name for table in OF_ARTICLE} | {
        "article",
        "former_addresses",
        "picked",
        "picked_for",
        "records",
    }
    records = {key: record for line in lines for key, record in line.get("records", {}).items()}
    assert {key.partition("/")[0] for key in records} == set(KINDS)
    rows = {name for record in records.values() for name, value in record.items() if isinstance(value, list)}
    assert rows == {table.name for tables in RECORDS.values() for table in tables} | {"former_addresses"}
    assert all(
        any(each.name in row for line in lines for row in line.get(table.name, ()))
        for table in OF_ARTICLE
        for each in table.within
    )


def kept_of(lines):
    return [json.loads(line)["kept"] for line in lines.splitlines()]


# What belongs to the newsroom's own work, is made again, or lies in files: a backup has it.
NOT_TOLD = set(
    "articleimport articlepicture articleversion countedday coverage decision desknote draft duplicatepair errorreport "
    "feed feeditem frontpageplace merge nameentry namekey naming presence previewlink saying storyband storypair "
    "tagcoverage tagmerge".split()
)


def test_what_is_not_told_is_left_out_on_purpose():
    def within(tables):
        for table in tables:
            yield table.model
            yield from within(table.within)

    told = {Article, Entity, RelatedArticle, *RECORDS, *within(OF_ARTICLE), *within(sum(RECORDS.values(), ()))}
    owners = {Article, Entity, *RECORDS}
    belonging = {
        model
        for model in apps.get_app_config("articles").get_models()
        if any(each.related_model in owners for each in model._meta.get_fields() if each.many_to_one or each.one_to_one)
    }
    unknown = {model._meta.model_name for model in belonging - told}
    assert unknown == NOT_TOLD, "tell it in editing/whole.py, or say here and in docs/formats.md that it is left out"


@pytest.mark.one_database
def test_decisions_are_taken_over_only_where_somebody_asks(tmp_path):
    """A file that somebody uploads, or a page of the web, is a story like any other."""
    newsroom()
    line = next(line for line in exported().splitlines() if "Bridge quay" in line)
    empty_site()
    (report,) = import_document(line.encode(), source="export.jsonl")
    article = Article.objects.get()
    assert (report["status"], article.status, article.edited_fields) == ("created", "draft", [])
    assert not Appearance.objects.exclude(state=State.SUGGESTED).exists()


@pytest.mark.one_database
def test_who_is_here_already_stays_and_namesakes_are_others(tmp_path):
    newsroom()
    lines = exported()
    empty_site()
    namesake = make_person("Owen Pratt", description="A baker.")
    ireland = make_location("Éire", geoname_id=2963597)
    imported(tmp_path, lines)
    namesake.refresh_from_db()
    assert (namesake.slug, namesake.description) == ("owen-pratt", "A baker.")
    assert not namesake.appearances.exists()
    assert set(Person.objects.filter(name="Owen Pratt").values_list("slug", flat=True)) == {
        *("owen-pratt", "owen-pratt-2", "owen-pratt-3")
    }
    assert Location.objects.get(geoname_id=2963597).name == "Éire"
    assert set(Location.objects.filter(name="Cobh").values_list("part_of", flat=True)) == {ireland.pk}
    assert list(problems()) == []


def test_an_archive_of_them_comes_in_as_well(tmp_path):
    newsroom()
    first = exported()
    empty_site()
    (tmp_path / "whole").mkdir()
    (tmp_path / "whole" / "export.jsonl").write_text(first, encoding="utf-8")
    call_command("import_archive", tmp_path / "whole", "--with-decisions", stdout=io.StringIO())
    assert exported() == first


def changed(path, value):
    def change(kept):
        *way, last = path
        for name in way:
            kept = kept[name]
        if value is None:
            del kept[last]
        else:
            kept[last] = value

    return change


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("change", "why"),
    [
        (changed(["article"], None), "KeyError: 'article'"),
        (changed(["records"], {}), "KeyError: 'section/harbours'"),
        (changed(["article", "colour"], "red"), "KeyError: 'colour'"),
        (changed(["article", "status"], "praised"), "not a valid choice"),
        (changed(["article", "released"], None), "article_published_is_released"),
        (changed(["names", 0, "state"], "praised"), "not a valid choice"),
        (changed(["names", 0, "spans"], [[0, 9_999]]), "a span lies outside the text"),
        (changed(["names", 0, "spans"], "all over"), "does not fit"),
        (changed(["quotations", 0, "text"], "“Never.”"), "its words are not those of the article"),
        (changed(["roles", 0, "organisation"], "location/cobh"), "“location/cobh” stands where a organisation has to"),
        (changed(["corrections", 0, "quotes"], [7]), "IndexError"),
        (changed(["names"], 4), "TypeError"),
    ],
)
def test_a_line_that_somebody_changed_is_refused(tmp_path, change, why):
    newsroom()
    line = json.loads(next(line for line in exported().splitlines() if "Bridge quay" in line))
    change(line["kept"])
    empty_site()
    with pytest.raises(
        CommandError, match=r"1 of 1 stories failed: .*export\.jsonl, line 1: what is kept of it"
    ) as error:
        imported(tmp_path, json.dumps(line))
    assert why in str(error.value)
    assert not Article.objects.exists()
    assert not Entity.objects.exists()
