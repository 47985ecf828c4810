"""The documentation names what there is."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.management import get_commands, load_command_class
from django.urls import Resolver404, resolve

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
# Where values are read from the environment.
SETTINGS = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "newsroom").glob("*.py")))
DOCS = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md")))


def test_every_setting_from_the_environment_is_documented():
    names = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', SETTINGS))
    documented = set(
        re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "settings.md").read_text("utf-8"), re.MULTILINE)
    )
    assert names == documented


def test_every_command_and_option_is_documented():
    ours = [path for top in ("articles", "newsroom") for path in (ROOT / top).glob("**/management/commands/[a-z]*.py")]
    assert len(ours) > 10
    for path in ours:
        assert f"manage.py {path.stem}" in DOCS, f"{path.stem} is not in docs/"
        app = ".".join(path.relative_to(ROOT).parts[:-3])
        parser = load_command_class(app, path.stem).create_parser("manage.py", path.stem)
        own = {name for action in parser._actions for name in action.option_strings if name.startswith("--")}
        stock = {name for action in _stock_parser()._actions for name in action.option_strings}
        missing = sorted(name for name in own - stock if f"`{name}" not in DOCS)
        assert missing == [], f"{path.stem}: {missing}"


def _stock_parser():
    from django.core.management.base import BaseCommand

    return BaseCommand().create_parser("manage.py", "command")


def each_page(function):
    return pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)(function)


# Addresses of this site: in backticks, behind a method, or at the newsroom's own name.
ADDRESS = re.compile(
    r"`(/[^\s`]*)`|\b(?:GET|POST) (/\S+)|\bhttps?://(?:localhost:8000|news\.example\.org)(/[^\s`)\"',<>]*)", re.ASCII
)
# What stands for a part that differs, and one that may stand there.
PARTS = {"NUMBER": "1", "SLUG": "some-words", "WORDS": "some-words", "YEAR": "2026", "MONTH": "03", "DAY": "14"}
# Folders of a server, which are no addresses of the site.
NO_ADDRESSES = ("/srv/", "/usr/", "/etc/", "/tmp/", "/var/")


@each_page
def test_every_address_leads_somewhere(page):
    lost = []
    for match in ADDRESS.finditer(page.read_text(encoding="utf-8")):
        path = urlsplit(next(filter(None, match.groups()))).path.rstrip(".,;:")
        for part, value in PARTS.items():
            path = path.replace(part, value)
        if not path.startswith(NO_ADDRESSES) and not _leads_somewhere(path):
            lost.append(path)
    assert lost == []


def _leads_somewhere(path):
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


# The command of the queue's own package, which is there on PostgreSQL alone.
QUEUE = "procrastinate"


@each_page
def test_every_command_and_option_that_is_named_is_there(page):
    commands, wrong = get_commands(), []
    for name, options in re.findall(r"manage\.py ([a-z_]+)([^`\n]*)", page.read_text(encoding="utf-8")):
        if name == QUEUE:
            continue
        if name not in commands:
            wrong.append(name)
            continue
        app = commands[name]
        command = load_command_class(app, name) if isinstance(app, str) else app
        known = {
            option for action in command.create_parser("manage.py", name)._actions for option in action.option_strings
        }
        # Words of the page may follow behind a command that is set apart by spaces.
        wrong += [f"{name} {option}" for option in re.findall(r"(?<!\S)--[a-z][\w-]*", options) if option not in known]
    assert wrong == []


@each_page
def test_every_setting_that_is_named_is_there(page):
    named = set(re.findall(r"\bNEWSROOM_[A-Z_]+", page.read_text(encoding="utf-8"))) - {"NEWSROOM_TEST_EVERYTHING"}
    assert {name for name in named if f'"{name}"' not in SETTINGS} == set()


@each_page
def test_every_link_and_picture_of_a_page_is_there(page):
    lost = []
    for target in re.findall(r"\]\((?!https?:|mailto:)([^)\s]+)\)", page.read_text(encoding="utf-8")):
        path, _, heading = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (heading and heading not in _headings(file)):
            lost.append(target)
    assert lost == []


def _headings(page):
    """The anchors that a page's headings have where it is shown."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_every_page_of_the_documentation_is_found():
    """From the README, or from a page that it leads to."""
    found, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        targets = re.findall(r"\]\((?!https?:)([^)#\s]+\.md)", page.read_text(encoding="utf-8"))
        new = {(page.parent / target).resolve() for target in targets} - found
        found |= new
        waiting += sorted(new)
    assert set((ROOT / "docs").glob("*.md")) - found == set()


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < 150
