"""Somebody with an account, and the app on their phone."""

from __future__ import annotations

import time

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

PASSWORD = "Cork-1975-quay"


class Phone:
    """The app: the code that it shows now, and a minute from now, when the one before is used."""

    def __init__(self, user):
        self.user, self.later = user, 0

    def code(self):
        device = TOTPDevice.objects.filter(user=self.user).order_by("-pk").first()
        totp = TOTP(device.bin_key)
        totp.time = time.time() + self.later
        self.later += 30  # each code is good once; the next one is taken a little early
        return f"{totp.token():06}"


@pytest.fixture
def ana(db):
    user = User.objects.create_user("ana", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name="Editor"))
    return user


@pytest.fixture
def phone(ana):
    return Phone(ana)


@pytest.fixture
def sign_in():
    """A function that fills in the form: `sign_in(client, "ana")`; the last answer."""

    def fill_in(client, name="ana", password=PASSWORD, path="/admin/login/", **kwargs):
        return client.post(path, {"username": name, "password": password}, **kwargs)

    return fill_in


@pytest.fixture
def set_up(ana, phone):
    """A function that sets up a second factor in a session: its recovery codes."""

    def fill_in(client):
        client.get("/admin/account/second-factor/")
        page = client.post("/admin/account/second-factor/", {"code": phone.code()})
        return page.context["codes"]

    return fill_in


@pytest.fixture
def ana_at(ana):
    """A function that gives a browser in which Ana is signed in by her password."""

    def browser(agent="Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", address="192.0.2.7"):
        client = Client(headers={"User-Agent": agent}, REMOTE_ADDR=address)
        client.post("/admin/login/", {"username": "ana", "password": PASSWORD})
        return client

    return browser
