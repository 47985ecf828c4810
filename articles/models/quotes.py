"""Who said what, in which article, in which words."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce, Length
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from articles.models.articles import Article
from articles.models.entities import Appearance, Entity
from articles.models.mentions import mention
from articles.models.review import Proposal, ProposalQuerySet
from articles.models.tags import Tag, TaggedArticle, TaggedQuote


class QuoteQuerySet(ProposalQuerySet["Quote"]):
    def for_article(self) -> QuoteQuerySet:
        return self.select_related("speaker").order_by("start", "pk")

    def for_list(self) -> QuoteQuerySet:
        return self.with_role().select_related("speaker", "article").defer("article__body", "article__text")

    def for_detail(self) -> QuoteQuerySet:
        appearances = Prefetch(
            "article__appearances", Appearance.objects.shown().for_article(), to_attr="shown_appearances"
        )
        whole = self.with_role().select_related("speaker", "article")
        return whole.prefetch_related("tags", "corrections", appearances)  # type: ignore[misc]  # taggit

    def for_brief_list(self) -> QuoteQuerySet:
        """No more of each than a list shows: most of what a page costs is columns."""
        article = ("headline", "slug", "language", "published", "published_has_time", "released")
        speaker = ("kind", "name", "slug", "article_count", "merged_into_id")
        return (
            self.with_role()
            .select_related("speaker", "article")
            .only(
                *("text", "source", "form", "language", "start", "article_id"),
                *(f"article__{name}" for name in article),
                *(f"speaker__{name}" for name in speaker),
            )
        )

    def for_search(self) -> QuoteQuerySet:
        return self.for_list()

    def for_api(self) -> QuoteQuerySet:
        bearing = TaggedQuote.objects.public().select_related("tag")
        return self.for_list().prefetch_related("corrections", Prefetch("tagged_items", bearing, to_attr="public_tags"))

    def between(self, start: datetime | None, end: datetime | None) -> QuoteQuerySet:
        """Those of articles that bear a date from `start` to `end`, either of which may be open."""
        rows = self.alias(bears=Coalesce("article__published", "article__released"))
        rows = rows.filter(bears__gte=start) if start else rows
        return rows.filter(bears__lte=end) if end else rows

    def by_same_speaker(self, quote: Quote, number: int) -> QuoteQuerySet:
        """The other ones among so many of the latest of the speaker."""
        said = apps.get_model("articles", "Saying").objects.exclude(speaker=None).filter(speaker=quote.speaker_id)
        latest = said.order_by(F("moment").desc(), F("article").desc(), "start", "quote")
        return self.filter(pk__in=list(latest.values_list("pk", flat=True)[:number])).exclude(pk=quote.pk)

    def on_topics_of(self, quote: Quote) -> QuoteQuerySet:
        """Those that share a tag with the quotation, their own or their article's."""
        own = TaggedQuote.objects.filter(content_object=quote.pk).values("tag")
        article = TaggedArticle.objects.filter(content_object=quote.article_id).values("tag")
        topics = Q(tag__in=own) | Q(tag__in=article)
        bearing = TaggedQuote.objects.filter(topics, content_object=OuterRef("pk"))
        under = TaggedArticle.objects.filter(topics, content_object=OuterRef("article"))
        return self.filter(Exists(bearing) | Exists(under))

    def with_role(self) -> QuoteQuerySet:
        """With `speaker_role`: what the article calls the speaker."""
        appearance = Appearance.objects.shown().filter(article=OuterRef("article"), entity=OuterRef("speaker"))
        return self.annotate(speaker_role=Subquery(appearance.values("role")[:1]))

    def under(self, tag: Tag) -> QuoteQuerySet:
        """Those that bear the tag, or stand in an article under it."""
        bearing = TaggedQuote.objects.filter(tag=tag).values("content_object")
        return self.filter(Q(pk__in=bearing) | Q(article__in=Article.objects.under(tag).values("pk")))

    def said_by(self, speaker: Entity) -> QuoteQuerySet:
        return self.filter(saying__speaker=speaker.pk).order_by(*_latest_by("saying"), "start", "pk")

    def said_under(self, tag: Tag) -> QuoteQuerySet:
        """Those in articles that bear the tag, and those that bear it themselves."""
        return self.filter(_is_under(tag)).order_by(*_latest_by("article__tag_coverage"), "start", "pk")

    def under_too(self, tag: Tag) -> QuoteQuerySet:
        """Of those, what `said_under` has, in the order that they have."""
        covered = tag.coverage.filter(article=OuterRef("article"))
        bearing = TaggedQuote.objects.filter(tag=tag, content_object=OuterRef("pk"))
        return self.filter(Q(Exists(covered.filter(is_borne=True))) | Q(Exists(bearing)))

    def said_about(self, entity: Entity) -> QuoteQuerySet:
        """Those whose words name it."""
        return self.filter(namings__entity=entity.pk).order_by(*_latest_by("namings"), "start", "pk")

    def said_at(self, location: Entity) -> QuoteQuerySet:
        """Those in articles that were filed there, as their dateline says."""
        there = {"article__coverage__entity": location.pk, "article__coverage__is_filed_there": True}
        return self.filter(**there).order_by(*_latest_by("article__coverage"), "start", "pk")

    def said_in(self, articles: Collection[Article], speakers: Collection[Entity]) -> QuoteQuerySet:
        rows = self.filter(article__in=articles, speaker__in=[speaker.pk for speaker in speakers])
        return rows.latest_first()

    def striking(self) -> QuoteQuerySet:
        """Long enough to stand alone, short enough to be read at a glance, and by someone known."""
        return self.annotate(length=Length("text")).filter(
            form=Quote.Form.DIRECT, speaker__article_count__gt=0, length__gte=40, length__lte=260
        )

    def latest_first(self) -> QuoteQuerySet:
        return self.order_by(Coalesce("article__published", "article__released").desc(), "-article_id", "start", "pk")


def _latest_by(path: str) -> tuple[str, str]:
    """The order of `latest_first()`, by the rows that an index has in it."""
    return f"-{path}__moment", f"-{path}__article_id"


def _is_under(tag: Tag) -> Q:
    bearing = TaggedQuote.objects.filter(tag=tag, content_object=OuterRef("pk"))
    covered = Q(article__tag_coverage__tag=tag.pk)
    return covered & (Q(article__tag_coverage__is_borne=True) | Q(Exists(bearing)))


class Quote(Proposal):
    class Form(models.TextChoices):
        DIRECT = "direct", _("direct: all in quotation marks")
        MIXED = "mixed", _("mixed: partly in quotation marks")
        INDIRECT = "indirect", _("indirect: reported without marks")

    article = models.ForeignKey(Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="quotes")
    speaker = models.ForeignKey(
        Entity,
        verbose_name=_("speaker"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="quotes",
        help_text=_("Empty where the story does not say, or names nobody."),
    )
    text = models.TextField(_("words"), help_text=_("As the article prints them, marks included."))
    spans = models.JSONField(_("spans"), default=list, help_text=_("[[start, end], …] in the plain text."))
    start = models.PositiveIntegerField(_("start"), editable=False, default=0)
    form = models.CharField(_("form"), max_length=10, choices=Form, default=Form.DIRECT)
    cue = models.CharField(_("cue"), max_length=100, blank=True, help_text=_("The words that report: “said”."))
    cue_start = models.PositiveIntegerField(null=True, blank=True, editable=False)
    cue_end = models.PositiveIntegerField(null=True, blank=True, editable=False)
    source = models.CharField(
        _("source as printed"), max_length=500, blank=True, help_text=_("“the NATO official”, “he”")
    )
    source_start = models.PositiveIntegerField(null=True, blank=True, editable=False)
    source_end = models.PositiveIntegerField(null=True, blank=True, editable=False)
    addressee = models.CharField(
        _("told whom"), max_length=500, blank=True, help_text=_("As printed: “reporters”, “the BBC”.")
    )
    addressee_start = models.PositiveIntegerField(null=True, blank=True, editable=False)
    addressee_end = models.PositiveIntegerField(null=True, blank=True, editable=False)
    occasion = models.CharField(
        _("occasion"), max_length=500, blank=True, help_text=_("As printed: “in an emailed statement”.")
    )
    occasion_start = models.PositiveIntegerField(null=True, blank=True, editable=False)
    occasion_end = models.PositiveIntegerField(null=True, blank=True, editable=False)

    language = models.CharField(
        _("language"), max_length=20, blank=True, help_text=_("Where it is not the article’s: as in “en” or “pt-br”.")
    )

    tags = TaggableManager(_("tags"), through=TaggedQuote, blank=True)

    objects = QuoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("quotation")
        verbose_name_plural = _("quotations")
        indexes = [
            models.Index(fields=["article", "start"], name="quote_article_start"),
            models.Index(fields=["speaker", "state"], name="quote_speaker_state"),
            models.Index(fields=["article"], condition=Q(state="suggested"), name="quote_undecided"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="quote_text_given"),
            models.CheckConstraint(condition=Q(form__in=["direct", "mixed", "indirect"]), name="quote_form_known"),
            models.CheckConstraint(
                condition=Q(state__in=["suggested", "accepted", "changed", "rejected", "unsure"]),
                name="quote_state_known",
            ),
            models.CheckConstraint(
                condition=Q(cue_start__isnull=True, cue_end__isnull=True)
                | Q(cue_start__isnull=False, cue_end__isnull=False, cue_start__lt=F("cue_end")),
                name="quote_cue_span_whole",
            ),
            models.CheckConstraint(
                condition=Q(source_start__isnull=True, source_end__isnull=True)
                | Q(source_start__isnull=False, source_end__isnull=False, source_start__lt=F("source_end")),
                name="quote_source_span_whole",
            ),
            models.CheckConstraint(
                condition=Q(addressee_start__isnull=True, addressee_end__isnull=True)
                | Q(addressee_start__isnull=False, addressee_end__isnull=False, addressee_start__lt=F("addressee_end")),
                name="quote_addressee_span_whole",
            ),
            models.CheckConstraint(
                condition=Q(occasion_start__isnull=True, occasion_end__isnull=True)
                | Q(occasion_start__isnull=False, occasion_end__isnull=False, occasion_start__lt=F("occasion_end")),
                name="quote_occasion_span_whole",
            ),
        ]

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """What a queryset named for a page brings with each quotation: `speaker_role`, `public_tags`."""

    def __str__(self) -> str:
        return Truncator(self.text).chars(80)

    @property
    def spoken_language(self) -> str:
        """The language of its words, empty where nobody said."""
        return self.language or self.article.language

    def get_absolute_url(self) -> str:
        mention(f"quote:{self.pk}")
        return reverse("quotation", args=[self.pk])
