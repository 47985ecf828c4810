import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0008_merges_and_moved_rows")]

    operations = [
        migrations.CreateModel(
            name="TagAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(allow_unicode=True, max_length=100, unique=True, verbose_name="address")),
            ],
            options={
                "verbose_name": "former address of a tag",
                "verbose_name_plural": "former addresses of tags",
            },
        ),
        migrations.CreateModel(
            name="TagMerge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("moved", models.JSONField(verbose_name="what moved")),
                ("made", models.DateTimeField(auto_now_add=True, verbose_name="made")),
            ],
            options={
                "verbose_name": "merge of a tag",
                "verbose_name_plural": "merges of tags",
                "ordering": ["-pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_subject_known",
        ),
        migrations.AlterField(
            model_name="decision",
            name="subject",
            field=models.CharField(
                choices=[
                    ("article", "article"),
                    ("entity", "person, organisation or location"),
                    ("appearance", "appearance"),
                    ("quote", "quotation"),
                    ("role", "role"),
                    ("tag", "tag"),
                    ("proposedtag", "suggested tag"),
                ],
                max_length=12,
                verbose_name="about",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("subject__in", ["article", "entity", "appearance", "quote", "role", "tag", "proposedtag"])
                ),
                name="decision_subject_known",
            ),
        ),
        migrations.AddField(
            model_name="tagaddress",
            name="tag",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="former_addresses",
                to="articles.tag",
                verbose_name="of",
            ),
        ),
        migrations.AddField(
            model_name="tagmerge",
            name="survivor",
            field=models.ForeignKey(
                help_text="At the time.",
                on_delete=django.db.models.deletion.CASCADE,
                related_name="absorbed",
                to="articles.tag",
                verbose_name="merged into",
            ),
        ),
        migrations.AddField(
            model_name="tagmerge",
            name="tag",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="merge", to="articles.tag", verbose_name="tag"
            ),
        ),
        migrations.AddConstraint(
            model_name="tagaddress",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug", ""), _negated=True), name="tagaddress_slug_given"
            ),
        ),
        migrations.AddConstraint(
            model_name="tagmerge",
            constraint=models.CheckConstraint(
                condition=models.Q(("survivor", models.F("tag")), _negated=True), name="tagmerge_of_two_tags"
            ),
        ),
    ]
