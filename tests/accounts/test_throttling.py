"""Whoever tries passwords waits, and keeps nobody else out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db.models import F
from django.test import Client

from tests.accounts.conftest import PASSWORD
from tests.accounts.test_second_factor import is_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


def attempts(sign_in, number, *, name="ana", address="192.0.2.66", **headers):
    client = Client(REMOTE_ADDR=address, headers=headers)
    return [sign_in(client, name, f"wrong-{each}") for each in range(number)][-1]


def test_after_five_wrong_passwords_the_right_one_is_not_looked_at(ana, sign_in):
    assert attempts(sign_in, 4).status_code == 200
    page = attempts(sign_in, 1)
    assert (page.status_code, page["Retry-After"]) == (429, "900")
    assert "Too many passwords were tried. Try again in 15 minutes." in page.content.decode()
    client = Client(REMOTE_ADDR="192.0.2.66")
    assert sign_in(client).status_code == 429
    assert not is_in(client)
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=15, seconds=1))
    sign_in(client)
    assert is_in(client)


def test_nobody_is_locked_out_from_elsewhere(ana, sign_in):
    attempts(sign_in, 6)
    client = Client(REMOTE_ADDR="192.0.2.7")
    sign_in(client)
    assert is_in(client)


def test_a_name_that_nobody_has_is_answered_alike(ana, sign_in):
    known, unknown = attempts(sign_in, 5), attempts(sign_in, 5, name="nobody")
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)


def test_the_right_password_forgets_the_wrong_ones(ana, sign_in):
    attempts(sign_in, 4)
    client = Client(REMOTE_ADDR="192.0.2.66")
    sign_in(client)
    assert is_in(client)
    assert attempts(sign_in, 4).status_code == 200


def test_one_password_tried_for_many_names_is_stopped_too(ana, sign_in):
    User.objects.create_user("bo", password=PASSWORD, is_staff=True)
    client = Client(REMOTE_ADDR="192.0.2.66")
    for number in range(50):
        assert sign_in(client, f"somebody-{number}").status_code == 200
    assert sign_in(client, "bo").status_code == 429
    assert not is_in(client)


def test_an_address_that_a_client_writes_itself_changes_nothing(settings, ana, sign_in):
    for number in range(5):
        attempts(sign_in, 1, **{"X-Forwarded-For": f"198.51.100.{number}"})
    assert AccessAttempt.objects.get().ip_address == "192.0.2.66"
    settings.NEWSROOM_PROXIES = 1
    attempts(sign_in, 1, **{"X-Forwarded-For": "203.0.113.9, 198.51.100.1"})
    assert AccessAttempt.objects.filter(ip_address="198.51.100.1").exists()
    assert attempts(sign_in, 1, **{"X-Forwarded-For": "nonsense"}).status_code == 200


def test_what_was_tried_is_kept_nowhere(ana, sign_in):
    attempts(sign_in, 2)
    assert "wrong-" not in str([*AccessAttempt.objects.values()])


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("quay-1975", "too short"),
        ("123456789012", "entirely numeric"),
        ("ana-ana-ana-a", "too similar to the username"),
        ("q1w2e3r4t5y6", "too common"),
    ],
)
def test_a_poor_password_is_refused_with_the_reason(ana_at, password, why):
    User.objects.filter(username="ana").update(username="ana-ana-ana")
    new = {"old_password": PASSWORD, "new_password1": password, "new_password2": password}
    browser = Client()
    browser.force_login(User.objects.get())
    assert why in browser.post("/admin/password_change/", new).content.decode()
