"""Where somebody is signed in, and how they sign out there from here."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.test import Client

from newsroom.accounts.browsers import in_words
from newsroom.accounts.models import SignIn
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_second_factor import ACCOUNT, is_in

pytestmark = pytest.mark.django_db
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile Safari/604.1"


def test_sessions_are_told_by_browser_and_address(ana, ana_at):
    here, _phone = ana_at(), ana_at(IPHONE, "2001:db8::5")
    page = here.get(ACCOUNT).content.decode()
    assert "Firefox on Linux" in page
    assert "192.0.2.7" in page
    assert "Safari on iPhone" in page
    assert "2001:db8::5" in page
    assert page.count("here, now") == 1


def test_what_is_signed_out_elsewhere_is_out(ana, ana_at):
    here, phone, library = ana_at(), ana_at(IPHONE), ana_at()
    row = SignIn.objects.get(session=phone.session.session_key)
    here.post(ACCOUNT, {"end": str(row.pk)})
    assert (is_in(here), is_in(phone), is_in(library)) == (True, False, True)
    page = here.post(ACCOUNT, {"_end_others": "1"}, follow=True).content.decode()
    assert "1 session was signed out." in page
    assert "Nowhere else." in page
    assert (is_in(here), is_in(library)) == (True, False)


@pytest.mark.parametrize("number", ["", "-1", "x", "9" * 40, "²"])
def test_nonsense_signs_nobody_out(ana, ana_at, number):
    here, there = ana_at(), ana_at()
    assert here.post(ACCOUNT, {"end": number}).status_code == 302
    assert is_in(there)


def test_nobody_signs_out_others(ana, ana_at):
    there = ana_at()
    User.objects.create_user("bo", password=PASSWORD, is_staff=True)
    bo = Client()
    bo.post("/admin/login/", {"username": "bo", "password": PASSWORD})
    bo.post(ACCOUNT, {"end": str(SignIn.objects.get(user=ana).pk)})
    bo.post(ACCOUNT, {"_end_others": "1"})
    assert is_in(there)
    assert "192.0.2.7" not in bo.get(ACCOUNT).content.decode()


def test_logging_out_leaves_no_row(ana, ana_at):
    here, there = ana_at(), ana_at()
    here.post("/admin/logout/")
    assert [row.session for row in SignIn.objects.all()] == [there.session.session_key]


def test_a_new_password_signs_out_everywhere_else(ana, ana_at):
    here, there = ana_at(), ana_at()
    new = {"old_password": PASSWORD, "new_password1": "Youghal-1980-pier", "new_password2": "Youghal-1980-pier"}
    here.post("/admin/password_change/", new)
    assert (is_in(here), is_in(there)) == (True, False)
    assert [row.session for row in SignIn.objects.all()] == [here.session.session_key]


def test_a_password_that_is_given_to_somebody_signs_them_out(ana, ana_at, client):
    there = ana_at()
    ada = User.objects.create_user("ada", is_staff=True)
    ada.groups.add(Group.objects.get(name="Administrator"))
    client.force_login(ada)
    new = {"password1": "Youghal-1980-pier", "password2": "Youghal-1980-pier", "usable_password": "true"}
    client.post(f"/admin/auth/user/{ana.pk}/password/", new)
    assert (is_in(client), is_in(there)) == (True, False)
    assert [row.user for row in SignIn.objects.all()] == [ada]


def test_who_manages_accounts_signs_somebody_out_but_no_superuser(ana, ana_at, client):
    there = ana_at()
    root = User.objects.create_superuser("root", password=PASSWORD)
    at_root = Client()
    at_root.force_login(root)
    ada = User.objects.create_user("ada", is_staff=True)
    ada.groups.add(Group.objects.get(name="Administrator"))
    client.force_login(ada)
    chosen = {"action": "sign_out", "_selected_action": [ana.pk, root.pk, ada.pk]}
    page = client.post("/admin/auth/user/", chosen, follow=True).content.decode()
    assert "1 session was signed out." in page
    assert (is_in(there), is_in(at_root), is_in(client)) == (False, True, True)


def test_a_session_from_before_there_was_a_list_is_listed_once_it_is_used(ana, ana_at):
    here = ana_at()
    SignIn.objects.all().delete()
    cache.clear()
    here.get("/admin/")
    assert SignIn.objects.get().user == ana
    seen = SignIn.objects.get().last_seen
    here.get("/admin/")
    assert SignIn.objects.get().last_seen == seen  # it is not written down with each page


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140 Safari/537.36 Edg/140",
            "Edge on Windows",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) AppleWebKit/605.1.15 Version/19 Safari/605", "Safari on macOS"),
        ("Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/140 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8.1", "curl"),
        ("Newsreader <b>", "Newsreader <b>"),
        ("", "An unknown browser"),
    ],
)
def test_browsers_are_called_as_their_owners_call_them(agent, words):
    assert in_words(agent) == words
