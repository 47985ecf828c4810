import pytest

from articles.editing.revise import save_edit
from articles.importing.integrity import problems
from articles.models import Anchoring, Appearance, Article, Decision, Person, Quote, Role
from tests.factories import make_appearance, make_article, make_person, make_quote, make_role

BODY = (
    "<p>The pier is closed, harbour master Mara Finch announced on Friday.</p>"
    "<p>“Nobody will walk on it this winter,” Finch said. Her office has no date for its repair.</p>"
    "<p>Boats land at the new quay, half a mile to the east of the old town.</p>"
)


@pytest.fixture
def article(db):
    article, person = make_article(body=BODY), make_person("Mara Finch")
    make_appearance(article, person, "Mara Finch", "Finch said")
    make_quote(
        article,
        "“Nobody will walk on it this winter,”",
        speaker=person,
        cue="said",
        cue_start=article.text.index("said. Her"),
        cue_end=article.text.index("said. Her") + 4,
    )
    make_role(article, person)
    return article


def edit(article, body, user=None):
    article.body = body
    save_edit(article, changed=["body"], user=user)
    assert list(problems()) == []
    return Quote.objects.get(), Appearance.objects.get(), Role.objects.get()


def save_edit_of(article, body):
    article.body = body
    save_edit(article, changed=["body"], user=None)


def told_in(text, **phrases):
    """Fields of a quotation for phrases at their first place in a text."""
    fields = {}
    for phrase, words in phrases.items():
        start = text.index(words)
        fields |= {phrase: words, f"{phrase}_start": start, f"{phrase}_end": start + len(words)}
    return fields


def test_a_paragraph_put_before_moves_every_span(article, editor):
    quote, appearance, role = edit(article, "<p>Cork, in short.</p>" + BODY, editor)
    assert quote.anchoring == appearance.anchoring == role.anchoring == Anchoring.IN_PLACE
    text = Article.objects.get().text
    assert [text[start:end] for start, end in appearance.spans] == ["Mara Finch", "Finch said"]
    assert text[quote.cue_start : quote.cue_end] == "said"


def test_whom_it_was_told_and_where_move_with_the_text(article, editor):
    body = BODY.replace("Finch said. Her", "Finch told Radio Tarn in a letter. Her")
    save_edit_of(article, body)
    Quote.objects.update(**told_in(article.text, addressee="Radio Tarn", occasion="in a letter"))
    quote, _, _ = edit(article, "<p>Cork, in short.</p>" + body, editor)
    text = Article.objects.get().text
    assert text[quote.addressee_start : quote.addressee_end] == "Radio Tarn"
    assert text[quote.occasion_start : quote.occasion_end] == "in a letter"
    quote, _, _ = edit(article, body.replace(" in a letter", ""), editor)
    assert (quote.occasion, quote.occasion_start) == ("in a letter", None)
    assert quote.addressee_start is not None


def test_words_edited_beside_a_quotation_make_it_stale_and_lose_no_decision(article, editor):
    quote, _, _ = edit(article, BODY.replace("Finch said. Her", "Finch told us. Her"), editor)
    assert (quote.anchoring, quote.state, quote.speaker.name) == (Anchoring.STALE, "accepted", "Mara Finch")
    assert quote.cue_start is None


def test_a_quotation_follows_the_words_that_an_editor_mended(article, editor):
    quote, _, _ = edit(article, BODY.replace("this winter", "this Winter"), editor)
    assert quote.text == "“Nobody will walk on it this Winter,”"
    assert quote.anchoring == Anchoring.STALE


def test_a_deleted_quotation_is_kept_for_editors_and_gone_for_readers(article, editor):
    quote, appearance, _ = edit(
        article, "<p>The pier is closed, harbour master Mara Finch announced on Friday.</p>", editor
    )
    assert (quote.anchoring, quote.spans, quote.state) == (Anchoring.LOST, [], "accepted")
    assert quote.text == "“Nobody will walk on it this winter,”"
    assert not Quote.objects.public()
    assert Person.objects.get().quote_count == 0
    assert len(appearance.spans) == 1


def test_a_body_typed_by_an_editor_is_sanitised(article, editor):
    edit(article, BODY + "<script>alert(1)</script><p onclick='x()'>More.</p>", editor)
    article.refresh_from_db()
    assert "script" not in article.body
    assert "onclick" not in article.body
    assert article.text.endswith("More.")


def test_what_was_typed_is_remembered_and_logged(article, editor):
    article.headline = "Pier shut for the winter"
    save_edit(article, changed=["headline"], user=editor)
    article.refresh_from_db()
    assert article.edited_fields == ["headline"]
    decision = Decision.objects.get()
    assert (decision.user, decision.after) == (editor, {"headline": "Pier shut for the winter"})


def test_an_article_written_here_gets_its_text(editor):
    article = Article(headline="Ferry back in service", body="<p>The ferry sails <b>again</b>.</p>")
    save_edit(article, changed=["headline", "body"], user=editor)
    assert Article.objects.get().text == "The ferry sails again."
    assert Decision.objects.get().action == "write"
