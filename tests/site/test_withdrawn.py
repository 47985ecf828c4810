"""A withdrawn article leaves an address that says so, and nothing of what it said."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from tests.factories import make_appearance, make_article, make_person, make_quote

pytestmark = pytest.mark.django_db


@pytest.fixture
def withdrawn():
    return make_article(
        status="withdrawn",
        withdrawn_at=datetime(2031, 5, 2, 9, 30, tzinfo=UTC),
        withdrawal_note="Nobody had told the ferry company.",
        headline="Ferry to Cobh sinks",
        standfirst="All are safe.",
        body="<p>“It sank,” said Mara Finch.</p>",
    )


def page_of(client, url):
    response = client.get(url)
    return response.status_code, response.content.decode()


def test_its_address_says_that_it_was_withdrawn_when_and_why(client, withdrawn):
    status, page = page_of(client, withdrawn.get_absolute_url())
    assert status == 410
    assert "2 May 2031, 09:30" in page
    assert "Nobody had told the ferry company." in page
    assert not [words for words in (withdrawn.headline, withdrawn.standfirst, "It sank", "Mara") if words in page]


def test_an_editor_finds_there_what_readers_find(admin_client, withdrawn):
    assert page_of(admin_client, withdrawn.get_absolute_url())[0] == 410


def test_its_quotations_are_gone_and_those_that_readers_never_saw_are_unknown(client, withdrawn):
    shown = make_quote(withdrawn, "“It sank,”")
    status, page = page_of(client, shown.get_absolute_url())
    assert (status, "It sank" in page) == (410, False)
    hidden = make_quote(withdrawn, "“It sank,”", state="suggested")
    assert page_of(client, hidden.get_absolute_url())[0] == 404


def test_whom_it_alone_named_has_no_page(client, withdrawn):
    mara = make_person("Mara Finch")
    make_appearance(withdrawn, mara)
    assert page_of(client, mara.get_absolute_url())[0] == 404


@pytest.mark.parametrize("name", ["home", "articles", "people", "quotations", "tags", "search"])
def test_no_other_page_has_a_word_of_it(client, withdrawn, name):
    withdrawn.tags.add("Sinkings")
    mara = make_person("Mara Finch")
    make_appearance(withdrawn, mara)
    make_quote(withdrawn, "“It sank,”", speaker=mara)
    status, page = page_of(client, f"{reverse(name)}?q=ferry")
    assert status == 200
    assert not [words for words in ("Ferry to Cobh", "It sank", "Mara", "Sinkings") if words in page]
