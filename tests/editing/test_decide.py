from articles.editing.decide import accept_suggested, decide, reattribute
from articles.models import Appearance, Decision, Person, Quote, Role, State
from tests.factories import make_appearance, make_article, make_person, make_quote, make_role

BODY = "<p>“Not one boat,” said Mara Finch, harbour master. “None,” said Jonas Reed.</p>"


def test_a_decision_changes_the_row_the_counts_and_the_log(editor):
    article, person = make_article(body=BODY), make_person("Mara Finch")
    appearance = make_appearance(article, person)
    quote = make_quote(article, "“Not one boat,”", speaker=person)
    batch = decide([appearance, quote], state=State.REJECTED, user=editor)
    assert {Appearance.objects.get().state, Quote.objects.get().state} == {State.REJECTED}
    person = Person.objects.get()
    assert (person.article_count, person.quote_count) == (0, 0)
    logged = Decision.objects.filter(
        batch=batch, user=editor, before={"state": "accepted"}, after={"state": "rejected"}
    )
    assert logged.count() == 2


def test_deciding_the_same_again_writes_nothing(editor):
    quote = make_quote(make_article(body=BODY), "“None,”")
    decide([quote], state=State.ACCEPTED, user=editor)
    assert not Decision.objects.exists()


def test_accepting_all_leaves_decided_rows_and_open_questions_alone(editor):
    article, person = make_article(body=BODY), make_person("Mara Finch")
    make_quote(article, "“Not one boat,”", state=State.SUGGESTED)
    make_quote(article, "“None,”", state=State.REJECTED)
    make_role(article, person, state=State.SUGGESTED)
    make_appearance(article, person, state=State.SUGGESTED, candidates=[7, 9])
    make_appearance(article, make_person("Jonas Reed"), state=State.SUGGESTED)
    other = make_quote(make_article(body=BODY), "“None,”", state=State.SUGGESTED)
    assert accept_suggested([article], user=editor) == 3
    assert sorted(Quote.objects.filter(article=article).values_list("state", flat=True)) == ["accepted", "rejected"]
    assert Role.objects.get().state == State.ACCEPTED
    assert Appearance.objects.get(candidates=[7, 9]).state == State.SUGGESTED
    other.refresh_from_db()
    assert other.state == State.SUGGESTED
    assert Person.objects.get(name="Jonas Reed").article_count == 1


def test_a_new_speaker_gets_the_quotation_and_the_old_one_loses_it(editor):
    article = make_article(body=BODY)
    mara, jonas = make_person("Mara Finch"), make_person("Jonas Reed")
    quote = make_quote(article, "“None,”", speaker=mara)
    reattribute(quote, speaker=jonas, user=editor)
    assert list(Person.objects.order_by("name").values_list("name", "quote_count")) == [
        ("Jonas Reed", 1),
        ("Mara Finch", 0),
    ]
    assert Quote.objects.get().state == State.CHANGED
    decision = Decision.objects.get()
    assert (decision.before["speaker"], decision.after["speaker"], decision.user) == (mara.pk, jonas.pk, editor)


def test_a_quotation_may_lose_its_speaker_and_the_same_speaker_changes_nothing(editor):
    mara = make_person("Mara Finch")
    quote = make_quote(make_article(body=BODY), "“None,”", speaker=mara)
    reattribute(quote, speaker=mara, user=editor)
    assert not Decision.objects.exists()
    reattribute(quote, speaker=None, user=editor)
    assert Quote.objects.get().speaker is None
