import io

import pytest
from django.core.management import CommandError, call_command

from articles.editing.counts import rebuild
from articles.models import Article, Entity, Quote, Tag, TagCoverage, TagSynonym
from tests.factories import (
    bear,
    make_appearance,
    make_article,
    make_person,
    make_proposed_tag,
    make_quote,
    make_role,
    make_tag,
)

pytestmark = pytest.mark.django_db

BODY = "<p>“Not one boat,” said Mara Finch, harbour master.</p>"


@pytest.fixture
def article():
    article, person = make_article(body=BODY), make_person("Mara Finch")
    make_appearance(article, person)
    make_quote(article, "“Not one boat,”", speaker=person)
    make_role(article, person)
    bear(article, "Ferries")
    make_proposed_tag(article, "Ferries", state="accepted")
    return article


def check():
    out = io.StringIO()
    try:
        call_command("check_integrity", stdout=out)
    except CommandError as error:
        return f"{out.getvalue()}{error}"
    return out.getvalue()


def test_sound_records_pass(article):
    assert "All records agree" in check()


BREAKAGES = [
    ("its plain text is not that of its body", lambda a: Article.objects.update(body="<p>Other words.</p>")),
    ("its body is not sanitised", lambda a: Article.objects.update(body=a.body + "<script>x</script>")),
    ("its words are not those of the article", lambda a: Quote.objects.update(text="“Two boats,”")),
    ("a span lies outside the text", lambda a: a.appearances.update(spans=[[0, 9999]], start=0)),
    ("its spans overlap", lambda a: a.appearances.update(spans=[[20, 25], [22, 30]], start=20)),
    ("its first mention is not its first span", lambda a: a.appearances.update(start=1)),
    ("a span lies outside the text", lambda a: Quote.objects.update(occasion_start=4, occasion_end=9999)),
    ("it has no span", lambda a: Quote.objects.update(spans=[], text=" ")),
    ("its start is not that of its first span", lambda a: Quote.objects.update(start=3)),
    ("its title is not what the article prints", lambda a: a.roles.update(title="ferryman")),
    ("it lacks the tag “Ferries”, which is accepted", lambda a: a.tags.clear()),
    ("it bears the tag “Ferries”, which is unsure", lambda a: a.proposed_tags.update(state="unsure")),
    ("its key is not that of its name", lambda a: Tag.objects.update(key="x")),
    (
        "which was merged into another",
        lambda a: Tag.objects.filter(name="Ferries").update(merged_into=make_tag("Ships")),
    ),
    ("there is a tag of this name", lambda a: TagSynonym.objects.create(tag=make_tag("Ships"), name="ferries")),
    (", True) is missing", lambda a: TagCoverage.objects.all().delete()),
    ("should not be there", lambda a: Article.objects.update(status="withdrawn", withdrawn_at=a.released)),
    ("counts 9 articles, not 1", lambda a: Tag.objects.update(article_count=9)),
    ("counts 7 articles and 1 quotations, not 1 and 1", lambda a: Entity.objects.update(article_count=7)),
]


@pytest.mark.parametrize(("problem", "breaking"), BREAKAGES, ids=[problem for problem, _ in BREAKAGES])
def test_each_problem_is_found_and_named(article, problem, breaking):
    breaking(article)
    said = check()
    assert problem in said
    assert "nothing was changed" in said
    restore(article)


def restore(article):
    """Bring back what the closing check of every test expects."""
    article.delete()
    Tag.objects.update(merged_into=None)
    Tag.objects.all().delete()
    rebuild()
