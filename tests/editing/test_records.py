import pytest

from articles.editing.records import log_edit, values_of
from articles.models import Alias, Decision
from tests.factories import make_location, make_person

pytestmark = pytest.mark.django_db


def test_what_an_editor_changed_of_a_record_is_in_the_log(editor):
    person = make_person("Ana Ruiz", aliases=("A. Ruiz",))
    before = values_of(person)
    person.description = "Harbour master."
    person.save()
    Alias.objects.create(entity=person, name="Ana R.")
    person.tags.add("Harbours")
    decision = log_edit(person, before, user=editor)
    assert (decision.action, decision.user, decision.subject_id) == ("edit", editor, person.pk)
    assert decision.before == {"description": "", "names": ["A. Ruiz"], "tags": []}
    assert decision.after == {"description": "Harbour master.", "names": ["A. Ruiz", "Ana R."], "tags": ["Harbours"]}


def test_a_record_written_by_hand_is_logged_with_what_was_typed(editor):
    decision = log_edit(make_location("Cobh", country="IE"), None, user=editor)
    assert decision.action == "write"
    assert decision.after == {"name": "Cobh", "slug": "cobh", "is_verified": False, "country": "IE"}


def test_nothing_is_logged_where_nothing_changed(editor):
    person = make_person()
    assert log_edit(person, values_of(person), user=editor) is None
    assert not Decision.objects.exists()
