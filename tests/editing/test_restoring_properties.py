"""Whatever is done to an article in whatever order: going back to version n gives version n exactly."""

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from articles.editing.decide import decide, follow_tags, reattribute
from articles.editing.restoring import restore, restore_field
from articles.editing.revise import save_edit
from articles.editing.snapshot import digest, snapshot
from articles.importing.integrity import problems
from articles.importing.service import extract_article, import_document
from articles.models import Article, Entity, State
from tests.factories import make_tag

pytestmark = pytest.mark.django_db

STORY = "Ferry to sail again\n\n“It sails,” said Ana Ruiz, the harbour master. Ben Ode waved. “Soon,” said Ben Ode.\n"
BODIES = (
    "<p>“It sails,” said Ana Ruiz, the harbour master of Port Linden.</p>",
    "<p>Ben Ode waved.</p><p>“At last,” said Ben Ode. “It sails,” said Ana Ruiz.</p>",
    "<p>Nothing sails.</p>",
)
TAGS = ("Ferries", "Harbours", "Storms")

numbers = st.integers(min_value=0, max_value=9)
steps = st.one_of(
    st.tuples(st.just("write"), st.integers(0, len(BODIES) - 1), st.booleans()),
    st.tuples(st.just("headline"), numbers, st.booleans()),
    st.tuples(st.just("bring"), numbers, st.booleans()),
    st.tuples(st.just("decide"), numbers, st.sampled_from([State.ACCEPTED, State.REJECTED, State.UNSURE])),
    st.tuples(st.just("speaker"), numbers, st.booleans()),
    st.tuples(st.just("tag"), st.sets(st.sampled_from(TAGS)), st.booleans()),
    st.tuples(st.just("go back"), numbers, st.booleans()),
    st.tuples(st.just("field"), numbers, st.sampled_from(["headline", "body", "tags"])),
)


def pick(rows, number):
    return rows[number % len(rows)] if rows else None


def save(article, user, **fields):
    for name, value in fields.items():
        setattr(article, name, value)
    save_edit(article, changed=list(fields), user=user)


def step_write(article, user, number, is_read):
    save(article, user, body=BODIES[number])
    if is_read:
        extract_article(article)


def step_headline(article, user, number, _):
    save(article, user, headline=f"Ferry, part {number}")


def step_bring(article, user, number, _):
    import_document((STORY + f"\nMore on day {number % 3}, said Ana Ruiz.\n").encode(), source="ferry.txt", user=user)


def step_decide(article, user, number, state):
    rows = [*article.appearances.all(), *article.quotes.all(), *article.roles.all(), *article.proposed_tags.all()]
    row = pick(rows, number)
    decide([row] if row else [], state=state, user=user)


def step_speaker(article, user, number, has_one):
    quote, speaker = pick(list(article.quotes.all()), number), pick(list(Entity.objects.order_by("pk")), number)
    if quote:
        reattribute(quote, speaker=speaker if has_one else None, user=user)


def step_tag(article, user, names, _):
    save_edit(article, changed=["tags"], user=user)
    article.tags.set(sorted(names))
    follow_tags(article, user=user)


def step_go_back(article, user, number, is_undone):
    version = pick(list(article.versions.all()), number)
    if version:
        before = digest(snapshot(article))
        restored = restore(version, user=user)
        assert (restored.told, digest(snapshot(article))) == ([], version.digest)
        if is_undone:
            restore(restored.kept, user=user, undo=True)
            assert digest(snapshot(article)) == before


def step_field(article, user, number, name):
    version = pick(list(article.versions.all()), number)
    if version:
        restore_field(version, name, user=user)


STEPS = {
    "write": step_write,
    "headline": step_headline,
    "bring": step_bring,
    "decide": step_decide,
    "speaker": step_speaker,
    "tag": step_tag,
    "go back": step_go_back,
    "field": step_field,
}


BACK = ("go back", "field")
REVIEW = ("decide", "speaker")

# Everybody is gone with the words and comes back with them; and one after the other decides.
GONE = [(("write", 2, True), False), (("headline", 1, True), True), (("go back", 0, True), False)]
DECIDED = [(("decide", 0, State.ACCEPTED), False), (("decide", 1, State.REJECTED), True), (("field", 0, "tags"), False)]


@example(GONE)
@example(DECIDED)
@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(steps, st.booleans()), min_size=3, max_size=8))
def test_going_back_to_a_version_gives_that_version_exactly(db, taken):
    with transaction.atomic():
        users = [get_user_model().objects.create_user(name) for name in ("ida", "ana")]
        for name in TAGS:
            make_tag(name)
        import_document(STORY.encode(), source="ferry.txt")
        key, expected = Article.objects.get().pk, {}
        for (step, first, second), is_colleague in taken:
            article = Article.objects.get(pk=key)
            number, before = article.versions.count() + 1, digest(snapshot(article))
            STEPS[step](article, users[is_colleague], first, second)
            assert list(problems()) == []
            if step in BACK:
                expected.pop(number, None)  # a step back and forth makes versions of its own
                continue
            expected[number] = before
            if digest(snapshot(article)) != before:
                last = article.versions.order_by("number").last()
                assert last.digest == before or (step in REVIEW and last.change == "review")
        article = Article.objects.get(pk=key)
        for version in list(article.versions.order_by("number")):
            assert version.digest == digest(version.state) == expected.get(version.number, version.digest)
            assert restore(version, user=users[0]).told == []
            assert digest(snapshot(article)) == version.digest
        assert list(problems()) == []
        transaction.set_rollback(True)
