from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.apps import apps

from articles.editing.bylines import editing_byline
from articles.editing.decide import decide, reattribute
from articles.editing.embargo import set_embargo
from articles.editing.moves import move
from articles.editing.review.batches import Item, Place, carry_out
from articles.editing.revise import save_edit
from articles.editing.withdraw import withdraw
from articles.extraction.tagger import predict
from articles.importing.service import ImportOptions, extract_article, import_document
from articles.models import (
    Appearance,
    Article,
    ArticleImport,
    Author,
    Location,
    Organisation,
    Person,
    Quote,
    Role,
    State,
    Tag,
)
from articles.text.spans import Span
from tests.factories import make_appearance, make_article

pytestmark = pytest.mark.django_db

STORY = """\
Ferry company to close Cobh route

By Sheila Brannigan

Friday, March 6, 2026

COBH, Ireland (Lee Press) -- The ferry from Cobh will stop in May, harbour master Deirdre Falvey said on Friday.

"We have counted eleven passengers since Christmas," Falvey said. "One of them was my brother."

Transport Minister Conor Laffan told reporters in Dublin that the government "will not buy a boat".

The Irish Seafarers Union (ISU) called a meeting. "They never asked us," said Tomas Keohane, the union's secretary.
"""


def run(text=STORY, *, source="ferry.txt", user=None, **options):
    return import_document(text.encode(), source=source, options=ImportOptions(**options), user=user)


def rows():
    """Every row of every table of ours."""
    return {
        model.__name__: sorted(map(str, model._base_manager.values_list()))
        for model in apps.get_app_config("articles").get_models()
    }


def test_a_story_becomes_records():
    (report,) = run()
    assert (report["status"], report["error"], report["slug"]) == ("created", None, "ferry-company-to-close-cobh-route")
    article = Article.objects.get()
    assert article.headline == "Ferry company to close Cobh route"
    assert article.bylines.get().name == "Sheila Brannigan"
    assert (article.dateline_place, article.dateline_agency) == ("COBH, Ireland", "Lee Press")
    assert article.published.date() == date(2026, 3, 6)
    assert not article.published_has_time
    assert set(Person.objects.values_list("name", flat=True)) == {"Deirdre Falvey", "Conor Laffan", "Tomas Keohane"}
    assert set(Quote.objects.values_list("text", "speaker__name")) >= {
        ('"We have counted eleven passengers since Christmas," "One of them was my brother."', "Deirdre Falvey"),
        ('"They never asked us,"', "Tomas Keohane"),
    }
    assert set(Role.objects.values_list("person__name", "title")) >= {
        ("Deirdre Falvey", "harbour master"),
        ("Conor Laffan", "Transport Minister"),
    }
    assert Location.objects.get(name="Dublin").country == "IE"
    assert {alias.name for alias in Organisation.objects.get().aliases.all()} == {"Irish Seafarers Union", "ISU"}


def test_appearance_says_how_sure_the_machine_is():
    run()
    assert 0.5 < Appearance.objects.get(name="Deirdre Falvey").score <= 1


def test_everything_waits_for_a_person_and_says_why():
    run()
    proposals = [*Appearance.objects.all(), *Quote.objects.all(), *Role.objects.all()]
    assert {proposal.state for proposal in proposals} == {State.SUGGESTED}
    assert all(proposal.evidence and proposal.extractor for proposal in proposals)
    assert Article.objects.get().status == "draft"
    assert not Person.objects.public()


def test_roles_places_and_links_say_why():
    (report,) = run()
    role = Role.objects.get(title="harbour master")
    assert role.evidence == "stands before the name"
    evidence = Appearance.objects.get(entity__name="Dublin").evidence
    assert evidence.endswith("the archive has none of this name")
    (dublin,) = [location for location in report["locations"] if location["name"] == "Dublin"]
    assert f"{dublin['evidence']}; {dublin['place_evidence']}; " in evidence
    people = {person["name"]: person for person in report["people"]}
    assert people["Deirdre Falvey"]["roles"][0]["evidence"] == role.evidence
    assert people["Deirdre Falvey"]["evidence"]


def test_a_quotation_says_whom_it_was_told_and_where():
    story = (
        STORY
        + """
"The boat is sold," Laffan told Radio Tarn in an emailed statement on Friday.
"""
    )
    (report,) = run(story)
    (quote,) = [quote for quote in report["quotes"] if "is sold" in quote["text"]]
    words = [report["text"][slice(*quote[phrase])] for phrase in ("addressee", "occasion")]
    assert words == ["Radio Tarn", "in an emailed statement"]
    saved = Quote.objects.get(text__contains="is sold")
    assert [saved.addressee, saved.occasion] == words
    (report,) = run(story.replace("COBH, Ireland (Lee Press) -- The", "COBH, Ireland (Lee Press) -- Once more: the"))
    assert report["status"] == "updated"
    saved = Quote.objects.get(text__contains="is sold")
    text = Article.objects.get().text
    assert [saved.addressee, saved.occasion] == words
    assert text[saved.addressee_start : saved.addressee_end] == "Radio Tarn"
    assert text[saved.occasion_start : saved.occasion_end] == "in an emailed statement"


def test_the_same_story_again_changes_nothing():
    run(tags=("Ferries",), publish=True)
    before = rows()
    (report,) = run(source="copies/ferry-2.txt", tags=("ferries",), publish=True)
    assert report["status"] == "unchanged"
    assert report["people"]
    assert rows() == before


def test_a_newer_version_keeps_what_a_person_decided(editor):
    run()
    accepted = Quote.objects.get(text__contains="passengers")
    decide([accepted], state=State.ACCEPTED, user=editor)
    rejected = Appearance.objects.get(entity__name="Conor Laffan")
    decide([rejected], state=State.REJECTED, user=editor)
    reattributed = Quote.objects.get(text__contains="asked us")
    reattribute(reattributed, speaker=None, user=editor)

    places = {quote.pk: quote.start for quote in Quote.objects.all()}

    newer = STORY.replace("The ferry from Cobh will", "The small car ferry from Cobh will").replace(
        "called a meeting.", "called a meeting for Monday."
    )
    (report,) = run(newer, source="ferry.txt")
    assert report["status"] == "updated"
    article = Article.objects.get()
    assert "small car ferry" in article.text
    accepted.refresh_from_db()
    reattributed.refresh_from_db()
    assert accepted.start == places[accepted.pk] + len("small car ")
    assert reattributed.start == places[reattributed.pk] + len("small car ") + len(" for Monday")
    assert (accepted.state, accepted.speaker.name) == (State.ACCEPTED, "Deirdre Falvey")
    assert (reattributed.state, reattributed.speaker) == (State.CHANGED, None)
    rejected.refresh_from_db()
    assert rejected.state == State.REJECTED
    assert Quote.objects.filter(text__contains="passengers").count() == 1


def test_a_rejected_quotation_is_not_proposed_again(editor):
    run()
    decide(Quote.objects.all(), state=State.REJECTED, user=editor)
    number = Quote.objects.count()
    run(STORY.replace("in May", "in June"))
    assert Quote.objects.count() == number
    assert {quote.state for quote in Quote.objects.all()} == {State.REJECTED}


def test_suggestions_that_a_newer_version_drops_disappear_with_their_records():
    run()
    run(STORY.replace("Transport Minister Conor Laffan told reporters in Dublin that the", "The"))
    assert not Person.objects.filter(name="Conor Laffan")
    assert not Location.objects.filter(name="Dublin")
    assert Person.objects.filter(name="Deirdre Falvey")


def test_a_record_that_an_editor_touched_stays(editor):
    run()
    Person.objects.filter(name="Conor Laffan").update(is_verified=True)
    run(STORY.replace("Transport Minister Conor Laffan told reporters in Dublin that the", "The"))
    assert Person.objects.filter(name="Conor Laffan")


def test_fields_that_an_editor_typed_are_kept(editor):
    run()
    article = Article.objects.get()
    article.headline, article.body = "Cobh loses its ferry", article.body.replace("eleven", "twelve")
    save_edit(article, changed=["headline", "body"], user=editor)
    (report,) = run(STORY.replace("in May", "in June"))
    assert report["status"] == "updated"
    assert report["warnings"] == ["kept what an editor typed: body, headline"]
    article.refresh_from_db()
    assert article.headline == "Cobh loses its ferry"
    assert "twelve passengers" in article.text
    assert "in May" in article.text
    assert report["text"] == article.text


def printed(article):
    return list(article.bylines.in_order().values_list("name", "role", "author__name"))


@pytest.mark.parametrize(
    "line",
    ["By Sheila Brannigan, photographs by Bo Ek", "By Sheila Brannigan\nPictures: Bo Ek"],
    ids=["in one line", "in two"],
)
def test_who_took_the_photographs_stands_on_the_byline_with_an_author_each(line):
    (report,) = run(STORY.replace("By Sheila Brannigan", line))
    assert (report["byline"], report["credits"]) == (["Sheila Brannigan"], [{"name": "Bo Ek", "role": "photographs"}])
    assert printed(Article.objects.get()) == [
        ("Sheila Brannigan", "reporting", "Sheila Brannigan"),
        ("Bo Ek", "photographs", "Bo Ek"),
    ]


def test_a_newer_version_brings_its_byline_unless_an_editor_typed_one(editor):
    run()
    article = Article.objects.get()
    run(STORY.replace("By Sheila Brannigan", "By Sheila Brannigan and Bo Ek"))
    assert [name for name, *_ in printed(article)] == ["Sheila Brannigan", "Bo Ek"]
    with editing_byline(article, user=editor):
        article.bylines.filter(name="Bo Ek").delete()
    (report,) = run(STORY.replace("By Sheila Brannigan", "By Ana Lopez"))
    assert report["warnings"] == ["kept what an editor typed: byline"]
    assert [name for name, *_ in printed(article)] == ["Sheila Brannigan"]
    assert Author.objects.count() == 2


def test_a_dry_run_writes_nothing():
    before = rows()
    (report,) = run(dry_run=True, publish=True, tags=("Ferries",))
    assert (report["status"], report["slug"], report["tags"]) == ("dry-run", None, ["Ferries"])
    assert len(report["people"]) == 3
    assert rows() == before


def test_existing_articles_can_be_left_alone():
    run()
    before = rows()
    (report,) = run(STORY.replace("in May", "in June"), existing="skip")
    assert report["status"] == "unchanged"
    assert report["warnings"] == ["imported before and different now: left as it is"]
    assert rows() == before


def test_a_withdrawn_article_never_comes_back_by_an_import(editor):
    run(publish=True)
    withdraw(Article.objects.get(), note="It was not true.", user=editor)
    (report,) = run(STORY.replace("in May", "in June"), publish=True)
    assert report["warnings"] == ["left unpublished: an editor moved it, and it is withdrawn"]
    assert not Article.objects.published()
    move(Article.objects.all(), "reinstate", user=editor)
    run(STORY.replace("in May", "in July"), publish=True)
    assert not Article.objects.published()


def test_an_embargoed_article_is_left_unpublished_by_an_import_that_says_so(editor):
    run()
    set_embargo(Article.objects.get(), until=datetime(2131, 6, 2, 8, 30, tzinfo=UTC), user=editor)
    (report,) = run(publish=True)
    assert report["warnings"] == ["left unpublished: It is embargoed until 2 June 2131, 08:30 UTC."]
    assert not Article.objects.published()


def test_what_a_person_sent_to_review_is_left_to_people(editor):
    run()
    move(Article.objects.all(), "submit", user=editor)
    (report,) = run(publish=True)
    assert report["warnings"] == ["left unpublished: an editor moved it, and it is in review"]


def test_a_draft_is_published_when_asked_for():
    run()
    (report,) = run(publish=True)
    assert report["status"] == "updated"
    assert Article.objects.published()


def test_a_merged_tag_is_replaced_by_the_one_it_went_into():
    harbours = Tag.objects.create(name="Harbours")
    Tag.objects.create(name="Ports", merged_into=harbours)
    (report,) = run(tags=("ports", "Ferries"))
    assert sorted(report["tags"]) == ["Ferries", "Harbours"]
    assert set(Article.objects.get().tagged_items.values_list("reason", flat=True)) == {"given with the import"}


BRIEF = """\
In brief

The {what} of Cobh meets on Monday at {hour} in the town hall to talk about the {topic}.

All may come.
"""


def test_undated_stories_with_one_headline_are_one_story_only_if_they_read_alike():
    run(BRIEF.format(what="council", hour="seven", topic="ferry"), source="1.txt")
    run(
        "In brief\n\nA dog was found in Youghal on Sunday. It answers to the name of Prince.\n\nAsk at the station.\n",
        source="2.txt",
    )
    assert Article.objects.count() == 2
    (report,) = run(BRIEF.format(what="council", hour="eight", topic="ferry"), source="3.txt")
    assert report["status"] == "updated"
    assert Article.objects.count() == 2


def test_what_the_document_does_not_say_may_be_given():
    run(BRIEF.format(what="council", hour="seven", topic="ferry"), publisher="Lee Press", date=date(2026, 2, 3))
    article = Article.objects.get()
    assert (article.publisher, article.published.date()) == ("Lee Press", date(2026, 2, 3))
    run(STORY, date=date(2026, 2, 3))
    assert Article.objects.get(headline__startswith="Ferry").published.date() == date(2026, 3, 6)


def test_a_brief_is_read_in_the_language_of_the_newsroom(settings):
    brief = "Ferry to stop\n\nHarbour master Deirdre Falvey: “Eleven passengers.”\n"
    assert len(run(brief, dry_run=True)[0]["people"]) == 1
    settings.LANGUAGE_CODE = "de"
    (report,) = run(brief, dry_run=True)
    assert (report["people"], report["language"]) == ([], "")
    assert report["warnings"] == ["nothing was extracted: there is no tagger for the language “de”"]


def test_a_story_typed_by_an_editor_is_extracted_from(editor):
    body = "<p>The ferry will stop, harbour master Deirdre Falvey said.</p><p>“Eleven passengers,” Falvey said.</p>"
    article = Article(headline="Ferry to stop", body=body)
    save_edit(article, changed=["headline", "body"], user=editor)
    extract_article(article)
    assert Appearance.objects.get().entity.name == "Deirdre Falvey"
    decide(Quote.objects.filter(text="“Eleven passengers,”"), state=State.ACCEPTED, user=editor)
    article.body = body + "<p>Tomas Keohane of the Irish Seafarers Union called a meeting.</p>"
    save_edit(article, changed=["body"], user=editor)
    extract_article(article)
    assert Person.objects.count() == 2
    assert Quote.objects.get(text="“Eleven passengers,”").state == State.ACCEPTED


def test_a_story_that_does_not_fit_leaves_nothing_but_a_line_in_the_log():
    before = {**rows(), "ArticleImport": None}
    long = f"---\ntitle: Ferry to close\nsource: {'Lee Press ' * 30}\n---\n\nThe ferry from Cobh will stop in May.\n"
    (report,) = run(long, source="long.md")
    assert report["status"] == "failed"
    assert report["error"].startswith("long.md: publisher: ")
    assert {**rows(), "ArticleImport": None} == before
    logged = ArticleImport.objects.get()
    assert (logged.status, logged.source, logged.error) == ("failed", "long.md", report["error"])


def test_an_unreadable_document_is_reported_in_one_line():
    (report,) = import_document(b"\x89PNG\r\n\x1a\n" + bytes(200), source="photo.txt")
    assert report["status"] == "failed"
    assert report["error"].startswith("photo.txt: ")
    assert "\n" not in report["error"]
    assert not Article.objects.exists()


def test_an_import_by_an_editor_is_logged_under_their_name(editor):
    run(user=editor)
    logged = ArticleImport.objects.get()
    assert (logged.user, logged.article, logged.status) == (editor, Article.objects.get(), "created")
    assert logged.report["headline"] == "Ferry company to close Cobh route"


class StationMaster:
    """A tagger of a newsroom's own: it knows one name."""

    version = "station master 3"

    def tag(self, text):
        start = text.index("Falvey")
        return predict.Tags(names=(predict.Tag(Span(start, start + 6), "organisation", 0.9),))


def test_a_newsroom_may_bring_its_own_tagger(settings):
    settings.NEWSROOM_TAGGERS = {"en": "tests.importing.test_service.StationMaster"}
    run()
    assert "Falvey" in Organisation.objects.values_list("name", flat=True)
    assert {appearance.extractor.partition(", ")[2] for appearance in Appearance.objects.all()} == {"station master 3"}


def test_what_an_editor_said_of_a_place_survives_an_import(editor):
    run()
    article = Article.objects.get()
    row = Appearance.objects.get(name="Deirdre Falvey")
    start = article.text.index("Falvey said", row.spans[0][1])
    off = Place(start, start + 6, "Falvey")
    assert [start, start + 6] in row.spans
    item = Item(f"appearance-{row.pk}", "reject", place=off)
    assert carry_out(article, [item], user=editor, batch=uuid4()).refused == {}
    union = Appearance.objects.get(name="Irish Seafarers Union")
    item = Item(f"appearance-{union.pk}", "kind", kind="location")
    assert carry_out(article, [item], user=editor, batch=uuid4()).refused == {}
    before = set(Appearance.objects.values_list("pk", "entity__kind", "state"))
    run(STORY.replace("eleven passengers", "twelve passengers"))
    row.refresh_from_db()
    assert [start, start + 6] not in row.spans
    assert set(Appearance.objects.values_list("pk", "entity__kind", "state")) == before


def test_a_name_that_means_another_record_here_goes_on_meaning_it(editor):
    run()
    article = Article.objects.get()
    union = Appearance.objects.get(name="Irish Seafarers Union")
    make_appearance(make_article(body="<p>Irish Seafarers Union met.</p>"), union.entity)
    item = Item(f"appearance-{union.pk}", "kind", kind="location")
    assert carry_out(article, [item], user=editor, batch=uuid4()).refused == {}
    before = set(article.appearances.values_list("pk", "entity__kind", "state"))
    run(STORY.replace("eleven passengers", "twelve passengers"))
    assert set(article.appearances.values_list("pk", "entity__kind", "state")) == before
