"""The story as a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from articles.models import article_statuses
from articles.models.article_queries import ArticleQuerySet
from articles.models.mentions import mention
from articles.models.slugs import unique_slug
from articles.models.tags import TaggedArticle

if TYPE_CHECKING:
    pass


class Article(models.Model):
    Status: TypeAlias = article_statuses.Status
    SourceStatus: TypeAlias = article_statuses.SourceStatus

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
    source_identifier = models.CharField(
        _("identifier at its source"),
        max_length=500,
        blank=True,
        editable=False,
        help_text=_("By which newer versions are recognised."),
    )
    source_version = models.PositiveIntegerField(_("version at its source"), default=0, editable=False)
    source_status = models.CharField(
        _("may be used"),
        max_length=10,
        choices=SourceStatus,
        default=SourceStatus.USABLE,
        help_text=_("As its source says. What is not usable cannot be published."),
    )
    urgency = models.PositiveSmallIntegerField(
        _("urgency"), null=True, blank=True, help_text=_("From 1, the most urgent, to 9, as its source says.")
    )
    copyright = models.CharField(_("copyright"), max_length=500, blank=True, help_text=_("Shown under the article."))
    instructions = models.TextField(
        _("instructions"), blank=True, help_text=_("What its source tells editors; readers do not see it.")
    )

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
    wording = models.CharField(
        max_length=64, blank=True, editable=False, help_text=_("Digest of the words of that document.")
    )
    edited_fields = models.JSONField(
        default=list, blank=True, editable=False, help_text=_("Fields that an editor typed; imports leave them alone.")
    )
    source_fields = models.JSONField(
        default=dict,
        db_default={},
        blank=True,
        editable=False,
        help_text=_("What the source says of fields that an editor typed."),
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
            # As `newest_first` sorts.
            models.Index(Coalesce("published", "released", "created").desc(), F("id").desc(), name="article_newest"),
            models.Index(fields=["published"], name="article_published_date"),
            models.Index(fields=["assignee"], name="article_assigned", condition=Q(assignee__isnull=False)),
            models.Index(fields=["id"], name="article_published_number", condition=Q(status="published")),
            models.Index(fields=["breaking_until"], name="article_breaking", condition=Q(breaking_until__isnull=False)),
            models.Index(fields=["status", "-modified"], name="article_status_modified"),
            # What the editors' list is narrowed by: each value that there is.
            models.Index(fields=["language"], name="article_language"),
            models.Index(fields=["publisher"], name="article_publisher"),
            models.Index(fields=["scheduled_for"], name="article_scheduled", condition=Q(status="scheduled")),
            models.Index(fields=["embargo"], name="article_embargo", condition=Q(embargo__isnull=False)),
            models.Index(fields=["identity"], name="article_identity"),
            models.Index(fields=["fingerprint"], name="article_fingerprint"),
            models.Index(fields=["wording"], name="article_wording", condition=~Q(wording="")),
            models.Index(
                fields=["source_identifier"],
                name="article_source_identifier",
                condition=~Q(source_identifier=""),
            ),
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
                condition=Q(source_status="usable")
                | (Q(source_status__in=["withheld", "canceled"]) & ~Q(status="published")),
                name="article_published_is_usable",
            ),
            models.CheckConstraint(
                condition=Q(urgency__isnull=True) | Q(urgency__range=(1, 9)), name="article_urgency_in_range"
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
