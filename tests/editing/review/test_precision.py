"""Which rule editors agree with, and how often."""

import pytest

from articles.editing.decide import decide
from articles.editing.review.precision import RuleRecord, precision_of_rules, rules_in
from articles.models import State
from tests.factories import make_appearance, make_article, make_person, make_quote

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("evidence", "rules"),
    [
        (
            "the tagger, 0.99 sure; the greatest of 12 places of that name",
            ["the tagger", "the greatest of N places of that name"],
        ),
        ("linked to “Ana O’Hara”: the same name (for: both are called mayor)", ["linked to …: the same name"]),
        ("the place of that name in New South Wales", ["the place of that name in …"]),
        ('surname of "Mara Finch"', ["surname of …"]),
        ("", []),
    ],
)
def test_names_and_numbers_are_no_part_of_a_rule(evidence, rules):
    assert rules_in(evidence) == rules


@pytest.mark.django_db
def test_what_was_wrong_most_often_comes_first():
    article = make_article(body="<p>“It sails,” said Mara Finch.</p>")
    for number, state in enumerate(["accepted", "accepted", "changed", "suggested", "unsure"]):
        make_appearance(
            article, make_person(), state=state, evidence=f"the tagger, 0.9{number} sure; surname of “A {number}”"
        )
    for state in "rejected", "rejected", "accepted":
        make_quote(article, state=state, evidence="named beside the cue")
    make_quote(article, state="rejected", evidence="marked by an editor", origin="typed")
    assert precision_of_rules() == [
        RuleRecord("quote", "named beside the cue", 1, 0, 2),
        RuleRecord("appearance", "surname of …", 2, 1, 0),
        RuleRecord("appearance", "the tagger", 2, 1, 0),
    ]


def test_few_decisions_prove_little():
    few, many = RuleRecord("quote", "", 3, 0, 0), RuleRecord("quote", "", 300, 0, 0)
    assert (few.precision, many.precision) == (1, 1)
    assert few.at_least == pytest.approx(0.438, abs=0.001)
    assert many.at_least == pytest.approx(0.987, abs=0.001)


@pytest.mark.django_db
def test_only_what_was_decided_since_counts(django_user_model):
    quotes = [make_quote(make_article(), state=State.SUGGESTED, evidence="named beside the cue") for _ in range(2)]
    decide(quotes[:1], state=State.ACCEPTED, user=None)
    quotes[0].refresh_from_db()
    since = quotes[0].modified
    decide(quotes[1:], state=State.REJECTED, user=None)
    assert [record.decided for record in precision_of_rules()] == [2]
    quotes[1].refresh_from_db()
    assert [record.decided for record in precision_of_rules(since=quotes[1].modified)] == [1]
    assert since < quotes[1].modified
