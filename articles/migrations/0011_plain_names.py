"""Names in a plain form to find variants by, what speaks for other candidates, and organisations of one country."""

from django.db import migrations, models

from articles.models.name_keys import plain_key

BATCH = 1000


def fill_plain(apps, schema_editor):
    alias_model = apps.get_model("articles", "Alias")
    batch = []
    for alias in alias_model.objects.select_related("entity").iterator(chunk_size=BATCH):
        alias.plain = plain_key(alias.entity.kind, alias.name)
        batch.append(alias)
        if len(batch) == BATCH:
            alias_model.objects.bulk_update(batch, ["plain"])
            batch.clear()
    alias_model.objects.bulk_update(batch, ["plain"])


class Migration(migrations.Migration):
    dependencies = [("articles", "0010_decisions_on_suggested_tags")]

    operations = [
        migrations.AddField(
            model_name="alias",
            name="plain",
            field=models.CharField(blank=True, default="", editable=False, max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="appearance",
            name="candidate_notes",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="The number of each other candidate, with its evidence in words.",
                verbose_name="what speaks for and against them",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="country",
            field=models.CharField(
                blank=True,
                help_text=(
                    "ISO 3166-1 code, as in “IQ”, where other countries have one of this name: the Supreme Court."
                ),
                max_length=2,
                verbose_name="country",
            ),
        ),
        migrations.RunPython(fill_plain, migrations.RunPython.noop),
    ]
