"""A real Chromium, as readers and editors have it.

`page` is a fresh tab at 1280 × 900; `open_page("/people/")` loads a path of the live server in it and fails where the
console reports a breach of the content security policy or a script error. `axe()` returns what axe-core finds wrong
with the open page by the rules of WCAG 2.2, levels A and AA, in light and in dark.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, sync_playwright

from tests.conftest import CHROMIUM

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# All that the colour scheme changes.
IN_THE_DARK = ["color-contrast", "link-in-text-block"]
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not there")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the console of `page` reports as wrong: breaches of the content security policy, script errors."""
    return []


@pytest.fixture
def page(browser: Browser, complaints: list[str]) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    tab = context.new_page()

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    tab.on("console", listen)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    yield tab
    context.close()


@pytest.fixture
def open_page(live_server: Any, page: Page, complaints: list[str]) -> Callable[[str], Response]:
    def open_path(path: str) -> Response:
        response = page.goto(f"{live_server.url}{path}")
        assert response is not None
        assert complaints == [], f"the console complains on {path}"
        return response

    return open_path


@pytest.fixture
def axe(page: Page) -> Callable[[], list[str]]:
    def violations() -> list[str]:
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = violations_of(RULES)
        page.emulate_media(color_scheme="dark")
        # Links of the admin change their colour by and by.
        page.evaluate("Promise.all(document.getAnimations().map(each => each.finished))")
        found += violations_of(IN_THE_DARK)
        page.emulate_media(color_scheme="light")
        return found

    def violations_of(rules: list[str]) -> list[str]:
        result = page.evaluate("rules => axe.run(document, {runOnly: rules})", rules)
        return [
            f"{found['id']}: {node['html'][:200]} ({node['failureSummary']})"
            for found in result["violations"]
            for node in found["nodes"]
        ]

    return violations


@pytest.fixture
def desk(
    open_page: Callable[[str], Response], page: Page, complaints: list[str], admin_user: Any, live_server: Any
) -> Iterator[Callable[[str], Response]]:
    """Open a path of the desk, logged in; what the console complains of fails the test at its end."""
    page.context.add_cookies([session_of(admin_user, live_server.url)])
    yield open_page
    assert complaints == []


def session_of(user: Any, url: str) -> Any:
    """A cookie by which somebody is logged in: the form for it is tried once, not by each test."""
    client = Client()
    client.force_login(user)
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": url,
    }
