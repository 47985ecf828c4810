import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, Coverage, Entity, Naming, Saying, Tag, TagCoverage
from tests.factories import RELEASED, bear, make_appearance, make_article, make_location, make_person, make_quote
from tests.rows import FOLLOWING, rows_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    """One of everything that the rows tell: a dateline, a name in a quotation, a tag that a quotation alone bears."""
    article = make_article(
        body="<p>“Cobh sleeps,” said Mara Finch.</p>", tags=("Ferries",), dateline_place="COBH, Ireland"
    )
    mara = make_person("Mara Finch")
    make_appearance(article, mara), make_appearance(article, make_location("Cobh"))
    bear(make_quote(article, "“Cobh sleeps,”", speaker=mara), "Towns")
    make_article(tags=("Towns",), published=RELEASED - timedelta(days=1))
    return article


def rows():
    return {model.__name__: rows_of(model) for model in FOLLOWING}


BREAKAGES = {
    "a row is missing": lambda a: Coverage.objects.all().delete(),
    "a quotation is missing": lambda a: Saying.objects.all().delete(),
    "a name in a quotation is missing": lambda a: Naming.objects.all().delete(),
    "a row is too many": lambda a: TagCoverage.objects.create(
        article=Article.objects.exclude(pk=a.pk).get(), tag=Tag.objects.get(name="Ferries"), moment=RELEASED
    ),
    "a date is wrong": lambda a: TagCoverage.objects.update(moment=RELEASED + timedelta(days=9)),
    "a place is not filed from": lambda a: Coverage.objects.update(is_filed_there=False),
    "a person is counted wrong": lambda a: Entity.objects.update(quote_count=9),
    "a tag is counted wrong": lambda a: Tag.objects.update(article_count=9),
}


@pytest.mark.parametrize("breaking", BREAKAGES)
def test_what_is_out_of_step_is_said_and_mended(article, breaking):
    was = rows(), list(Entity.objects.values()), list(Tag.objects.values())
    call_command("rebuild_counts", check=True, stdout=io.StringIO())
    BREAKAGES[breaking](article)
    with pytest.raises(CommandError, match="rebuild_counts mends them"):
        call_command("rebuild_counts", check=True, stdout=io.StringIO())
    call_command("rebuild_counts", stdout=io.StringIO())
    assert (rows(), list(Entity.objects.values()), list(Tag.objects.values())) == was
    call_command("rebuild_counts", check=True, stdout=io.StringIO())


def test_the_rows_say_what_readers_see(article):
    assert Coverage.objects.filter(entity__name="Cobh", is_filed_there=True).count() == 1
    assert Naming.objects.get().entity.name == "Cobh"
    assert list(TagCoverage.objects.order_by("tag__name", "-moment").values_list("tag__name", "is_borne")) == [
        ("Ferries", True),
        ("Towns", False),
        ("Towns", True),
    ]
