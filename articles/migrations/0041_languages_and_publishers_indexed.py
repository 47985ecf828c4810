"""Each language and publisher is found without reading all articles, for whoever narrows the editors' list."""

from django.db import migrations, models

from articles.migrations._operations import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("articles", "0040_what_the_source_says")]

    operations = [
        AddIndexConcurrently("article", models.Index(fields=["language"], name="article_language")),
        AddIndexConcurrently("article", models.Index(fields=["publisher"], name="article_publisher")),
    ]
