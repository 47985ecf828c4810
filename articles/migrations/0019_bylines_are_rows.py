"""The list of names on the article goes: the rows say who made it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("articles", "0018_names_of_bylines")]

    operations = [migrations.RemoveField(model_name="article", name="byline")]
