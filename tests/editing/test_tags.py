"""Tags become one, and two again; a tag gets another name."""

import random

import pytest
from django.core import serializers
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.editing.counts import refresh_counts_of
from articles.editing.days import rebuild_days
from articles.editing.decide import decide
from articles.editing.tags import merge_tags, rename_tag, unmerge_tag
from articles.importing.integrity import problems
from articles.importing.service import ImportOptions, import_document
from articles.models import (
    Article,
    Decision,
    ProposedTag,
    State,
    Tag,
    TagAddress,
    TaggedArticle,
    TaggedEntity,
    TaggedQuote,
    TagMerge,
    TagSynonym,
)
from tests.factories import bear, make_article, make_person, make_proposed_tag, make_quote, make_tag

pytestmark = pytest.mark.django_db

TABLES = (Tag, TagSynonym, TagAddress, TagMerge, TaggedArticle, TaggedEntity, TaggedQuote, ProposedTag)


def dump():
    return serializers.serialize("json", [row for table in TABLES for row in table.objects.order_by("pk")], indent=1)


def names(record):
    return sorted(tag.name for tag in record.tags.all())


def state_of(article, name):
    return ProposedTag.objects.get(article=article, name=name).state


def make_archive(number):
    """Articles, people and quotations under some of five tags, with suggestions in every state that agree."""
    chance = random.Random(number)
    tags = [make_tag(name) for name in ("Ships", "Boats", "Hulls", "Vessels", "Craft")]
    TagSynonym.objects.create(tag=tags[1], name="Dinghies")
    for _ in range(6):
        article = make_article()
        records = [article, make_person(), make_quote(article)]
        for record in records:
            record.tags.set(chance.sample(tags, chance.randint(0, 4)))
        borne = set(article.tags.all())
        for tag in chance.sample(tags, chance.randint(0, 4)):
            open_states = [State.SUGGESTED, State.REJECTED, State.UNSURE]
            make_proposed_tag(article, tag.name, state=State.ACCEPTED if tag in borne else chance.choice(open_states))
        refresh_counts_of([article])
    return tags


def bearing():
    return {
        table: set(table.objects.values_list("pk", "content_object", "tag", "reason"))
        for table in (TaggedArticle, TaggedEntity, TaggedQuote)
    }


def test_what_bears_a_merged_tag_bears_the_survivor_once(editor):
    ships, boats = make_tag("Ships"), make_tag("Boats")
    both, one = make_article(tags=(ships, boats)), make_article(tags=(boats,))
    person, quote = make_person(tags=("Boats",)), make_quote(one)
    bear(quote, boats)
    merge_tags(ships, [boats], user=editor)
    assert [names(record) for record in (both, one, person, quote)] == [["Ships"]] * 4
    assert not TaggedArticle.objects.filter(tag=boats).exists()
    assert Decision.objects.get(subject="tag").after == {"merged into": "Ships"}


def test_the_names_of_a_merged_tag_lead_to_the_survivor(editor):
    ships, boats = make_tag("Ships"), make_tag("Boats")
    TagSynonym.objects.create(tag=boats, name="Dinghies")
    merge_tags(ships, [boats], user=editor)
    assert {other.name for other in ships.other_names.all()} == {"Boats", "Dinghies"}
    assert Tag.objects.named(["boats", "DINGHIES"]) == {"boats": ships, "dinghies": ships}


def test_the_next_import_that_says_the_old_name_suggests_the_survivor(editor):
    merge_tags(make_tag("Ships"), [make_tag("Boats")], user=editor)
    story = b"---\ntitle: Harbour\ntags: Boats\n---\n\nNo boat came."
    import_document(story, source="harbour.md", options=ImportOptions(format="markdown"))
    proposal = ProposedTag.objects.get()
    assert (str(proposal), proposal.evidence) == ("Ships", "keyword “Boats”")


def test_merges_stay_one_step_long_and_are_undone_from_the_outside_in(editor):
    ships, boats, hulls = (make_tag(name) for name in ("Ships", "Boats", "Hulls"))
    merge_tags(boats, [hulls], user=editor)
    merge_tags(ships, [boats], user=editor)
    hulls.refresh_from_db()
    assert hulls.merged_into == ships
    with pytest.raises(ValueError, match="what it was merged into is merged itself"):
        unmerge_tag(hulls, user=editor)
    unmerge_tag(boats, user=editor)
    hulls.refresh_from_db()
    assert hulls.merged_into == boats
    unmerge_tag(hulls, user=editor)
    assert not Tag.objects.exclude(merged_into=None).exists()


@pytest.mark.parametrize("wrong", ["itself", "merged", "into merged"])
def test_only_tags_that_stand_alone_are_merged(editor, wrong):
    ships, boats, hulls = (make_tag(name) for name in ("Ships", "Boats", "Hulls"))
    merge_tags(boats, [hulls], user=editor)
    survivor, loser = {"itself": (ships, ships), "merged": (ships, hulls), "into merged": (hulls, ships)}[wrong]
    before = dump()
    with pytest.raises(ValueError, match="cannot merge into"):
        merge_tags(survivor, [loser], user=editor)
    assert dump() == before


@pytest.mark.parametrize(
    ("theirs", "others", "kept"),
    [
        ("suggested", "suggested", ("Ships", "suggested")),
        ("suggested", "rejected", ("Boats", "rejected")),
        ("unsure", "rejected", ("Boats", "rejected")),
        ("rejected", "unsure", ("Ships", "rejected")),
    ],
)
def test_of_two_suggestions_the_firmer_word_stays(editor, theirs, others, kept):
    article, ships, boats = make_article(), make_tag("Ships"), make_tag("Boats")
    make_proposed_tag(article, "Ships", state=theirs)
    make_proposed_tag(article, "Boats", state=others)
    merge_tags(ships, [boats], user=editor)
    proposal = ProposedTag.objects.get()
    assert (proposal.name, proposal.state, proposal.tag) == (*kept, ships)


def test_a_suggestion_is_accepted_where_the_article_comes_to_bear_the_tag(editor):
    ships, boats = make_tag("Ships"), make_tag("Boats")
    article = make_article(tags=(boats,))
    make_proposed_tag(article, "Ships", state=State.REJECTED)
    merge_tags(ships, [boats], user=editor)
    assert (names(article), state_of(article, "Ships")) == (["Ships"], State.ACCEPTED)
    assert list(problems()) == []
    unmerge_tag(boats, user=editor)
    assert (names(article), state_of(article, "Ships")) == (["Boats"], State.REJECTED)
    logged = Decision.objects.filter(subject="proposedtag").order_by("pk")
    assert [decision.action for decision in logged] == ["accepted", "rejected"]


@pytest.mark.parametrize("number", range(8))
def test_a_merge_undone_leaves_every_row_as_it_was(editor, number):
    ships, boats, hulls, vessels, craft = make_archive(number)
    before = dump()
    merge_tags(boats, [hulls, craft], user=editor)
    merge_tags(ships, [vessels, boats], user=editor)
    assert list(problems()) == []
    assert {"Boats", "Hulls"} & set(Article.objects.values_list("tags__name", flat=True)) == set()
    for tag in (boats, vessels, craft, hulls):
        unmerge_tag(tag, user=editor)
        assert list(problems()) == []
    assert dump() == before


@pytest.mark.parametrize("number", range(8))
def test_merges_are_undone_in_any_order(editor, number):
    ships, *others = make_archive(number)
    before = bearing()
    merge_tags(ships, others, user=editor)
    random.Random(number).shuffle(others)
    for tag in others:
        unmerge_tag(tag, user=editor)
        assert list(problems()) == []
    assert bearing() == before


def test_an_article_bears_the_survivor_as_long_as_one_of_its_tags_is_merged(editor):
    ships, boats, hulls, craft = (make_tag(name) for name in ("Ships", "Boats", "Hulls", "Craft"))
    article = make_article(tags=(boats, hulls, craft))
    merge_tags(ships, [boats, hulls, craft], user=editor)
    unmerge_tag(boats, user=editor)
    assert names(article) == ["Boats", "Ships"]
    unmerge_tag(hulls, user=editor)
    assert names(article) == ["Boats", "Hulls", "Ships"]
    unmerge_tag(craft, user=editor)
    assert names(article) == ["Boats", "Craft", "Hulls"]


def test_what_came_after_a_merge_stays_and_what_was_taken_off_stays_off(editor):
    ships, boats = make_tag("Ships"), make_tag("Boats")
    kept, untagged, doubly = make_article(tags=(boats,)), make_article(tags=(boats,)), make_article(tags=(ships, boats))
    merge_tags(ships, [boats], user=editor)
    later = make_article(tags=("Ships",))
    bear(untagged), bear(doubly)
    TagSynonym.objects.create(tag=ships, name="Vessels")
    unmerge_tag(boats, user=editor)
    assert [names(article) for article in (kept, untagged, doubly, later)] == [["Boats"], [], [], ["Ships"]]
    assert [other.name for other in ships.other_names.all()] == ["Vessels"]


def test_records_deleted_since_are_no_obstacle(editor):
    ships, boats = make_tag("Ships"), make_tag("Boats")
    for tags in ((ships, boats), (boats,)):
        make_proposed_tag(make_article(tags=tags), "Boats", state=State.ACCEPTED)
    merge_tags(ships, [boats], user=editor)
    Article.objects.all().delete()
    rebuild_days()
    unmerge_tag(boats, user=editor)
    assert not ProposedTag.objects.exists()
    assert list(problems()) == []


def test_a_decision_taken_since_the_merge_stands(editor):
    ships, boats = make_tag("Ships"), make_tag("Boats")
    article = make_article(tags=(boats,))
    make_proposed_tag(article, "Ships")
    merge_tags(ships, [boats], user=editor)
    decide(ProposedTag.objects.all(), state=State.REJECTED, user=editor)
    unmerge_tag(boats, user=editor)
    assert (names(article), state_of(article, "Ships")) == ([], State.REJECTED)


def test_a_merge_asks_as_much_for_many_rows_as_for_one(editor):
    def queries(number):
        ships, boats = make_tag(f"Ships {number}"), make_tag(f"Boats {number}")
        for _ in range(number):
            make_proposed_tag(make_article(tags=(ships, boats)), boats.name, state=State.ACCEPTED)
        with CaptureQueriesContext(connection) as captured:
            merge_tags(ships, [boats], user=editor)
        return [query["sql"] for query in captured.captured_queries]

    one, many = queries(1), queries(7)
    assert len(many) == len(one), "\n".join(many)


def test_the_name_and_the_address_that_a_tag_had_lead_to_it(editor, client):
    tag = make_tag("Ferries")
    make_article(tags=(tag,))
    rename_tag(tag, "Ferry lines", user=editor)
    assert Tag.objects.named(["FERRIES"]) == {"ferries": tag}
    response = client.get("/tags/ferries/")
    assert (response.status_code, response["Location"]) == (301, "/tags/ferry-lines/")
    assert client.get("/tags/ferry-lines/").status_code == 200
    assert Decision.objects.get().before == {"name": "Ferries", "address": "ferries"}


def test_a_former_address_of_a_merged_tag_leads_to_the_survivor(editor, client):
    ships, boats = make_tag("Ships"), make_tag("Boats")
    rename_tag(boats, "Dinghies", user=editor)
    merge_tags(ships, [boats], user=editor)
    for address in ("/tags/boats/", "/tags/dinghies/"):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (301, "/tags/ships/")


def test_a_tag_that_takes_an_address_keeps_it(editor, client):
    tag = make_tag("Ferries")
    rename_tag(tag, "Ships", user=editor)
    make_article(tags=(make_tag("Ferries!"),))
    assert client.get("/tags/ferries/").status_code == 200


def test_a_tag_goes_back_to_a_name_it_had(editor):
    tag = make_tag("Ferries")
    before = dump()
    rename_tag(tag, "Ships", user=editor)
    rename_tag(tag, "Ferries", user=editor)
    TagSynonym.objects.get(name="Ships").delete()
    TagAddress.objects.get(slug="ships").delete()
    assert dump() == before
    assert list(problems()) == []


@pytest.mark.parametrize(
    ("slug", "name", "asked", "expected"),
    [
        ("ferries", "FERRIES", "", "ferries"),
        ("ferries", "Ships", "", "ships"),
        ("ferries", "Ships", "on-the-water", "on-the-water"),
        ("on-the-water", "Ships", "", "on-the-water"),
        ("ferries", "Ports", "", "ports-2"),
    ],
    ids=["case alone", "follows the name", "asked for", "once chosen", "taken"],
)
def test_the_address_of_a_renamed_tag(editor, slug, name, asked, expected):
    make_tag("Harbours", slug="ports")
    tag = make_tag("Ferries", slug=slug)
    rename_tag(tag, name, slug=asked, user=editor)
    tag.refresh_from_db()
    assert (tag.name, tag.slug) == (name, expected)


def test_a_name_that_leads_to_another_tag_is_refused(editor):
    TagSynonym.objects.create(tag=make_tag("Ships"), name="Boats")
    with pytest.raises(ValueError, match="cannot be named “boats”"):
        rename_tag(make_tag("Ferries"), "boats", user=editor)


def test_nothing_is_logged_where_nothing_changes(editor):
    rename_tag(make_tag("Ferries"), "Ferries", user=editor)
    assert not Decision.objects.exists()
