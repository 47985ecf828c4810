import pytest

from articles.editing.comparing import difference
from articles.editing.decide import decide, reattribute
from articles.editing.snapshot import snapshot
from articles.models import Article, Byline, RelatedArticle, State
from articles.text.differences import Kind
from tests.factories import (
    make_appearance,
    make_article,
    make_person,
    make_proposed_tag,
    make_quote,
    make_role,
    make_section,
)

pytestmark = pytest.mark.django_db

BODY = "<p>“It sails,” said Ana Ruiz, the harbour master.</p><p>Ben Ode waved.</p><p>It rained.</p>"


@pytest.fixture
def article(db):
    article, ana = make_article(headline="Ferry back", body=BODY, tags=("Ferries", "Ports")), make_person("Ana Ruiz")
    make_appearance(article, ana, state=State.SUGGESTED)
    make_quote(article, "“It sails,”", speaker=ana, state=State.SUGGESTED)
    make_role(article, ana, state=State.SUGGESTED)
    Byline.objects.create(article=article, name="Ife Balogun", position=1)
    return article


def changed(article, step):
    before = snapshot(article)
    step()
    return difference(before, snapshot(article))


def shown(pieces):
    marks = {Kind.SAME: "{}", Kind.ADDED: "[+{}+]", Kind.REMOVED: "[-{}-]"}
    return "".join(marks[piece.kind].format(piece.text) for piece in pieces)


def save(article, **fields):
    Article.objects.filter(pk=article.pk).update(**fields)


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (lambda article: save(article, headline="Ferry is back"), {"headline": "Ferry [+is +]back"}),
        (lambda article: save(article, end_notes=["With agencies"]), {"end notes": "[+With agencies+]"}),
        (lambda article: article.tags.set(["Ports", "Storms"]), {"tags": "[-Ferries-], Ports, [+Storms+]"}),
        (
            lambda article: Byline.objects.create(article=article, name="Bo Ek", role="photographs", position=2),
            {"byline": "Ife Balogun, [+Bo Ek (photographs)+]"},
        ),
        (lambda article: save(article, section=make_section("Harbours")), {"section": "[+Harbours+]"}),
        (
            lambda article: RelatedArticle.objects.create(article=article, related=make_article(headline="Quay opens")),
            {"related articles": "[+Quay opens+]"},
        ),
        (lambda article: save(article, published_has_time=True), {}),
    ],
    ids=["headline", "end notes", "tags", "byline", "section", "related", "what nobody sees"],
)
def test_fields_show_the_words_that_changed(article, step, expected):
    found = changed(article, lambda: step(article))
    assert {change.label: shown(change.pieces) for change in found.fields} == expected


def test_the_text_is_shown_by_block_and_its_words_are_counted(article):
    def step():
        save(article, body=BODY.replace("waved", "did not wave"), text=article.text.replace("waved", "did not wave"))

    found = changed(article, step)
    assert [block.folded or shown(block.pieces) for block in found.blocks] == [
        "“It sails,” said Ana Ruiz, the harbour master.",
        "Ben Ode [-waved-][+did not wave+].",
        "It rained.",
    ]
    assert found.in_short() == ["text: 3 words came, 1 went"]


def test_another_markup_of_the_same_words_is_told(article):
    found = changed(article, lambda: save(article, body=BODY.replace("Ben Ode", "<em>Ben Ode</em>")))
    assert (found.is_markup_alone, found.blocks) == (True, [])


def test_what_was_decided_is_told_in_words(article, editor):
    def step():
        decide([*article.appearances.all(), make_proposed_tag(article, "Storms")], state=State.ACCEPTED, user=editor)
        reattribute(article.quotes.get(), speaker=make_person("Ben Ode"), user=editor)
        article.roles.all().delete()

    found = changed(article, step)
    said = {group.title: [(row.label, row.said) for row in group.rows] for group in found.groups}
    assert said == {
        "names": [("Ana Ruiz", "suggested → accepted")],
        "quotations": [("“It sails,”", "suggested → changed; Ana Ruiz → Ben Ode")],
        "roles": [("Ana Ruiz, harbour master", "gone")],
        "suggested tags": [("Storms", "new, accepted")],
    }
    assert found.in_short() == ["tags", "names: 1", "quotations: 1", "roles: 1", "suggested tags: 1"]


def test_a_state_equals_itself(article):
    assert not difference(snapshot(article), snapshot(article))
