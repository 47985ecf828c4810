"""An editor sets up a second factor, and signs in with it, in a real browser."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from tests.accounts.conftest import Phone

pytestmark = [pytest.mark.browser, pytest.mark.one_database, pytest.mark.django_db(transaction=True)]


def test_a_second_factor_is_set_up_and_asked_for(desk, page, axe, complaints):
    def is_sound():
        assert complaints == []
        assert axe() == []
        complaints.clear()  # what looks for barriers puts styles into the page, which the policy forbids
        return True

    desk("/admin/")
    page.get_by_role("link", name="Your account").click()
    assert is_sound()
    page.get_by_role("link", name="Set up a second factor").click()
    assert page.get_by_role("img", name="QR code").bounding_box()["height"] > 150
    assert is_sound()
    phone = Phone(User.objects.get())
    page.get_by_label("Code:").fill(phone.code())
    page.get_by_role("button", name="Confirm").click()
    assert page.locator(".recovery-codes li").count() == 10
    assert is_sound()
    page.get_by_role("button", name="Log out").click()
    desk("/admin/login/")
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password").fill("password")
    page.get_by_role("button", name="Log in").click()
    assert is_sound()
    page.get_by_label("Code:").fill(phone.code())
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name="Your account").click()
    assert "On: whoever has your password needs your phone" in page.locator("#content").inner_text()
    assert is_sound()
