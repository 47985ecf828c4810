"""Linking again: what the archive knows now answers what it could not, and what people decided stays."""

import pytest
from django.core.management import CommandError, call_command

from articles.editing.decide import decide
from articles.importing.relinking import relink
from articles.models import Appearance, DuplicatePair, Organisation, Origin, Person, Role, State
from tests.factories import (
    make_appearance,
    make_article,
    make_organisation,
    make_person,
    make_quote,
    make_role,
)

pytestmark = pytest.mark.django_db


def question(*candidates, title=""):
    """An article whose Mara Finch has a record of her own, because an import could not tell who she is."""
    article = make_article(body=f"<p>Mara Finch, {title or 'as ever'}, said “Rain.”</p>")
    own = make_person("Mara Finch", aliases=("Mara Finch",), origin=Origin.EXTRACTED)
    make_appearance(article, own, state=State.SUGGESTED, candidates=[each.pk for each in candidates])
    if title:
        make_role(article, own, title, state=State.SUGGESTED)
    make_quote(article, "“Rain.”", speaker=own, state=State.SUGGESTED)
    return article, own


def mara(title="judge", **fields):
    known = make_person("Mara Finch", aliases=("Mara Finch",), **fields)
    article = make_article(body=f"<p>Mara Finch, {title}, spoke.</p>")
    make_appearance(article, known)
    make_role(article, known, title)
    return known


def test_a_question_that_can_be_answered_moves_the_row_with_its_quotation_and_role():
    known = mara("chief judge")
    article, own = question(known, title="chief judge")
    (change,) = relink(article)
    assert change.is_moved
    appearance = article.appearances.get()
    assert (appearance.entity_id, appearance.candidates) == (known.pk, [])
    assert article.quotes.get().speaker_id == known.pk
    assert article.roles.get().person_id == known.pk
    assert not Person.objects.filter(pk=own.pk).exists()


def test_a_question_that_stays_one_says_what_it_knows_now():
    mara(), mara("baker")
    article, own = question()
    (change,) = relink(article)
    assert not change.is_moved
    appearance = article.appearances.get()
    assert appearance.entity_id == own.pk
    assert len(appearance.candidates) == 2
    assert set(appearance.candidate_notes) == {str(key) for key in appearance.candidates}
    assert relink(article) == []


def test_what_a_person_decided_stays():
    mara("chief judge")
    article, own = question(title="chief judge")
    decide(article.appearances.all(), state=State.ACCEPTED, user=None)
    assert relink(article) == []
    assert article.appearances.get().entity_id == own.pk


def test_records_that_an_editor_told_apart_are_never_linked():
    known = mara("chief judge")
    article, own = question(known, title="chief judge")
    DuplicatePair.objects.create(first=known, second=own, state=DuplicatePair.State.DIFFERENT)
    relink(article)
    assert article.appearances.get().entity_id == own.pk


def test_row_that_no_name_leads_to_any_more_gets_a_record_of_its_own():
    board = make_organisation("Harbour Board", aliases=("Harbour Board",))
    make_appearance(make_article(body="<p>Harbour Board met.</p>"), board)
    article = make_article(body="<p>Port Office met.</p>")
    make_appearance(article, board, "Port Office", name="Port Office", state=State.SUGGESTED)
    (change,) = relink(article)
    assert (change.before, change.after) == ("Harbour Board", "Port Office")
    assert Organisation.objects.get(name="Port Office").appearances.get().article == article


def test_two_rows_never_become_one():
    known = mara("chief judge")
    article, own = question(known, title="chief judge")
    make_appearance(article, known, "said")
    assert relink(article) == []
    assert {row.entity_id for row in article.appearances.all()} == {known.pk, own.pk}


def test_command_says_what_changed_and_a_dry_run_changes_nothing(capsys):
    known = mara("chief judge")
    article, own = question(known, title="chief judge")
    call_command("relink", article.slug, "--dry-run")
    said = capsys.readouterr().out
    assert f"{article.headline}: “Mara Finch”: Mara Finch → Mara Finch (linked to “Mara Finch”: the same name" in said
    assert said.endswith("1 name would change.\n")
    assert article.appearances.get().entity_id == own.pk
    call_command("relink", "--all")
    assert capsys.readouterr().out.endswith("1 name changed.\n")
    assert Appearance.objects.get(article=article).entity_id == known.pk
    assert Role.objects.get(article=article).person_id == known.pk


def test_command_wants_articles():
    with pytest.raises(CommandError, match="or ask for --all"):
        call_command("relink")
    with pytest.raises(CommandError, match="No article has the slug nowhere"):
        call_command("relink", "nowhere")
