"""Merging, splitting and changing a kind at the desk, and the way back."""

import re

import pytest
from django.urls import reverse

from articles.editing.merge import merge
from articles.models import DuplicatePair, Entity, Identifier, Merge, Organisation, Person
from tests.factories import make_appearance, make_article, make_organisation, make_person, make_quote, make_role
from tests.rows import dump

MERGE = reverse("admin:merge")


def page_of(entity):
    return reverse(f"admin:articles_{entity.kind}_change", args=[entity.pk])


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def mara():
    return make_person("Mara Finch", description="A harbour master.")


@pytest.fixture
def marah():
    return make_person("Marah Finch", gender="female")


@pytest.fixture
def story(mara, marah):
    article = make_article(
        headline="Ferry sails", body="<p>“It sails,” said Mara Finch, pilot. “No,” said Marah Finch.</p>"
    )
    make_appearance(article, mara), make_appearance(article, marah)
    make_quote(article, "“It sails,”", speaker=mara), make_quote(article, "“No,”", speaker=marah)
    make_role(article, mara, "pilot")
    return article


def test_two_ticked_records_are_compared_and_merged(admin_client, mara, marah, story):
    sent = {"action": "merge_selected", "_selected_action": [marah.pk, mara.pk]}
    response = admin_client.post(reverse("admin:articles_person_changelist"), sent)
    assert response["Location"] == f"{MERGE}?first={mara.pk}&second={marah.pk}"
    page = admin_client.get(response["Location"])
    assert [line.name for line in page.context["differing"]] == ["name", "gender", "description"]
    assert [line.is_taken for line in page.context["differing"]] == [False, True, False]
    assert [[row.label for row in side["quotes"]] for side in page.context["sides"]] == [["“It sails,”"], ["“No,”"]]
    assert [number for _, number in page.context["moving"]] == [0, 1, 1, 0, 0, 0]
    said = admin_client.post(response["Location"], {"take-name": "survivor", "take-gender": "loser"}, follow=True)
    assert "“Marah Finch” is part of “Mara Finch” now." in text_of(said)
    assert reverse("admin:unmerge", args=[Merge.objects.get().pk]) in text_of(said)
    mara.refresh_from_db()
    assert (mara.name, mara.gender, mara.quote_count) == ("Mara Finch", "female", 2)


def test_the_older_record_stays_unless_the_editor_swaps(admin_client, mara, marah):
    page = admin_client.get(MERGE, {"first": marah.pk, "second": mara.pk})
    assert page.context["survivor"].pk == mara.pk
    admin_client.post(page.context["swap_url"])
    assert Entity.objects.get(pk=mara.pk).merged_into_id == marah.pk


@pytest.mark.parametrize("number", [1, 3])
def test_other_numbers_than_two_are_refused(admin_client, number):
    people = [make_person() for _ in range(number)]
    sent = {"action": "merge_selected", "_selected_action": [person.pk for person in people]}
    response = admin_client.post(reverse("admin:articles_person_changelist"), sent, follow=True)
    assert "Tick two records to merge." in text_of(response)


def test_a_record_is_merged_with_one_that_is_searched(admin_client, mara, marah):
    page = admin_client.get(page_of(mara))
    assert f"{MERGE}?first={mara.pk}" in text_of(page)
    page = admin_client.get(MERGE, {"first": mara.pk})
    assert 'name="second"' in text_of(page)


def test_what_speaks_against_a_merge_is_said(admin_client, admin_user, mara, marah):
    DuplicatePair.objects.create(first_id=mara.pk, second_id=marah.pk, state="different", user=admin_user)
    Identifier.objects.create(entity=mara, scheme="wikidata", value="Q1")
    Identifier.objects.create(entity=marah, scheme="wikidata", value="Q2")
    page = text_of(admin_client.get(MERGE, {"first": mara.pk, "second": marah.pk}))
    assert "admin said that these are not the same." in page
    assert "Wikidata knows them as two: Q1 and Q2." in page


def test_records_of_two_kinds_are_not_merged(admin_client, mara):
    firm = make_organisation("Finch Line")
    response = admin_client.get(MERGE, {"first": mara.pk, "second": firm.pk}, follow=True)
    assert "change the kind of one of them first" in text_of(response)


@pytest.mark.parametrize(("first", "second"), [("", ""), ("x", "1"), ("999999", "")])
def test_records_that_are_not_there_are_not_found(admin_client, first, second):
    assert admin_client.get(MERGE, {"first": first, "second": second}).status_code == 404


def test_unmerge_takes_one_click_on_the_page_of_the_record(admin_client, mara, marah, story):
    rows = dump()
    done = merge(mara, marah, user=None)
    panel = admin_client.get(page_of(mara)).context["panels"][-1]
    assert [(row.label, row.choices[0].label) for row in panel.rows] == [
        ("“Marah Finch” was merged into “Mara Finch”", "Unmerge")
    ]
    mara.refresh_from_db()
    forms = {"aliases-TOTAL_FORMS": 0, "aliases-INITIAL_FORMS": 0}
    forms |= {"identifiers-TOTAL_FORMS": 0, "identifiers-INITIAL_FORMS": 0}
    form = {"name": mara.name, "slug": mara.slug, "description": mara.description, "gender": mara.gender}
    form |= {"given_name": mara.given_name, "family_name": mara.family_name, "_unmerge": done.pk}
    response = admin_client.post(page_of(mara), {**form, **forms}, follow=True)
    assert "Taken back: “Marah Finch” was merged into “Mara Finch”" in text_of(response)
    after = dump()
    for table in ("Appearance", "Quote", "Role"):
        assert after[table] == rows[table]


def test_what_was_merged_is_not_changed_and_leads_back(admin_client, mara, marah):
    done = merge(mara, marah, user=None)
    page = admin_client.get(page_of(marah))
    assert 'name="_save"' not in text_of(page)
    assert reverse("admin:unmerge", args=[done.pk]) in text_of(page)
    assert admin_client.post(page_of(marah), {"name": "X"}).status_code == 403


def test_what_came_since_is_given_to_whom_it_belongs(admin_client, mara, marah, story):
    done = merge(mara, marah, user=None)
    later = make_article(headline="Later", body="<p>“Never,” said Marah Finch. Mara Finch, pilot, left.</p>")
    appearance = make_appearance(later, mara, "Marah Finch", name="Marah Finch")
    quote, role = make_quote(later, "“Never,”", speaker=mara), make_role(later, mara, "pilot")
    url = reverse("admin:unmerge", args=[done.pk])
    page = admin_client.get(url)
    assert [(box, ticked) for box, _, ticked in page.context["newcomers"]] == [
        (f"appearance-{appearance.pk}", True),
        (f"quote-{quote.pk}", True),
        (f"role-{role.pk}", True),
    ]
    assert f'<a href="{page_of(mara)}" class="closelink">Cancel</a>' in page.content.decode()
    admin_client.post(url, {"go": [f"appearance-{appearance.pk}", f"quote-{quote.pk}"]})
    appearance.refresh_from_db(), quote.refresh_from_db(), role.refresh_from_db()
    assert (appearance.entity_id, quote.speaker_id, role.person_id) == (marah.pk, marah.pk, mara.pk)


def test_one_click_asks_where_something_came_since(admin_client, mara, marah, story):
    done = merge(mara, marah, user=None)
    make_quote(make_article(body="<p>“Never,” said Marah Finch.</p>"), "“Never,”", speaker=mara)
    mara.refresh_from_db()
    forms = {f"{each}-{end}": 0 for each in ("aliases", "identifiers") for end in ("TOTAL_FORMS", "INITIAL_FORMS")}
    form = {"name": mara.name, "slug": mara.slug, "_unmerge": done.pk, **forms}
    response = admin_client.post(page_of(mara), form)
    assert response["Location"] == reverse("admin:unmerge", args=[done.pk])
    assert Merge.objects.get().undone is None


def test_a_later_merge_is_named_where_it_is_in_the_way(admin_client, mara, marah):
    first = merge(mara, marah, user=None)
    second = merge(make_person("M. Finch"), mara, user=None)
    response = admin_client.get(reverse("admin:unmerge", args=[first.pk]), follow=True)
    assert "Something later has to be taken back first." in text_of(response)
    assert reverse("admin:unmerge", args=[second.pk]) in text_of(response)


def test_a_record_is_split(admin_client, mara, story):
    url = reverse("admin:split", args=[mara.pk])
    page = admin_client.get(url)
    [(article, boxes)] = page.context["groups"]
    assert (article.headline, [row.label for _, row, _ in boxes]) == (
        "Ferry sails",
        ["Named “Mara Finch”", "“It sails,”", "pilot"],
    )
    response = admin_client.post(url, {"name": "Mara J. Finch"})
    assert "Nothing was chosen." in text_of(response)
    assert Person.objects.count() == 2
    response = admin_client.post(url, {"name": "", "go": [boxes[0][0]]})
    assert "The new record needs a name." in text_of(response)
    assert " checked" in text_of(response)
    response = admin_client.post(url, {"name": " Mara J. Finch ", "go": [box for box, _, _ in boxes]}, follow=True)
    assert "What you ticked belongs to “Mara J. Finch” now." in text_of(response)
    new = Person.objects.get(name="Mara J. Finch")
    assert (new.appearances.count(), new.quotes.count(), new.roles.count(), new.family_name) == (1, 1, 1, "Finch")


def test_a_split_gives_to_a_record_that_is_there(admin_client, mara, story):
    other = make_person("Mary Finch")
    quote = mara.quotes.get()
    admin_client.post(reverse("admin:split", args=[mara.pk]), {"into": other.pk, "go": [f"quote-{quote.pk}"]})
    assert other.quotes.get() == quote


def test_a_kind_is_changed_and_the_loss_is_shown_before(admin_client, mara, story):
    url = reverse("admin:kind", args=[mara.pk])
    page = admin_client.get(url)
    assert [(kind, [title for title, _ in lost]) for kind, _, lost in page.context["choices"]] == [
        ("organisation", ["Roles it holds, which go"]),
        ("location", ["Roles it holds, which go"]),
    ]
    assert page.context["kept"] == ["1 article", "1 quotation"]
    assert "“Mara Finch” is an organisation" in text_of(page)
    response = admin_client.post(url, {"kind": "organisation"}, follow=True)
    assert "“Mara Finch” is of the kind organisation now." in text_of(response)
    assert Organisation.objects.get().quotes.count() == 1


@pytest.mark.parametrize("name", ["merge", "split", "kind"])
def test_only_those_who_may_change_records_come_in(staff, mara, marah, name):
    client = staff("view_person", "change_organisation")
    url = f"{MERGE}?first={mara.pk}&second={marah.pk}" if name == "merge" else reverse(f"admin:{name}", args=[mara.pk])
    assert client.get(url).status_code == 403
    assert client.post(url, {"kind": "organisation"}).status_code == 403
    done = merge(mara, marah, user=None)
    assert client.post(reverse("admin:unmerge", args=[done.pk])).status_code == 403


def test_pages_take_as_many_queries_for_many_rows_as_for_one(admin_client, django_assert_max_num_queries, mara, marah):
    urls = [
        f"{MERGE}?first={mara.pk}&second={marah.pk}",
        reverse("admin:split", args=[mara.pk]),
        reverse("admin:kind", args=[mara.pk]),
    ]

    def fill(number):
        for _ in range(number):
            article = make_article(body="<p>“No,” said Mara Finch, pilot.</p>")
            (
                make_appearance(article, mara),
                make_quote(article, "“No,”", speaker=mara),
                make_role(article, mara, "pilot"),
            )

    fill(1)
    counts = []
    for url in urls:
        admin_client.get(url)
        with django_assert_max_num_queries(60) as queries:
            admin_client.get(url)
        counts.append(len(queries))
    fill(4)
    for url, count in zip(urls, counts, strict=True):
        with django_assert_max_num_queries(count):
            admin_client.get(url)
