"""A password opens the desk to whoever has it; with a second factor they need the phone, or a code on paper."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from lxml import etree

from newsroom.accounts import second_factor
from tests.accounts.conftest import PASSWORD
from tests.factories import make_article

pytestmark = pytest.mark.django_db
DESK, CODE, ACCOUNT, SET_UP = "/admin/", "/admin/login/code/", "/admin/account/", "/admin/account/second-factor/"


def is_in(client):
    return client.get(DESK).status_code == 200


def test_without_a_second_factor_the_password_is_enough(client, ana, sign_in):
    response = sign_in(client, path="/admin/login/?next=/admin/articles/person/")
    assert response["Location"] == "/admin/articles/person/"
    assert is_in(client)


def test_the_code_is_drawn_as_the_app_reads_it(ana, ana_at):
    page = ana_at().get(SET_UP).content.decode()
    drawing = etree.fromstring(re.search(r"<svg[^>]*\bqr\b.*?</svg>", page, re.DOTALL).group())
    assert drawing.get("class") == "qr"
    assert "style" not in etree.tostring(drawing).decode()
    device = TOTPDevice.objects.get(user=ana)
    assert "issuer=Newsroom" in device.config_url
    assert second_factor.secret_of(device) in page
    again = ana_at().get(SET_UP).content.decode()
    assert second_factor.secret_of(device) in again  # whoever loads the page twice scans one code


def test_a_wrong_code_sets_up_nothing(ana, ana_at, phone, sign_in):
    browser = ana_at()
    browser.get(SET_UP)
    page = browser.post(SET_UP, {"code": "12 34 5x"})
    assert "not the code that the app shows now" in page.content.decode()
    assert not second_factor.has_second_factor(ana)
    assert is_in(ana_at())


def test_with_a_second_factor_the_password_alone_opens_nothing(ana, ana_at, set_up, phone, sign_in):
    first, other = ana_at(), ana_at()
    draft = make_article(status="draft", headline="Under wraps")
    set_up(first)
    assert (is_in(first), is_in(other)) == (True, False)  # what began with the password alone ended
    client = Client()
    assert sign_in(client, path="/admin/login/?next=/admin/articles/person/")["Location"] == CODE
    assert not is_in(client)
    assert "Under wraps" not in client.get(draft.get_absolute_url()).content.decode()
    page = client.post(CODE, {"code": "000000"})
    assert "This code is not right" in page.content.decode()
    assert not is_in(client)
    TOTPDevice.objects.update(throttling_failure_count=0)  # a second later
    response = client.post(CODE, {"code": f" {phone.code()} "})
    assert response["Location"] == "/admin/articles/person/"
    assert is_in(client)


def test_a_code_is_good_once_and_for_its_own_account_alone(ana, ana_at, set_up, phone, sign_in):
    set_up(ana_at())
    code = phone.code()
    client, other = Client(), Client()
    sign_in(client)
    client.post(CODE, {"code": code})
    assert is_in(client)
    sign_in(other)
    assert "used before" in other.post(CODE, {"code": code}).content.decode()
    bo = User.objects.create_user("bo", password=PASSWORD, is_staff=True)
    second_factor.begun(bo)
    TOTPDevice.objects.filter(user=bo).update(confirmed=True)
    TOTPDevice.objects.update(throttling_failure_count=0)
    sign_in(other, "bo")
    assert not other.post(CODE, {"code": phone.code()}).has_header("Location")


def test_whoever_guesses_waits_longer_each_time(ana, ana_at, set_up, phone, sign_in):
    set_up(ana_at())
    client = Client()
    sign_in(client)
    client.post(CODE, {"code": "000000"})
    page = client.post(CODE, {"code": phone.code()})
    assert "try again in" in page.content.decode()
    assert not is_in(client)
    TOTPDevice.objects.update(throttling_failure_count=6)
    assert second_factor.seconds_to_wait(ana) > 20


def test_the_second_step_needs_the_first_and_does_not_wait_for_ever(ana, ana_at, set_up, phone, sign_in, monkeypatch):
    set_up(ana_at())
    assert Client().post(CODE, {"code": phone.code()})["Location"] == "/admin/login/"
    late, changed = Client(), Client()
    sign_in(late)
    sign_in(changed)
    ana.set_password("another-password-9")
    ana.save()
    assert changed.post(CODE, {"code": phone.code()})["Location"] == "/admin/login/"
    sign_in(late, password="another-password-9")
    monkeypatch.setattr("newsroom.accounts.views.time.time", lambda: 9e9)
    assert late.post(CODE, {"code": phone.code()})["Location"] == "/admin/login/"


def test_each_recovery_code_lets_in_once(ana, ana_at, set_up, sign_in):
    codes = set_up(ana_at())
    assert len(set(codes)) == 10
    client = Client()
    sign_in(client)
    response = client.post(CODE, {"code": codes[0].upper()}, follow=True)
    assert "You have 9 recovery codes left." in response.content.decode()
    other = Client()
    sign_in(other)
    assert not other.post(CODE, {"code": codes[0]}).has_header("Location")
    assert not is_in(other)


def test_new_recovery_codes_and_removing_ask_for_a_code(ana, ana_at, set_up, phone):
    browser = ana_at()
    old = set_up(browser)
    for button in ("_codes", "_remove_factor"):
        assert "This code is not right" in browser.post(ACCOUNT, {button: "1", "code": "000000"}).content.decode()
        TOTPDevice.objects.update(throttling_failure_count=0)
    assert [*StaticToken.objects.order_by("pk").values_list("token", flat=True)] == old
    page = browser.post(ACCOUNT, {"_codes": "1", "code": phone.code()})
    assert not set(page.context["codes"]) & set(old)
    browser.post(ACCOUNT, {"_remove_factor": "1", "code": page.context["codes"][0]})
    assert not second_factor.has_second_factor(ana)
    assert not StaticToken.objects.exists()


def test_another_phone_takes_the_place_of_the_first(ana, ana_at, set_up, phone, sign_in):
    browser = ana_at()
    set_up(browser)
    first = second_factor.phone_of(ana)
    set_up(browser)
    assert second_factor.phone_of(ana).key != first.key
    assert TOTPDevice.objects.filter(user=ana).count() == 1
    assert is_in(browser)


def test_where_it_is_required_a_password_opens_the_page_that_sets_it_up_and_no_other(
    settings, ana, ana_at, phone, sign_in
):
    signed_in_before = ana_at()
    settings.NEWSROOM_REQUIRE_SECOND_FACTOR = True
    article = make_article(status="draft", headline="Under wraps")
    client = Client()
    assert sign_in(client)["Location"] == SET_UP
    for browser in (client, signed_in_before):
        for path in (DESK, "/admin/articles/article/", ACCOUNT, "/admin/password_change/"):
            assert "/login/" in browser.get(path)["Location"], path
        assert browser.get("/admin/login/?next=/admin/")["Location"] == SET_UP
        assert "Under wraps" not in browser.get(article.get_absolute_url()).content.decode()
    assert "asks for a second factor from everybody" in client.get(SET_UP).content.decode()
    client.post(SET_UP, {"code": phone.code()})
    assert is_in(client)
    page = client.get(ACCOUNT).content.decode()
    assert "_remove_factor" not in page
    client.post(ACCOUNT, {"_remove_factor": "1", "code": phone.code()})
    assert second_factor.has_second_factor(ana)


def test_readers_pages_ask_nothing_about_who_reads(settings, client, django_assert_num_queries):
    page = make_article().get_absolute_url()
    client.get(page)
    with CaptureQueriesContext(connection) as usual:
        client.get(page)
    settings.NEWSROOM_REQUIRE_SECOND_FACTOR = True
    with django_assert_num_queries(len(usual)):
        response = client.get(page)
    assert "Cookie" not in response.get("Vary", "")


def test_who_manages_accounts_lets_in_who_lost_phone_and_codes(ana, ana_at, set_up, client):
    browser = ana_at()
    set_up(browser)
    root = User.objects.create_superuser("root", password=PASSWORD)
    second_factor.begun(root)
    TOTPDevice.objects.filter(user=root).update(confirmed=True)
    chief = User.objects.create_user("ada", is_staff=True)
    chief.groups.add(Group.objects.get(name="Administrator"))
    client.force_login(chief)
    page = client.post(
        "/admin/auth/user/",
        {"action": "remove_second_factor", "_selected_action": [ana.pk, root.pk]},
        follow=True,
    )
    assert "1 second factor was removed." in page.content.decode()
    assert (second_factor.has_second_factor(ana), second_factor.has_second_factor(root)) == (False, True)
    assert not is_in(browser)
    assert "Second factor removed." in client.get(f"/admin/auth/user/{ana.pk}/history/").content.decode()


def test_the_last_way_in_is_a_command(ana, ana_at, set_up, capsys):
    set_up(ana_at())
    call_command("remove_second_factor", "ana")
    assert "is removed" in capsys.readouterr().out
    assert is_in(ana_at())
    with pytest.raises(CommandError, match="“ana” has no second factor"):
        call_command("remove_second_factor", "ana")
    with pytest.raises(CommandError, match="no account “bo”"):
        call_command("remove_second_factor", "bo")
