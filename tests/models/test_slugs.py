import pytest

from articles.models import Entity, Person
from articles.models.slugs import unique_slug, unique_slugs
from tests.factories import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_a_slug_that_is_taken_gets_the_next_number():
    given = []
    for _ in range(9):
        given.append(make_person("Jens Berg").slug)
    assert given == ["jens-berg", *(f"jens-berg-{number}" for number in range(2, 10))]
    assert make_person("Jens Berg-Olsen").slug == "jens-berg-olsen"


def test_many_slugs_at_once_are_free_and_differ():
    for slug in ("ana-lind", "ana-lind-2", "bo-ek-2"):
        Person.objects.create(name="Somebody", slug=slug)
    names = ["Ana Lind", "Ana Lind", "Bo Ek", "Bo Ek", "Bo Ek", "Ana Lind 3", "!!"]
    assert unique_slugs(Entity.objects.all(), names, fallback="person") == [
        "ana-lind-3",
        "ana-lind-4",
        "bo-ek",
        "bo-ek-3",
        "bo-ek-4",
        "ana-lind-3-2",
        "person",
    ]


def test_ten_thousand_namesakes_are_not_read(django_assert_max_num_queries):
    Entity.objects.bulk_create(
        Entity(kind="person", name="In Brief", slug=f"in-brief-{number}" if number > 1 else "in-brief")
        for number in range(1, 10_001)
    )
    with django_assert_max_num_queries(20):
        assert unique_slug(Entity.objects.all(), "In Brief", fallback="person") == "in-brief-10001"
