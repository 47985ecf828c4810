"""Pages as files: written once they are rendered, read without asking the database, removed when they are out of date.

The folder may be served by a web server as it is: `current/articles/ferry-sails/index.html`, beside it the same bytes
compressed. An address that has no slash at its end is a file of that name: `current/tags/water/feed.atom`. `current`
leads to a folder that is named for the looks of this release, so that an upgrade begins anew.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from django.conf import settings

INDEX = "index.html"
UNPACKED = (".png",)
COMPRESSION = 6  # level 9 takes three times as long for 1 % less
# What a page looks like depends on these; whoever changes one of them starts with an empty folder.
LOOKS = (
    *("templates", "articles/static/articles", "articles/templatetags", "articles/drawing", "articles/site"),
    "articles/locale",
)


def folder() -> Path | None:
    """Where the pages of this release are kept; None where a newsroom keeps none."""
    root = settings.NEWSROOM_PAGE_FILES
    return Path(root) / looks() if root else None


def page_file(path: str) -> Path | None:
    """The file of the page at `path`, whether or not it is there; None for a path that no file may have."""
    home = folder()
    parts = path.strip("/").split("/") if path != "/" else []
    if home is None or any(part in ("", ".", "..") or "\0" in part or len(part.encode()) > 200 for part in parts):
        return None
    return home.joinpath(*parts, INDEX) if path.endswith("/") else home.joinpath(*parts)


def packed(file: Path) -> Path:
    """The same bytes, compressed; pictures are as small as they get."""
    return file if file.suffix in UNPACKED else file.with_name(f"{file.name}.gz")


def write_page(path: str, content: bytes) -> None:
    """Keep a page: each of its two files is there whole or not at all."""
    file = page_file(path)
    if file is None:
        return
    point_to_current()
    file.parent.mkdir(parents=True, exist_ok=True)
    if packed(file) != file:
        _replace(packed(file), gzip.compress(content, COMPRESSION, mtime=0))
    _replace(file, content)


def remove_pages(paths: Iterable[str]) -> None:
    point_to_current()
    for path in paths:
        file = page_file(path)
        if file is not None:
            file.unlink(missing_ok=True)
            packed(file).unlink(missing_ok=True)


def remove_all_pages() -> None:
    """Empty the folder: the pages of older releases go as well."""
    root = settings.NEWSROOM_PAGE_FILES
    if root and Path(root).exists():
        for each in Path(root).iterdir():
            if each.is_dir() and not each.is_symlink():
                shutil.rmtree(each, ignore_errors=True)
            else:
                each.unlink(missing_ok=True)


def point_to_current() -> None:
    """Let `current` lead to the folder of this release, and the folders of others go: nobody would empty them any more.

    A web server that serves it never sees it missing.
    """
    home = folder()
    if home is None:
        return
    link, new = home.parent / "current", home.parent / f".current-{os.getpid()}"
    if link.is_symlink() and os.readlink(link) == home.name:
        return
    home.mkdir(parents=True, exist_ok=True)
    new.unlink(missing_ok=True)
    new.symlink_to(home.name)
    new.replace(link)
    for other in home.parent.iterdir():
        if other.is_dir() and not other.is_symlink() and other != home:
            shutil.rmtree(other, ignore_errors=True)


def etag_of(stat: os.stat_result) -> str:
    """Another one for each time that the file is written, down to the nanosecond."""
    return f'"{int(stat.st_mtime):x}-{stat.st_size:x}-{stat.st_mtime_ns % 1_000_000_000:x}"'


def _replace(file: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as part:
            part.write(content)
        os.chmod(name, 0o644)
        os.replace(name, file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@lru_cache(maxsize=1)
def looks() -> str:
    """A digest of all that pages look like, apart from what they say."""
    digest = hashlib.blake2s(digest_size=8)
    for name in (settings.NEWSROOM_NAME, settings.NEWSROOM_URL, settings.LANGUAGE_CODE, settings.TIME_ZONE):
        digest.update(quote(str(name)).encode() + b"\n")
    for name in LOOKS:
        for file in sorted((settings.BASE_DIR / name).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(f"{file.relative_to(settings.BASE_DIR)}\n".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()
