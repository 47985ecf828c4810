"""Measure how many readers' pages are served a second.

    python -m tests.benchmarks.pages [--articles N] [--database sqlite|postgresql] [--seconds N] [--folder PATH] …

A made-up archive (`tests/benchmarks/archive.py`) is served by gunicorn with two workers and asked by `wrk` over 16
connections, a thousand addresses of each kind in turn: articles, people, tags, the front page, the search, and a view
that returns a constant page. First with nothing kept (each page is rendered from the records for each reader), then
with what is dear to render kept in the database, then with the pages kept as files, then the editors' list of articles
and searches in it, then, where nginx is installed, pages from nginx alone. Printed for each: requests a second, the
time within which half and 99 % were answered, queries, and bytes, plain and compressed, the article with its style
sheet. An SQLite archive in `--folder` is made once and found again.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

KINDS = ("constant", "article", "person", "tag", "home", "search")
DESK = ("list", "find")
PORT = 8765
SOME = 1_000  # addresses of a kind, asked for in turn, where `--addresses` says nothing else
RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
WITHIN = re.compile(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s)", re.MULTILINE)
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}
BAD = re.compile(r"Non-2xx or 3xx responses: (\d+)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000, metavar="N")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seconds", type=int, default=8, metavar="N", help="for each measurement")
    parser.add_argument("--kinds", nargs="*", choices=(*KINDS, *DESK), default=(*KINDS, *DESK))
    parser.add_argument("--addresses", type=int, default=SOME, metavar="N", help="of each kind, asked for in turn")
    parser.add_argument("--no-nginx", action="store_true")
    parser.add_argument("--folder", type=Path, metavar="PATH")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk is not installed (on Debian: apt install wrk)")
    if not find_spec("gunicorn"):
        sys.exit("gunicorn is not installed (pip install gunicorn)")
    if options.inside:
        run(options)
        return
    wrapper = [sys.executable, "-m", "tests.with_postgresql"] if options.database == "postgresql" else []
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "NEWSROOM_VAR_DIR": str(options.folder or folder),
            "DJANGO_SETTINGS_MODULE": "tests.benchmarks.pages_settings",
            "ALLOWED_HOSTS": "localhost",
        }
        command = [*wrapper, sys.executable, "-m", "tests.benchmarks.pages", "--inside", *sys.argv[1:]]
        sys.exit(subprocess.run(command, env=environment, check=False).returncode)


def run(options: argparse.Namespace) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from articles.models import Article
    from tests.benchmarks.archive import make_archive

    call_command("migrate", verbosity=0)
    if not Article.objects.exists():
        started = time.perf_counter()
        make_archive(options.articles)
        call_command("rebuild_search", verbosity=0)
        print(f"made in {time.perf_counter() - started:.0f} s", flush=True)
    print(f"{options.database}: {Article.objects.count():,} articles", flush=True)
    asked = {kind: each for kind, each in addresses(options.addresses).items() if kind in options.kinds}
    paths = {kind: each for kind, each in asked.items() if kind not in DESK}
    pages = Path(os.environ["NEWSROOM_VAR_DIR"]) / "pages"
    for label, folder, parts in (
        ("rendered from the records for each reader", "", False),
        ("rendered for each reader, what is dear to render kept in the database", "", True),
        ("kept as files", str(pages), True),
    ):
        print(f"\n{label}", flush=True)
        with gunicorn(NEWSROOM_PAGE_FILES=folder, NEWSROOM_KEEP_PARTS=str(parts)):
            for kind, each in paths.items():
                if parts:
                    warm(each)
                report(kind, drive(each, PORT, options.seconds), size_of(each[0], folder=folder, parts=parts))
    print("\nat the desk, never kept", flush=True)
    session = session_of_an_editor()
    with gunicorn():
        for kind in [kind for kind in DESK if kind in asked]:
            size = size_of(asked[kind][0], folder="", parts=True, session=session)
            report(kind, drive(asked[kind], PORT, options.seconds, session=session), size)
    if shutil.which("nginx") and not options.no_nginx:
        print("\nfrom nginx alone", flush=True)
        with nginx(pages):
            for kind in ("article", "person", "tag", "home"):
                if kind in paths:
                    size = size_of(paths[kind][0], folder=str(pages), parts=True)
                    report(kind, drive(paths[kind], PORT + 1, options.seconds), size)


def addresses(number: int) -> dict[str, list[str]]:
    from articles.models import Article, Person, Tag

    people = Person.objects.public().order_by("pk")[:number]
    tags = Tag.objects.public().order_by("pk")[:number]
    headlines = Article.objects.published().order_by("pk").values_list("headline", flat=True)[:number]
    words = [headline.split()[-1].strip(".,").lower() for headline in headlines]
    return {
        "constant": ["/constant/"],
        "article": [each.get_absolute_url() for each in Article.objects.published().order_by("pk")[:number]],
        "person": [each.get_absolute_url() for each in people],
        "tag": [each.get_absolute_url() for each in tags],
        "home": ["/"],
        "search": [f"/search/?q={word}" for word in words],
        "list": ["/admin/articles/article/"],
        "find": [f"/admin/articles/article/?q={word}" for word in words],
    }


def session_of_an_editor() -> str:
    from django.contrib.auth.models import User
    from django.test import Client

    editor, _ = User.objects.get_or_create(username="editor", is_staff=True, is_superuser=True)
    client = Client(headers={"host": f"localhost:{PORT}"})
    client.force_login(editor)
    return client.cookies["sessionid"].value


def size_of(path: str, *, folder: str, parts: bool, session: str = "") -> dict[str, Any]:
    from django.contrib.staticfiles import finders
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, override_settings

    client = Client(headers={"host": f"localhost:{PORT}"})
    client.cookies["sessionid"] = session
    with override_settings(NEWSROOM_PAGE_FILES=folder, NEWSROOM_KEEP_PARTS=parts):
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            content = client.get(path).content
    css = Path(str(finders.find("articles/site.css"))).read_bytes()
    return {
        "queries": len(queries.captured_queries),
        "bytes": len(content),
        "packed": len(gzip.compress(content, 6)),
        "css": len(gzip.compress(css, 6)),
    }


@contextmanager
def gunicorn(**environment: str) -> Iterator[None]:
    command = [
        *(sys.executable, "-m", "gunicorn", "newsroom.wsgi", "--workers", "2", "--bind", f"127.0.0.1:{PORT}"),
        *("--log-level", "error"),
    ]
    with subprocess.Popen(command, env={**os.environ, **environment}) as process:
        try:
            wait_for(PORT)
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)


@contextmanager
def nginx(pages: Path) -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder:
        configuration = Path(folder) / "nginx.conf"
        configuration.write_text(
            f"""
            worker_processes 2; daemon off; pid {folder}/pid; error_log stderr crit;
            events {{ worker_connections 256; }}
            http {{
              access_log off; include /etc/nginx/mime.types; sendfile on; open_file_cache max=10000;
              client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
              uwsgi_temp_path {folder}; scgi_temp_path {folder};
              server {{ listen 127.0.0.1:{PORT + 1}; root {pages}/current/localhost:{PORT}; gzip_static on; }}
            }}
            """,
            encoding="utf-8",
        )
        with subprocess.Popen(["nginx", "-c", str(configuration)]) as process:
            try:
                wait_for(PORT + 1)
                yield
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait(timeout=20)


def wait_for(port: int) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://localhost:{port}/", timeout=5).read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit(f"nothing answers on port {port}")


def warm(paths: list[str]) -> None:
    for path in paths:
        urllib.request.urlopen(f"http://localhost:{PORT}{path}", timeout=30).read()


def drive(paths: list[str], port: int, seconds: int, *, session: str = "") -> str:
    with tempfile.NamedTemporaryFile("w", suffix=".lua", encoding="utf-8") as script:
        script.write(
            f"local paths = {{{','.join(json.dumps(path) for path in paths)}}}\n"
            "local at = 0\n"
            "request = function()\n  at = at % #paths + 1\n"
            '  return wrk.format("GET", paths[at], {["Host"] = "localhost:' + str(PORT) + '",'
            ' ["Accept-Encoding"] = "gzip", ["Cookie"] = "sessionid=' + session + '"})\nend\n'
        )
        script.flush()
        command = ["wrk", "-t1", "-c16", f"-d{seconds}s", "--latency", "-s", script.name, f"http://127.0.0.1:{port}/"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def report(kind: str, said: str, size: dict[str, Any]) -> None:
    rate = RATE.search(said)
    within = {share: float(value) * UNITS[unit] for share, value, unit in WITHIN.findall(said)}
    bad = BAD.search(said)
    print(
        f"  {kind:9} {float(rate.group(1)) if rate else 0:8,.0f}/s  half within {within.get('50', 0):6.1f} ms, "
        f"99 % within {within.get('99', 0):6.1f} ms  {size['queries']:2} queries  {size['bytes'] / 1000:5.1f} kB, "
        f"{size['packed'] / 1000:.1f} kB compressed"
        + (f", {(size['packed'] + size['css']) / 1000:.1f} kB with its style sheet" if kind == "article" else "")
        + (f"  {bad.group(1)} BAD ANSWERS" if bad else ""),
        flush=True,
    )


if __name__ == "__main__":
    main()
