"""A record that holds two things is parted, a record of the wrong kind becomes what it is; both are taken back."""

import pytest
from django.urls import reverse

from articles.editing.merge import Occurrences, Refused, merge, unmerge
from articles.editing.split import change_kind, losses, split
from articles.importing.service import import_document
from articles.models import DuplicatePair, Entity, Location, NamePart, Organisation, Person, Role
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


@pytest.fixture
def ana():
    return make_person("Ana Ruiz", aliases=("Ana Ruiz", "Ana M. Ruiz", "Judge Ruiz"))


@pytest.fixture
def stories(ana):
    """Ana Ruiz the pilot, and Ana M. Ruiz, whom one name made the same."""
    pilot = make_article(body="<p>“No,” said Ana Ruiz, pilot.</p>")
    judge = make_article(body="<p>“Yes,” said Ana M. Ruiz, judge.</p>")
    for article, name, words, title in (
        (pilot, "Ana Ruiz", "“No,”", "pilot"),
        (judge, "Ana M. Ruiz", "“Yes,”", "judge"),
    ):
        make_appearance(article, ana, name, name=name)
        make_quote(article, words, speaker=ana)
        make_role(article, ana, title)
    return pilot, judge


def of(article):
    return Occurrences(tuple(article.appearances.all()), tuple(article.quotes.all()), tuple(article.roles.all()))


def test_a_split_moves_what_was_chosen_to_a_new_record(ana, stories):
    pilot, judge = stories
    new = split(ana, of(judge), into=Person(name="Ana M. Ruiz"), user=None).survivor
    assert {
        each.article
        for rows in (new.appearances, new.quotes, Role.objects.filter(person=new.pk))
        for each in rows.all()
    } == {judge}
    assert {each.article for rows in (ana.appearances, ana.quotes, ana.roles) for each in rows.all()} == {pilot}
    assert [alias.name for alias in new.aliases.all()] == ["Ana M. Ruiz"]
    assert {alias.name for alias in ana.aliases.all()} == {"Ana Ruiz", "Judge Ruiz"}
    assert (Entity.objects.get(pk=ana.pk).article_count, new.slug) == (1, "ana-m-ruiz")
    assert DuplicatePair.objects.told_apart([ana.pk, new.pk]) == {(ana.pk, new.pk)}
    assert searched("person", "Ana M Ruiz") == [new.pk]


def test_a_name_that_both_print_leads_to_both(ana, stories):
    pilot, _ = stories
    new = split(ana, of(pilot), into=Person(name="Ana Ruiz"), user=None).survivor
    assert [alias.name for alias in new.aliases.all()] == ["Ana Ruiz"]
    assert "ana ruiz" in {alias.key for alias in ana.aliases.all()}


def test_a_split_into_a_record_that_was_there_is_taken_back_to_the_very_same_rows(ana, stories):
    _, judge = stories
    other = make_person("Ana Maria Ruiz", aliases=("Ana Maria Ruiz",))
    make_appearance(judge, other, "judge")
    NamePart.objects.create(appearance=judge.appearances.get(entity=ana), name="Ruiz", kind="person", entity=ana)
    rows = dump()
    done = split(ana, of(judge), into=other, user=None)
    [one] = judge.appearances.all()
    assert [judge.text[start:end] for start, end in one.spans] == ["Ana M. Ruiz", "judge"]
    assert one.parts.get().entity_id == other.pk
    unmerge(done, user=None)
    assert dump() == rows


def test_a_new_record_taken_back_leads_to_the_old_one(client, ana, stories):
    _, judge = stories
    done = split(ana, of(judge), into=Person(name="Ana M. Ruiz"), user=None)
    later = make_article(body="<p>Ana M. Ruiz again.</p>")
    make_appearance(later, done.survivor, "Ana M. Ruiz")
    unmerge(done, user=None)
    assert ana.appearances.count() == 3
    assert ana.aliases.filter(key="ana m. ruiz").exists()
    response = client.get(reverse("person", args=[done.survivor.slug]))
    assert response["Location"] == reverse("person", args=[ana.slug])
    assert not DuplicatePair.objects.exists()


def test_what_cannot_be_split_is_refused(ana, stories):
    pilot, _ = stories
    with pytest.raises(Refused, match="Nothing was chosen"):
        split(ana, Occurrences(), into=Person(name="Ana"), user=None)
    for into in (ana, make_location("Ruiz")):
        with pytest.raises(Refused, match="cannot take"):
            split(ana, of(pilot), into=into, user=None)


def test_a_person_who_is_an_organisation_keeps_all_but_the_roles(ana, stories, client):
    merge(ana, make_person("Ruiz"), user=None)
    make_organisation("Ana Ruiz")
    page = reverse("person", args=[ana.slug])
    rows = dump()
    assert [role.title for role in losses(ana, "organisation").roles] == ["pilot", "judge"]
    done = change_kind(ana, "organisation", user=None, values={"acronym": "AR"})
    firm = Organisation.objects.get(pk=ana.pk)
    assert (firm.appearances.count(), firm.quotes.count(), firm.acronym, firm.slug) == (2, 2, "AR", "ana-ruiz-2")
    assert (Person.objects.count(), Role.objects.count()) == (0, 0)
    assert searched("organisation", "judge ruiz") == [ana.pk]
    assert searched("person", "judge ruiz") == []
    response = client.get(page)
    assert (response.status_code, response["Location"]) == (301, reverse("organisation", args=[firm.slug]))
    unmerge(done, user=None)
    assert dump() == rows
    assert client.get(page).status_code == 200


@pytest.mark.parametrize(("before", "after"), [("organisation", "location"), ("location", "organisation")])
def test_roles_at_an_organisation_become_roles_in_a_location_and_the_other_way_round(before, after):
    makers = {"organisation": make_organisation, "location": make_location}
    harbour, other = makers[before]("Old Harbour"), makers[after]("Port Board")
    article = make_article(body="<p>The harbour master and the pilot of Old Harbour.</p>")
    alone = make_role(article, make_person(), **{before: harbour})
    both = make_role(article, make_person(), "pilot", **{before: harbour, after: other})
    part = make_location("Quay", part_of=harbour) if before == "location" else None
    rows = dump()
    done = change_kind(harbour, after, user=None)
    alone.refresh_from_db(), both.refresh_from_db()
    assert (getattr(alone, f"{after}_id"), getattr(alone, before)) == (harbour.pk, None)
    assert (getattr(both, after), getattr(both, before)) == (other, None)
    if part:
        assert Location.objects.get(pk=part.pk).part_of is None
    unmerge(done, user=None)
    assert dump() == rows


def test_a_role_does_not_name_a_person_as_where_it_is_held():
    firm = make_organisation("Ana Ruiz")
    role = make_role(make_article(body="<p>The harbour master.</p>"), make_person(), organisation=firm)
    rows = dump()
    assert losses(firm, "person").named_by == [role]
    done = change_kind(firm, "person", user=None, values={"given_name": "Ana", "family_name": "Ruiz"})
    role.refresh_from_db()
    assert (role.organisation, Person.objects.get(pk=firm.pk).family_name) == (None, "Ruiz")
    unmerge(done, user=None)
    assert dump() == rows


def test_what_happened_after_a_change_of_kind_is_taken_back_first(ana):
    done = change_kind(ana, "organisation", user=None)
    later = merge(Organisation.objects.get(pk=ana.pk), make_organisation("Ruiz"), user=None)
    with pytest.raises(Refused) as refused:
        unmerge(done, user=None)
    assert refused.value.blockers == [later]
    with pytest.raises(Refused, match="stays what it is"):
        change_kind(ana, "organisation", user=None)


def test_an_import_takes_a_record_for_the_kind_that_an_editor_gave_it():
    story = "Pier to close\n\nThe pier will close, Tamsin Orbell said on Monday in Leeds.\n"
    import_document(story.encode(), source="story.txt")
    person = Person.objects.get(name="Tamsin Orbell")
    done = change_kind(person, "organisation", user=None)
    (said,) = import_document(f"{story}\nMore is to come.\n".encode(), source="story.txt")
    assert said["status"] == "updated"
    import_document(b"Ferry is late\n\nTamsin Orbell left Leeds on Friday.\n", source="ferry.txt")
    orbell = Entity.objects.get(name="Tamsin Orbell")
    assert (orbell.pk, orbell.kind, orbell.appearances.count()) == (person.pk, "organisation", 2)
    unmerge(done, user=None)
    import_document(b"Boat is late\n\nTamsin Orbell left Leeds on Sunday.\n", source="boat.txt")
    assert Entity.objects.get(name="Tamsin Orbell").kind == "person"
