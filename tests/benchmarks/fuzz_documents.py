"""Read documents that nobody should send: mutated samples of every format, and made-up ones.

    python -m tests.benchmarks.fuzz_documents --inputs 100000 --log fuzz.jsonl

Each input follows from the seed and its number alone, is read in a process of its own kind with limits of time and
memory, and has to give stories that are sound, or a `DocumentError` of one line. Anything else is a failure: it is
written beside the log, and `--only NUMBER` reads it again here with its traceback. A run that was stopped goes on where
its log ends. The exit status is 0 where nothing failed.
"""

from __future__ import annotations

import argparse
import io
import json
import multiprocessing
import random
import resource
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from articles.documents.errors import DocumentError
from articles.documents.reading import read_file
from articles.documents.sanitizing import sanitise
from tests.documents.seeds import SEEDS

LARGEST = 200_000  # bytes of an input
MAX_BYTES = 1_000_000  # what the reader is told that a document may have
CHUNK = 100  # inputs a line of the log
# What breaks parsers: ends without beginnings, beginnings without ends, characters that are none, numbers too large.
TOKENS = (
    *b"< > <!-- --> <![CDATA[ ]]> & &#0; &#xD800; &nbsp; </p> <p> <div> <table> <pre> <br> <script> <svg> <q>".split(),
    *b"{ } [ ] \" ' \\u0000 \\ud800 null true 1e999 -1 2026-13-45 0000-00-00T00:00:00Z 9999-12-31T23:59:60+99".split(),
    *b"obj endobj endstream startxref %PDF- PK\x03\x04 PK\x01\x02 --b0 =?x?q?=00?= From: Subject: 31/02/2026".split(),
    *(b"<!DOCTYPE x [", b"<a href='javascript:x'>", b"/Length 99999999", b"stream\n", b"---\n", b"From ", b"9" * 400),
    *(b"Content-Type: multipart/mixed; boundary=b0\n\n", b"Sat, 14 Mar 20260 06:30", b"31 February 2026", b"\n\n"),
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\x1a", b"\x85", b"\r", b"\t"),
    *("“".encode(), "”".encode(), "\u2028".encode(), "\u00ad".encode(), "\U000e0001".encode(), "\u0301".encode() * 50),
)
NAMES = (
    "p",
    "div",
    "ul",
    "li",
    "table",
    "tr",
    "td",
    "blockquote",
    "pre",
    "h1",
    "a",
    "b",
    "span",
    "item",
    "title",
    "body",
)


def main() -> int:
    options = arguments()
    if options.only is not None:
        suffix, content = made(options.seed, options.only)
        print(f"{options.only}{suffix}: {len(content)} bytes, {outcome(suffix, content)}")
        return 0
    done, counts = so_far(options.log, options.seed)
    started = time.monotonic()
    with options.log.open("a", encoding="utf-8") as log:
        for first in range(0, options.inputs, CHUNK):
            if first in done:
                continue
            line = read_chunk(first, min(first + CHUNK, options.inputs), options)
            log.write(json.dumps(line) + "\n")
            log.flush()
            counts += Counter(line["outcomes"])
            print(
                f"\r{first + CHUNK:,} inputs, {time.monotonic() - started:,.0f} s  ",
                end="",
                file=sys.stderr,
                flush=True,
            )
    print(file=sys.stderr)
    for said, number in counts.most_common():
        print(f"{number:>8,}  {said}")
    return 1 if any(said.startswith("FAILED") for said in counts) else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.fuzz_documents", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=5, help="so long one input may take")
    parser.add_argument("--megabytes", type=int, default=1500, help="so much memory the process that reads may take")
    parser.add_argument("--log", type=Path, default=Path("fuzz.jsonl"), help="goes on where it ends")
    parser.add_argument("--only", type=int, metavar="NUMBER", help="read this input alone, here")
    return parser.parse_args()


def so_far(log: Path, seed: int) -> tuple[set[int], Counter[str]]:
    """The chunks that a log has, and their outcomes.

    A line that was cut off is read again; a log of another seed is refused.
    """
    done, counts = set(), Counter[str]()
    for written in log.read_text(encoding="utf-8").splitlines() if log.exists() else ():
        try:
            line = json.loads(written)
        except ValueError:
            continue
        if line["seed"] != seed:
            raise SystemExit(f"{log} is a log of seed {line['seed']}; name another one for seed {seed}")
        done.add(line["first"])
        counts += Counter(line["outcomes"])
    return done, counts


# Reading, apart from this process.


def read_chunk(first: int, end: int, options: argparse.Namespace) -> dict[str, Any]:
    """Read inputs in a process that is begun anew where it hangs or dies; what failed is written beside the log."""
    outcomes, slowest, number = Counter[str](), (0.0, 0), first
    context = multiprocessing.get_context("fork")
    while number < end:
        ours, theirs = context.Pipe()
        process = context.Process(target=work, args=(theirs, number, end, options.seed, options.megabytes), daemon=True)
        process.start()
        theirs.close()
        while number < end:
            began = time.monotonic()
            try:
                said = ours.recv() if ours.poll(options.seconds) else f"FAILED took longer than {options.seconds:g} s"
            except EOFError:
                process.join()
                said = f"FAILED ended the process ({process.exitcode})"
            slowest = max(slowest, (round(time.monotonic() - began, 3), number))
            outcomes[said.partition("\n")[0]] += 1
            is_lost = said.startswith(("FAILED took", "FAILED ended"))
            if said.startswith("FAILED"):
                keep(number, said, options)
            number += 1
            if is_lost:
                break
        process.kill()
        process.join()
        ours.close()
    return {"first": first, "seed": options.seed, "outcomes": outcomes, "slowest": slowest}


def work(answers: Connection, first: int, end: int, seed: int, megabytes: int) -> None:
    limit = megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    for number in range(first, end):
        answers.send(outcome(*made(seed, number)))


def outcome(suffix: str, content: bytes) -> str:
    """What came of an input: “stories”, the kind of error, or “FAILED …” with the traceback."""
    found = "nothing"
    try:
        for each in read_file(io.BytesIO(content), source=f"fuzz{suffix}", max_bytes=MAX_BYTES):
            if isinstance(each, DocumentError):
                assert str(each).startswith("fuzz"), f"the error names no file: {each}"
                assert "\n" not in str(each), f"the error has several lines: {each}"
                found = type(each).__name__ if found == "nothing" else found
            else:
                check(each)
                found = "stories"
        assert found != "nothing", "neither a story nor an error"
    except Exception as error:  # whatever it is, it is what is looked for
        last = traceback.extract_tb(error.__traceback__)[-1]
        return f"FAILED {type(error).__name__} at {Path(last.filename).name}:{last.lineno}\n{traceback.format_exc()}"
    return found


def check(story: Any) -> None:
    assert story.headline.strip(), "there is no headline"
    assert "\n" not in story.headline, "the headline has several lines"
    assert sanitise(story.body) == story.body, "the body is not sanitised"
    for said in (
        story.headline,
        story.standfirst,
        story.text,
        story.body,
        *story.byline,
        *story.keywords,
        *story.end_notes,
    ):
        said.encode()
        assert "\x00" not in said, "a story has a NUL"


def keep(number: int, said: str, options: argparse.Namespace) -> None:
    folder = options.log.with_suffix(".failures")
    folder.mkdir(exist_ok=True)
    suffix, content = made(options.seed, number)
    (folder / f"{number}{suffix}").write_bytes(content)
    (folder / f"{number}.why").write_text(said, encoding="utf-8")


# Inputs.


def made(seed: int, number: int) -> tuple[str, bytes]:
    """An input by its number: the suffix of its name, and its bytes."""
    chance = random.Random(f"{seed}:{number}")
    suffix = chance.choice(list(SEEDS))
    if chance.random() < 0.1:
        content = invented(chance, suffix)
    else:
        content = chance.choice(SEEDS[suffix])
        if suffix in (".docx", ".zip") and chance.random() < 0.7:
            content = repacked(content, chance)
        else:
            content = mutated(content, chance)
    if chance.random() < 0.05:
        suffix = chance.choice([*SEEDS, ".xml", ".bin", ""])
    return suffix, content[:LARGEST]


def mutated(content: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 2, 3, 5, 20))):
        content = chance.choice(MUTATIONS)(content, chance)[: LARGEST * 2]
    return content


def repacked(content: bytes, chance: random.Random) -> bytes:
    """A zip whose members are mutated, and not its own structure."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = old.read(name)
            new.writestr(name, mutated(member, chance) if chance.random() < 0.5 else member)
    return file.getvalue()


def invented(chance: random.Random, suffix: str) -> bytes:
    """A document from nothing: elements in elements, values in values, or tokens in a row, begun as the format does."""
    begin = chance.choice(SEEDS[suffix])[: chance.choice((0, 20, 100, 400))]
    kind = chance.choice((elements, values, tokens))
    return begin + kind(chance)


def elements(chance: random.Random) -> bytes:
    written, opened = [], []
    for _ in range(chance.choice((10, 100, 2000))):
        if opened and chance.random() < 0.45:
            written.append(f"</{opened.pop()}>")
        elif chance.random() < 0.5:
            opened.append(chance.choice(NAMES))
            written.append(f"<{opened[-1]}>")
        else:
            written.append(
                chance.choice(("Ferry", " ", "“It sails,” she said. ", "&amp;", "\n", "14 March 2026", "<br>"))
            )
    return "".join(written).encode()


def values(chance: random.Random, depth: int = 0) -> bytes:
    def value(depth: int) -> Any:
        kind = chance.randrange(7 if depth < 6 else 4)
        if kind < 4:
            return chance.choice(
                (None, True, -1, 2**70, 1.5, "", "Ferry", "<p>It sails.</p>", "2026-03-14T06:30:00Z", "\x00")
            )
        if kind < 5:
            return [value(depth + 1) for _ in range(chance.randrange(4))]
        return {chance.choice(KEYS): value(depth + 1) for _ in range(chance.randrange(6))}

    return json.dumps(value(depth)).encode()


def tokens(chance: random.Random) -> bytes:
    return b"".join(chance.choice(TOKENS) for _ in range(chance.choice((5, 50, 1000))))


KEYS = (
    "title headline body uri type version items id content_html content_text db data posts html lexical mobiledoc "
    "tags url name role value bodies headlines subject byline published embargoed pubstatus urgency "
    "associations authors story"
).split()


def _cut(content: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(content) + 1)
    return start, min(len(content), start + chance.choice((1, 4, 30, 300, 3000)))


def flip(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 3, 30)) if content else 0):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def delete(content: bytes, chance: random.Random) -> bytes:
    start, end = _cut(content, chance)
    return content[:start] + content[end:]


def insert(content: bytes, chance: random.Random) -> bytes:
    start, _end = _cut(content, chance)
    return content[:start] + chance.choice(TOKENS) * chance.choice((1, 1, 1, 2, 50, 5000)) + content[start:]


def repeat(content: bytes, chance: random.Random) -> bytes:
    start, end = _cut(content, chance)
    return content[:end] + content[start:end] * chance.choice((1, 2, 20, 400)) + content[end:]


def truncate(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def splice(content: bytes, chance: random.Random) -> bytes:
    """Go on as another document, of whatever format."""
    other = chance.choice(SEEDS[chance.choice(list(SEEDS))])
    return content[: chance.randrange(len(content) + 1)] + other[chance.randrange(len(other)) :]


def swap(content: bytes, chance: random.Random) -> bytes:
    """Put a piece of the document elsewhere."""
    start, end = _cut(content, chance)
    rest = content[:start] + content[end:]
    place = chance.randrange(len(rest) + 1)
    return rest[:place] + content[start:end] + rest[place:]


def recode(content: bytes, chance: random.Random) -> bytes:
    return content.decode("utf-8", "replace").encode(
        chance.choice(("utf-16", "utf-16-le", "cp1252", "utf-32")), "replace"
    )


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(flip, delete, insert, insert, insert, repeat, repeat, truncate, splice, swap, recode),
)

if __name__ == "__main__":
    sys.exit(main())
