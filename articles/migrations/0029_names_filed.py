from django.db import migrations
from django.db.models import F

from articles.models.letters import filing_key, letter_of


def file(apps, schema_editor):
    """Whoever readers have a page of stands in the index."""
    using = schema_editor.connection.alias
    entry, entity = (apps.get_model("articles", name).objects.using(using) for name in ("NameEntry", "Entity"))
    shown = entity.filter(merged_into=None, article_count__gt=0).annotate(family_name=F("person__family_name"))
    rows = []
    for pk, kind, name, family in shown.values_list("pk", "kind", "name", "family_name").iterator(chunk_size=5000):
        key = filing_key(name, family or "")
        rows.append(entry.model(entity_id=pk, kind=kind, key=key, letter=letter_of(key)))
    entry.bulk_create(rows, batch_size=5000)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0028_index_of_names"),
    ]

    operations = [
        migrations.RunPython(file, migrations.RunPython.noop),
    ]
