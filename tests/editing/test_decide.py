from articles.editing.decide import accept_suggested, decide, follow_tags, reattribute
from articles.models import Appearance, Decision, Person, ProposedTag, Quote, Role, State, Tag
from tests.factories import (
    make_appearance,
    make_article,
    make_person,
    make_proposed_tag,
    make_quote,
    make_role,
    make_tag,
)

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
    assert (decision.before["speaker_id"], decision.after["speaker_id"], decision.user) == (mara.pk, jonas.pk, editor)


def test_a_quotation_may_lose_its_speaker_and_the_same_speaker_changes_nothing(editor):
    mara = make_person("Mara Finch")
    quote = make_quote(make_article(body=BODY), "“None,”", speaker=mara)
    reattribute(quote, speaker=mara, user=editor)
    assert not Decision.objects.exists()
    reattribute(quote, speaker=None, user=editor)
    assert Quote.objects.get().speaker is None


def test_a_tag_is_borne_from_when_it_is_accepted(editor):
    article = make_article()
    proposal = make_proposed_tag(article, "Ferries")
    assert not article.tags.exists()
    decide([proposal], state=State.ACCEPTED, user=editor)
    assert [tag.name for tag in article.tags.all()] == ["Ferries"]
    decide([proposal], state=State.UNSURE, user=editor)
    assert not article.tags.exists()
    assert list(Decision.objects.order_by("pk").values_list("subject", "before__state", "after__state")) == [
        ("proposedtag", "suggested", "accepted"),
        ("proposedtag", "accepted", "unsure"),
    ]


def test_what_readers_see_of_tags_is_what_was_accepted(editor, client):
    article = make_article()
    proposals = [make_proposed_tag(article, name) for name in ("Ferries", "Top stories")]
    decide(proposals[:1], state=State.ACCEPTED, user=editor)
    decide(proposals[1:], state=State.REJECTED, user=editor)
    for address in article.get_absolute_url(), "/tags/", "/":
        page = client.get(address).content.decode()
        assert "Ferries" in page
        assert "Top stories" not in page


def test_an_accepted_tag_that_was_merged_is_borne_as_its_survivor(editor):
    article, ports = make_article(), make_tag("Ports")
    proposal = make_proposed_tag(article, "Ports")
    Tag.objects.filter(pk=ports.pk).update(merged_into=make_tag("Harbours"))
    decide([ProposedTag.objects.get(pk=proposal.pk)], state=State.ACCEPTED, user=editor)
    assert [tag.name for tag in article.tags.all()] == ["Harbours"]


def test_tags_of_a_person_decide_about_what_was_proposed(editor):
    article = make_article(tags=("Ferries",))
    typed, waiting = make_proposed_tag(article, "Ferries"), make_proposed_tag(article, "Ports")
    follow_tags(article, user=editor)
    article.tags.clear()
    follow_tags(article, user=editor)
    typed.refresh_from_db()
    waiting.refresh_from_db()
    assert (typed.state, waiting.state) == (State.REJECTED, State.SUGGESTED)
