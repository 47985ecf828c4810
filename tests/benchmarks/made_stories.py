"""Made-up stories, any number of them, the same for the same seed: what imports of whole archives are tried on.

    python -m tests.benchmarks.made_stories NUMBER TARGET [--seed N]

TARGET is a folder, which gets a text file a story, a thousand in each folder, or a file that ends in `.jsonl`. Some 200
words a story name three people, two bodies and two places. As in print, a few names stand in thousands of stories and
most in one.

`stub_tagger` finds the names of these stories and no others, in no time: where it is not the model that is tried.
"""

from __future__ import annotations

import argparse
import dataclasses
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path

from articles.documents.formats import story_lines
from articles.documents.reading import read_stories
from articles.extraction.tagger.tags import Tag, Tags
from articles.text.spans import Span

GIVEN = tuple(
    "Ana Bo Ciara Dario Elif Farid Greta Hugo Ines Jonas Kaia Luca Mara Nils Orla Pavel Rosa Sami Tove Una Vera Wim "
    "Yara Zeno Aoife Bruno Celia Dmitri Edda Finn".split()
)
FAMILY_BEGINS = tuple("Berg Dal Ek Falk Grind Hal Kel Lind Mor Nor Oster Pel Quin Rav Sand Tor Ulv Ven Wes Zan".split())
FAMILY_MIDDLES = ("", *"al an ar ber cor den der el en er fal gar ing is kor lan mar nor ol or ran sen tel um".split())
FAMILY_ENDS = tuple(
    "aker bach by dahl eby feld gren holm inen kamp lund mark nes ova quist rud stad thal vik wen".split()
)
TOWNS = tuple(
    "Cork Ghent Turku Porto Malmo Gdansk Leith Bergen Bilbao Trieste Varna Aarhus Nantes Bremen Haifa Lagos Mombasa "
    "Valparaiso Halifax Busan".split()
)
TRADES = tuple("Harbour Ferry Housing Rail Water Energy Theatre Hospital Tidal Fishery".split())
BODIES = ("Board", "Union", "Trust", "Agency", "Council", "Institute")
OFFICES = ("director", "spokeswoman", "chairman", "engineer", "secretary", "harbour master")
PLAIN = (
    "The plan was drawn up over two winters and changed four times before anybody voted on it.",
    "Neighbours had complained of noise at night, of lorries in narrow lanes and of letters that nobody answered.",
    "A study that was paid for last year came to another result, but few had read it to the end.",
    "What it will cost is not known yet, and those who know the pier best expect it to cost more than that.",
    "The work is to begin in spring, weather permitting, and to last for eleven months.",
    "Two former members asked for a public hearing, which the rules allow within six weeks.",
    "The old timber was taken away on Tuesday, and the gulls came back on Wednesday.",
)
FIRST_DAY = date(1996, 1, 1)
DAYS = 30 * 365


@cache
def weights(total: int) -> list[float]:
    """How often each of so many names stands in print, added up: the n-th a share of 1/n."""
    return list(accumulate(1 / (number + 3) for number in range(total)))


def person(number: int) -> str:
    """The person of a number; after 310,000 they bear a second given name."""
    names = []
    number, first = divmod(number, len(GIVEN))
    number, begin = divmod(number, len(FAMILY_BEGINS))
    number, end = divmod(number, len(FAMILY_ENDS))
    number, middle = divmod(number, len(FAMILY_MIDDLES))
    while number:
        number, more = divmod(number, len(GIVEN))
        names.append(GIVEN[more])
    return " ".join([GIVEN[first], *names, FAMILY_BEGINS[begin] + FAMILY_MIDDLES[middle] + FAMILY_ENDS[end]])


def body(number: int) -> str:
    """The organisation of a number: some 1,200."""
    number, town = divmod(number, len(TOWNS))
    number, trade = divmod(number, len(TRADES))
    return f"{TOWNS[town]} {TRADES[trade]} {BODIES[number % len(BODIES)]}"


def made_story(number: int, total: int, *, seed: int = 1) -> str:
    """The story of a number in an archive of so many, as a plain text."""
    chance = random.Random(f"{seed}/{number}")
    people = chance.choices(range(total), cum_weights=weights(total), k=3)
    first, second, third = map(person, people)
    # Everybody works for one body and comes from one town, or nobody could tell them from their namesakes.
    one, other = (body(each % 1200) for each in people[:2])
    here, there = TOWNS[people[0] % len(TOWNS)], TOWNS[people[2] % len(TOWNS)]
    day = FIRST_DAY + timedelta(days=number % DAYS)
    plain = chance.sample(PLAIN, 4)
    role, other_role = (OFFICES[each % len(OFFICES)] for each in people[:2])
    return (
        f"{one} decides on plan {number} for {here}\n\nBy {person(number % 97)}\n\n{day.day} {day:%B %Y}\n\n"
        f"{here.upper()} – The {one} voted on plan {number} on Friday, said {first}, its {role}. "
        f"{plain[0]}\n\n“We counted {number % 900 + 7} boats in {there},” said {first}. “Nobody counted them before.” "
        f"{plain[1]}\n\n{second}, {other_role} of the {other}, called it a beginning. {plain[2]}\n\n"
        f"“It is late, and it is right,” {second} said. {third} of {there} was not asked. {plain[3]}\n"
    )


def made_stories(total: int, *, seed: int = 1) -> Iterator[str]:
    return (made_story(number, total, seed=seed) for number in range(total))


def write_folder(folder: Path, total: int, *, seed: int = 1) -> None:
    """Write each story into a file of its own."""
    for number, text in enumerate(made_stories(total, seed=seed)):
        file = folder / f"{number // 1000:04}" / f"{number:07}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def write_lines(file: Path, total: int, *, seed: int = 1) -> None:
    """Write all stories into one file of JSON lines."""
    with file.open("w", encoding="utf-8") as lines:
        for number, text in enumerate(made_stories(total, seed=seed)):
            story = next(read_stories(text.encode(), source=str(number)))
            lines.write(story_lines.write(dataclasses.replace(story, source="", format="")) + "\n")


# The tagger.

_NAMES = re.compile(
    rf"(?P<organisation>(?:{'|'.join(TOWNS)}) (?:{'|'.join(TRADES)}) (?:{'|'.join(BODIES)}))"
    rf"|(?P<person>(?:{'|'.join(GIVEN)})(?: (?:{'|'.join(GIVEN)}))* "
    rf"(?:{'|'.join(FAMILY_BEGINS)})(?:{'|'.join(FAMILY_MIDDLES[1:])})?(?:{'|'.join(FAMILY_ENDS)}))"
    rf"|(?P<location>{'|'.join(TOWNS)})"
)


class StubTagger:
    version = "stub"

    def tag(self, text: str) -> Tags:
        found = (Tag(Span(*match.span()), str(match.lastgroup), 1.0) for match in _NAMES.finditer(text))
        return Tags(names=tuple(found))


def stub_tagger() -> StubTagger:
    return StubTagger()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("number", type=int)
    parser.add_argument("target", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write = write_lines if options.target.suffix == ".jsonl" else write_folder
    write(options.target, options.number, seed=options.seed)


if __name__ == "__main__":
    main()
