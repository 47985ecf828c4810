"""Pairs of records that may be one, and the keys by which they are found."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from articles.models.entities import Entity

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class DuplicatePairQuerySet(models.QuerySet["DuplicatePair"]):
    def told_apart(self, entity_ids: Collection[int]) -> set[tuple[int, int]]:
        """The pairs among these records that an editor said are different, the smaller number first."""
        different = self.filter(state=DuplicatePair.State.DIFFERENT, first__in=entity_ids, second__in=entity_ids)
        return set(different.values_list("first_id", "second_id"))

    def current(self) -> DuplicatePairQuerySet:
        """Those of which neither record was merged."""
        return self.filter(first__merged_into=None, second__merged_into=None)

    def of(self, entity_ids: Collection[int]) -> DuplicatePairQuerySet:
        return self.filter(Q(first__in=entity_ids) | Q(second__in=entity_ids))

    def last_answered(self, user: User) -> DuplicatePair | None:
        """What `user` said last, unless the two were merged since."""
        answered = self.current().filter(user=user).select_related("first", "second")
        return answered.order_by(F("decided").desc(nulls_last=True), "-pk").first()

    def to_merge(self) -> DuplicatePairQuerySet:
        """Those that an editor said are one, and that are two records still."""
        return (
            self.current().filter(state=DuplicatePair.State.SAME).select_related("first", "second").order_by("-decided")
        )

    def queue(self) -> DuplicatePairQuerySet:
        """What waits for an editor: the likeliest first, those that an editor was unsure of last."""
        waits_longer = Case(When(state=DuplicatePair.State.UNSURE, then=Value(1)), default=Value(0))
        waiting = self.current().filter(state__in=WAITING)
        return waiting.order_by(waits_longer, F("decided").asc(nulls_first=True), "-score", "pk")


class DuplicatePair(models.Model):
    """Two records that may be one, and what an editor said about it; what was said is kept for ever."""

    class State(models.TextChoices):
        SUGGESTED = "suggested", _("suggested")
        DIFFERENT = "different", _("not the same")
        UNSURE = "unsure", _("unsure")
        SAME = "same", _("the same")

    first = models.ForeignKey(Entity, verbose_name=_("first"), on_delete=models.CASCADE, related_name="pairs_as_first")
    second = models.ForeignKey(
        Entity, verbose_name=_("second"), on_delete=models.CASCADE, related_name="pairs_as_second"
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.SUGGESTED)
    score = models.FloatField(_("likeness"), default=0, help_text=_("How likely they are one, 0 to 1."))
    evidence = models.JSONField(
        _("evidence"), default=list, blank=True, help_text=_("What speaks for it and what against it, in words.")
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

    objects = DuplicatePairQuerySet.as_manager()

    class Meta:
        verbose_name = _("likely duplicate")
        verbose_name_plural = _("likely duplicates")
        indexes = [models.Index(fields=["state", "-score"], name="duplicatepair_state_score")]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicatepair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="duplicatepair_smaller_first"),
            models.CheckConstraint(
                condition=Q(state__in=["suggested", "different", "unsure", "same"]), name="duplicatepair_state_known"
            ),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="duplicatepair_score_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.first} · {self.second}"

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING


WAITING = (DuplicatePair.State.SUGGESTED, DuplicatePair.State.UNSURE)


class NameKey(models.Model):
    """One of the keys that records which may be one have in common: a folded name, a family name, an acronym."""

    entity = models.ForeignKey(Entity, verbose_name=_("of"), on_delete=models.CASCADE, related_name="name_keys")
    key = models.CharField(_("key"), max_length=220, db_index=True)

    class Meta:
        verbose_name = _("key of a name")
        verbose_name_plural = _("keys of names")
        constraints = [
            models.UniqueConstraint(fields=["entity", "key"], name="namekey_once_an_entity"),
            models.CheckConstraint(condition=~Q(key=""), name="namekey_key_given"),
        ]

    def __str__(self) -> str:
        return self.key
