"""Let the variants of names be looked up by an index, once they are there."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0011_plain_names")]

    operations = [
        migrations.AlterField(
            model_name="alias",
            name="plain",
            field=models.CharField(blank=True, db_index=True, editable=False, max_length=200),
        ),
    ]
