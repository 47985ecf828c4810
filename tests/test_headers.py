"""What every answer says to browsers, and what Django itself finds of the settings of a real site."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from tests.factories import make_article, make_person, make_quote

ROOT = Path(__file__).resolve().parent.parent
YEAR = 365 * 24 * 3600
PROMISED = {
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "Strict-Transport-Security",
    "X-Content-Type-Options",
    "X-Frame-Options",
}
# A line of nginx, as the documentation and what is deployed have it.
GIVEN = re.compile(r'^\s*add_header (\S+) (?:"([^"]*)"|(\S+?))(?: always)?;', re.MULTILINE)


def parts(header):
    """Django and django-csp write the same directives in an order of their own."""
    return {part.strip() for part in header.split(";")}


@pytest.fixture
def over_https(settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, YEAR


def answers():
    article = make_article(body="<p>“Rain,” said Mira Voss.</p>")
    quote = make_quote(article, "“Rain,”", speaker=make_person("Mira Voss"))
    page = article.get_absolute_url()
    for path in (
        *("/", page, f"/quotes/{quote.pk}/", "/search/?q=rain", "/people/nobody/", "/feed.atom", "/feed.json"),
        *(f"/oembed?url=https://testserver{page}", f"{page}card.png", "/api/v1/articles", "/reconcile", "/robots.txt"),
        *("/sitemap.xml", "/admin/", "/admin/login/", f"/articles/{article.slug}/report/"),
    ):
        yield path, Client().get(path, secure=True)


@pytest.mark.django_db
def test_every_answer_says_what_browsers_may_do_with_it(over_https):
    for path, response in answers():
        assert PROMISED - response.headers.keys() == set(), path
        policy = response["Content-Security-Policy"]
        assert "default-src 'none'" in policy, path
        assert "frame-ancestors 'none'" in policy, path
        assert not re.search(r"unsafe|\*|https?:", policy), path
        assert (response["X-Frame-Options"], response["X-Content-Type-Options"]) == ("DENY", "nosniff"), path
        assert response["Strict-Transport-Security"] == f"max-age={YEAR}", path
        assert "camera=(), " in response["Permissions-Policy"], path


@pytest.mark.django_db
def test_whoever_comes_without_https_is_sent_to_it(over_https):
    response = Client().get("/search/?q=rain")
    assert (response.status_code, response["Location"]) == (301, "https://testserver/search/?q=rain")


@pytest.mark.django_db
def test_what_a_web_server_gives_out_has_the_headers_of_the_program(over_https):
    make_article()
    page = Client().get("/", secure=True)
    folder = ROOT / "deploy" / "nginx"
    locations = (folder / "locations.conf").read_text(encoding="utf-8")
    given = []
    for site in ("newsroom.conf", "compose.conf"):
        (hsts,) = re.findall(r'https "(max-age=\d+)"', (folder / site).read_text(encoding="utf-8"))
        said = locations.replace("$hsts", hsts)
        given += [(site, name, quoted or plain) for name, quoted, plain in GIVEN.findall(said)]
    assert {name for _file, name, _value in given} >= PROMISED
    wrong = [each for each in given if each[1] in PROMISED and parts(page[each[1]]) != parts(each[2])]
    assert wrong == []


def settings_of(**environment):
    """What a site with these values in its environment is run with."""
    names = (
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        "SECURE_HSTS_INCLUDE_SUBDOMAINS",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_PROXY_SSL_HEADER",
    )
    script = f"from django.conf import settings; print([getattr(settings, name) for name in {names!r}])"
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env={**clean(), **environment}, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def clean():
    named = re.compile(r"(SECURE_|NEWSROOM_|HTTPS|SECRET_KEY|DEBUG|DATABASE_|ALLOWED_HOSTS|DJANGO_)")
    kept = {name: value for name, value in os.environ.items() if not named.match(name)}
    return {**kept, "DJANGO_SETTINGS_MODULE": "newsroom.settings"}


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "[False, 0, False, False, False, None]"),
        ({"HTTPS": "on"}, f"[True, {YEAR}, False, True, True, None]"),
        (
            {"HTTPS": "on", "NEWSROOM_PROXIES": "1", "SECURE_HSTS_SECONDS": "60"},
            "[True, 60, False, True, True, ('HTTP_X_FORWARDED_PROTO', 'https')]",
        ),
        ({"NEWSROOM_PROXIES": "1", "SECURE_HSTS_SECONDS": "60"}, "[False, 0, False, False, False, None]"),
    ],
    ids=["one machine", "HTTPS", "behind a proxy", "a proxy without HTTPS"],
)
def test_what_https_brings_with_it(tmp_path, environment, expected):
    assert settings_of(NEWSROOM_VAR_DIR=str(tmp_path), **environment) == expected


def test_django_finds_nothing_wrong_with_a_site_as_the_documentation_sets_it_up(tmp_path):
    environment = {
        "NEWSROOM_VAR_DIR": str(tmp_path),
        "HTTPS": "on",
        "SECRET_KEY": "a-real-one-of-more-than-fifty-letters-0123456789-abcdef",
        "ALLOWED_HOSTS": "news.example.org",
        "NEWSROOM_PROXIES": "1",
    }
    run = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "DEBUG"],
        cwd=ROOT,
        env={**clean(), **environment},
        capture_output=True,
        text=True,
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert "no issues" in run.stdout
