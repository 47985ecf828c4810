import uuid

import pytest
from django.contrib.auth import get_user_model

from articles.editing.review.batches import Item, Place, carry_out
from articles.editing.review.rows import name_of, read_sheet, revision_of
from articles.importing.integrity import problems
from articles.models import State
from tests.factories import (
    make_appearance,
    make_article,
    make_organisation,
    make_person,
    make_proposed_tag,
    make_quote,
    make_role,
)


@pytest.fixture
def editor(db):
    return get_user_model().objects.create_user("ida", first_name="Ida", last_name="Berg", is_staff=True)


@pytest.fixture
def colleague(db):
    return get_user_model().objects.create_user("tom", first_name="Tom", last_name="Reis", is_staff=True)


class Desk:
    """One article on an editor's screen: what is decided there, by the words of each item."""

    def __init__(self, article, user):
        self.article, self.user = article, user

    def place(self, words, nth=0):
        text, start = self.article.text, -1
        for _ in range(nth + 1):
            start = text.index(words, start + 1)
        return Place(
            start, start + len(words), words, text[max(0, start - 32) : start], text[start + len(words) :][:32]
        )

    def item(self, row, action, **values):
        if row is None:
            return Item("new", action, **values)
        seen = type(row).objects.get(pk=row.pk)
        return Item(name_of(row), action, revision_of(seen, self.article.text), **values)

    def do(self, row, action, **values):
        return self.carry_out(self.item(row, action, **values))

    def carry_out(self, *items, batch=None, **options):
        return carry_out(self.article, items, user=self.user, batch=batch or uuid.uuid4(), **options)

    def sheet(self):
        return read_sheet(self.article)


BODY = (
    "<p>Mara Finch, the harbour master, met Coast Lines in Szeged on Friday.</p>"
    "<p>“It sails,” Finch said. Coast Lines had no comment, and Finch left.</p>"
)


@pytest.fixture
def article(db):
    return make_article(body=BODY, status="draft")


@pytest.fixture
def mara(article):
    return make_person("Mara Finch", aliases=("Mara Finch",), origin="extracted")


@pytest.fixture
def rows(article, mara):
    """What a machine proposed for the article, by a word for each."""
    lines = make_organisation("Coast Lines", aliases=("Coast Lines",), origin="extracted")
    second = article.text.index("Coast Lines", article.text.index("Coast Lines") + 1)
    first = article.text.index("Coast Lines")
    return {
        "mara": make_appearance(article, mara, "Mara Finch", state=State.SUGGESTED),
        "lines": make_appearance(
            article, lines, state=State.SUGGESTED, spans=[[first, first + 11], [second, second + 11]], start=first
        ),
        "quote": make_quote(article, "“It sails,”", speaker=mara, state=State.SUGGESTED, cue="said", source="Finch"),
        "role": make_role(article, mara, state=State.SUGGESTED),
        "tag": make_proposed_tag(article, "Ferries"),
    }


@pytest.fixture
def desk(article, rows, editor):
    return Desk(article, editor)


@pytest.fixture(autouse=True)
def records_agree(request):
    """Whatever a test decided: afterwards every record agrees with its article."""
    yield
    if request.node.get_closest_marker("database"):
        assert list(problems()) == []
