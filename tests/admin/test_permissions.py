"""What belongs to whom: own drafts and those of others, imports over them, accounts of superusers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, ArticleImport, Author, Byline, State
from tests.factories import make_appearance, make_article, make_person, make_quote

pytestmark = pytest.mark.django_db
IMPORT = "/admin/articles/article/import/"
STORY = "Ferry to sail again\n\nBy Ife Balogun\n\nThe ferry sails again on Friday, after six weeks in the yard.\n"


@pytest.fixture
def member(client):
    """A function that signs somebody of a group in: `member("Reporter")`."""

    def sign_in(name):
        user = User.objects.create_user(name.lower(), is_staff=True)
        user.groups.add(Group.objects.get(name=name))
        client.force_login(user)
        return user

    return sign_in


def url_of(article, page="change"):
    return reverse(f"admin:articles_article_{page}", args=[article.pk])


def mine_by_creation(user):
    return make_article(status="draft", created_by=user)


def mine_by_assignment(user):
    return make_article(status="draft", assignee=user)


def mine_by_byline(user):
    article = make_article(status="draft")
    author = Author.objects.create(name="Ife Balogun", user=user)
    Byline.objects.create(article=article, author=author, name="Ife Balogun")
    return article


@pytest.mark.parametrize("make", [mine_by_creation, mine_by_assignment, mine_by_byline])
def test_a_reporter_edits_what_is_theirs(client, member, article_form, make):
    article = make(member("Reporter"))
    client.post(url_of(article), article_form(headline="Ferry stays"))
    article.refresh_from_db()
    assert article.headline == "Ferry stays"


@pytest.mark.parametrize("status", ["ready", "scheduled", "published", "withdrawn"])
def test_what_left_a_reporters_hands_is_theirs_to_read(client, member, article_form, status):
    times = {"scheduled_for": timezone.now() + timedelta(days=1)} if status == "scheduled" else {}
    article = make_article(status=status, created_by=member("Reporter"), **times)
    assert client.get(url_of(article)).status_code == 200
    assert client.post(url_of(article), article_form(headline="Ferry stays")).status_code == 403


def test_a_draft_of_others_is_read_and_its_names_are_decided_about(client, member, article_form):
    member("Reporter")
    article = make_article(status="draft", body="<p>“Rain,” said Mira Voss.</p>")
    quote = make_quote(article, "“Rain,”", state=State.SUGGESTED)
    assert client.get(url_of(article)).status_code == 200
    assert client.post(url_of(article), article_form(headline="Mine now")).status_code == 403
    client.post("/admin/articles/quote/", {"action": "accept", "_selected_action": [quote.pk]})
    quote.refresh_from_db()
    assert quote.state == State.ACCEPTED


def test_names_of_a_published_article_are_left_out_and_that_is_said(client, member):
    member("Reporter")
    mira = make_person("Mira Voss")
    rows = [
        make_appearance(make_article(status=status, body="<p>Mira Voss.</p>"), mira, state=State.SUGGESTED)
        for status in ("draft", "published")
    ]
    sent = {"action": "reject", "_selected_action": [row.pk for row in rows]}
    page = client.post("/admin/articles/appearance/", sent, follow=True).content.decode()
    for row in rows:
        row.refresh_from_db()
    assert [row.state for row in rows] == [State.REJECTED, State.SUGGESTED]
    assert "What is not yours to change was left out." in page
    assert client.get(reverse("admin:articles_appearance_change", args=[rows[1].pk])).status_code == 200


def test_a_reporter_sends_their_own_articles_to_review_alone(client, member):
    own = make_article(status="draft", created_by=member("Reporter"))
    other = make_article(status="draft")
    client.post("/admin/articles/article/", {"action": "submit", "_selected_action": [own.pk, other.pk]})
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.status, other.status) == ("in_review", "draft")


def test_fields_that_a_form_does_not_ask_a_reporter_for_are_not_taken(client, member, article_form):
    user = member("Reporter")
    article = make_article(status="draft", created_by=user)
    tomorrow = timezone.now() + timedelta(days=1)
    sneaked = {
        "status": "published",
        "released": "2031-05-02 09:30",
        "created_by": "999",
        "scheduled_for_0": f"{tomorrow:%Y-%m-%d}",
        "scheduled_for_1": "09:30",
        "is_breaking": "on",
        "breaking_until_0": f"{tomorrow:%Y-%m-%d}",
        "breaking_until_1": "09:30",
        "edited_fields": "[]",
        "withdrawal_note": "gone",
    }
    client.post(url_of(article), article_form(**sneaked))
    article.refresh_from_db()
    assert article.headline == "Ferry to sail again"
    assert (article.status, article.released, article.created_by, article.scheduled_for) == ("draft", None, user, None)
    assert (article.is_breaking, article.breaking_until, article.withdrawal_note) == (False, None, "")


def test_what_readers_see_is_not_deleted(client, member):
    member("Administrator")
    article = make_article()
    assert client.post(url_of(article, "delete"), {"post": "yes"}).status_code == 403
    client.post(
        "/admin/articles/article/", {"action": "delete_selected", "_selected_action": [article.pk], "post": "1"}
    )
    assert Article.objects.filter(pk=article.pk).exists()
    draft = make_article(status="draft")
    client.post(url_of(draft, "delete"), {"post": "yes"})
    assert not Article.objects.filter(pk=draft.pk).exists()


def test_an_import_changes_nothing_that_is_not_the_importers(client, member):
    member("Chief")
    client.post(IMPORT, {"text": STORY, "_import": "1"})
    article = Article.objects.get()
    assert article.created_by.username == "chief"
    member("Reporter")
    page = client.post(IMPORT, {"text": STORY.replace("Friday", "Monday"), "_import": "1"}).content.decode()
    assert "the archive has this story, and it is not yours to change" in page
    article.refresh_from_db()
    assert "Friday" in article.text
    assert ArticleImport.objects.get(status="failed").article is None


def test_many_documents_at_once_are_for_chiefs(client, member, tmp_path):
    from django.core.files.uploadedfile import SimpleUploadedFile

    def files():
        return [SimpleUploadedFile(f"{name}.txt", f"{name}\n\n{STORY}".encode()) for name in ("One", "Two")]

    member("Editor")
    page = client.post(IMPORT, {"uploads": files(), "_import": "1"}).content.decode()
    assert "You may import one document at a time." in page
    assert not Article.objects.exists()
    member("Chief")
    client.post(IMPORT, {"uploads": files(), "_import": "1"})
    assert Article.objects.count() == 2


def test_an_administrator_makes_nobody_a_superuser(client, member):
    member("Administrator")
    ana = User.objects.create_user("ana")
    url = reverse("admin:auth_user_change", args=[ana.pk])
    form = client.get(url).context["adminform"].form
    sent = {name: form[name].value() or "" for name in form.fields if name != "password"}
    sent |= {"date_joined_0": "2031-05-02", "date_joined_1": "09:30", "groups": [Group.objects.get(name="Editor").pk]}
    client.post(url, {**sent, "is_staff": "on", "is_superuser": "on", "user_permissions": ["1"]})
    ana.refresh_from_db()
    assert (ana.is_staff, ana.is_superuser, ana.user_permissions.count()) == (True, False, 0)
    assert [group.name for group in ana.groups.all()] == ["Editor"]


@pytest.mark.parametrize("page", ["change", "delete", "password_change"])
def test_an_administrator_does_not_touch_the_account_of_a_superuser(client, member, page):
    root = User.objects.create_superuser("root")
    member("Administrator")
    url = reverse(f"admin:auth_user_{page}", args=[root.pk])
    sent = {"username": "mine", "post": "yes", "password1": "Cork-1975-quay", "password2": "Cork-1975-quay"}
    assert client.post(url, sent).status_code == 403
    root.refresh_from_db()
    assert root.username == "root"


def test_an_embargo_set_by_a_reporter_hides_the_draft_from_editors(client, member):
    article = make_article(
        status="draft", created_by=member("Reporter"), embargo=timezone.now() + timedelta(hours=1), headline="Xanadu"
    )
    assert client.get(url_of(article)).status_code == 200
    member("Editor")
    assert client.get(url_of(article)).status_code == 302
    Article.objects.update(embargo=timezone.now() - timedelta(minutes=1))
    assert client.get(url_of(article)).status_code == 200
