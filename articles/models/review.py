"""What a machine proposes and what people decide about it."""

from __future__ import annotations

import uuid
from typing import Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    SUGGESTED = "suggested", _("suggested")
    ACCEPTED = "accepted", _("accepted")
    CHANGED = "changed", _("changed")
    REJECTED = "rejected", _("rejected")
    UNSURE = "unsure", _("unsure")


# What readers see.
SHOWN = (State.ACCEPTED, State.CHANGED)


class Origin(models.TextChoices):
    EXTRACTED = "extracted", _("extracted from the text")
    IMPORTED = "imported", _("imported with the document")
    TYPED = "typed", _("typed by an editor")


class Anchoring(models.TextChoices):
    """What became of a row's spans when the text was edited."""

    IN_PLACE = "in_place", _("in place")
    STALE = "stale", _("the words around it changed")
    LOST = "lost", _("its words are gone")


Row = TypeVar("Row", bound="Proposal", covariant=True)


class ProposalQuerySet(models.QuerySet[Row]):
    def shown(self) -> Self:
        """What a person accepted, as long as the article still says it."""
        return self.filter(state__in=SHOWN).exclude(anchoring=Anchoring.LOST)

    def undecided(self) -> Self:
        """What waits for a person."""
        return self.filter(state=State.SUGGESTED)

    def public(self) -> Self:
        """What readers see: accepted, and in a published article."""
        return self.shown().filter(article__status="published")


class Proposal(models.Model):
    """A row that a machine may propose and a person decides about."""

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.SUGGESTED)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.EXTRACTED)
    extractor = models.CharField(
        _("extractor"), max_length=40, blank=True, help_text=_("The rules or model, and its version.")
    )
    evidence = models.CharField(
        _("evidence"), max_length=300, blank=True, help_text=_("Why the machine thinks so, in words.")
    )
    score = models.FloatField(_("score"), null=True, blank=True, help_text=_("How sure the machine is, 0 to 1."))
    anchoring = models.CharField(_("place in the text"), max_length=10, choices=Anchoring, default=Anchoring.IN_PLACE)
    created = models.DateTimeField(_("created"), auto_now_add=True)
    modified = models.DateTimeField(_("modified"), auto_now=True)

    class Meta:
        abstract = True

    @property
    def is_decided(self) -> bool:
        """Whether a person has spoken: machines leave the row alone from then on."""
        return self.state != State.SUGGESTED or self.origin == Origin.TYPED


class DecisionQuerySet(models.QuerySet["Decision"]):
    def for_log(self) -> DecisionQuerySet:
        return self.select_related("user", "article")


class Decision(models.Model):
    """One change that a person or an import made to one record. Rows are added, never edited."""

    class Subject(models.TextChoices):
        ARTICLE = "article", _("article")
        ENTITY = "entity", _("person, organisation or location")
        APPEARANCE = "appearance", _("appearance")
        QUOTE = "quote", _("quotation")
        ROLE = "role", _("role")
        TAG = "tag", _("tag")
        PROPOSED_TAG = "proposedtag", _("suggested tag")

    batch = models.UUIDField(_("batch"), default=uuid.uuid4, help_text=_("Decisions taken in one go share it."))
    inverse_of = models.UUIDField(
        _("takes back"), null=True, blank=True, help_text=_("The batch whose decisions this one takes back.")
    )
    subject = models.CharField(_("about"), max_length=12, choices=Subject)
    subject_id = models.BigIntegerField(_("record number"))
    article = models.ForeignKey(
        "articles.Article",
        verbose_name=_("article"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="decisions",
    )
    label = models.CharField(_("words"), max_length=200, blank=True, help_text=_("What the record was called then."))
    action = models.CharField(_("action"), max_length=30)
    before = models.JSONField(_("before"), default=dict, blank=True)
    after = models.JSONField(_("after"), default=dict, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty where a command decided."),
    )
    made = models.DateTimeField(_("made"), auto_now_add=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-made", "-pk"]
        indexes = [
            models.Index(fields=["subject", "subject_id"], name="decision_subject"),
            models.Index(fields=["batch"], name="decision_batch"),
            models.Index(fields=["-made"], name="decision_made"),
            models.Index(fields=["-made"], name="decision_front_page", condition=Q(action="front page")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(subject__in=["article", "entity", "appearance", "quote", "role", "tag", "proposedtag"]),
                name="decision_subject_known",
            ),
            models.CheckConstraint(condition=~Q(action=""), name="decision_action_named"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.get_subject_display()} {self.subject_id}"
