"""Editors' lists are read from an index in their order, and know the first and the last date without reading all."""

from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from articles.migrations._operations import AddIndexConcurrently

ASSIGNED = models.Index(fields=["assignee"], name="article_assigned", condition=Q(assignee__isnull=False))
NEWEST = models.Index(Coalesce("published", "released", "created").desc(), F("id").desc(), name="article_newest")


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("articles", "0041_languages_and_publishers_indexed")]

    operations = [
        AddIndexConcurrently("article", NEWEST),
        AddIndexConcurrently("article", models.Index(fields=["published"], name="article_published_date")),
        AddIndexConcurrently("article", ASSIGNED),
    ]
