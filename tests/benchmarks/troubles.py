"""More of what goes wrong around a newsroom, for `faults.py`: a full disk, a clock that jumps, two at once, a crowd."""

from __future__ import annotations

import asyncio
import os
import resource
import shutil
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from tests.benchmarks import running

READERS = 1_000
SECONDS = 20.0
BALLAST = "ballast"


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of its own that is soon full; only root may make one."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill(disk: Path, *, leaving: int) -> None:
    """Leave so many kilobytes."""
    free = shutil.disk_usage(disk).free
    with open(disk / BALLAST, "wb") as file:
        file.write(bytes(max(0, free - leaving * 1_024)))


def disk_full(new: running.Site) -> list[str]:
    """Imports and backups on a disk that has no room: plain words, nothing by halves, and all of it once there is."""
    if os.geteuid() != 0:
        return ["only root can make a small disk: nothing was tried"]
    wrong: list[str] = []
    var = Path(new.environment["NEWSROOM_VAR_DIR"])
    needed = sum(file.stat().st_size for file in var.rglob("*") if file.is_file()) >> 20
    with small_disk(new.folder / "small", 2 * needed + 60) as disk:
        shutil.copytree(var, disk / "var")
        there = replace(new, environment={**new.environment, "NEWSROOM_VAR_DIR": str(disk / "var")})
        on_this_disk = "DATABASE_URL" not in new.environment
        done, refused = [], []
        for number, kilobytes in enumerate((2_000, 400, 100, 20, 0), start=1):
            fill(disk, leaving=kilobytes)
            imported = _import(there, number)
            (done if imported.returncode == 0 else refused).append(number)
            wrong += _plain(imported, f"the import with {kilobytes} kB left")
            backup = there.manage("backup", str(disk), check=False)
            wrong += _plain(backup, f"the backup with {kilobytes} kB left")
            if backup.returncode == 0 and kilobytes < 100:
                wrong.append(f"a backup was said to be written with {kilobytes} kB left")
            for file in disk.glob("newsroom-*.backup"):
                wrong += _whole(there, file)
                file.unlink()
            wrong += [f"{file.name} was left behind" for file in disk.glob(".*.part")]
            (disk / BALLAST).unlink()
        if on_this_disk and not refused:
            wrong.append("no import met a full disk: nothing was tried")
        print(f"  with little room: {len(done)} imports, {len(refused)} refused")
        wrong += [
            f"story {number} cannot be imported with room" for number in refused if not there.import_story(number)
        ]
        there.manage("backup", str(disk / "last.backup"))
        wrong += _whole(there, disk / "last.backup")
        return wrong + running.faults_of(there, imported=[*done, *refused], saved={})


def _import(new: running.Site, number: int) -> subprocess.CompletedProcess[str]:
    """The story itself lies where there is room."""
    file = new.story_file(number)
    return new.manage("import_article", "--publish", str(file), check=False)


def _plain(done: subprocess.CompletedProcess[str], what: str) -> list[str]:
    said = done.stdout + done.stderr
    if "Traceback" in said:
        return [f"{what} ended with a traceback: {said[-900:]}"]
    return [f"{what} failed without a word"] if done.returncode and not said.strip() else []


def _whole(new: running.Site, backup: Path) -> list[str]:
    checked = new.manage("restore", "--check", str(backup), check=False)
    return [f"{backup.name} is not whole: {checked.stderr[-300:]}"] if checked.returncode else []


def clock_jumps(new: running.Site) -> list[str]:
    """An hour forward, three back, and home, while readers read, an editor saves and stories are due."""
    wrong: list[str] = []
    clock = new.folder / "clock"
    clock.write_text("0")
    new.environment["NEWSROOM_CLOCK"] = str(clock)
    readers, editors, stop = running.Tally(), running.Tally(), threading.Event()
    saved: dict[int, str] = {}
    with new.served(application="tests.benchmarks.another_clock"):
        threads = [
            threading.Thread(target=running.read_on, args=(new, readers, stop), kwargs={"rate": 5, "seed": 1}),
            threading.Thread(
                target=running.edit_on,
                args=(new, running.EDITORS[0], list(range(1, 11)), saved, editors, stop),
                kwargs={"pause": 1},
            ),
        ]
        for thread in threads:
            thread.start()
        due = {number: _schedule(new, number, minutes) for number, minutes in ((7, 30), (47, 100))}
        for seconds, expected in ((0, []), (3_600, [7]), (-7_200, [7]), (0, [7]), (7_200, [7, 47])):
            clock.write_text(str(seconds))
            time.sleep(SECONDS / 5)
            ran = new.python("-m", "tests.benchmarks.another_clock", "run_scheduled", "--job", "publish", check=False)
            wrong += _plain(ran, f"run_scheduled at {seconds:+} s")
            seen = [number for number in due if _status(new, number) == "published"]
            if seen != expected:
                wrong.append(f"at {seconds:+} s {seen} were published, not {expected}")
        stop.set()
        for thread in threads:
            thread.join()
    print(f"  readers {dict(readers.answers)}, editors {dict(editors.answers)}")
    wrong += [f"{who}: {tally.bad()} {tally.examples}" for who, tally in _named(readers, editors) if tally.bad()]
    clock.write_text("0")
    return wrong + running.faults_of(new, imported=[], saved=saved)


def _named(readers: running.Tally, editors: running.Tally) -> list[tuple[str, running.Tally]]:
    return [("readers", readers), ("editors", editors)]


def _schedule(new: running.Site, number: int, minutes: int) -> int:
    """Give an article that is a draft a time, through the records."""
    when = datetime.now().astimezone() + timedelta(minutes=minutes)
    code = "import json\nfrom articles.models import Article\nfrom articles.editing.publish import schedule\n"
    code += "from datetime import datetime\n"
    code += f"at = datetime.fromisoformat({when.isoformat()!r})\n"
    code += f"moved = schedule(Article.objects.get(pk={number + 1}), at=at, user=None)\n"
    code += "print(json.dumps(len(moved.articles)))"
    return int(new.ask(code))


def _status(new: running.Site, number: int) -> str:
    code = "import json\nfrom articles.models import Article\n"
    return str(new.ask(f"{code}print(json.dumps(Article.objects.get(pk={number + 1}).status))"))


def two_at_once(new: running.Site) -> list[str]:
    """Two programs side by side: one publishes an article as often as the other withdraws it."""
    other = replace(new, port=new.port + 1)
    stop, told, wrong = threading.Event(), Counter[str](), list[str]()
    with new.served(), other.served():
        threads = [
            threading.Thread(target=_press_on, args=(new, running.EDITORS[0], _publish, told, wrong, stop)),
            threading.Thread(target=_press_on, args=(other, running.EDITORS[1], _withdraw, told, wrong, stop)),
        ]
        readers = running.Tally()
        reading = {**new.paths, "article": [_path(new, 1)]}
        threads += [
            threading.Thread(
                target=running.read_on,
                args=(replace(each, paths=reading), readers, stop),
                kwargs={"rate": 10, "seed": 1},
            )
            for each in (new, other)
        ]
        for thread in threads:
            thread.start()
        time.sleep(SECONDS)
        stop.set()
        for thread in threads:
            thread.join()
        print(f"  pressed {dict(told)}; readers {dict(readers.answers)}")
        shown = {each.port: running.status_of(each, _path(new, 1)) for each in (new, other)}
        code = "import json\nfrom articles.models import Article\n"
        status = new.ask(f"{code}print(json.dumps(Article.objects.get(pk=1).status))")
    expected = {"published": 200, "withdrawn": 410}.get(status, 404)
    if set(shown.values()) != {expected}:
        wrong.append(f"the article is {status}, and readers are given {shown}")
    bad = {what: number for what, number in readers.bad().items() if what not in ("404", "410")}
    wrong += [f"readers: {bad} {readers.examples}"] if bad else []
    if not told["publish"] + told["reinstate"] or not told["withdraw"]:
        wrong.append("one of the two came to press nothing: give them more seconds")
    check = other.manage("publish_files", "--check", "--host", other.host, check=False)
    wrong += [check.stdout[-600:] + check.stderr[-600:]] if check.returncode else []
    return wrong + running.faults_of(new, imported=[], saved={})


def _path(new: running.Site, number: int) -> str:
    code = "import json\nfrom articles.models import Article\n"
    return str(new.ask(f"{code}print(json.dumps(Article.objects.get(pk={number}).get_absolute_url()))"))


def _press_on(new, name, press, told, wrong, stop) -> None:  # type: ignore[no-untyped-def]
    editor = running.Editor(new, name)
    while not stop.is_set():
        try:
            told[press(editor)] += 1
        except OSError as error:
            wrong.append(f"{press.__name__}: {error}")
            return


def _publish(editor: running.Editor) -> str:
    """Whatever leads the article to readers from where it is."""
    path = "/admin/articles/article/1/change/"
    page = editor.get(path)
    for button in ("_publish", "_reinstate"):
        if page.xpath(f'//*[@name="{button}"]'):
            editor.send(page, path, button=button)
            return button[1:]
    return "nothing to publish"


def _withdraw(editor: running.Editor) -> str:
    path = "/admin/articles/article/1/withdraw/"
    page = editor.get(path)
    if not page.xpath('//textarea[@name="note"]'):
        return "nothing to withdraw"
    editor.send(page, path, note="The ferry did not sail.")
    return "withdraw"


def crowd(new: running.Site) -> list[str]:
    """A thousand readers at the same time, each on a connection of its own, one page after the other."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 4 * READERS)), hard))
    with new.served():
        started = time.monotonic()
        answers, seconds = asyncio.run(_crowd(new, started + SECONDS))
    ordered = sorted(seconds) or [0.0]
    half, most = ordered[len(ordered) // 2], ordered[int(0.99 * len(ordered))]
    print(f"  {READERS:,} readers for {SECONDS:.0f} s: {dict(answers)}, {sum(answers.values()) / SECONDS:.0f} a second")
    print(f"  half within {half:.2f} s, 99 % within {most:.2f} s, the last within {ordered[-1]:.2f} s")
    # A fault before this one may have withdrawn what some pages were about.
    bad = {what: number for what, number in answers.items() if what not in ("200", "404", "410")}
    return ([f"readers: {bad}"] if bad else []) + running.faults_of(new, imported=[], saved={})


async def _crowd(new: running.Site, end: float) -> tuple[Counter[str], list[float]]:
    answers, seconds = Counter[str](), list[float]()
    paths = [path for paths in new.paths.values() for path in paths if "?" not in path]

    async def read_on(number: int) -> None:
        turn = number
        while time.monotonic() < end:
            started = time.monotonic()
            answers[await _read(new, paths[turn % len(paths)])] += 1
            seconds.append(time.monotonic() - started)
            turn += 7

    await asyncio.gather(*(read_on(number) for number in range(READERS)))
    return answers, seconds


async def _read(new: running.Site, path: str) -> str:
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", new.port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {new.host}\r\nConnection: close\r\n\r\n".encode())
        said = await reader.read()
        writer.close()
        return said[9:12].decode() if said else "no answer"
    except OSError as error:
        return type(error).__name__
