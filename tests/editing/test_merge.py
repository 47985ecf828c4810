"""Two records become one, and two again with the very same rows."""

import pytest
from django.db import connection
from django.db.models import ForeignKey
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.editing.decide import decide
from articles.editing.merge import REFERENCES, Occurrences, Refused, merge, newcomers, unmerge
from articles.editing.revise import save_edit
from articles.importing.integrity import problems
from articles.importing.service import import_document
from articles.models import (
    Appearance,
    Article,
    Correction,
    Coverage,
    Decision,
    DuplicatePair,
    Entity,
    Identifier,
    Location,
    Merge,
    NameEntry,
    NamePart,
    Naming,
    Organisation,
    Person,
    Quote,
    Role,
    Saying,
    State,
)
from articles.searching.index import disagreements, rebuild
from tests.factories import (
    make_appearance,
    make_article,
    make_location,
    make_organisation,
    make_person,
    make_quote,
    make_role,
)
from tests.rows import dump
from tests.searched import searched

pytestmark = pytest.mark.django_db

BODY = "<p>“It sails,” said Elizabeth Finch, harbour master. Liz Finch waved. “At last,” said Liz Finch.</p>"


@pytest.fixture
def elizabeth():
    return make_person("Elizabeth Finch", aliases=("Elizabeth Finch",), tags=("Ferries",))


@pytest.fixture
def liz():
    return make_person("Liz Finch", aliases=("Liz Finch", "Lizzie Finch"), tags=("Ferries", "Harbours"))


@pytest.fixture
def stories(elizabeth, liz):
    """An article in which both stand, and one with Liz alone."""
    both, alone = make_article(body=BODY), make_article(body="<p>“No,” said Liz Finch, pilot.</p>")
    make_appearance(both, elizabeth)
    make_appearance(both, liz, state="suggested")
    make_appearance(alone, liz)
    make_quote(both, "“It sails,”", speaker=elizabeth)
    make_quote(both, "“At last,”", speaker=liz)
    make_quote(alone, "“No,”", speaker=liz)
    make_role(both, elizabeth)
    make_role(alone, liz, "pilot")
    return both, alone


# Rows that follow from others are made anew.
FOLLOWING = (Coverage, NameEntry, Naming, Saying)


def test_every_key_to_a_record_is_known():
    records = (Entity, Person, Organisation, Location)
    keys = {
        (model, field.attname)
        for model in Entity._meta.apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if isinstance(field, ForeignKey) and not field.remote_field.parent_link and field.related_model in records
    }
    assert {key for key in keys if key[0] not in (Merge, DuplicatePair, *FOLLOWING)} == set(REFERENCES)


def test_all_that_one_record_has_goes_to_the_other(elizabeth, liz, stories):
    both, alone = stories
    Identifier.objects.create(entity=liz, scheme="wikidata", value="Q1")
    merge(elizabeth, liz, user=None)
    assert not any(model._base_manager.filter(**{field: liz.pk}).exists() for model, field in REFERENCES)
    assert [quote.speaker_id for quote in Quote.objects.all()] == [elizabeth.pk] * 3
    assert [role.person_id for role in Role.objects.all()] == [elizabeth.pk] * 2
    [one] = both.appearances.all()
    assert [both.text[start:end] for start, end in one.spans] == ["Elizabeth Finch", "Liz Finch"]
    assert (one.state, alone.appearances.get().entity_id) == ("accepted", elizabeth.pk)
    elizabeth.refresh_from_db(), liz.refresh_from_db()
    assert liz.merged_into_id == elizabeth.pk
    assert (elizabeth.article_count, elizabeth.quote_count, liz.article_count) == (2, 3, 0)
    assert {alias.name for alias in elizabeth.aliases.all()} == {"Elizabeth Finch", "Liz Finch", "Lizzie Finch"}
    assert {tag.name for tag in elizabeth.tags.all()} == {"Ferries", "Harbours"}
    assert elizabeth.identifiers.get().value == "Q1"


def test_a_merge_taken_back_gives_the_very_same_rows(elizabeth, liz, stories, admin_user):
    both, alone = stories
    NamePart.objects.create(appearance=both.appearances.get(entity=liz), name="Finch", kind="person", entity=liz)
    NamePart.objects.create(appearance=both.appearances.get(entity=elizabeth), name="Finch", kind="person")
    other = make_person()
    for state, pair in {"different": (elizabeth, other), "suggested": (liz, other), "unsure": (elizabeth, liz)}.items():
        first, second = sorted(each.pk for each in pair)
        DuplicatePair.objects.create(first_id=first, second_id=second, state=state)
    asked = make_appearance(
        make_article(), other, candidates=[liz.pk, elizabeth.pk], candidate_notes={str(liz.pk): "a pilot"}
    )
    make_role(alone, other, "waved")
    rows = dump()
    done = merge(elizabeth, liz, user=admin_user, taking=["name", "is_verified"])
    asked.refresh_from_db()
    assert (asked.candidates, asked.candidate_notes) == ([elizabeth.pk], {str(elizabeth.pk): "a pilot"})
    assert rows != dump()
    unmerge(done, user=admin_user)
    assert dump() == rows
    assert [each.action for each in Decision.objects.order_by("pk")] == ["merge", "undo merge"]
    with pytest.raises(Refused, match="already"):
        unmerge(done, user=None)


@pytest.mark.parametrize("kind", [make_organisation, make_location])
def test_organisations_and_places_are_merged_with_what_names_them(kind):
    right, wrong = kind("Cobh"), kind("Queenstown", **{"geoname_id": 7} if kind is make_location else {})
    article = make_article(body="<p>The mayor of Cobh, once Queenstown.</p>")
    make_role(article, make_person(), "mayor", **{right.kind: wrong})
    inside = make_location("The Holy Ground", part_of=wrong) if kind is make_location else None
    rows = dump()
    done = merge(right, wrong, user=None)
    assert getattr(Role.objects.get(), right.kind) == right
    if inside:
        inside.refresh_from_db(), right.refresh_from_db()
        assert (inside.part_of, right.geoname_id) == (right, 7)
    unmerge(done, user=None)
    assert dump() == rows


def test_a_place_is_never_put_into_itself():
    ireland = make_location("Ireland")
    other = make_location("County Cork", part_of=ireland)
    cobh = make_location("Cobh", part_of=other)
    cork = make_location("Cork", part_of=cobh)
    rows = dump()
    done = merge(cork, other, user=None)
    cork.refresh_from_db(), cobh.refresh_from_db()
    assert (cork.part_of, cobh.part_of) == (ireland, cork)
    unmerge(done, user=None)
    assert dump() == rows


def test_values_survive_where_they_are_chosen(elizabeth, liz):
    Person.objects.filter(pk=liz.pk).update(description="A pilot.", gender="female")
    Person.objects.filter(pk=elizabeth.pk).update(description="A harbour master.")
    done = merge(elizabeth, liz, user=None)
    elizabeth.refresh_from_db()
    assert (elizabeth.description, elizabeth.gender) == ("A harbour master.", "female")
    unmerge(done, user=None)
    merge(elizabeth, liz, user=None, taking=["name", "description"])
    elizabeth.refresh_from_db()
    assert (elizabeth.name, elizabeth.given_name, elizabeth.description) == ("Liz Finch", "Liz", "A pilot.")
    assert elizabeth.gender == ""
    assert "elizabeth finch" in {alias.key for alias in elizabeth.aliases.all()}


def test_chains_are_flat_and_come_back(elizabeth, liz):
    lizzie = make_person("Lizzie Finch")
    first = merge(liz, lizzie, user=None)
    rows = dump()
    second = merge(elizabeth, liz, user=None)
    lizzie.refresh_from_db()
    assert lizzie.merged_into_id == elizabeth.pk
    with pytest.raises(Refused) as refused:
        unmerge(first, user=None)
    assert refused.value.blockers == [second]
    unmerge(second, user=None)
    assert dump() == rows
    unmerge(first, user=None)
    lizzie.refresh_from_db()
    assert lizzie.merged_into is None


def test_merges_that_touch_no_common_row_are_taken_back_in_any_order(elizabeth, liz, stories):
    third = make_person("E. Finch")
    make_appearance(make_article(body="<p>E. Finch wrote.</p>"), third)
    first = merge(elizabeth, liz, user=None)
    merge(elizabeth, third, user=None)
    unmerge(first, user=None)
    assert Appearance.objects.filter(entity=liz).count() == 2
    assert Appearance.objects.filter(entity=elizabeth).count() == 2


@pytest.mark.parametrize(
    ("own", "other", "state", "words"),
    [
        ("suggested", "accepted", "accepted", ["Elizabeth Finch", "Liz Finch"]),
        ("changed", "unsure", "changed", ["Elizabeth Finch", "Liz Finch"]),
        ("rejected", "accepted", "accepted", ["Liz Finch"]),
        ("accepted", "rejected", "accepted", ["Elizabeth Finch"]),
        ("rejected", "rejected", "rejected", ["Elizabeth Finch", "Liz Finch"]),
    ],
)
def test_of_two_appearances_in_an_article_the_surer_word_holds(elizabeth, liz, own, other, state, words):
    article = make_article(body=BODY)
    make_appearance(article, elizabeth, state=own), make_appearance(article, liz, state=other)
    rows = dump()
    done = merge(elizabeth, liz, user=None)
    [one] = article.appearances.all()
    assert (one.state, [article.text[start:end] for start, end in one.spans]) == (state, words)
    unmerge(done, user=None)
    assert dump() == rows


def test_spans_come_back_into_a_text_that_was_edited_since(elizabeth, liz, stories):
    both, _ = stories
    done = merge(elizabeth, liz, user=None)
    both.body = "<p>On Monday it was heard:</p>" + both.body
    save_edit(both, changed=["body"], user=None)
    unmerge(done, user=None)
    said = {each.entity_id: [both.text[a:b] for a, b in each.spans] for each in both.appearances.all()}
    assert said == {elizabeth.pk: ["Elizabeth Finch"], liz.pk: ["Liz Finch"]}


def test_what_an_editor_changed_since_stays_changed(elizabeth, liz, stories):
    done = merge(elizabeth, liz, user=None)
    quote, other = Quote.objects.get(text="“No,”"), make_person()
    Quote.objects.filter(pk=quote.pk).update(speaker=other)
    Appearance.objects.filter(article=stories[1]).delete()
    unmerge(done, user=None)
    quote.refresh_from_db()
    assert quote.speaker_id == other.pk
    assert Quote.objects.get(text="“At last,”").speaker_id == liz.pk
    assert not stories[1].appearances.exists()


def test_an_article_deleted_since_does_not_come_back(elizabeth, liz, stories):
    done = merge(elizabeth, liz, user=None)
    Article.objects.filter(pk=stories[0].pk).delete()
    unmerge(done, user=None)
    assert [each.entity_id for each in Appearance.objects.all()] == [liz.pk]


STORY = "Ferry to sail again\n\nMONTREAL – “It sails,” said {name}, the harbour master, on Friday.\n"


def bring(name, headline="Ferry to sail again"):
    content = STORY.format(name=name).replace("Ferry to sail again", headline).encode()
    return import_document(content, source="story.txt")


def test_the_next_import_links_to_the_survivor_and_asks_whose_it_is_when_taken_back(elizabeth, liz):
    done = merge(elizabeth, liz, user=None)
    assert not newcomers(done)
    bring("Liz Finch"), bring("Elizabeth Finch", headline="Ferry sails on")
    assert not Person.objects.exclude(pk__in=[elizabeth.pk, liz.pk]).exists()
    new = newcomers(done)
    assert [each.name for each in new.appearances] == ["Elizabeth Finch", "Liz Finch"]
    assert (len(new.quotes), len(new.roles)) == (2, 2)
    article = new.appearances[1].article_id
    going = Occurrences(
        *(tuple(row for row in rows if row.article_id == article) for rows in (new.appearances, new.quotes, new.roles))
    )
    unmerge(done, user=None, going=going)
    for rows in (liz.appearances, liz.quotes, liz.roles):
        assert rows.get().article_id == article
    assert elizabeth.appearances.exclude(article=article).count() == 1


def test_rows_of_a_story_imported_again_come_back(elizabeth, liz):
    bring("Liz Finch")
    done = merge(elizabeth, liz, user=None)
    import_document(STORY.format(name="Liz Finch").encode() + b"\nMore is to come.\n", source="story.txt")
    assert Appearance.objects.get(entity__kind="person").entity_id == elizabeth.pk
    unmerge(done, user=None)
    assert Appearance.objects.get(entity__kind="person").entity_id == liz.pk
    assert Quote.objects.get().speaker_id == liz.pk


BOTH = "Ferry to sail again\n\n“It sails,” said Elizabeth Finch. “It does,” said Liz Finch, who waved.\n"


@pytest.fixture
def of_both():
    """A story that names two people, of whom an editor made one; with the merge."""
    import_document(BOTH.encode(), source="story.txt")
    elizabeth, liz = Person.objects.order_by("pk")
    return merge(elizabeth, liz, user=None)


def import_again(more="More is to come."):
    (said,) = import_document(f"{BOTH}\n{more}\n".encode(), source="story.txt")
    assert said["status"] == "updated"
    return Article.objects.get()


def test_both_names_of_a_story_stay_those_of_the_survivor_when_it_is_imported_again(of_both):
    for more in ("More is to come.", "That was all."):
        article = import_again(more)
        row = article.appearances.get(entity__kind="person")
        assert row.entity_id == of_both.survivor_id
        assert [article.text[start:end] for start, end in row.spans] == ["Elizabeth Finch", "Liz Finch"]
        assert set(article.quotes.values_list("speaker", flat=True)) == {of_both.survivor_id}
    assert not Person.objects.exclude(pk__in=[of_both.survivor_id, of_both.loser_id]).exists()


def test_both_names_stay_those_of_whom_the_survivor_was_merged_into(of_both):
    beth = make_person("Beth Finch", aliases=("Beth Finch",))
    merge(beth, of_both.survivor, user=None)
    assert import_again().appearances.get(entity__kind="person").entity_id == beth.pk


def test_names_that_were_merged_are_parted_after_an_import_too(of_both):
    article = import_again()
    unmerge(of_both, user=None)
    rows = article.appearances.filter(entity__kind="person").order_by("start")
    assert [row.entity_id for row in rows] == [of_both.survivor_id, of_both.loser_id]
    assert [[article.text[start:end] for start, end in row.spans] for row in rows] == [
        ["Elizabeth Finch"],
        ["Liz Finch"],
    ]


def test_a_story_that_comes_later_may_print_both_names_of_a_merged_record(elizabeth, liz):
    merge(elizabeth, liz, user=None)
    import_document(BOTH.encode(), source="story.txt")
    assert Appearance.objects.get(entity__kind="person").entity_id == elizabeth.pk


def test_the_page_of_the_loser_leads_to_the_survivor(client, elizabeth, liz, stories):
    merge(elizabeth, liz, user=None)
    response = client.get(reverse("person", args=[liz.slug]))
    assert (response.status_code, response["Location"]) == (301, reverse("person", args=[elizabeth.slug]))


def test_search_finds_the_survivor_by_the_names_of_the_loser(elizabeth, liz, stories):
    rebuild()
    done = merge(elizabeth, liz, user=None)
    assert searched("person", "Lizzie") == [elizabeth.pk]
    assert len(searched("quotation", "Elizabeth")) == 3
    assert list(disagreements()) == []
    unmerge(done, user=None)
    assert searched("person", "Lizzie") == [liz.pk]
    assert len(searched("quotation", "Elizabeth")) == 1
    assert list(disagreements()) == []


def test_what_cannot_be_merged_is_refused(elizabeth, liz):
    with pytest.raises(Refused, match="one record already"):
        merge(elizabeth, elizabeth, user=None)
    with pytest.raises(Refused, match="of another kind"):
        merge(elizabeth, make_location(), user=None)
    merge(elizabeth, liz, user=None)
    with pytest.raises(Refused, match="merged into another"):
        merge(make_person(), liz, user=None)


def test_pairs_told_apart_stay_so(elizabeth, liz):
    other, third = make_person(), make_person()
    for pair in ((liz, other), (liz, third), (elizabeth, third)):
        first, second = sorted(each.pk for each in pair)
        state = "different" if liz in pair else "suggested"
        DuplicatePair.objects.create(first_id=first, second_id=second, state=state)
    merge(elizabeth, liz, user=None)
    told = DuplicatePair.objects.told_apart([elizabeth.pk, other.pk, third.pk])
    assert told == {(elizabeth.pk, other.pk), (elizabeth.pk, third.pk)}


def test_a_merge_takes_as_many_queries_for_many_rows_as_for_one(elizabeth, liz):
    def fill(person, number):
        for _ in range(number):
            article = make_article(body="<p>“No,” said Liz Finch, pilot.</p>")
            make_appearance(article, person), make_quote(article, "“No,”", speaker=person)
            make_role(article, person, "pilot")

    other = make_person("Beth Finch", aliases=("Beth Finch", "B. Finch"), tags=("Ferries", "Boats"))
    fill(liz, 1), fill(other, 20)
    rebuild()
    numbers = []
    for loser in (liz, other):
        with CaptureQueriesContext(connection) as queries:
            unmerge(merge(elizabeth, loser, user=None), user=None)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_what_a_merged_record_must_not_hold_is_found(elizabeth, liz, stories):
    done = merge(elizabeth, liz, user=None)
    quote = Quote.objects.get(text="“No,”")
    Quote.objects.filter(pk=quote.pk).update(speaker=liz)
    said = f"quotation {quote.pk}: it belongs to record {liz.pk}, which was merged"
    assert said in list(problems())
    Quote.objects.filter(pk=quote.pk).update(speaker=elizabeth)
    Entity.objects.filter(pk=liz.pk).update(merged_into=None)
    assert list(problems()) == [f"merge {done.pk}: it was not taken back, and record {liz.pk} leads nowhere"]
    Entity.objects.filter(pk=liz.pk).update(merged_into=elizabeth)


def test_a_rejected_name_of_a_merged_record_does_not_come_back():
    story = "Pier to close\n\nThe pier will close, Tamsin Orbell said in Leeds.\n\nTam Orbell-Marsh disagreed.\n"
    import_document(story.encode(), source="story.txt")
    tamsin, tam = Person.objects.order_by("pk")
    decide([tam.appearances.get()], state=State.REJECTED, user=None)
    merge(tamsin, tam, user=None)
    import_document(f"{story}\nMore is to come.\n".encode(), source="story.txt")
    text = Article.objects.get().text
    assert [text[start:end] for start, end in tamsin.appearances.get().spans] == ["Tamsin Orbell"]


def test_corrections_that_concerned_either_record_concern_the_survivor(elizabeth, liz, stories):
    shared, hers = (Correction.objects.create(article=article, note="It sailed.") for article in stories)
    shared.entities.set([elizabeth.pk, liz.pk])
    hers.entities.set([liz.pk])
    done = merge(elizabeth, liz, user=None)
    assert [set(each.entities.values_list("pk", flat=True)) for each in (shared, hers)] == [{elizabeth.pk}] * 2
    unmerge(done, user=None)
    assert set(shared.entities.values_list("pk", flat=True)) == {elizabeth.pk, liz.pk}
    assert set(hers.entities.values_list("pk", flat=True)) == {liz.pk}
