"""The picture library, and byline and pictures on the article's form."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Article, Author, Decision, Picture
from articles.searching.index import rebuild
from tests.factories import make_article, make_author, make_byline, make_picture, place_picture
from tests.pictures import XMP, bomb, drawn, file_of, with_iptc

pytestmark = pytest.mark.django_db
ADD = "/admin/articles/picture/add/"


def sent(content=None, name="ferry.jpg", **changes):
    content = file_of(drawn(900, 600)) if content is None else content
    upload = SimpleUploadedFile(name, content, content_type="image/jpeg")
    return {"upload": upload, "alt": "A ferry", "focal_x": 50, "focal_y": 50, **changes}


def change_page(record):
    return reverse(f"admin:articles_{record._meta.model_name}_change", args=[record.pk])


def errors(response):
    form = response.context["adminform"].form
    return {field: [str(error) for error in found] for field, found in form.errors.items()}


def test_a_picture_is_taken_in_with_what_its_file_says(admin_client, admin_user):
    content = with_iptc(file_of(drawn(900, 600)), (120, b"A ferry leaves."), (80, b"Bo Ek"), (116, "© Bo Ek".encode()))
    response = admin_client.post(ADD, sent(content, credit="Bo Ek/Tidewire"), follow=True)
    picture = Picture.objects.get()
    assert (picture.alt, picture.caption, picture.credit) == ("A ferry", "A ferry leaves.", "Bo Ek/Tidewire")
    assert (picture.licence, picture.uploaded_by) == ("© Bo Ek", admin_user)
    assert "Taken from the file: caption, licence." in response.content.decode()
    assert admin_client.get(picture.url(picture.renditions()[0])).status_code == 200


def test_an_alt_text_in_the_file_will_do(admin_client):
    admin_client.post(ADD, sent(file_of(xmp=XMP.encode()), alt=""))
    assert Picture.objects.get().alt == "A white ferry passes a lighthouse."


def test_a_decorative_picture_needs_no_alt_text(admin_client):
    admin_client.post(ADD, sent(file_of(xmp=XMP.encode()), alt="", is_decorative="on"))
    assert (Picture.objects.get().alt, Picture.objects.get().is_decorative) == ("", True)


@pytest.mark.parametrize(
    ("field", "form", "message"),
    [
        pytest.param("alt", {"alt": " "}, "Say what the picture shows, or tick “decorative”.", id="no alt text"),
        pytest.param("is_decorative", {"is_decorative": "on"}, "A decorative picture has no alt text", id="both"),
        pytest.param("focal_x", {"focal_x": 101}, "less than or equal to 100", id="a point outside"),
        pytest.param("upload", {"content": b""}, "The submitted file is empty.", id="an empty file"),
        pytest.param("upload", {"content": b"Dear editor"}, "This is no picture", id="a text called .jpg"),
        pytest.param("upload", {"content": b"<svg/>", "name": "a.svg"}, "SVG drawings", id="an SVG"),
        pytest.param("upload", {"content": file_of(drawn(900, 600))[:2000]}, "damaged or was cut off", id="cut off"),
        pytest.param("upload", {"content": bomb()}, "too many pixels", id="a bomb"),
    ],
)
def test_what_is_wrong_is_said_plainly_beside_the_field(admin_client, field, form, message):
    response = admin_client.post(ADD, sent(**form))
    assert response.status_code == 200
    assert message in errors(response)[field][0]
    assert not Picture.objects.exists()


def test_a_picture_called_by_a_wrong_name_is_taken_as_what_it_is(admin_client):
    admin_client.post(ADD, sent(file_of(format="PNG"), name="ferry.exe"))
    assert Picture.objects.get().file.name.endswith("/whole.webp")


def test_files_that_are_too_large_are_refused_before_they_are_read(admin_client, settings):
    settings.NEWSROOM_MAX_PICTURE_BYTES = 1000
    response = admin_client.post(ADD, sent(b"x" * 2000))
    assert errors(response)["upload"] == ["The file has 2.0\xa0KB; pictures of up to 1000\xa0bytes are taken."]


def test_a_file_is_needed(admin_client):
    response = admin_client.post(ADD, {key: value for key, value in sent().items() if key != "upload"})
    assert errors(response) == {"upload": ["This field is required."]}


def test_words_and_focal_point_are_changed(admin_client):
    admin_client.post(ADD, sent())
    picture = Picture.objects.get()
    admin_client.post(change_page(picture), {"alt": "A white ferry", "focal_x": 10, "focal_y": 90})
    picture.refresh_from_db()
    assert (picture.alt, picture.focal_x, picture.focal_y) == ("A white ferry", 10, 90)
    assert admin_client.get(picture.url(picture.cards()[0])).status_code == 200


def test_the_library_is_searched_and_tells_what_is_in_use(admin_client):
    used, unused = make_picture(alt="A ferry"), make_picture(alt="A pier", credit="Bo Ek")
    place_picture(make_article(headline="Ferry sails"), used)
    page = admin_client.get(change_page(used)).content.decode()
    assert "Ferry sails" in page
    for query, found in (("q=bo+ek", [unused]), ("used=yes", [used]), ("used=no", [unused])):
        response = admin_client.get(f"/admin/articles/picture/?{query}")
        assert list(response.context["cl"].result_list) == found


def test_the_library_asks_no_more_for_more_pictures(admin_client, django_assert_max_num_queries):
    for _ in range(5):
        place_picture(make_article(), make_picture())
    with django_assert_max_num_queries(8):
        admin_client.get("/admin/articles/picture/")


def test_a_picture_in_use_is_not_deleted_and_the_page_says_where_it_is(admin_client):
    picture = make_picture(alt="A ferry")
    place_picture(make_article(headline="Ferry sails"), picture)
    address = reverse("admin:articles_picture_delete", args=[picture.pk])
    page = admin_client.post(address, {"post": "yes"}).content.decode()
    assert "“A ferry” in “Ferry sails”" in page
    assert Picture.objects.exists()


def test_an_unused_picture_is_deleted(admin_client):
    picture = make_picture()
    admin_client.post(reverse("admin:articles_picture_delete", args=[picture.pk]), {"post": "yes"})
    assert not Picture.objects.exists()


# On the article's form.


def rows(prefix, *rows, initial=0):
    """What a browser sends for rows of the byline or pictures."""
    counts = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    fields = {f"{prefix}-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}
    return {**counts, **fields}


def test_a_byline_is_typed_in_rows(admin_client, admin_user, article_form):
    ana = make_author("Ana Lopez")
    typed = rows(
        "bylines",
        {"author": "", "name": "Reuters", "role": "reporting", "position": "2"},
        {"author": ana.pk, "name": "", "role": "reporting", "position": "1"},
        {"author": ana.pk, "name": "A. Lopez", "role": "photographs", "position": ""},
    )
    admin_client.post("/admin/articles/article/add/", article_form(**typed))
    article = Article.objects.get()
    printed = article.bylines.in_order().values_list("name", "role", "author", "position")
    assert list(printed) == [
        ("Ana Lopez", "reporting", ana.pk, 1),
        ("Reuters", "reporting", None, 2),
        ("A. Lopez", "photographs", ana.pk, 3),
    ]
    assert "byline" in article.edited_fields
    change = Decision.objects.get(action="edit")
    assert change.after == {"byline": ["Ana Lopez", "Reuters", "A. Lopez (photographs)"]}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"author": "", "name": " ", "role": "editing"}, "Choose an author or type a name."),
        ({"author": "", "name": "Tom\0Hill", "role": "reporting"}, "Null characters are not allowed."),
        ({"author": "", "name": "Tom Hill", "role": "juggling"}, "not one of the available choices"),
    ],
    ids=["nobody", "a null character", "no such role"],
)
def test_a_row_that_does_not_fit_is_said_plainly(admin_client, article_form, row, message):
    response = admin_client.post("/admin/articles/article/add/", article_form(**rows("bylines", row)))
    assert message in response.content.decode()
    assert not Article.objects.exists()


def test_a_name_stands_on_the_byline_with_one_role_once(admin_client, article_form):
    row = {"author": "", "name": "Tom Hill", "role": "reporting", "position": ""}
    response = admin_client.post("/admin/articles/article/add/", article_form(**rows("bylines", row, row)))
    assert response.status_code == 200
    assert not Article.objects.exists()


def test_pictures_are_put_in_order_and_taken_out(admin_client, article_form):
    article = make_article(slug="ferry")
    ferry, pier, gull = (make_picture(alt=alt) for alt in ("Ferry", "Pier", "Gull"))
    first, second = place_picture(article, ferry), place_picture(article, pier)
    typed = rows(
        "pictures",
        {"id": first.pk, "article": article.pk, "picture": ferry.pk, "caption": "", "DELETE": "on", "position": "1"},
        {"id": second.pk, "article": article.pk, "picture": pier.pk, "caption": "Closed", "position": "2"},
        {"picture": gull.pk, "caption": "", "position": "1"},
        initial=2,
    )
    admin_client.post(change_page(article), article_form(slug="ferry", **typed))
    placed = article.pictures.in_order().values_list("picture__alt", "caption", "position")
    assert list(placed) == [("Gull", "", 1), ("Pier", "Closed", 2)]
    assert Decision.objects.filter(action="edit", after={"pictures": ["Gull", "Pier (Closed)"]}).exists()


def test_who_may_only_look_sees_byline_and_pictures_and_no_way_to_change_them(staff):
    article = make_article(byline=("Ana Lopez",))
    place_picture(article, make_picture(alt="A ferry"))
    page = staff("view_article").get(change_page(article)).content.decode()
    assert "Ana Lopez" in page
    assert "bylines-0-name" not in page
    assert "pictures-0-picture" not in page


def test_authors_are_found_and_counted(admin_client):
    ana = make_author("Ana Lopez")
    make_byline(make_article(), ana)
    make_byline(make_article(status="draft"), ana)
    page = admin_client.get("/admin/articles/author/?q=lopez").content.decode()
    assert ">2</a>" in page
    rebuild()
    articles = admin_client.get("/admin/articles/article/?q=Ana+Lopez")
    assert articles.context["cl"].result_count == 2


def test_an_author_is_written_and_leads_to_the_page(admin_client):
    admin_client.post("/admin/articles/author/add/", {"name": "Ana Lopez", "bio": "", "email": "ana@example.org"})
    ana = Author.objects.get()
    assert (ana.slug, ana.email) == ("ana-lopez", "ana@example.org")
    make_byline(make_article(), ana)
    assert "View on site" in admin_client.get(change_page(ana)).content.decode()
