"""A correction knows what it changed and whom it touches."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.editing.correct import amend, printed, record_correction
from articles.editing.decide import reattribute
from articles.editing.revise import save_edit
from articles.models import Correction, Decision, ErrorReport
from tests.factories import make_appearance, make_article, make_byline, make_organisation, make_person, make_quote

BODY = "<p>“It sails,” said Mara Finch.</p><p>“It stays,” said Tom Hill.</p><p>The Pilot Guild was silent.</p>"


@pytest.fixture
def article(db):
    return make_article(
        headline="Mara Finch opens bridge", body=BODY, released=timezone.now() - timedelta(days=1), language="en"
    )


@pytest.fixture
def mara(article):
    mara = make_person("Mara Finch")
    make_appearance(article, mara)
    return mara


@pytest.fixture
def tom(article):
    tom = make_person("Tom Hill")
    make_appearance(article, tom)
    return tom


@pytest.fixture
def quotes(article, mara, tom):
    return make_quote(article, "“It sails,”", speaker=mara), make_quote(article, "“It stays,”", speaker=tom)


def correct(article, editor, *, note="It was a ferry.", answers=(), **changes):
    before = printed(article)
    for name, value in changes.items():
        setattr(article, name, value)
    if changes:
        save_edit(article, changed=list(changes), user=editor)
    return record_correction(article, before, kind="correction", note=note, user=editor, answers=answers)


def touched(correction):
    names = sorted(entity.name for entity in correction.entities.all())
    return [quote.text for quote in correction.quotes.order_by("start")], names


def test_it_keeps_what_differs_before_and_after(article, editor):
    correction = correct(article, editor, headline="Mara Finch opens ferry", standfirst="At last.")
    assert correction.before == {"headline": "Mara Finch opens bridge", "standfirst": ""}
    assert correction.after == {"headline": "Mara Finch opens ferry", "standfirst": "At last."}
    assert (correction.user, correction.note) == (editor, "It was a ferry.")
    decision = Decision.objects.get(action="correct")
    assert decision.after == {"kind": "correction", "note": "It was a ferry."}


@pytest.mark.parametrize(
    ("old", "new", "texts", "names"),
    [
        ("It sails", "It has sailed", ["“It has sailed,”"], ["Mara Finch"]),
        ("said Mara", "said the pilot Mara", ["“It sails,”"], ["Mara Finch"]),
        ("<p>“It stays,” said Tom Hill.</p>", "", ["“It stays,”"], ["Tom Hill"]),
        ("<p>The Pilot", "<p>Of old, the Pilot", [], ["Pilot Guild"]),
        ("</p><p>The", "</p><p>Nobody else spoke.</p><p>The", [], []),
    ],
    ids=["other words", "the same paragraph", "gone", "an organisation", "a paragraph that names nobody"],
)
def test_it_touches_what_stands_where_the_text_changed(article, editor, quotes, old, new, texts, names):
    make_appearance(article, make_organisation("Pilot Guild"))
    assert touched(correct(article, editor, body=article.body.replace(old, new))) == (texts, names)


def test_a_headline_touches_whom_it_names(article, editor, quotes):
    assert touched(correct(article, editor, headline="Mara Finch opens ferry")) == ([], ["Mara Finch"])


def test_what_readers_never_saw_is_not_touched(article, editor):
    make_quote(article, "“It sails,”", state="rejected")
    make_appearance(article, make_person("Mara Finch"), state="suggested")
    assert touched(correct(article, editor, body=BODY.replace("It sails", "It sailed"))) == ([], [])


def test_another_speaker_given_since_publication_is_what_it_corrects(article, editor, quotes, tom):
    reattribute(quotes[0], speaker=tom, user=editor)
    first = correct(article, editor, note="Mr Hill said it.")
    assert touched(first) == (["“It sails,”"], ["Mara Finch", "Tom Hill"])
    assert touched(correct(article, editor, note="And it was Friday.")) == ([], [])


def test_a_byline_is_corrected_like_the_text(article, editor):
    before = printed(article)
    make_byline(article, name="Ana Lopez")
    correction = record_correction(article, before, kind="update", note="By Ana Lopez.", user=editor)
    assert (correction.before, correction.after) == ({"byline": []}, {"byline": ["Ana Lopez"]})


def test_it_answers_the_reports_of_readers(article, editor):
    report = ErrorReport.objects.create(article=article, message="It is a ferry.")
    correction = correct(article, editor, answers=[report])
    report.refresh_from_db()
    assert (report.state, report.handled_by, report.correction) == ("handled", editor, correction)


def test_its_words_are_amended_and_logged(article, editor):
    correction = correct(article, editor)
    amend(correction, kind="clarification", note="It was a small ferry.", user=editor)
    amend(correction, kind="clarification", note="It was a small ferry. ", user=editor)
    saved = Correction.objects.get()
    assert (saved.kind, saved.note) == ("clarification", "It was a small ferry.")
    assert Decision.objects.filter(action="amend").count() == 1
