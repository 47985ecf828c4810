"""Feeds of others that the newsroom follows, and what they brought."""

from __future__ import annotations

from datetime import datetime

from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MINUTES_A_DAY = 24 * 60


class FeedQuerySet(models.QuerySet["Feed"]):
    def due(self, now: datetime) -> FeedQuerySet:
        """Those to be asked at `now`, whoever waits the longest first."""
        return self.free(now).filter(is_active=True, next_poll__lte=now).order_by("next_poll", "pk")

    def free(self, now: datetime) -> FeedQuerySet:
        """Those that nobody polls at `now`."""
        return self.filter(Q(held_until=None) | Q(held_until__lte=now))

    def failing(self) -> FeedQuerySet:
        return self.exclude(error="").order_by("-failures", "pk")


class Feed(models.Model):
    """A feed that is asked for new stories, how it answered last, and when it is asked again."""

    address = models.CharField(
        _("address"),
        max_length=500,
        unique=True,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_("Of an RSS, Atom or JSON feed: https://wire.example/feed"),
    )
    title = models.CharField(
        _("title"), max_length=200, blank=True, help_text=_("How you call it. Left empty, its own title is shown.")
    )
    publisher = models.CharField(
        _("source"), max_length=200, blank=True, help_text=_("Whose stories they are, where they do not say.")
    )
    section = models.ForeignKey(
        "articles.Section",
        verbose_name=_("section"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="feeds",
        help_text=_("Where its stories are filed, unless they name a section themselves."),
    )
    fetches_pages = models.BooleanField(
        _("fetch the pages of summaries"),
        default=True,
        help_text=_("Of an item that only sums up its story the page is fetched, where its site allows it."),
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes between polls"),
        default=15,
        validators=[MinValueValidator(1), MaxValueValidator(MINUTES_A_DAY)],
        help_text=_("At the least: a feed that asks to be left alone for longer is."),
    )
    is_active = models.BooleanField(_("active"), default=True, help_text=_("Switched off, it is not polled."))

    own_title = models.CharField(max_length=200, blank=True, editable=False)
    etag = models.CharField(max_length=1000, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    last_polled = models.DateTimeField(_("last polled"), null=True, blank=True, editable=False)
    last_answered = models.DateTimeField(_("last answered"), null=True, blank=True, editable=False)
    next_poll = models.DateTimeField(_("next poll"), default=timezone.now, editable=False)
    held_until = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="Somebody polls it now, and is given up at this time."
    )
    failures = models.PositiveIntegerField(_("failures in a row"), default=0, editable=False)
    error = models.TextField(_("last error"), blank=True, editable=False)
    created = models.DateTimeField(_("created"), auto_now_add=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscribed feed")
        verbose_name_plural = _("subscribed feeds")
        ordering = ["title", "own_title", "address"]
        indexes = [models.Index(fields=["next_poll"], name="feed_next_poll", condition=Q(is_active=True))]
        constraints = [
            models.CheckConstraint(condition=~Q(address=""), name="feed_address_given"),
            models.CheckConstraint(condition=Q(minutes__range=(1, MINUTES_A_DAY)), name="feed_minutes_in_range"),
            models.CheckConstraint(condition=Q(failures=0) | ~Q(error=""), name="feed_failure_says_why"),
        ]

    def __str__(self) -> str:
        return self.title or self.own_title or self.address


class FeedItem(models.Model):
    """An item that a feed has, or had: what is the same still is not imported again."""

    feed = models.ForeignKey(Feed, verbose_name=_("feed"), on_delete=models.CASCADE, related_name="items")
    key = models.CharField(max_length=64, help_text="Digest of the item's identifier or address.")
    digest = models.CharField(max_length=64, help_text="Digest of what it said last.")
    headline = models.CharField(_("headline"), max_length=300, blank=True)
    article = models.ForeignKey(
        "articles.Article",
        verbose_name=_("article"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="feed_items",
    )
    error = models.TextField(_("error"), blank=True)
    is_page = models.BooleanField(default=False, help_text="It was a summary, and its page was fetched.")
    tries = models.PositiveSmallIntegerField(_("tries"), default=1)
    imported = models.DateTimeField(_("imported"))
    seen = models.DateTimeField(_("last seen"))

    class Meta:
        verbose_name = _("item of a feed")
        verbose_name_plural = _("items of feeds")
        ordering = ["-imported", "-pk"]
        constraints = [models.UniqueConstraint(fields=["feed", "key"], name="feeditem_once_a_feed")]

    def __str__(self) -> str:
        return self.headline or self.error or self.key
