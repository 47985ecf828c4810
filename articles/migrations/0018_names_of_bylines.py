"""The names on each article's byline become rows, each with its author where the name is a person's."""

from django.db import migrations

from articles.documents.bylines import is_agency
from articles.models.slugs import name_key, unique_slug

BATCH = 1000


def fill_rows(apps, schema_editor):
    article_model, author_model = apps.get_model("articles", "Article"), apps.get_model("articles", "Author")
    byline_model = apps.get_model("articles", "Byline")
    authors = {}
    for pk, names in article_model.objects.values_list("pk", "byline").iterator(chunk_size=BATCH):
        rows = []
        for position, name in enumerate(dict.fromkeys(filter(None, (name.strip()[:200] for name in names))), start=1):
            key = name_key(name)
            if key not in authors and not is_agency(name):
                slug = unique_slug(author_model.objects.all(), name, fallback="author")
                authors[key] = author_model.objects.create(name=name, key=key, slug=slug)
            rows.append(byline_model(article_id=pk, author=authors.get(key), name=name, position=position))
        byline_model.objects.bulk_create(rows)


def fill_lists(apps, schema_editor):
    byline_model = apps.get_model("articles", "Byline")
    for article in apps.get_model("articles", "Article").objects.only("pk").iterator(chunk_size=BATCH):
        rows = byline_model.objects.filter(article=article.pk, role="reporting").order_by("position", "pk")
        article.byline = list(rows.values_list("name", flat=True))
        article.save(update_fields=["byline"])


class Migration(migrations.Migration):
    dependencies = [("articles", "0017_pictures_and_bylines")]

    operations = [migrations.RunPython(fill_rows, fill_lists)]
