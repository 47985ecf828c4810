from django.db import migrations, models

# Six kinds of records, each with the places from its number on (articles/searching/places.py): on PostgreSQL a
# partition each, so that what is rare among names is not thought to be rare among stories.
KINDS = ("article", "quotation", "person", "organisation", "location", "tag")


def make_full_text(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        # Words come folded and with spaces between: nothing else is left to be told apart.
        schema_editor.execute(
            "CREATE VIRTUAL TABLE articles_searchtext"
            """ USING fts5(tokens, tokenize = "ascii tokenchars '_'", columnsize = 0)"""
        )
        return
    schema_editor.execute(
        "CREATE TABLE articles_searchtext (rowid bigint PRIMARY KEY, tokens tsvector NOT NULL) PARTITION BY RANGE (rowid)"
    )
    schema_editor.execute(
        "CREATE INDEX searchtext_tokens ON articles_searchtext USING gin (tokens) WITH (fastupdate = off)"
    )
    for number, kind in enumerate(KINDS, start=1):
        # A story's words stay in its row: a thousand of them are read for a common word.
        schema_editor.execute(
            f"CREATE TABLE articles_searchtext_{kind} PARTITION OF articles_searchtext"
            f" FOR VALUES FROM ({number << 60}) TO ({(number + 1) << 60}) WITH (toast_tuple_target = 8160)"
        )
    # Words that begin alike stand together only where letters are compared by their number.
    schema_editor.execute('ALTER TABLE articles_searchword ALTER COLUMN word TYPE varchar(60) COLLATE "C"')


def drop_full_text(apps, schema_editor):
    schema_editor.execute("DROP TABLE articles_searchtext")


def drop_former_index(apps, schema_editor):
    """The tables of a package that the search was made with before."""
    if schema_editor.connection.vendor == "sqlite":
        for when in ("insert", "update", "delete"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {when}_modelsearch_indexentry_fts")
    schema_editor.execute("DROP TABLE IF EXISTS modelsearch_indexentry_fts")
    schema_editor.execute("DROP TABLE IF EXISTS modelsearch_indexentry")


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0026_parts_of_pages"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("place", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.PositiveSmallIntegerField(verbose_name="kind")),
                ("key", models.BigIntegerField(verbose_name="record number")),
                ("within", models.BigIntegerField(null=True, verbose_name="number of the article")),
                ("facets", models.TextField(blank=True, verbose_name="facets")),
                (
                    "spoken",
                    models.CharField(blank=True, max_length=200, verbose_name="name that its quotations are found by"),
                ),
                ("digest", models.BigIntegerField(verbose_name="digest of all that is indexed")),
            ],
            options={
                "verbose_name": "entry of the search",
                "verbose_name_plural": "entries of the search",
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        fields=["within"],
                        name="searchentry_within",
                        condition=models.Q(("within__isnull", False)),
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("kind", "key"), name="searchentry_once")],
            },
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("word", models.CharField(max_length=60, primary_key=True, serialize=False, verbose_name="word")),
                ("number", models.PositiveIntegerField(default=1, verbose_name="records")),
            ],
            options={
                "verbose_name": "word of the archive",
                "verbose_name_plural": "words of the archive",
                "default_permissions": (),
            },
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="SearchText",
                    fields=[
                        ("place", models.BigIntegerField(db_column="rowid", primary_key=True, serialize=False)),
                        ("tokens", models.TextField()),
                    ],
                    options={
                        "verbose_name": "words of the search",
                        "verbose_name_plural": "words of the search",
                        "default_permissions": (),
                    },
                ),
            ],
            database_operations=[migrations.RunPython(make_full_text, drop_full_text)],
        ),
        migrations.RunPython(drop_former_index, migrations.RunPython.noop),
    ]
