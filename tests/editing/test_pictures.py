"""Pictures are taken in, cut anew and taken out; those of an article are read and written back."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db.models import ProtectedError
from PIL import Image

from articles.editing.pictures import (
    add_picture,
    delete_pictures,
    editing_pictures,
    pictures_of,
    read_upload,
    refocus,
    set_pictures,
)
from articles.models import Decision, Picture
from tests.factories import make_article, make_author, make_picture, place_picture
from tests.pictures import drawn, exif, file_of, with_iptc

pytestmark = pytest.mark.django_db


def taken_in(content=None, **words):
    words.setdefault("alt", "A ferry")
    return add_picture(read_upload(content or file_of(drawn(900, 600))), user=None, **words)


def files_of(picture):
    return set(default_storage.listdir(picture.folder)[1])


def test_a_picture_is_kept_in_all_its_sizes_and_as_nothing_else():
    picture = taken_in()
    expected = {each.name for each in (*picture.renditions(), *picture.cards(), picture.shared())}
    assert files_of(picture) == {*expected, "whole.webp"}
    assert [each.width for each in picture.renditions()] == [480, 800, 900]
    for each in (*picture.renditions(), *picture.cards(), picture.shared()):
        with default_storage.open(f"{picture.folder}/{each.name}") as file:
            content = file.read()
            assert Image.open(BytesIO(content)).size == (each.width, each.height)


def test_no_file_tells_where_it_was_taken_or_what_it_was_called():
    picture = taken_in(file_of(drawn(900, 600), exif=exif(description="Quay 7", artist="Bo Ek")))
    for name in files_of(picture):
        with default_storage.open(f"{picture.folder}/{name}") as file:
            content = file.read()
        image = Image.open(BytesIO(content))
        assert not image.getexif().get_ifd(0x8825)
        assert not {"exif", "xmp", "icc_profile", "photoshop", "comment"} & image.info.keys()
        assert b"Bo Ek" not in content


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (900, 1), (320, 100), (3000, 2000)], ids=str)
def test_pictures_of_any_shape_have_sizes_that_fit(size):
    picture = taken_in(file_of(Image.new("RGB", size)))
    for each in (*picture.renditions(), *picture.cards(), picture.shared()):
        assert 1 <= each.width <= size[0]
        assert 1 <= each.height <= size[1]


def test_the_file_fills_what_is_left_empty():
    content = with_iptc(file_of(exif=exif(taken="2031:05:02 09:30:00")), (120, b"A ferry leaves."), (80, b"Bo Ek"))
    picture = taken_in(content, caption="Typed")
    assert (picture.caption, picture.credit) == ("Typed", "Bo Ek")
    assert picture.taken == datetime(2031, 5, 2, 9, 30, tzinfo=UTC)


def test_what_a_file_says_at_length_is_cut_to_fit():
    assert len(taken_in(with_iptc(file_of(), (80, b"x" * 900))).credit) == 200


@pytest.mark.parametrize(
    "words", [{"alt": ""}, {"alt": "A ferry", "is_decorative": True}, {"focal_x": 101}], ids=["none", "both", "outside"]
)
def test_a_picture_that_breaks_a_rule_leaves_no_file(words, settings):
    before = {str(path) for path in settings.MEDIA_ROOT.rglob("*")}
    with pytest.raises(ValidationError):
        taken_in(**words)
    assert {str(path) for path in settings.MEDIA_ROOT.rglob("*")} == before
    assert not Picture.objects.exists()


def test_a_new_focal_point_makes_new_cards_and_takes_the_old_away(django_capture_on_commit_callbacks):
    picture = taken_in(file_of(drawn(1200, 400)))
    old = {each.name for each in (*picture.cards(), picture.shared())}
    picture.focal_x = 100
    with django_capture_on_commit_callbacks(execute=True):
        refocus(picture)
    card = picture.cards()[0]
    assert not old & files_of(picture)
    with default_storage.open(f"{picture.folder}/{card.name}") as file:
        red, green, blue = Image.open(file).convert("RGB").getpixel((card.width - 5, 5))
    assert blue > 200 > red + green


def test_a_deleted_picture_takes_its_files_along(django_capture_on_commit_callbacks):
    picture = taken_in()
    with django_capture_on_commit_callbacks(execute=True):
        delete_pictures([picture])
    assert files_of(picture) == set()


@pytest.mark.parametrize("use", ["article", "author"])
def test_a_picture_in_use_is_not_deleted(use):
    picture = taken_in()
    if use == "article":
        place_picture(make_article(status="draft"), picture)
    else:
        make_author(picture=picture)
    with pytest.raises(ProtectedError):
        delete_pictures([picture])
    assert "whole.webp" in files_of(picture)


def test_the_pictures_of_an_article_are_given_back_exactly_as_they_were():
    article = make_article()
    place_picture(article, make_picture(), caption="Here")
    place_picture(article, make_picture())
    before = pictures_of(article)
    set_pictures(article, [])
    assert pictures_of(article) == []
    set_pictures(article, before)
    assert pictures_of(article) == before


def test_a_picture_deleted_in_the_meantime_is_left_out_and_no_gap_stays():
    article, gone = make_article(), make_picture()
    place_picture(article, gone)
    place_picture(article, make_picture())
    before = pictures_of(article)
    set_pictures(article, [])
    gone.delete()
    set_pictures(article, before)
    assert list(article.pictures.values_list("position", flat=True)) == [1]


def test_what_an_editor_changes_is_numbered_anew_and_written_down(admin_user):
    article = make_article()
    place_picture(article, make_picture(title="Pier"))
    place_picture(article, make_picture(title="Ferry"))
    with editing_pictures(article, user=admin_user):
        article.pictures.filter(position=1).update(position=32_000, caption="Closed")
    assert [row.picture.title for row in article.pictures.in_order()] == ["Ferry", "Pier"]
    decision = Decision.objects.get()
    assert decision.before == {"pictures": ["Pier", "Ferry"]}
    assert decision.after == {"pictures": ["Ferry", "Pier (Closed)"]}
    assert decision.user == admin_user
