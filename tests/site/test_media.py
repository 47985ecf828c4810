"""The files of pictures: for readers where a published page shows them, for nobody else but the desk."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import Permission, User
from PIL import Image

from articles.editing.pictures import add_picture, read_upload
from articles.editing.previews import make_link, revoke_links
from tests.factories import RELEASED, make_article, make_author, make_byline, place_picture
from tests.pictures import exif, file_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture():
    content = file_of(Image.new("RGB", (900, 600), "navy"), exif=exif(description="Secret"))
    return add_picture(read_upload(content), user=None, alt="A dark sea")


def address(picture):
    return picture.url(picture.renditions()[0])


def test_readers_get_the_picture_of_a_published_article_and_nothing_of_its_file(client, picture):
    place_picture(make_article(), picture)
    for file in (*picture.renditions(), *picture.cards(), picture.shared()):
        response = client.get(picture.url(file))
        content = response.content
        assert response["Content-Type"] == ("image/jpeg" if file.name.endswith("jpg") else "image/webp")
        assert Image.open(BytesIO(content)).size == (file.width, file.height)
        assert not Image.open(BytesIO(content)).getexif()
        assert b"Secret" not in content
    assert response["Cache-Control"] == "public, max-age=31536000, s-maxage=3600, immutable"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("status", ["draft", "in_review", "ready", "withdrawn"])
def test_readers_get_no_picture_of_an_article_that_is_not_published(client, picture, status):
    withdrawn = {"withdrawn_at": RELEASED} if status == "withdrawn" else {}
    place_picture(make_article(status=status, **withdrawn), picture)
    assert client.get(address(picture)).status_code == 404


def test_a_picture_in_no_article_is_for_the_desk_alone(client, admin_client, picture):
    assert client.get(address(picture)).status_code == 404
    response = admin_client.get(address(picture))
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")


def test_who_may_see_no_pictures_in_the_admin_sees_none_here(client, picture):
    user = User.objects.create_user("guest", password="x", is_staff=True)
    client.force_login(user)
    assert client.get(address(picture)).status_code == 404
    user.user_permissions.add(Permission.objects.get(codename="view_picture"))
    assert client.get(address(picture)).status_code == 200


def test_who_has_a_preview_link_sees_the_pictures_of_that_article(client, picture, admin_user):
    article, other = make_article(status="draft"), make_article(status="draft")
    place_picture(article, picture)
    secret = make_link(other, lifetime=timedelta(hours=1), user=admin_user)
    client.get(f"/preview/{secret}/")
    assert client.get(address(picture)).status_code == 404
    secret = make_link(article, lifetime=timedelta(hours=1), user=admin_user)
    page = client.get(f"/preview/{secret}/").content.decode()
    assert address(picture) in page
    assert client.get(address(picture)).status_code == 200
    revoke_links([article], user=admin_user)
    assert client.get(address(picture)).status_code == 404


def test_the_portrait_of_an_author_with_a_page_is_public(client, picture):
    author = make_author(picture=picture)
    assert client.get(address(picture)).status_code == 404
    make_byline(make_article(), author)
    assert client.get(address(picture)).status_code == 200


@pytest.mark.parametrize("name", ["481.webp", "whole.svg", "whole.webp/", "..%2f..%2fsecret-key", "card-320-1-1.webp"])
def test_other_names_are_not_found(client, picture, name):
    place_picture(make_article(), picture)
    assert client.get(f"/media/{picture.folder}/{name}").status_code == 404
