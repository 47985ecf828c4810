"""On which day of the newsroom's calendar each published article stands, and how many stand on each."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.articles import Article


def day_of(article: Article) -> date | None:
    """The day that a published article bears, or that of its release; None of one that readers do not see."""
    moment = article.published or article.released
    return timezone.localtime(moment).date() if moment and article.is_published else None


class DayCountQuerySet(models.QuerySet["DayCount"]):
    def by_day(self, year: int) -> dict[date, int]:
        return dict(self.filter(day__year=year, number__gt=0).order_by("day").values_list("day", "number"))

    def by_month(self) -> dict[date, int]:
        """How many articles each month has, by its first day; the latest month first."""
        months: Counter[date] = Counter()
        for day, number in self.filter(number__gt=0).order_by("-day").values_list("day", "number"):
            months[day.replace(day=1)] += number
        return dict(months)

    def before(self, day: date) -> date | None:
        """The last day before this one that has articles."""
        return self.filter(day__lt=day, number__gt=0).order_by("-day").values_list("day", flat=True).first()

    def after(self, day: date) -> date | None:
        """The first day from this one on that has articles."""
        return self.filter(day__gte=day, number__gt=0).order_by("day").values_list("day", flat=True).first()

    def total(self) -> int:
        return self.aggregate(total=Sum("number"))["total"] or 0


class DayCount(models.Model):
    """How many published articles bear a day; kept in step by `articles/editing/days.py`."""

    day = models.DateField(_("day"), primary_key=True)
    number = models.IntegerField(_("articles"), default=0)

    objects = DayCountQuerySet.as_manager()

    class Meta:
        default_permissions = ()  # the program's own affair
        verbose_name = _("articles of a day")
        verbose_name_plural = _("articles of each day")
        constraints = [models.CheckConstraint(condition=Q(number__gte=0), name="daycount_not_negative")]

    def __str__(self) -> str:
        return f"{self.day}: {self.number}"


class CountedDay(models.Model):
    """The day that an article was counted on."""

    article = models.OneToOneField(
        Article, verbose_name=_("article"), primary_key=True, on_delete=models.CASCADE, related_name="counted_day"
    )
    day = models.DateField(_("day"))

    class Meta:
        default_permissions = ()  # the program's own affair
        verbose_name = _("day of an article")
        verbose_name_plural = _("days of articles")

    def __str__(self) -> str:
        return str(self.day)
