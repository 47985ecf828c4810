"""Names of verified records are accepted by themselves where the newsroom wants that, and nothing else is."""

import pytest

from articles.importing.service import import_document
from articles.models import Appearance, Decision, Quote, State
from tests.factories import make_location, make_person

pytestmark = pytest.mark.django_db

STORY = """\
Ferry to sail

“It sails,” said Deirdre Falvey, the harbour master of Cobh, on Friday. Falvey left with Tomas Keohane.
"""


def import_story():
    import_document(STORY.encode(), source="ferry.txt")
    return dict(Appearance.objects.values_list("name", "state"))


@pytest.fixture
def verified():
    make_person("Deirdre Falvey", aliases=("Deirdre Falvey",), is_verified=True)
    make_person("Tomas Keohane", aliases=("Tomas Keohane",))
    make_location("Cobh", aliases=("Cobh",), is_verified=True)


def test_nothing_is_accepted_unless_the_newsroom_says_so(verified):
    assert set(import_story().values()) == {State.SUGGESTED}


def test_full_names_of_verified_records_are_accepted(verified, settings):
    settings.NEWSROOM_ACCEPT_VERIFIED = True
    states = import_story()
    assert (states["Deirdre Falvey"], states["Tomas Keohane"]) == (State.ACCEPTED, State.SUGGESTED)
    assert set(Quote.objects.values_list("state", flat=True)) == {State.SUGGESTED}
    decision = Decision.objects.get(label="Deirdre Falvey")
    assert (decision.action, decision.user) == ("accepted", None)


def test_another_spelling_waits_for_a_person(settings):
    settings.NEWSROOM_ACCEPT_VERIFIED = True
    make_person("Deirdre Mary Falvey", aliases=("Deirdre Mary Falvey", "Deirdre Falvey"), is_verified=True)
    assert import_story()["Deirdre Falvey"] == State.SUGGESTED
