"""Pages are kept as files, and no file ever says what is no longer so.

Every page that links lead to is kept; then something is changed in one of the ways that editors, imports and the clock
have; then each page that is still kept must be, to the byte, what would be rendered now, and the search must agree with
every record.
"""

import gzip
import re
from collections import deque
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from articles.editing import page_files
from articles.editing.bylines import Authors, set_byline
from articles.editing.correct import printed, record_correction
from articles.editing.counts import problems_of_counts
from articles.editing.decide import decide, reattribute, say_language
from articles.editing.filing import pick_related
from articles.editing.front_page import put
from articles.editing.logbook import write_down
from articles.editing.merge import Occurrences, merge, unmerge
from articles.editing.moves import move
from articles.editing.publish import publish
from articles.editing.review.batches import Item, Place, carry_out
from articles.editing.review.rows import name_of
from articles.editing.revise import save_edit
from articles.editing.split import change_kind, split
from articles.editing.tags import merge_tags, rename_tag
from articles.editing.touching import drop_expired, settle, touch, version
from articles.editing.withdraw import withdraw
from articles.importing.service import import_document
from articles.models import Article, ContentChange, Decision, Merge, PageKey, Person, Section, Series, State, StoredPage
from articles.searching.index import disagreements, rebuild
from articles.site.stored_pages import keep
from articles.site.stored_parts import keep_parts, kept_parts
from tests.factories import (
    RELEASED,
    make_appearance,
    make_article,
    make_location,
    make_organisation,
    make_person,
    make_proposed_tag,
    make_quote,
    make_role,
    make_tag,
)

pytestmark = pytest.mark.django_db(transaction=True)

LINK = re.compile(r'href="(/[^"?#]*)')
LEFT_OUT = ("/admin/", "/static/", "/media/", "/search/")
# What a feed says, it says in each of its forms.
OTHER_FORMS = (".rss", ".json")


@pytest.fixture
def files(settings, tmp_path):
    settings.NEWSROOM_PAGE_FILES, settings.NEWSROOM_KEEP_PARTS = str(tmp_path / "pages"), True
    return tmp_path / "pages"


@pytest.fixture
def editor(transactional_db):
    return get_user_model().objects.create_superuser("ida", password="ida")


@pytest.fixture
def archive(transactional_db):
    """Three published stories and a draft, tied to each other in every way that pages show."""
    harbour, sea = Section.objects.create(name="Harbour"), Section.objects.create(name="Sea", position=1)
    long_read = Series.objects.create(name="A port awakes")
    ferries, ports, unused = make_tag("Ferries"), make_tag("Ports"), make_tag("Oysters")
    body = "<p>“It sails,” said Mara Finch of Coast Lines in Szeged. Ana Ruiz heard it.</p>"
    first = make_article(
        headline="Ferry to sail", body=body, tags=(ferries, ports), section=harbour, series=long_read, part=1
    )
    second = make_article(
        headline="Ferry sailed", body=body, tags=(ferries,), section=harbour, series=long_read, part=2
    )
    third = make_article(headline="Oysters again", body="<p>Ana Ruiz was in Szeged.</p>", tags=(unused,), section=sea)
    draft = make_article(headline="Rain in Cork", body=body, tags=(ports,), status="draft")
    hungary = make_location("Hungary", country="HU")
    mara, ana = make_person("Mara Finch", aliases=("Mara Finch",)), make_person("Ana Ruiz", aliases=("Ana Ruiz",))
    lines = make_organisation("Coast Lines")
    szeged = make_location("Szeged", part_of=hungary, latitude=46.25, longitude=20.15)
    quotes = []
    for article in first, second, draft:
        for entity in mara, lines, szeged, ana:
            make_appearance(article, entity)
        make_role(article, mara, "director", organisation=lines)
        quotes.append(make_quote(article, "“It sails,”", speaker=mara))
    make_appearance(third, ana), make_appearance(third, szeged)
    make_proposed_tag(third, "Ferries")
    for article, author in (first, "Ife Balogun"), (second, "Bo Ek"):
        write_byline(article, author)
    return SimpleNamespace(
        **{key: value for key, value in locals().items() if key not in ("article", "entity", "author")}
    )


def write_byline(article, name):

    set_byline(article, Authors().rows_by_name([name]))


def crawl(client):
    """Open every page that links lead to from the front page; returns their paths."""
    seen, waiting = {"/"}, deque(["/"])
    while waiting:
        response = client.get(waiting.popleft())
        is_page = response["Content-Type"].startswith("text/html")
        for path in LINK.findall(response.content.decode()) if is_page else ():
            if path not in seen and not path.startswith(LEFT_OUT) and not path.endswith(OTHER_FORMS):
                seen.add(path)
                waiting.append(path)
    return seen


def path_of(page):
    return page.path.removeprefix("/testserver")


def stale(client, settings):
    """The kept pages that say something else than what would be rendered now; files are made of the parts kept."""
    kept = {path_of(page): page_files.page_file(page.path).read_bytes() for page in StoredPage.objects.all()}
    folder, settings.NEWSROOM_PAGE_FILES, settings.NEWSROOM_KEEP_PARTS = settings.NEWSROOM_PAGE_FILES, "", False
    now = {path: client.get(path).content for path in kept}
    settings.NEWSROOM_PAGE_FILES, settings.NEWSROOM_KEEP_PARTS = folder, True
    return [path for path in kept if kept[path] != now[path]]


def form_of(client, path, **changes):
    """Send a form of the admin as it stands, but for some fields."""
    context = client.get(path).context
    formsets = [each.formset for each in context["inline_admin_formsets"]]
    forms = [context["adminform"].form, *(form for each in formsets for form in each)]
    data = {}
    for form in [*forms, *(each.management_form for each in formsets)]:
        for bound in form:
            value = bound.field.prepare_value(bound.value())
            if value is not None and value is not False:
                data[bound.html_name] = value
    assert client.post(path, {**data, **changes}).status_code == 302


def edit(archive, user, article, **values):
    article.refresh_from_db()
    for name, value in values.items():
        setattr(article, name, value)
    save_edit(article, changed=list(values), user=user)


# What happens on a day, one after the other.
DAYS = {
    "stories come and change": {
        "a story is published": lambda a, u: publish([a.draft], user=u),
        "a headline is changed": lambda a, u: edit(a, u, a.first, headline="Ferry never to sail"),
        "a body is changed": lambda a, u: edit(a, u, a.first, body=a.body.replace("Ana Ruiz heard it", "It rained")),
        "a correction is made": lambda a, u: record_correction(
            a.first, printed(a.first), kind="correction", note="It sails on Friday.", user=u
        ),
        "a story becomes breaking": lambda a, u: edit(
            a, u, a.third, breaking_until=timezone.now() + timedelta(hours=1)
        ),
        "the front page is arranged": lambda a, u: put(a.third, 1, user=u),
        "a related story is picked": lambda a, u: pick_related(a.third, [a.first], user=u),
        "a date is changed": lambda a, u: edit(a, u, a.first, published=RELEASED + timedelta(days=40)),
        "a story is given another date": lambda a, u: edit(
            a, u, a.first, published=timezone.now() - timedelta(days=99)
        ),
        "a story changes its section": lambda a, u: edit(a, u, a.second, section=a.sea),
    },
    "stories go": {
        "the only story of a section is withdrawn": lambda a, u: withdraw(a.third, note="No.", user=u),
        "a version of an imported story is published": lambda a, u: publish(
            Article.objects.filter(headline="Boat leaves"), user=u
        ),
        "a newer version is imported": lambda a, u: imported("“It sails,” said Mara Finch. It left Cobh."),
        "a story is withdrawn": lambda a, u: withdraw(a.first, note="It never sailed.", user=u),
    },
    "suggestions are decided": {
        "a suggested tag is accepted": lambda a, u: decide(
            list(a.third.proposed_tags.all()), state=State.ACCEPTED, user=u
        ),
        "a name is linked to another record": lambda a, u: review(
            a.third, u, Item(name_of(a.third.appearances.first()), "link", record=a.mara.pk)
        ),
        "a name is rejected": lambda a, u: decide([a.third.appearances.first()], state=State.REJECTED, user=u),
        "a role is rejected": lambda a, u: decide(a.first.roles.all(), state=State.REJECTED, user=u),
        "a quotation gets another speaker": lambda a, u: reattribute(a.quotes[0], speaker=a.ana, user=u),
        "a quotation is said to be in another language": lambda a, u: say_language(a.quotes[0], language="ga", user=u),
        "a quotation is rejected": lambda a, u: decide(a.quotes[:1], state=State.REJECTED, user=u),
        "a quotation is deleted in the admin": lambda a, u: deleted(u, a.quotes[0]),
    },
    "records are described": {
        "a place is moved in the admin": lambda a, u: in_admin(u, a.szeged.location, latitude=47.5, longitude=19.04),
        "a person is renamed in the admin": lambda a, u: in_admin(u, a.mara.person, name="Mara Jane Finch"),
        "a person is described in the admin": lambda a, u: in_admin(u, a.mara.person, description="She sails."),
        "a tag is described in the admin": lambda a, u: in_admin(u, a.ports, description="Where ships rest."),
        "a section is renamed in the admin": lambda a, u: in_admin(u, a.harbour, name="Docks"),
        "a series is described in the admin": lambda a, u: in_admin(u, a.long_read, description="In two parts."),
        "an author is renamed in the admin": lambda a, u: in_admin(
            u, a.first.bylines.get().author, bio="Writes at sea."
        ),
        "a person gets another's name in the admin": lambda a, u: in_admin(u, a.ana.person, name="Mara Finch"),
        "a missed name is marked": lambda a, u: review(
            a.third, u, Item("new", "add", kind="person", record=a.mara.pk, places=(Place(0, 8, "Ana Ruiz"),))
        ),
    },
    "records become one, and two": {
        "two people are merged": lambda a, u: merge(a.mara, a.ana, user=u),
        "a merge is taken back": lambda a, u: unmerge(Merge.objects.get(), user=u),
        "a record is split in two": lambda a, u: split(
            a.mara, places_in(a.mara, a.first), into=Person(name="Mara Finch"), user=u
        ),
        "an organisation becomes a place": lambda a, u: change_kind(a.lines, "location", user=u),
        "a tag is renamed": lambda a, u: rename_tag(a.ferries, "Boats", user=u),
        "tags are merged": lambda a, u: merge_tags(a.ports, [a.ferries], user=u),
        "a tag is deleted in the admin": lambda a, u: deleted(u, a.unused),
    },
}


def review(article, user, item):
    assert carry_out(article, [item], user=user, batch=uuid4()).refused == {}


def places_in(entity, article):
    return Occurrences(appearances=tuple(entity.appearances.filter(article=article)), quotes=tuple(entity.quotes.all()))


STORY = "Boat leaves\n\nBy Ife Balogun\n\nMay 3, 2031\n\n{}\n"


def imported(text):
    assert import_document(STORY.format(text).encode(), source="boat.txt")[0]["status"] == "updated"


def in_admin(user, obj, **changes):
    client = Client()
    client.force_login(user)
    form_of(client, reverse(f"admin:articles_{obj._meta.model_name}_change", args=[obj.pk]), **changes)


def deleted(user, obj):
    client = Client()
    client.force_login(user)
    path = reverse(f"admin:articles_{obj._meta.model_name}_delete", args=[obj.pk])
    assert client.post(path, {"post": "yes"}).status_code == 302


# One of them on both databases: what has no order of its own comes in another one there.
ON_BOTH = "records are described"


@pytest.mark.parametrize(
    "day", [pytest.param(day, marks=() if day == ON_BOTH else pytest.mark.one_database) for day in DAYS]
)
def test_whatever_changes_no_kept_page_says_what_was(files, archive, editor, settings, client, day):
    import_document(STORY.format("“It sails,” said Mara Finch.").encode(), source="boat.txt")
    rebuild()
    crawl(client)
    assert stale(client, settings) == []
    for change, make in DAYS[day].items():
        paths = crawl(client)
        kept = {path_of(page) for page in StoredPage.objects.all()}
        assert {"/", archive.second.get_absolute_url()} & paths <= kept
        make(archive, editor)
        left = {path_of(page) for page in StoredPage.objects.all()}
        assert left < kept, change
        assert stale(client, settings) == [], change
        assert list(disagreements()) == [], change
        assert list(problems_of_counts()) == [], change


def test_a_change_takes_away_no_more_than_what_it_concerns(files, archive, editor, client):
    crawl(client)
    decide(archive.quotes[:1], state=State.UNSURE, user=editor)
    left = {path_of(page) for page in StoredPage.objects.all()}
    assert {"/tags/oysters/", "/authors/bo-ek/"} <= left
    assert not {"/articles/ferry-to-sail/", "/people/mara-finch/"} & left


def test_a_story_that_does_not_concern_a_page_changes_nothing_in_it(files, editor, settings, client):
    """Of two people who are beside somebody as often, one is in another story as well until it is withdrawn."""
    ana, bo, cem = (make_person(name) for name in ("Ana Ruiz", "Cem Aksoy", "Bo Ek"))
    together, other = make_article(), make_article()
    for person in (ana, bo, cem):
        make_appearance(together, person)
    make_appearance(other, bo)
    path = ana.get_absolute_url()
    client.get(path)
    withdraw(other, note="No.", user=editor)
    assert path in {path_of(page) for page in StoredPage.objects.all()}
    assert stale(client, settings) == []


def test_what_bears_a_tag_follows_when_either_comes_before_readers(files, editor, settings, client):
    shown, hidden = make_person("Ana Ruiz", tags=("Ferries", "Ports")), make_person("Bo Ek", tags=("Ferries",))
    make_appearance(make_article(tags=("Ferries",)), shown)
    first, second = make_article(status="draft"), make_article(status="draft", tags=("Ports",))
    make_appearance(first, hidden)
    client.get(shown.get_absolute_url()), client.get("/tags/ferries/")
    publish([first], user=editor)
    assert stale(client, settings) == []
    assert "Bo Ek" in client.get("/tags/ferries/").content.decode()
    client.get(shown.get_absolute_url())
    publish([second], user=editor)
    assert stale(client, settings) == []
    assert "/tags/ports/" in client.get(shown.get_absolute_url()).content.decode()


def test_a_draft_changes_no_page(files, archive, editor, client):
    crawl(client)
    before = StoredPage.objects.count()
    decide(archive.quotes[2:], state=State.REJECTED, user=editor)
    move([archive.draft], "submit", user=editor)
    assert StoredPage.objects.count() == before


def test_a_withdrawn_story_is_gone_from_disk_and_answers_410(files, archive, editor, client):
    crawl(client)
    file = page_files.page_file(f"/testserver{archive.first.get_absolute_url()}")
    assert file.exists()
    withdraw(archive.first, note="It never sailed.", user=editor)
    assert not file.exists()
    assert not file.with_name("index.html.gz").exists()
    assert client.get(archive.first.get_absolute_url()).status_code == 410
    assert not file.exists()


# What is kept, and how it is given.


def test_the_second_reader_is_given_the_file(files, archive, client, django_assert_num_queries):
    path = archive.first.get_absolute_url()
    first = client.get(path)
    with django_assert_num_queries(0):
        second = client.get(path)
    assert second.content == first.content
    assert second["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert second["Content-Security-Policy"] == first["Content-Security-Policy"]


def test_a_reader_who_has_the_page_is_told_so(files, archive, client):
    path = archive.first.get_absolute_url()
    etag = client.get(path)["ETag"]
    again = client.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_a_feed_is_kept_until_something_in_it_changes(files, archive, editor, client, form, django_assert_num_queries):
    path = f"/people/mara-finch/feed.{form}"
    first = client.get(path)
    with django_assert_num_queries(0):
        second = client.get(path)
    assert (second.content, second["Content-Type"]) == (first.content, first["Content-Type"])
    assert b"Ferry to sail" in second.content
    withdraw(archive.first, note="It never sailed.", user=editor)
    assert b"Ferry to sail" not in client.get(path).content


def test_a_page_that_is_no_file_has_its_dear_parts_kept(files, archive, editor, client, django_assert_num_queries):
    path = f"{archive.first.get_absolute_url()}?from=newsletter"
    first = client.get(path)
    with django_assert_num_queries(2):  # the parts, the sections
        second = client.get(path)
    assert second.content == first.content
    edit(archive, editor, archive.first, body=archive.body.replace("Ana Ruiz heard it", "It rained"))
    assert b"It rained" in client.get(path).content
    withdraw(archive.first, note="It never sailed.", user=editor)
    assert client.get(path).status_code == 410


def test_parts_rendered_from_what_was_before_are_not_kept(files, archive, client):
    seen = version()
    touch(["latest"])
    assert not keep_parts("/testserver/", {"content": SafeString("old")}, {"latest"}, seen=seen)
    assert kept_parts("/testserver/") is None


def test_parts_made_anew_take_the_file_of_before_away(files, archive, editor, client):
    path = archive.first.get_absolute_url()
    client.get(path)
    file = page_files.page_file(f"/testserver{path}")
    assert file.exists()
    StoredPage.objects.update(expires=timezone.now() - timedelta(seconds=1))
    client.get(f"{path}?again")
    assert not file.exists()


def test_parts_with_the_looks_of_another_release_are_made_anew(files, archive, client):
    path = archive.first.get_absolute_url()
    page = client.get(path).content
    StoredPage.objects.update(looks="earlier", parts={"head": "", "content": "old", "keys": []})
    assert client.get(f"{path}?again").content == page


def test_who_takes_gzip_is_given_it(files, archive, client):
    path = archive.first.get_absolute_url()
    plain = client.get(path)
    packed = client.get(path, headers={"Accept-Encoding": "gzip, br"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] != plain["ETag"]


@pytest.mark.parametrize("path", ["/articles/?page=2", "/search/", "/admin/login/", "/nowhere/", "/people/nobody/"])
def test_what_is_not_one_page_for_all_is_not_kept(files, archive, client, path):
    client.get(path)
    assert not StoredPage.objects.exists()


def test_an_editor_s_preview_of_a_draft_is_not_kept(files, archive, admin_client):
    assert admin_client.get(archive.draft.get_absolute_url()).status_code == 200
    assert not StoredPage.objects.exists()


def test_each_host_name_has_its_own_pages(files, archive, client, settings):
    settings.ALLOWED_HOSTS = ["news.example", "www.news.example"]
    for host in settings.ALLOWED_HOSTS:
        client.get("/", headers={"host": host})
    assert [page.path for page in StoredPage.objects.order_by("path")] == ["/news.example/", "/www.news.example/"]


@pytest.mark.parametrize("path", ["/../../etc/passwd", "/a/../../b/", "/a//b/", f"/{'a' * 300}/"])
def test_no_path_leads_out_of_the_folder(files, path):
    assert page_files.page_file(path) is None


def test_a_page_rendered_from_what_was_before_is_not_kept(files, archive, client):
    seen = version()
    response = client.get("/")
    touch(["latest"])
    assert not keep("/testserver/", response, {"latest"}, seen=seen)
    assert not page_files.page_file("/testserver/").exists()


def test_what_a_program_that_ended_left_behind_is_taken_away_by_the_next(files, archive, client):
    client.get("/")
    ContentChange.objects.create(keys=["latest"])
    assert settle() == 1
    assert not page_files.page_file("/testserver/").exists()
    assert settle() == 0


def test_breaking_news_ends_by_the_clock(files, archive, editor, client):
    edit(archive, editor, archive.first, breaking_until=timezone.now() + timedelta(hours=1))
    assert b"Breaking" in client.get("/").content
    client.get("/tags/oysters/")
    assert drop_expired() == 0
    assert drop_expired(timezone.now() + timedelta(hours=2)) == 1
    assert StoredPage.objects.count() == 1


def test_a_release_with_other_looks_begins_anew(files, archive, client, monkeypatch):
    client.get("/")
    old = page_files.folder()
    monkeypatch.setattr(page_files, "looks", lambda: "later")
    assert not page_files.page_file("/testserver/").exists()
    client.get("/")
    assert (files / "current" / "testserver" / "index.html").exists()
    assert not old.exists()


def test_what_is_withdrawn_right_after_a_release_is_gone_from_the_folder_that_is_served(
    files, archive, editor, client, monkeypatch
):
    client.get(archive.first.get_absolute_url())
    served = files / "current" / "testserver" / archive.first.get_absolute_url().strip("/") / "index.html"
    assert served.exists()
    monkeypatch.setattr(page_files, "looks", lambda: "later")
    withdraw(archive.first, note="It never sailed.", user=editor)
    assert not served.exists()


def test_every_key_is_forgotten_with_its_page(files, archive, client):
    client.get("/")
    touch(["latest"])
    assert not PageKey.objects.exists()


def test_a_decision_is_written_down_and_touches(files, archive, editor, client):
    client.get(archive.first.get_absolute_url())
    write_down(
        Decision(subject="article", subject_id=archive.first.pk, article=archive.first, action="edit", user=editor)
    )
    assert not StoredPage.objects.exists()
    assert Decision.objects.filter(action="edit").count() == 1


@pytest.mark.parametrize("path", ["/people/mara-finch/", "/tags/ferries/", "/sections/harbour/", "/"])
def test_the_parts_stand_in_a_frame_of_today(files, archive, settings, client, path):
    settings.NEWSROOM_PAGE_FILES = ""
    first = client.get(path).content.decode()
    Section.objects.filter(name="Sea").update(name="The seven seas")
    second = client.get(path).content.decode()
    assert second != first
    assert second.replace("The seven seas", "Sea") == first


def test_nothing_that_one_reader_asks_for_is_kept_for_the_next(files, archive, settings, client):
    settings.NEWSROOM_PAGE_FILES = ""
    path = archive.first.get_absolute_url()
    assert b"forged" not in client.get(f"{path}?page=forged").content
    assert b"forged" not in client.get(path).content
    years = client.get("/people/mara-finch/?year=1999")
    assert b"Ferry to sail" in client.get("/people/mara-finch/").content
    assert client.get("/people/mara-finch/?year=1999").content == years.content


def test_a_draft_that_an_editor_sees_is_kept_for_nobody(files, archive, editor, client):
    desk = Client()
    desk.force_login(editor)
    path = archive.draft.get_absolute_url()
    assert desk.get(path).status_code == 200
    assert client.get(path).status_code == 404
    assert not StoredPage.objects.filter(path__contains=path).exists()
