"""Pairs of articles that may tell one story twice, and the keys by which they are found."""

from __future__ import annotations

from collections.abc import Collection

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.articles import Article


class StoryPairQuerySet(models.QuerySet["StoryPair"]):
    def of(self, articles: Collection[int]) -> StoryPairQuerySet:
        return self.filter(Q(first__in=articles) | Q(second__in=articles))

    def waiting(self) -> StoryPairQuerySet:
        """What waits for an editor, the likeliest first: pairs that nobody spoke of, and that readers may both see."""
        withdrawn = Article.Status.WITHDRAWN
        pairs = self.filter(state=StoryPair.State.SUGGESTED)
        return pairs.exclude(first__status=withdrawn).exclude(second__status=withdrawn).order_by("-score", "-pk")

    def kept_instead(self, articles: Collection[int]) -> dict[int, str]:
        """Of articles that tell a story which another one is kept for: the headline of that one, by their numbers."""
        pairs = self.of(articles).filter(state=StoryPair.State.SAME, kept__isnull=False)
        rows = pairs.values_list("first", "second", "kept", "kept__headline")
        return {(second if kept == first else first): headline for first, second, kept, headline in rows}


class StoryPair(models.Model):
    """Two articles whose words are nearly the same, and what an editor said about it."""

    class State(models.TextChoices):
        SUGGESTED = "suggested", _("suggested")
        DIFFERENT = "different", _("not the same")
        SAME = "same", _("the same")

    first = models.ForeignKey(Article, verbose_name=_("first"), on_delete=models.CASCADE, related_name="pairs_as_first")
    second = models.ForeignKey(
        Article, verbose_name=_("second"), on_delete=models.CASCADE, related_name="pairs_as_second"
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.SUGGESTED)
    score = models.FloatField(_("likeness"), help_text=_("The share of their words, three by three, that is the same."))
    kept = models.ForeignKey(
        Article,
        verbose_name=_("kept"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The one of two that are the same which goes on."),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided = models.DateTimeField(_("decided"), null=True, blank=True)
    created = models.DateTimeField(_("created"), auto_now_add=True)

    objects = StoryPairQuerySet.as_manager()

    class Meta:
        verbose_name = _("story told twice")
        verbose_name_plural = _("stories told twice")
        ordering = ["-score", "-pk"]
        indexes = [models.Index(fields=["state", "-score"], name="storypair_state_score")]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="storypair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="storypair_smaller_first"),
            models.CheckConstraint(
                condition=Q(state__in=["suggested", "different", "same"]), name="storypair_state_known"
            ),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="storypair_score_a_share"),
            models.CheckConstraint(condition=Q(kept=None) | Q(state="same"), name="storypair_kept_of_the_same"),
        ]

    def __str__(self) -> str:
        return f"{self.first} · {self.second}"

    def other(self, article: Article) -> Article:
        return self.second if self.first_id == article.pk else self.first


class StoryBand(models.Model):
    """One of the keys that articles with nearly the same words have in common."""

    article = models.ForeignKey(Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="bands")
    value = models.BigIntegerField(_("key"), db_index=True)

    class Meta:
        verbose_name = _("key of a story")
        verbose_name_plural = _("keys of stories")
        constraints = [models.UniqueConstraint(fields=["article", "value"], name="storyband_once_an_article")]

    def __str__(self) -> str:
        return str(self.value)
