"""A request that fails while it holds a password is logged and mailed, and neither says the password."""

from __future__ import annotations

import io
import json
import logging
import logging.config

import django
import pytest
from django.core import mail
from django.test import Client
from django.urls import include, path

from newsroom.watch.discretion import withheld
from newsroom.watch.logs import logging_of
from newsroom.watch.mail import admins

PASSWORD, WEED, STORY = "Cork-1975-quay", "x9", "under embargo until noon"


def fail(request, secret=""):
    password, body = request.POST["password"], request.POST["body"]
    raise RuntimeError(f"no postgres://newsroom:{password}@localhost/newsroom, password={WEED}, {len(body)} letters")


urlpatterns = [path("fail/", fail), path("preview/<str:secret>/", fail), path("", include("newsroom.urls"))]


@pytest.fixture
def logged(settings):
    """A function that makes a request which fails: what stands in the log in one form, and what is mailed."""
    settings.ROOT_URLCONF, settings.DEBUG = "tests.watch.test_discretion", False
    settings.ADMINS = admins(["desk@news.example.org"], version=django.VERSION)

    def ask(form, path="/fail/"):
        written = io.StringIO()
        values = logging_of(form=form, level="INFO", mails=True)
        values["handlers"]["console"]["stream"] = written
        logging.config.dictConfig(values)
        client = Client(raise_request_exception=False, headers={"Authorization": f"Bearer {PASSWORD}"})
        client.cookies["preview"] = client.cookies["sessionid"] = PASSWORD
        sent = {"username": "ana", "password": PASSWORD, "new_password1": PASSWORD, "body": STORY}
        assert client.post(f"{path}?token={PASSWORD}", sent).status_code == 500
        return written.getvalue()

    yield ask
    logging.config.dictConfig(settings.LOGGING)


@pytest.mark.one_database
@pytest.mark.django_db
@pytest.mark.parametrize("form", ["plain", "json"])
def test_a_password_stands_neither_in_the_log_nor_in_the_mail(logged, form):
    log = logged(form)
    assert "RuntimeError" in log
    assert "postgres://…@localhost/newsroom" in log
    if form == "json":
        assert all(json.loads(line) for line in log.splitlines())
    (message,) = mail.outbox
    assert "in fail" in message.body
    for secret in (PASSWORD, WEED, STORY):
        assert secret not in log, secret
        assert secret not in message.subject + message.body, secret
    assert "new_password1" in message.body  # what was sent is known by name


@pytest.mark.one_database
@pytest.mark.django_db
def test_the_address_of_a_preview_is_a_secret(logged):
    log = logged("plain", f"/preview/{PASSWORD}/")
    assert "/preview/…" in log
    assert PASSWORD not in log
    assert PASSWORD not in mail.outbox[0].subject + mail.outbox[0].body


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("GET /preview/a8f2c/?page=2", "GET /preview/…/?page=2"),
        ("smtp+tls://desk:kelp@mail.example.org:587", "smtp+tls://…@mail.example.org:587"),
        ("{'password': 'kelp', 'name': 'Ana'}", "{'password': '…', 'name': 'Ana'}"),
        ('{"new_password1": "kelp"}', '{"new_password1": "…"}'),
        ("?token=kelp&page=2", "?token=…&page=2"),
        ("Authorization: Basic a2VscA==", "Authorization: Basic …"),
        ("sessionid=kelp; csrftoken=weed", "sessionid=…; csrftoken=…"),
        ("Password reset for Ana; the tokens of a word", "Password reset for Ana; the tokens of a word"),
        ("https://news.example.org/articles/@ana/", "https://news.example.org/articles/@ana/"),
    ],
)
def test_what_is_withheld(said, kept):
    assert withheld(said) == kept


def test_the_newsrooms_own_secrets_are_withheld_wherever_they_stand(settings):
    settings.SECRET_KEY = 'a "key" of the newsroom'
    settings.DATABASES["default"]["PASSWORD"] = "kelp-and-weed"
    try:
        assert withheld(f"signed with {settings.SECRET_KEY} for kelp-and-weed") == "signed with … for …"
        assert withheld(json.dumps({"key": settings.SECRET_KEY})) == '{"key": "…"}'
    finally:
        settings.DATABASES["default"]["PASSWORD"] = ""
