"""Lines of the log find their request, and errors are mailed once."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import django
import pytest
from django.core import mail
from django.utils.log import AdminEmailHandler

from newsroom.watch.logs import OncePerError, logging_of
from newsroom.watch.mail import admins, mail_settings
from newsroom.watch.requests import HEADER

ROOT = Path(__file__).resolve().parent.parent.parent
one_database = pytest.mark.one_database


@one_database
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("proxies", "sent", "is_kept"),
    [
        (1, "4bf92f3577b34da6", True),
        (0, "4bf92f3577b34da6", False),
        (1, "short", False),
        (1, "two words and more", False),
        (1, "a" * 65, False),
        (1, "kelp\tERROR root", False),
    ],
    ids=["own proxy", "no proxy", "too short", "spaces", "too long", "a line of its own"],
)
def test_the_number_of_a_request_is_taken_from_an_own_proxy_alone(client, settings, proxies, sent, is_kept):
    settings.NEWSROOM_PROXIES = proxies
    given = client.get("/articles/", headers={HEADER: sent})[HEADER]
    assert (given == sent) == is_kept
    assert re.fullmatch(r"[\w.-]{8,64}", given)


@one_database
@pytest.mark.django_db
def test_each_request_is_a_line_without_secrets(client, caplog):
    with caplog.at_level(logging.INFO, logger="newsroom.requests"):
        client.get("/preview/a-secret-address/?q=words")
        client.get("/articles/?q=words")
    lines = [record.getMessage() for record in caplog.records if record.name == "newsroom.requests"]
    assert [re.sub(r"\d+ ms", "N ms", line) for line in lines] == [
        "GET /preview/…/ 404 N ms",
        "GET /articles/ 200 N ms",
    ]


ERROR = """
import logging, django
django.setup()
from django.test import Client
from newsroom.watch.requests import HEADER
answer = Client(raise_request_exception=False).get("/articles/nowhere\\n/", headers={HEADER: "4bf92f3577b34da6"})
logging.getLogger("newsroom.else").warning("Tides", extra={"height": 3})
"""


def said(form):
    environment = {**os.environ, "NEWSROOM_LOGS": form, "NEWSROOM_PROXIES": "1", "ALLOWED_HOSTS": "testserver"}
    environment |= {"LOG_LEVEL": "INFO", "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    environment |= {"NEWSROOM_PAGE_FILES": "", "NEWSROOM_KEEP_PARTS": "0", "DATABASE_URL": "sqlite://:memory:"}
    done = subprocess.run(
        [sys.executable, "-c", ERROR], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stderr.splitlines()


def test_json_is_one_object_a_line_with_the_number_of_its_request():
    lines = [json.loads(line) for line in said("json")]
    assert [line["message"] for line in lines if line["logger"] == "newsroom.else"] == ["Tides"]
    (request,) = [line for line in lines if line["logger"] == "newsroom.requests"]
    assert (request["status"], request["method"], request["request_id"]) == (500, "GET", "4bf92f3577b34da6")
    (failure,) = [line for line in lines if line["logger"] == "django.request"]
    assert failure["request_id"] == "4bf92f3577b34da6"
    assert "no such table" in failure["exc_info"]
    assert [line["height"] for line in lines if "height" in line] == [3]


def test_plain_lines_have_the_number_too():
    lines = said("plain")
    assert "WARNING newsroom.else [-] Tides" in lines
    assert any(line.startswith("ERROR django.request [4bf92f3577b34da6] ") for line in lines)
    assert not any(line.startswith("/") for line in lines)


def test_a_form_that_is_not_there_is_named():
    with pytest.raises(ValueError, match="NEWSROOM_LOGS is “xml”; it may be “plain” or “json”"):
        logging_of(form="xml", level="INFO", mails=False)


@one_database
def test_an_error_is_mailed_once_and_another_one_too(settings):
    settings.ADMINS = admins(["desk@news.example.org"], version=django.VERSION)
    handler = _mail_handler()
    for words in (["tide"] * 3) + ["wind"]:
        try:
            raise ValueError(words) if words == "tide" else KeyError(words)
        except (ValueError, KeyError):
            record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, words, (), sys.exc_info())
            handler.handle(record)
    assert [message.to for message in mail.outbox] == [["desk@news.example.org"]] * 2
    assert "tide" in mail.outbox[0].subject


def _mail_handler():
    handler = AdminEmailHandler()
    handler.addFilter(OncePerError())
    return handler


def test_mail_is_set_up_for_either_django():
    read = {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "mail.example.org",
        "EMAIL_PORT": 587,
        "EMAIL_HOST_USER": "desk",
        "EMAIL_FILE_PATH": "",
        "EMAIL_HOST_PASSWORD": "kelp",
        "EMAIL_USE_TLS": True,
    }
    assert mail_settings(read, version=(5, 2)) == read
    assert mail_settings(read, version=(6, 1))["MAILERS"]["default"] == {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": "mail.example.org",
            "port": 587,
            "username": "desk",
            "password": "kelp",
            "use_tls": True,
        },
    }


def test_mail_needs_no_options_where_it_goes_to_the_screen():
    read = {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend", "EMAIL_HOST": "", "EMAIL_FILE_PATH": ""}
    assert mail_settings(read, version=(6, 1))["MAILERS"]["default"]["OPTIONS"] == {}
