"""What the database refuses to keep of an article's past."""

import pytest
from django.utils import timezone

from articles.models import ArticleVersion, Presence, RemovedRecord
from tests.factories import make_article
from tests.models.test_constraints import refused, update

pytestmark = pytest.mark.django_db


def make_version(article, number=1, **fields):
    fields = {"state": {}, "digest": "", "revision": 0, "change": "edit", "changed": timezone.now(), **fields}
    return ArticleVersion.objects.create(article=article, number=number, **fields)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("articleversion_number_from_one", {"number": 0}),
        ("articleversion_change_known", {"change": "rumour"}),
    ],
)
def test_versions(constraint, fields):
    refused(constraint, update(make_version(make_article()), **fields))


def test_the_versions_of_an_article_are_numbered_apart():
    article = make_article()
    make_version(article), make_version(article, 2), make_version(make_article())
    refused("articleversion_numbered_once", lambda: make_version(article, 2))


def test_a_removed_record_is_of_a_known_kind_and_kept_once():
    removed = RemovedRecord.objects.create(number=7, kind="person", fields={})
    refused("removedrecord_kind_known", update(removed, kind="ship"))
    refused("number", lambda: RemovedRecord.objects.create(number=7, kind="person", fields={}))


def test_somebody_is_once_in_a_place_of_an_article(admin_user):
    def arrive():
        now = timezone.now()
        return Presence.objects.create(article=article, user=admin_user, place="edit", arrived=now, seen=now)

    article = make_article()
    presence = arrive()
    refused("presence_once_a_place", arrive)
    refused("presence_place_known", update(presence, place="roof"))
