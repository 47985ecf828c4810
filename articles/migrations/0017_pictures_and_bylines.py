"""Pictures, those of each article, authors, and bylines as rows."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import articles.models.pictures


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0016_sections_series_and_front_page"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Picture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "file",
                    models.FileField(
                        max_length=120, unique=True, upload_to=articles.models.pictures.new_place, verbose_name="file"
                    ),
                ),
                ("width", models.PositiveIntegerField(editable=False, verbose_name="width")),
                ("height", models.PositiveIntegerField(editable=False, verbose_name="height")),
                (
                    "title",
                    models.CharField(
                        blank=True, help_text="For the newsroom, to find it by.", max_length=200, verbose_name="title"
                    ),
                ),
                (
                    "alt",
                    models.CharField(
                        blank=True,
                        help_text="What the picture shows, in a sentence, for those who do not see it.",
                        max_length=500,
                        verbose_name="alt text",
                    ),
                ),
                (
                    "is_decorative",
                    models.BooleanField(
                        default=False,
                        help_text="It says nothing that the text does not; it needs no alt text.",
                        verbose_name="decorative",
                    ),
                ),
                (
                    "caption",
                    models.TextField(blank=True, help_text="Printed under the picture.", verbose_name="caption"),
                ),
                (
                    "credit",
                    models.CharField(
                        blank=True,
                        help_text="Who made it, and for whom: “Ana Lopez/Tidewire”.",
                        max_length=200,
                        verbose_name="credit",
                    ),
                ),
                (
                    "licence",
                    models.CharField(
                        blank=True,
                        help_text="On what terms it is printed: “CC BY 4.0”, “© Tidewire”.",
                        max_length=300,
                        verbose_name="licence",
                    ),
                ),
                (
                    "keywords",
                    models.CharField(
                        blank=True, help_text="With commas between them.", max_length=500, verbose_name="keywords"
                    ),
                ),
                ("taken", models.DateTimeField(blank=True, null=True, verbose_name="taken")),
                (
                    "focal_x",
                    models.PositiveSmallIntegerField(
                        default=50,
                        help_text="Crops keep this point in view.",
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="focal point from the left, %",
                    ),
                ),
                (
                    "focal_y",
                    models.PositiveSmallIntegerField(
                        default=50,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="focal point from the top, %",
                    ),
                ),
                ("created", models.DateTimeField(auto_now_add=True, verbose_name="uploaded")),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "picture",
                "verbose_name_plural": "pictures",
                "ordering": ["-created", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Author",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("key", models.CharField(db_index=True, editable=False, max_length=200)),
                (
                    "slug",
                    models.SlugField(
                        allow_unicode=True,
                        blank=True,
                        help_text="The end of the author page's address. Left empty, it is made from the name.",
                        max_length=120,
                        unique=True,
                        verbose_name="slug",
                    ),
                ),
                ("bio", models.TextField(blank=True, help_text="A few sentences for readers.", verbose_name="about")),
                (
                    "email",
                    models.EmailField(
                        blank=True,
                        help_text="For the newsroom; readers never see it.",
                        max_length=254,
                        verbose_name="e-mail",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        help_text="The account that the author signs in with.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="author",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="authors",
                        to="articles.picture",
                        verbose_name="picture",
                    ),
                ),
            ],
            options={
                "verbose_name": "author",
                "verbose_name_plural": "authors",
                "ordering": ["key", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ArticlePicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "caption",
                    models.TextField(
                        blank=True, help_text="Left empty, the picture's own is printed.", verbose_name="caption here"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="articles.picture",
                        verbose_name="picture",
                    ),
                ),
            ],
            options={
                "verbose_name": "picture of the article",
                "verbose_name_plural": "pictures of the article",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Byline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="name as printed")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("reporting", "reporting"),
                            ("additional", "additional reporting"),
                            ("photographs", "photographs"),
                            ("editing", "editing"),
                            ("translation", "translation"),
                        ],
                        default="reporting",
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bylines",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty for an agency, or where two authors bear the name.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="bylines",
                        to="articles.author",
                        verbose_name="author",
                    ),
                ),
            ],
            options={
                "verbose_name": "name on the byline",
                "verbose_name_plural": "byline",
                "ordering": ["position", "pk"],
                "indexes": [models.Index(fields=["author", "article"], name="byline_author_article")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="byline_name_given"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["reporting", "additional", "photographs", "editing", "translation"])
                        ),
                        name="byline_role_known",
                    ),
                    models.UniqueConstraint(
                        fields=("article", "name", "role"),
                        name="byline_name_once_a_role",
                        violation_error_message="This name stands on the byline with this role already.",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="picture",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("alt", ""), ("is_decorative", True)),
                    models.Q(("is_decorative", False), models.Q(("alt", ""), _negated=True)),
                    _connector="OR",
                ),
                name="picture_alt_or_decorative",
                violation_error_message="Say what the picture shows, or tick “decorative”; not both.",
            ),
        ),
        migrations.AddConstraint(
            model_name="picture",
            constraint=models.CheckConstraint(
                condition=models.Q(("focal_x__lte", 100), ("focal_y__lte", 100)), name="picture_focal_point_inside"
            ),
        ),
        migrations.AddConstraint(
            model_name="picture",
            constraint=models.CheckConstraint(
                condition=models.Q(("height__gt", 0), ("width__gt", 0)), name="picture_has_a_size"
            ),
        ),
        migrations.AddConstraint(
            model_name="author",
            constraint=models.CheckConstraint(condition=models.Q(("key", ""), _negated=True), name="author_name_given"),
        ),
        migrations.AddConstraint(
            model_name="author",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug", ""), _negated=True), name="author_slug_given"
            ),
        ),
        migrations.AddConstraint(
            model_name="articlepicture",
            constraint=models.UniqueConstraint(
                fields=("article", "picture"),
                name="articlepicture_once_an_article",
                violation_error_message="This picture is in the article already.",
            ),
        ),
    ]
