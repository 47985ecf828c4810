"""Pictures in a real browser: the focal point by mouse and keyboard, and pages that show them."""

from __future__ import annotations

import pytest
from PIL import Image
from playwright.sync_api import expect

from articles.editing.pictures import add_picture, read_upload
from articles.models import Picture
from tests.factories import make_article, make_author, make_byline, place_picture
from tests.pictures import drawn, file_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def picture():
    content = file_of(Image.new("RGB", (1600, 1000), "teal"))
    return add_picture(read_upload(content), user=None, alt="A green sea", caption="The sea.", credit="Bo Ek")


@pytest.fixture
def article(picture):
    article = make_article(headline="Ferry sails")
    place_picture(article, picture)
    make_byline(article, make_author("Ana Lopez", picture=picture))
    return article


def test_a_picture_is_uploaded_and_its_focal_point_set_by_keyboard(desk, page, tmp_path, complaints):
    path = tmp_path / "ferry.jpg"
    path.write_bytes(file_of(drawn(900, 600)))
    desk("/admin/articles/picture/add/")
    page.get_by_label("File").set_input_files(path)
    mark = page.get_by_role("button", name="Focal point")
    expect(mark).to_be_visible()
    mark.focus()
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Focal point from the left, %:", exact=True)).to_have_value("40")
    page.get_by_label("Alt text").fill("A ferry")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was added successfully")).to_be_visible()
    picture = Picture.objects.get()
    assert (picture.focal_x, picture.focal_y, picture.alt) == (40, 51, "A ferry")
    assert complaints == []


def test_a_click_on_the_preview_moves_the_focal_point(desk, page, picture):
    desk(f"/admin/articles/picture/{picture.pk}/change/")
    preview = page.get_by_role("img", name="A green sea")
    box = preview.bounding_box()
    preview.click(position={"x": box["width"] / 4, "y": box["height"] * 3 / 4})
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    picture.refresh_from_db()
    assert (picture.focal_x, picture.focal_y) == (pytest.approx(25, abs=1), pytest.approx(75, abs=1))


@pytest.mark.parametrize("path", ["", "add/", "change"])
def test_the_picture_library_is_accessible(desk, page, axe, complaints, picture, path):
    desk(f"/admin/articles/picture/{path.replace('change', f'{picture.pk}/change/')}")
    assert complaints == []
    assert axe() == []
    complaints.clear()  # axe itself tries to add styles


def test_the_form_with_byline_and_pictures_is_accessible(desk, page, axe, complaints, article):
    desk(f"/admin/articles/article/{article.pk}/change/")
    assert complaints == []
    assert axe() == []
    complaints.clear()


def test_pages_with_pictures_are_accessible_and_load_them(page, open_page, axe, article):
    for path in ("/", article.get_absolute_url(), "/authors/", "/authors/ana-lopez/"):
        open_page(path)
        page.wait_for_function("[...document.images].every(image => image.complete && image.naturalWidth)")
        assert axe() == []


@pytest.mark.parametrize("width", [320, 390, 820, 1440])
def test_no_picture_is_wider_than_its_page(page, open_page, article, width):
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("/", article.get_absolute_url(), "/articles/"):
        open_page(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_text_stays_where_it_is_when_the_picture_arrives(page, open_page, article):
    open_page(article.get_absolute_url())
    page.wait_for_function("document.images[0].complete")
    loaded = page.locator(".text").bounding_box()["y"]
    page.evaluate("document.images[0].removeAttribute('srcset'); document.images[0].src = 'data:,'")
    assert page.locator(".text").bounding_box()["y"] == pytest.approx(loaded, abs=2)
