from django.db import migrations


def fill_keys(apps, schema_editor):
    Tag = apps.get_model("articles", "Tag")
    tags = list(Tag.objects.all())
    for tag in tags:
        tag.key = " ".join(tag.name.casefold().split())[:200]
    Tag.objects.bulk_update(tags, ["key"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_tags_as_suggestions")]

    operations = [migrations.RunPython(fill_keys, migrations.RunPython.noop)]
