"""Two editors at one article: nothing of either is lost."""

import html
import json
import re
import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html as lxml_html

from articles.admin.together import TogetherAdmin
from articles.editing.decide import decide
from articles.editing.revise import save_edit
from articles.models import Article, Byline, Draft, Presence, State
from tests.factories import make_article, make_proposed_tag, make_section

pytestmark = pytest.mark.django_db

BODY = "<p>The ferry sails.</p><p>It rained on Friday.</p><p>Boats land at the quay.</p>"


@pytest.fixture
def article(db):
    article = make_article(headline="Ferry back", body=BODY, standfirst="At last.", tags=("Ferries", "Ports"))
    Byline.objects.create(article=article, name="Ife Balogun", position=1)
    return article


@pytest.fixture
def ana(db):
    client = Client()
    client.force_login(User.objects.create_superuser("ana", first_name="Ana", last_name="Lopez"))
    return client


def url(name, *args):
    return reverse(f"admin:articles_article_{name}", args=args)


def form_of(response, id="article_form"):
    """What a browser would send of a page's form."""
    (form,) = lxml_html.fromstring(response.content.decode()).xpath(f"//form[@id='{id}']")
    fields = {}
    for name, value in form.form_values():
        fields.setdefault(name, []).append(value.removeprefix("\n"))
    return fields


def opened(client, article):
    return form_of(client.get(url("change", article.pk)))


def send(client, article, fields, **changes):
    data = {**fields, **changes, "_continue": "1"}
    return client.post(url("change", article.pk), data, follow=True)


def words(response):
    text = re.sub(r"<(script|style|head).*?</\1>", "", response.content.decode(), flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def now(article):
    article = Article.objects.get(pk=article.pk)
    return {
        "headline": article.headline,
        "standfirst": article.standfirst,
        "body": article.body,
        "tags": sorted(tag.name for tag in article.tags.all()),
        "byline": [(row.name, row.role) for row in article.bylines.order_by("position")],
    }


BEFORE = {
    "headline": "Ferry back",
    "standfirst": "At last.",
    "body": BODY,
    "tags": ["Ferries", "Ports"],
    "byline": [("Ife Balogun", "reporting")],
}


def test_an_untouched_form_changes_nothing(admin_client, article):
    response = send(admin_client, article, opened(admin_client, article))
    assert "was changed successfully" in words(response)
    assert now(article) == BEFORE
    assert not article.versions.exists()


@pytest.mark.parametrize(
    ("theirs", "mine", "after"),
    [
        ({"headline": "Ferry is back"}, {"standfirst": "Soon."}, {"headline": "Ferry is back", "standfirst": "Soon."}),
        ({"headline": "Ferry is back"}, {"headline": "Ferry is back"}, {"headline": "Ferry is back"}),
        (
            {"tags": ["Ferries", "Ports", "Storms"]},
            {"standfirst": "Soon."},
            {"standfirst": "Soon.", "tags": ["Ferries", "Ports", "Storms"]},
        ),
        (
            {"body": BODY.replace("Friday", "Monday")},
            {"body": BODY.replace("the quay", "the new quay")},
            {"body": BODY.replace("Friday", "Monday").replace("the quay", "the new quay")},
        ),
        (
            {"bylines-1-name": ["Bo Ek"], "bylines-TOTAL_FORMS": ["2"]},
            {"standfirst": "Soon."},
            {"standfirst": "Soon.", "byline": [("Ife Balogun", "reporting"), ("Bo Ek", "reporting")]},
        ),
    ],
    ids=["different fields", "the same change", "tags and another field", "different paragraphs", "byline and a field"],
)
def test_what_does_not_clash_comes_together_by_itself(admin_client, ana, article, theirs, mine, after):
    first, second = opened(ana, article), opened(admin_client, article)
    send(ana, article, first, **theirs)
    response = send(admin_client, article, second, **mine)
    assert now(article) == {**BEFORE, **after}
    assert "Two versions" not in words(response)


def test_what_was_taken_over_is_told(admin_client, ana, article):
    first, second = opened(ana, article), opened(admin_client, article)
    send(ana, article, first, headline="Ferry is back", language="en-gb")
    response = send(admin_client, article, second, standfirst="Soon.")
    assert "Ana Lopez changed meanwhile, and it stays: Headline and Language." in words(response)


@pytest.mark.parametrize(
    ("keep", "headline"), [("mine", "Ferry home"), ("theirs", "Ferry is back")], ids=["keep mine", "keep theirs"]
)
def test_of_one_headline_one_stays(admin_client, ana, article, keep, headline):
    first, second = opened(ana, article), opened(admin_client, article)
    send(ana, article, first, headline="Ferry is back")
    page = send(admin_client, article, second, headline="Ferry home", standfirst="Soon.")
    assert "Ana Lopez saved this article at" in words(page)
    assert now(article)["headline"] == "Ferry is back"
    fields = form_of(page, "content-main")
    assert "_keep-headline" not in fields
    send(admin_client, article, fields, **{"_keep-headline": keep})
    assert now(article) == {**BEFORE, "headline": headline, "standfirst": "Soon."}


@pytest.mark.parametrize(
    ("keep", "second_paragraph"),
    [
        ("mine", "<p>It snowed.</p>"),
        ("theirs", "<p>It stormed.</p>"),
        ("both", "<p>It stormed.</p><p>It snowed.</p>"),
    ],
)
def test_of_one_paragraph_either_or_both_stay(admin_client, ana, article, keep, second_paragraph):
    first, second = opened(ana, article), opened(admin_client, article)
    send(ana, article, first, body=BODY.replace("It rained on Friday.", "It stormed."))
    mine = BODY.replace("It rained on Friday.", "It snowed.").replace("Boats", "Ships")
    page = send(admin_client, article, second, body=mine)
    fields = form_of(page, "content-main")
    (name,) = [name for name in fields if name.startswith("_keep-body")]
    assert fields[name] == ["both"]
    send(admin_client, article, fields, **{name: keep})
    assert now(article)["body"] == f"<p>The ferry sails.</p>{second_paragraph}<p>Ships land at the quay.</p>"


@pytest.mark.parametrize(
    ("keep", "tags"),
    [("mine", ["Ports", "Quays"]), ("theirs", ["Ferries", "Ports", "Storms"]), ("both", ["Ports", "Quays", "Storms"])],
)
def test_of_tags_either_or_what_both_did_stays(admin_client, ana, article, keep, tags):
    first, second = opened(ana, article), opened(admin_client, article)
    send(ana, article, first, tags=["Ferries", "Ports", "Storms"])
    page = send(admin_client, article, second, tags=["Ports", "Quays"])
    send(admin_client, article, form_of(page, "content-main"), **{"_keep-tags": keep})
    assert now(article)["tags"] == tags


@pytest.mark.parametrize(
    ("keep", "byline"),
    [
        ("mine", ["Ife Balogun", "Ida Moe"]),
        ("theirs", ["Ife Balogun", "Bo Ek"]),
        ("both", ["Ife Balogun", "Bo Ek", "Ida Moe"]),
    ],
)
def test_of_bylines_either_or_both_stay(admin_client, ana, article, keep, byline):
    first, second = opened(ana, article), opened(admin_client, article)
    send(ana, article, first, **{"bylines-1-name": ["Bo Ek"]})
    page = send(admin_client, article, second, **{"bylines-1-name": ["Ida Moe"]})
    fields = form_of(page, "content-main")
    send(admin_client, article, fields, **{"_keep-bylines": keep})
    assert sorted(name for name, _role in now(article)["byline"]) == sorted(byline)


def test_a_name_that_one_took_off_the_byline_and_the_other_left_alone_is_gone(admin_client, ana, article):
    first, second = opened(ana, article), opened(admin_client, article)
    send(ana, article, first, **{"bylines-0-DELETE": ["on"]})
    send(admin_client, article, second, standfirst="Soon.")
    assert now(article) == {**BEFORE, "standfirst": "Soon.", "byline": []}


def test_a_byline_changed_alone_or_beside_an_assignment_makes_a_version(admin_client, admin_user, article):
    send(admin_client, article, opened(admin_client, article), **{"bylines-1-name": ["Bo Ek"]})
    send(
        admin_client,
        article,
        opened(admin_client, article),
        **{"bylines-0-DELETE": ["on"], "assignee": [str(admin_user.pk)]},
    )
    kept = [[row["name"] for row in version.state["bylines"]] for version in article.versions.order_by("number")]
    assert kept == [["Ife Balogun"], ["Ife Balogun", "Bo Ek"]]


def test_a_version_saved_between_looking_and_saving_is_met_as_well(admin_client, admin_user, article, monkeypatch):
    fields = opened(admin_client, article)
    look = TogetherAdmin._meet

    def overtaken(self, request, object_id):
        found = look(self, request, object_id)
        if Article.objects.get().headline == "Ferry back":
            other = Article.objects.get()
            other.headline = "Ferry is back"
            save_edit(other, changed=["headline"], user=admin_user)
        return found

    monkeypatch.setattr(TogetherAdmin, "_meet", overtaken)
    send(admin_client, article, fields, standfirst="Soon.")
    assert now(article) == {**BEFORE, "headline": "Ferry is back", "standfirst": "Soon."}


def test_a_tag_accepted_meanwhile_is_not_taken_off_again(admin_client, article):
    fields = opened(admin_client, article)
    proposal = make_proposed_tag(article, "Storms")
    decide([proposal], state=State.ACCEPTED, user=None)
    send(admin_client, article, fields, standfirst="Soon.")
    proposal.refresh_from_db()
    assert (now(article)["tags"], proposal.state) == (["Ferries", "Ports", "Storms"], "accepted")


def test_an_embargo_set_meanwhile_is_not_lifted_by_an_old_form(admin_client, ana):
    article = make_article(status="draft")
    first, second = opened(ana, article), opened(admin_client, article)
    day = (timezone.localtime() + timedelta(days=2)).date().isoformat()
    send(ana, article, first, embargo_0=[day], embargo_1=["10:00"])
    send(admin_client, article, second, headline="Ferry home")
    article.refresh_from_db()
    assert (article.embargo is not None, article.headline) == (True, "Ferry home")


def test_a_section_chosen_by_both_is_asked_about_by_name(admin_client, ana, article):
    harbours, storms = make_section("Harbours"), make_section("Storms")
    first, second = opened(ana, article), opened(admin_client, article)
    send(ana, article, first, section=[str(harbours.pk)])
    page = send(admin_client, article, second, section=[str(storms.pk)])
    assert "Section" in words(page)
    assert "Harbours" in words(page)
    send(admin_client, article, form_of(page, "content-main"), **{"_keep-section": "mine"})
    article.refresh_from_db()
    assert article.section == storms


def test_a_third_version_saved_meanwhile_is_asked_about_again(admin_client, ana, article):
    first, second = opened(ana, article), opened(admin_client, article)
    send(ana, article, first, headline="Ferry is back")
    page = send(admin_client, article, second, headline="Ferry home")
    send(ana, article, opened(ana, article), headline="Ferry gone")
    again = send(admin_client, article, form_of(page, "content-main"), **{"_keep-headline": "mine"})
    assert "gone" in words(again)
    assert now(article)["headline"] == "Ferry gone"
    send(admin_client, article, form_of(again, "content-main"), **{"_keep-headline": "mine"})
    assert now(article)["headline"] == "Ferry home"


def test_what_clashes_is_kept_as_a_draft_and_offered(admin_client, ana, article):
    first, second = opened(ana, article), opened(admin_client, article)
    send(ana, article, first, headline="Ferry is back")
    send(admin_client, article, second, headline="Ferry home")
    page = admin_client.get(url("change", article.pk))
    assert "that was not saved" in words(page)
    draft = Draft.objects.get()
    page = admin_client.get(url("change", article.pk), {"_draft": str(draft.key)})
    assert form_of(page)["headline"] == ["Ferry home"]
    page = send(admin_client, article, form_of(page))
    assert "Two versions" in words(page)


@pytest.mark.parametrize("said", ["", "no json", "[]", '{"headline": 1}'])
def test_a_form_that_does_not_say_what_it_was_is_saved_as_it_is(admin_client, article, said):
    fields = {**opened(admin_client, article), "_opened": [said]}
    send(admin_client, article, fields, standfirst="Soon.")
    assert now(article)["standfirst"] == "Soon."


# Drafts.


def keep(client, article, fields, **changes):
    address = url("draft", article.pk) if article else url("draft_new")
    return client.post(address, {**fields, **changes, "_typed": "1"})


def test_what_was_typed_is_kept_offered_and_gone_on_with(admin_client, article):
    fields = opened(admin_client, article)
    said = keep(admin_client, article, fields, headline="Ferry home", tags=["Storms"]).json()
    assert re.fullmatch(r"\d\d:\d\d:\d\d", said["saved"])
    assert now(article) == BEFORE
    page = admin_client.get(url("change", article.pk))
    assert form_of(page)["headline"] == ["Ferry back"]
    assert "Ferry <del>back</del><ins>home</ins>" in page.content.decode()
    link = re.search(r'href="(\?_draft=[^"]+)"', page.content.decode())[1]
    page = admin_client.get(url("change", article.pk) + link)
    fields = form_of(page)
    assert (fields["headline"], fields["tags"]) == (["Ferry home"], ["Storms"])
    send(admin_client, article, fields)
    assert (now(article)["headline"], now(article)["tags"]) == ("Ferry home", ["Storms"])
    assert not Draft.objects.exists()
    assert article.versions.count() == 1


def test_a_byline_typed_comes_back_with_its_draft(admin_client, article):
    fields = opened(admin_client, article)
    keep(admin_client, article, fields, **{"bylines-1-name": ["Bo Ek"], "headline": ["Ferry home"]})
    page = admin_client.get(url("change", article.pk), {"_draft": str(Draft.objects.get().key)})
    send(admin_client, article, form_of(page))
    assert [name for name, _role in now(article)["byline"]] == ["Ife Balogun", "Bo Ek"]


def test_a_new_article_is_kept_too(admin_client):
    fields = form_of(admin_client.get(url("add")))
    keep(admin_client, None, fields, headline="Ferry home", body="<p>Typed.</p>")
    page = admin_client.get(url("add"))
    assert "that was not saved" in words(page)
    page = admin_client.get(url("add"), {"_draft": str(Draft.objects.get().key)})
    fields = form_of(page)
    assert (fields["headline"], fields["body"]) == (["Ferry home"], ["<p>Typed.</p>"])
    admin_client.post(url("add"), fields)
    assert (Article.objects.get().headline, Draft.objects.count()) == ("Ferry home", 0)


def test_a_draft_is_discarded(admin_client, article):
    keep(admin_client, article, opened(admin_client, article), headline="Ferry home")
    page = admin_client.get(url("change", article.pk))
    (form,) = lxml_html.fromstring(page.content.decode()).xpath("//form[starts-with(@id, 'discard-')]")
    response = admin_client.post(form.action, dict(form.form_values()), follow=True)
    assert "The draft is discarded." in words(response)
    assert not Draft.objects.exists()


def test_two_forms_of_one_editor_keep_two_drafts(admin_client, article):
    first, second = opened(admin_client, article), opened(admin_client, article)
    keep(admin_client, article, first, headline="Ferry home")
    keep(admin_client, article, second, headline="Ferry away")
    keep(admin_client, article, first, headline="Ferry at home")
    assert sorted(draft.fields["headline"] for draft in Draft.objects.all()) == [["Ferry at home"], ["Ferry away"]]


def test_a_draft_that_says_what_is_saved_is_not_offered(admin_client, article):
    keep(admin_client, article, opened(admin_client, article))
    assert "not saved" not in words(admin_client.get(url("change", article.pk)))
    assert not Draft.objects.exists()


def test_a_form_that_was_refused_goes_on_with_its_draft(admin_client, article):
    fields = opened(admin_client, article)
    page = send(admin_client, article, fields, headline="")
    again = form_of(page)
    assert (again["_draft"], again["_opened"]) == (fields["_draft"], fields["_opened"])
    assert "data-typed" in page.content.decode()


def test_nobody_sees_or_writes_the_draft_of_somebody_else(admin_client, ana, article):
    fields = opened(ana, article)
    keep(ana, article, fields, headline="Ferry home")
    assert "not saved" not in words(admin_client.get(url("change", article.pk)))
    page = admin_client.get(url("change", article.pk), {"_draft": fields["_draft"][0]})
    assert form_of(page)["headline"] == ["Ferry back"]
    assert keep(admin_client, article, fields, headline="Mine now").json()["saved"] == ""
    admin_client.post(url("discard", article.pk), {"_draft": fields["_draft"][0]})
    assert Draft.objects.get().fields["headline"] == ["Ferry home"]


def test_somebody_who_may_only_look_keeps_no_draft(staff, article):
    client = staff("view_article")
    page = client.get(url("change", article.pk))
    assert "_draft" not in page.content.decode()
    assert keep(client, article, {"_draft": [str(uuid.uuid4())]}).status_code == 403
    assert keep(client, None, {"_draft": [str(uuid.uuid4())]}).status_code == 403
    assert client.post(url("discard", article.pk)).status_code == 403
    assert client.get(url("draft", article.pk)).status_code in (403, 405)


def test_what_no_database_keeps_is_left_out_of_a_draft(admin_client, article):
    keep(admin_client, article, opened(admin_client, article), headline="Ferry\0 home")
    assert Draft.objects.get().fields["headline"] == ["Ferry home"]


@pytest.mark.parametrize("key", ["", "no key"])
def test_without_a_key_nothing_is_kept(admin_client, article, key):
    assert "saved" not in keep(admin_client, article, {"_draft": [key], "headline": ["x"]}).json()
    assert admin_client.get(url("change", article.pk), {"_draft": key}).status_code == 200


# Who else is there.


def test_whoever_else_has_the_article_open_is_told(admin_client, ana, article):
    assert "has this article open" not in words(admin_client.get(url("change", article.pk)))
    page = words(ana.get(url("change", article.pk)))
    assert re.search(r"admin has this article open since \d\d:\d\d \(editing\)\.", page)
    said = admin_client.post(url("draft", article.pk), {"_revision": "0"}).json()
    assert "Ana Lopez has this article open since" in said["others"][0]
    ana.post(url("draft", article.pk), {"_leave": "1"})
    assert admin_client.post(url("draft", article.pk)).json()["others"] == []


def test_a_newer_version_is_told_while_somebody_types(admin_client, ana, article):
    first, second = opened(ana, article), opened(admin_client, article)
    assert keep(admin_client, article, second).json()["newer"] == ""
    send(ana, article, first, headline="Ferry is back")
    assert "Ana Lopez saved a newer version at" in keep(admin_client, article, second).json()["newer"]


def test_whoever_saves_and_goes_is_gone(admin_client, article):
    fields = opened(admin_client, article)
    assert Presence.objects.exists()
    admin_client.post(url("change", article.pk), fields)
    assert not Presence.objects.exists()


def test_what_the_form_was_is_said_without_what_it_does_not_show(admin_client, article):
    said = json.loads(opened(admin_client, article)["_opened"][0])
    assert said["headline"] == {"headline": ["Ferry back"]}
    assert said["tags"] == {"tags": ["Ferries", "Ports"]}
