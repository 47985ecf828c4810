"""Records that became one, were parted or changed their kind, with every row that this changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.entities import Entity


class MergeQuerySet(models.QuerySet["Merge"]):
    def standing(self) -> MergeQuerySet:
        return self.filter(undone=None)

    def merges(self) -> MergeQuerySet:
        """Without splits and changes of kind."""
        return self.filter(action=Merge.Action.MERGE)

    def of(self, entity: Entity) -> MergeQuerySet:
        """What happened to a record, the latest first."""
        return self.filter(Q(survivor=entity.pk) | Q(loser=entity.pk)).order_by("-pk")

    def for_history(self) -> MergeQuerySet:
        return self.select_related("survivor", "loser", "user", "undone_by")

    def moved_from(self, kind: str, slug: str) -> Entity | None:
        """The record that had its page there until it was found to be of another kind."""
        turned = MovedRow.objects.filter(
            Q(before__slug=slug) | Q(row__in=Entity.objects.filter(slug=slug).values("pk")),
            merge__in=self.standing().filter(action=Merge.Action.KIND).values("pk"),
            model="entity",
            before__kind=kind,
        )
        return Entity.objects.filter(pk__in=turned.values("row")).first()

    def in_the_way_of(self, merge: Merge) -> MergeQuerySet:
        """Later ones that stand and changed the same rows: they have to be taken back first.

        Whatever happened to a record after it changed its kind, or before, depends on the kind.
        """
        records = [merge.survivor_id, merge.loser_id]
        later = self.standing().filter(pk__gt=merge.pk)
        same_records = later.filter(Q(survivor__in=records) | Q(loser__in=records))
        if merge.action != Merge.Action.KIND:
            same_records = same_records.filter(action=Merge.Action.KIND)
        rows = MovedRow.objects.filter(merge__in=later.values("pk"))
        touched = rows.filter(
            models.Exists(merge.rows.filter(model=models.OuterRef("model"), row=models.OuterRef("row")))
        )
        return self.filter(Q(pk__in=touched.values("merge")) | Q(pk__in=same_records.values("pk"))).order_by("-pk")


class Merge(models.Model):
    """One record gave rows to another: all of them in a merge, some in a split. A change of kind names it twice."""

    class Action(models.TextChoices):
        MERGE = "merge", _("merge")
        SPLIT = "split", _("split")
        KIND = "kind", _("change of kind")

    action = models.CharField(_("what happened"), max_length=10, choices=Action, default=Action.MERGE)
    survivor = models.ForeignKey(
        Entity, verbose_name=_("took the rows"), on_delete=models.CASCADE, related_name="merges_as_survivor"
    )
    loser = models.ForeignKey(
        Entity, verbose_name=_("gave the rows"), on_delete=models.CASCADE, related_name="merges_as_loser"
    )
    made_survivor = models.BooleanField(_("the record was made for it"), default=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made = models.DateTimeField(_("made"), auto_now_add=True)
    undone = models.DateTimeField(_("taken back"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken back by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(action__in=["merge", "split", "kind"]), name="merge_action_known"),
            models.CheckConstraint(
                condition=(Q(action="kind") & Q(survivor=F("loser"))) | (~Q(action="kind") & ~Q(survivor=F("loser"))),
                name="merge_of_two_records",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.loser} · {self.survivor}"


class MovedRow(models.Model):
    """One row that a merge changed, made (`before` is empty) or removed (`after` is empty).

    Of a row changed only the fields that did change are kept, of a row removed all of them.
    """

    merge = models.ForeignKey(Merge, verbose_name=_("merge"), on_delete=models.CASCADE, related_name="rows")
    model = models.CharField(_("table"), max_length=30)
    row = models.BigIntegerField(_("row"))
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)
    text = models.TextField(_("text"), blank=True, help_text=_("The article that the spans of a removed row count in."))

    class Meta:
        verbose_name = _("moved row")
        verbose_name_plural = _("moved rows")
        ordering = ["pk"]
        indexes = [models.Index(fields=["model", "row"], name="movedrow_model_row")]
        constraints = [
            models.CheckConstraint(
                condition=Q(before__isnull=False) | Q(after__isnull=False), name="movedrow_says_something"
            )
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.row}"
