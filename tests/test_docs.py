"""The documentation names what there is."""

import re
from pathlib import Path

from django.core.management import load_command_class

ROOT = Path(__file__).resolve().parent.parent
DOCS = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md")))


def test_every_setting_from_the_environment_is_documented():
    settings = (ROOT / "newsroom" / "settings.py").read_text(encoding="utf-8")
    names = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', settings))
    documented = set(
        re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "settings.md").read_text("utf-8"), re.MULTILINE)
    )
    assert names == documented


def test_every_command_and_option_is_documented():
    for path in (ROOT / "articles" / "management" / "commands").glob("[a-z]*.py"):
        assert f"manage.py {path.stem}" in DOCS, f"{path.stem} is not in docs/"
        parser = load_command_class("articles", path.stem).create_parser("manage.py", path.stem)
        own = {name for action in parser._actions for name in action.option_strings if name.startswith("--")}
        stock = {name for action in _stock_parser()._actions for name in action.option_strings}
        missing = sorted(name for name in own - stock if f"`{name}" not in DOCS)
        assert missing == [], f"{path.stem}: {missing}"


def _stock_parser():
    from django.core.management.base import BaseCommand

    return BaseCommand().create_parser("manage.py", "command")
