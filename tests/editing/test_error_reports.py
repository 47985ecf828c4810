import pytest

from articles.editing.error_reports import settle
from articles.models import Decision, ErrorReport
from tests.factories import make_article


@pytest.mark.parametrize("state", ["handled", "dismissed"])
def test_a_report_is_settled_and_opened_again(editor, state):
    report = ErrorReport.objects.create(article=make_article(), message="It is a ferry.")
    assert settle([report], state=ErrorReport.State(state), user=editor) == 1
    report.refresh_from_db()
    assert (report.state, report.handled_by) == (state, editor)
    assert report.handled is not None
    assert settle([report], state=ErrorReport.State.OPEN, user=editor) == 1
    report.refresh_from_db()
    assert (report.state, report.handled, report.handled_by) == ("open", None, None)
    assert [decision.after["state"] for decision in Decision.objects.all()] == ["open", state]


def test_what_is_settled_already_stays_as_it_is(editor):
    report = ErrorReport.objects.create(article=make_article(), message="It is a ferry.")
    settle([report], state=ErrorReport.State.HANDLED, user=editor)
    assert settle([report], state=ErrorReport.State.HANDLED, user=None) == 0
    report.refresh_from_db()
    assert report.handled_by == editor
