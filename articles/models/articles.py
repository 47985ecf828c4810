"""The story as a record."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce, Left
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from articles.models.mentions import mention
from articles.models.slugs import unique_slug
from articles.models.tags import Tag, TaggedArticle

if TYPE_CHECKING:
    from articles.models.authors import Author
    from articles.models.entities import Entity
    from articles.models.filing import Section, Series


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self) -> ArticleQuerySet:
        """What readers may see: the only gate between editors and readers."""
        return self.filter(status=Article.Status.PUBLISHED)

    def public_once(self) -> ArticleQuerySet:
        """What readers see, or saw until it was withdrawn."""
        return self.filter(status__in=[Article.Status.PUBLISHED, Article.Status.WITHDRAWN])

    def withdrawn(self) -> ArticleQuerySet:
        return self.filter(status=Article.Status.WITHDRAWN)

    def latest_first(self) -> ArticleQuerySet:
        return self.order_by(Coalesce("published", "released").desc(), "-pk")

    def with_counts(self) -> ArticleQuerySet:
        """With the number of people, organisations, locations, quotations and tags, whatever their state."""
        kinds = {"people": "person", "organisations": "organisation", "locations": "location"}
        return self.annotate(
            quotations=Count("quotes", distinct=True),
            topics=Count("tagged_items", distinct=True),
            **{
                name: Count("appearances", filter=Q(appearances__entity__kind=kind), distinct=True)
                for name, kind in kinds.items()
            },
        )

    def showing(self, entity: Entity) -> ArticleQuerySet:
        from articles.models.entities import Appearance

        return self.filter(pk__in=Appearance.objects.shown().filter(entity=entity.pk).values("article"))

    def covering(self, entity: Entity) -> ArticleQuerySet:
        """Those that show it, the latest first, for a list."""
        latest = self.filter(coverage__entity=entity.pk).order_by("-coverage__moment", "-coverage__article_id")
        return latest.for_headlines()

    def covering_tag(self, tag: Tag) -> ArticleQuerySet:
        latest = self.filter(tag_coverage__tag=tag.pk, tag_coverage__is_borne=True)
        return latest.order_by("-tag_coverage__moment", "-tag_coverage__article_id").for_headlines()

    def for_headlines(self) -> ArticleQuerySet:
        shown = ("headline", "slug", "standfirst", "language", "published", "published_has_time")
        return self.select_related("section").only(*shown, "section__name", "section__slug")

    def under(self, tag: Tag) -> ArticleQuerySet:
        return self.filter(pk__in=TaggedArticle.objects.filter(tag=tag).values("content_object"))

    def breaking(self) -> ArticleQuerySet:
        return self.filter(breaking_until__gt=timezone.now())

    def on_front_page(self) -> ArticleQuerySet:
        """Those that editors gave a place there, the lead first."""
        return self.filter(front_page_place__isnull=False).order_by("front_page_place__position")

    def in_section(self, section: Section) -> ArticleQuerySet:
        return self.filter(section=section)

    def parts_of(self, series: Series) -> ArticleQuerySet:
        return self.filter(series=series).order_by("part")

    def picked_for(self, article: Article) -> ArticleQuerySet:
        """What editors chose to be read after an article."""
        return self.filter(picked_for__article=article).order_by("picked_for__position", "picked_for__pk")

    def between(self, start: datetime | None, end: datetime | None) -> ArticleQuerySet:
        """Those that bear a date from `start` to `end`, either of which may be open."""
        rows = self.alias(bears=Coalesce("published", "released"))
        rows = rows.filter(bears__gte=start) if start else rows
        return rows.filter(bears__lte=end) if end else rows

    def by(self, author: Author) -> ArticleQuerySet:
        """Those whose byline has the author, each with the `share` they had in it where it was not reporting alone."""
        from articles.models.authors import Byline

        theirs = Byline.objects.filter(author=author)
        share = theirs.filter(article=OuterRef("pk")).exclude(role=Byline.Role.REPORTING).order_by("position", "pk")
        return self.filter(pk__in=theirs.values("article")).annotate(share=Subquery(share.values("role")[:1]))

    def for_card(self) -> ArticleQuerySet:
        """A headline, a date and a picture."""
        from articles.models.pictures import ArticlePicture

        pictures = Prefetch("pictures", ArticlePicture.objects.leading(), to_attr="lead_pictures")
        return self.defer("body", "text", "end_notes").select_related("section").prefetch_related(pictures)

    def for_list(self) -> ArticleQuerySet:
        return self.for_card().prefetch_related("tags")  # type: ignore[misc]  # taggit

    def for_api(self) -> ArticleQuerySet:
        from articles.models.authors import Byline

        return self.for_list().prefetch_related(Prefetch("bylines", Byline.objects.in_order()))

    def for_home(self) -> ArticleQuerySet:
        """With `opening`, the first words of the text, for a story without a standfirst."""
        return self.for_list().annotate(opening=Left("text", 400))

    def for_feed(self) -> ArticleQuerySet:
        from articles.models.authors import Byline
        from articles.models.quotes import Quote

        bylines = Prefetch("bylines", Byline.objects.in_order())
        quotes = Prefetch("quotes", Quote.objects.shown().for_article(), to_attr="shown_quotes")
        return self.for_home().prefetch_related("corrections", bylines, quotes)

    def for_search(self) -> ArticleQuerySet:
        return self.defer("body", "end_notes")

    def for_title(self) -> ArticleQuerySet:
        return self.only("headline", "standfirst", "slug", "language", "status")

    def for_detail(self) -> ArticleQuerySet:
        from articles.models.authors import Byline
        from articles.models.entities import Appearance
        from articles.models.pictures import ArticlePicture
        from articles.models.quotes import Quote

        return self.select_related("section", "series").prefetch_related(
            "tags",  # type: ignore[misc]  # taggit
            "corrections",
            Prefetch("bylines", Byline.objects.in_order()),
            Prefetch("pictures", ArticlePicture.objects.in_order()),
            Prefetch("appearances", Appearance.objects.shown().for_article(), to_attr="shown_appearances"),
            Prefetch("quotes", Quote.objects.shown().for_article(), to_attr="shown_quotes"),
        )


class Article(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        READY = "ready", _("ready")
        SCHEDULED = "scheduled", _("scheduled")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    headline = models.CharField(_("headline"), max_length=300)
    slug = models.SlugField(
        _("slug"),
        max_length=120,
        unique=True,
        allow_unicode=True,
        blank=True,
        help_text=_("The end of the article's address. Left empty, it is made from the headline."),
    )
    standfirst = models.TextField(_("standfirst"), blank=True, help_text=_("One or two sentences under the headline."))
    dateline_place = models.CharField(
        _("dateline place"), max_length=200, blank=True, help_text=_("Where the story was filed, as printed.")
    )
    dateline_agency = models.CharField(_("dateline agency"), max_length=200, blank=True)
    body = models.TextField(_("body"), blank=True)
    text = models.TextField(
        _("plain text"),
        blank=True,
        editable=False,
        help_text=_("The body without markup, one line a block. Offsets of names and quotations count in it."),
    )
    end_notes = models.JSONField(_("end notes"), default=list, blank=True, help_text=_("Credits under the story."))
    language = models.CharField(_("language"), max_length=20, blank=True, help_text=_("As in “en” or “pt-br”."))
    published = models.DateTimeField(
        _("published"), null=True, blank=True, help_text=_("The date the story itself bears.")
    )
    published_has_time = models.BooleanField(_("the time of day is known"), default=False)
    address = models.URLField(_("address"), max_length=500, blank=True, help_text=_("Where it was first published."))
    publisher = models.CharField(_("source"), max_length=200, blank=True, help_text=_("Whose story it is."))

    section = models.ForeignKey(
        "articles.Section",
        verbose_name=_("section"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="articles",
    )
    series = models.ForeignKey(
        "articles.Series",
        verbose_name=_("series"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="articles",
    )
    part = models.PositiveSmallIntegerField(
        _("part"), null=True, blank=True, help_text=_("Which part of the series. Left empty, it comes last.")
    )
    breaking_until = models.DateTimeField(_("breaking news until"), null=True, blank=True)

    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    released = models.DateTimeField(
        _("released"), null=True, blank=True, editable=False, help_text=_("When readers first saw it here.")
    )
    scheduled_for = models.DateTimeField(
        _("publish at"), null=True, blank=True, help_text=_("It goes before readers by itself at this minute.")
    )
    embargo = models.DateTimeField(
        _("embargoed until"), null=True, blank=True, help_text=_("Nobody can publish it before.")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawal_note = models.TextField(
        _("withdrawal note"), blank=True, help_text=_("What readers find in the article's place.")
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="assigned_articles",
    )
    due = models.DateTimeField(_("due"), null=True, blank=True, help_text=_("When the desk wants it."))
    fingerprint = models.CharField(
        max_length=64, blank=True, editable=False, help_text=_("Digest of the document it was last imported from.")
    )
    identity = models.CharField(
        max_length=64, blank=True, editable=False, help_text=_("Digest of the headline and date that document gave.")
    )
    edited_fields = models.JSONField(
        default=list, blank=True, editable=False, help_text=_("Fields that an editor typed; imports leave them alone.")
    )
    revision = models.PositiveIntegerField(
        default=0, editable=False, help_text=_("Goes up when the document or its tags change.")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Who wrote or imported it. Empty where a command did."),
    )
    created = models.DateTimeField(_("created"), auto_now_add=True)
    modified = models.DateTimeField(_("modified"), auto_now=True)

    tags = TaggableManager(_("tags"), through=TaggedArticle, blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        permissions = [
            ("publish_article", "Can publish, schedule and correct articles"),
            ("withdraw_article", "Can withdraw articles and reinstate them"),
            ("see_embargoed_article", "Can see embargoed articles of others"),
            ("edit_others_article", "Can edit articles of others, ready and published ones"),
            ("import_articles", "Can import many documents at once"),
        ]
        indexes = [
            models.Index(
                Coalesce("published", "released").desc(),
                F("id").desc(),
                name="article_latest_published",
                condition=Q(status="published"),
            ),
            models.Index(
                F("section"),
                Coalesce("published", "released").desc(),
                F("id").desc(),
                name="article_latest_in_section",
                condition=Q(status="published"),
            ),
            models.Index(fields=["id"], name="article_published_number", condition=Q(status="published")),
            models.Index(fields=["breaking_until"], name="article_breaking", condition=Q(breaking_until__isnull=False)),
            models.Index(fields=["status", "-modified"], name="article_status_modified"),
            models.Index(fields=["scheduled_for"], name="article_scheduled", condition=Q(status="scheduled")),
            models.Index(fields=["embargo"], name="article_embargo", condition=Q(embargo__isnull=False)),
            models.Index(fields=["identity"], name="article_identity"),
            models.Index(fields=["fingerprint"], name="article_fingerprint"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(headline=""), name="article_headline_given"),
            models.CheckConstraint(condition=~Q(slug=""), name="article_slug_given"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "in_review", "ready", "scheduled", "published", "withdrawn"]),
                name="article_status_known",
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(released__isnull=False), name="article_published_is_released"
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(embargo__isnull=True) | Q(released__gte=F("embargo")),
                name="article_embargo_kept",
            ),
            models.CheckConstraint(
                condition=Q(status="scheduled", scheduled_for__isnull=False)
                | (~Q(status="scheduled") & Q(scheduled_for__isnull=True)),
                name="article_scheduled_has_time",
            ),
            models.CheckConstraint(
                condition=Q(scheduled_for__isnull=True) | Q(embargo__isnull=True) | Q(scheduled_for__gte=F("embargo")),
                name="article_scheduled_after_embargo",
            ),
            models.CheckConstraint(
                condition=Q(status="withdrawn", withdrawn_at__isnull=False)
                | (~Q(status="withdrawn") & Q(withdrawn_at__isnull=True)),
                name="article_withdrawn_has_time",
            ),
            models.UniqueConstraint(fields=["address"], condition=~Q(address=""), name="article_address_once"),
            models.CheckConstraint(
                condition=Q(series__isnull=True, part__isnull=True) | Q(series__isnull=False, part__gte=1),
                name="article_part_of_a_series",
            ),
            models.UniqueConstraint(
                fields=["series", "part"],
                name="article_part_once",
                violation_error_message=_("Another article is this part of the series already."),
            ),
        ]

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """What a queryset named for a page brings with each article: `shown_quotes`, `lead_pictures`."""

    def __str__(self) -> str:
        return self.headline

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = unique_slug(Article.objects.all(), self.headline, fallback="article")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        mention(f"article:{self.pk}")
        return reverse("article", args=[self.slug])

    def entity_numbers(self) -> set[int]:
        """The records that appear or speak in the article, whatever was decided about them."""
        speakers = self.quotes.exclude(speaker=None).values_list("speaker_id", flat=True)
        return {*self.appearances.values_list("entity_id", flat=True), *speakers}

    @property
    def is_breaking(self) -> bool:
        if self.breaking_until:
            mention(f"until:{self.breaking_until.isoformat()}")
        return self.breaking_until is not None and self.breaking_until > timezone.now()

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED

    @property
    def is_withdrawn(self) -> bool:
        return self.status == self.Status.WITHDRAWN

    @property
    def is_embargoed(self) -> bool:
        return self.embargo is not None and self.embargo > timezone.now()
