"""Offices and titles, as printed."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from articles.models.articles import Article
from articles.models.entities import Location, Organisation, Person
from articles.models.review import Proposal, ProposalQuerySet


class RoleQuerySet(ProposalQuerySet["Role"]):
    def covered(self) -> RoleQuerySet:
        """Those of people whom readers see in the published article that prints the role."""
        coverage = apps.get_model("articles", "Coverage").objects
        return self.shown().filter(Exists(coverage.filter(article=OuterRef("article"), entity=OuterRef("person"))))

    def titles(self) -> models.QuerySet[Role, Any]:
        """One row a title: the `latest` role that prints it, `first` and `last` date, `number` of articles."""
        return (
            self.order_by()
            .values("person", "organisation", "location", key=Lower("title"))
            .annotate(latest=Max("pk"), first=Min("date"), last=Max("date"), number=Count("article", distinct=True))
            .order_by(F("last").desc(nulls_last=True), "-latest")
        )

    def for_person(self) -> RoleQuerySet:
        return self.select_related("article", "organisation", "location").order_by(
            F("date").desc(nulls_last=True), "-pk"
        )


class Role(Proposal):
    """An office or title, as one article prints it of one person."""

    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="roles")
    title = models.CharField(_("title"), max_length=300)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="roles",
    )
    location = models.ForeignKey(
        Location, verbose_name=_("location"), null=True, blank=True, on_delete=models.SET_NULL, related_name="roles"
    )
    article = models.ForeignKey(Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="roles")
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    date = models.DateField(_("date"), null=True, blank=True, help_text=_("The date of the article that says so."))

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        indexes = [
            models.Index(fields=["person", "state", "-date"], name="role_person_date"),
            models.Index(fields=["article"], condition=Q(state="suggested"), name="role_undecided"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["article", "person", "start", "end"], name="role_once_a_place"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="role_span_not_empty"),
            models.CheckConstraint(condition=~Q(title=""), name="role_title_given"),
            models.CheckConstraint(
                condition=Q(state__in=["suggested", "accepted", "changed", "rejected", "unsure"]),
                name="role_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.title}"
