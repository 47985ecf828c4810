"""What speaks for and against a namesake, without a database."""

import pytest

from articles.importing.namesakes import Likeness, likeness
from articles.importing.signals import Facts, Office, Signal, Verdict, in_words, only_one, verdict, weigh

HERE, THERE = 1, 2


def offices(*titles, **fields):
    return Facts(offices=tuple(Office(title, **fields) for title in titles))


def among(*others, times=1, **fields):
    """What is known of somebody whom stories name beside these others."""
    return Facts(company=dict.fromkeys(others, times), is_accompanied=True, **fields)


def mayor(location, first, last):
    return offices("mayor", location=location, first=first, last=last)


@pytest.mark.parametrize(
    ("told", "known", "total"),
    [
        (Facts(gender="female"), Facts(gender="male"), -3),
        (Facts(gender="female"), Facts(), 0),
        (offices("harbour master"), offices("Harbour Master"), 2),
        (offices("mayor"), offices("mayor"), 1),
        (offices("Prime Minister of Iraq"), offices("Iraqi prime minister"), 1),
        (offices("baker"), offices("baker"), 1),
        (offices("engineer", organisation=HERE), offices("spokesman", organisation=HERE), 2),
        (offices("goalkeeper"), offices("judge"), -2),
        (offices("senator"), offices("lawyer"), -1),
        (offices("goalkeeper"), offices("striker"), -1),
        (mayor(HERE, 2020, 2020), mayor(THERE, 2020, 2021), -2),
        (mayor(HERE, 2020, 2020), mayor(THERE, 2011, 2014), 1),
        (offices("spokesman"), Facts(), 0),
        (among(5, people=frozenset({5})), among(5), 1),
        (among(5, people=frozenset({5})), among(5, times=2), 2),
        (among(5), among(5), 1),
        (among(5), among(6), -3),
        (among(5, lands=frozenset({5})), among(5), -1),
        (Facts(), among(), 0),
        (Facts(), Facts(is_refused=True), -2),
    ],
)  # fmt: skip
def test_signals(told, known, total):
    assert sum(signal.weight for signal in weigh(told, known)) == total


FOR, LITTLE, AGAINST = (Signal(2, "a role"),), (Signal(1, "a field"),), (Signal(-2, "a life"),)


@pytest.mark.parametrize(
    ("weighed", "settled", "chosen"),
    [
        ({1: FOR, 2: ()}, (), 1),
        ({1: FOR, 2: AGAINST}, (), 1),
        ({1: FOR, 2: LITTLE}, (), None),
        ({1: FOR, 2: FOR}, (), None),
        ({1: (), 2: AGAINST}, (), 1),
        ({1: (), 2: ()}, (), None),
        ({1: (), 2: ()}, (2,), 2),
        ({1: LITTLE, 2: ()}, (2,), None),
        ({1: (), 2: AGAINST, 3: ()}, (2,), None),
        ({1: AGAINST, 2: AGAINST}, (), None),
    ],
)
def test_signals_leave_one_or_none(weighed, settled, chosen):
    assert only_one(weighed, frozenset(settled)) == chosen


def test_evidence_reads_as_a_sentence():
    assert in_words([*FOR, *LITTLE, *AGAINST]) == "for: a role, a field; against: a life"
    assert verdict(()) is Verdict.NOTHING


@pytest.mark.parametrize(
    ("one", "other", "like"),
    [
        ("Mara Finch", "Mara Finch", "FULL"),
        ("Mara Jane Finch", "Mara Finch", "FULL"),
        ("Mara J. Finch", "Mara Jane Finch", "FULL"),
        ("Omar al-Abadi", "Omar Al Abadi", "FULL"),
        ("Mara Finch Jr.", "Mara Finch", "FULL"),
        ("Mara Finch Jr.", "Mara Finch Sr.", "NONE"),
        ("Mara Jane Finch", "Mara Ann Finch", "NONE"),
        ("M. Finch", "Mara Finch", "SHORT"),
        ("Joe Finch", "Joseph Finch", "SHORT"),
        ("J. Finch", "Mara Finch", "NONE"),
        ("Ana van den Berg", "Ana Berg", "SHORT"),
        ("Ana van den Berg", "Ana de Berg", "NONE"),
        ("Finch", "Mara Finch", "NONE"),
    ],
)
def test_likeness_of_names(one, other, like):
    assert likeness(one, other) is Likeness[like]
    assert likeness(other, one) is Likeness[like]
