"""People, organisations and locations; their names, appearances and roles."""

from __future__ import annotations

from typing import Any, ClassVar

from django.apps import apps
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from taggit.managers import TaggableManager

from articles.models.articles import Article
from articles.models.review import SHOWN, Proposal, ProposalQuerySet
from articles.models.slugs import unique_slug
from articles.models.tags import TaggedEntity


class EntityQuerySet(models.QuerySet["Entity"]):
    def current(self) -> EntityQuerySet:
        return self.filter(merged_into=None)

    def public(self) -> EntityQuerySet:
        """Those that an accepted appearance shows in a published article."""
        return self.current().filter(article_count__gt=0)

    def most_covered(self) -> EntityQuerySet:
        return self.order_by("-article_count", "name", "pk")

    def for_detail(self) -> EntityQuerySet:
        return self.prefetch_related("aliases", "tags")  # type: ignore[misc]  # taggit

    def refresh_counts(self) -> int:
        """Bring the counts in step with published articles; returns the number of rows written."""
        articles = (
            Appearance.objects.filter(entity=OuterRef("pk"), state__in=SHOWN, article__status=Article.Status.PUBLISHED)
            .order_by()
            .values("entity")
            .annotate(number=Count("article", distinct=True))
            .values("number")
        )
        quotes = (
            apps.get_model("articles", "Quote")
            .objects.filter(speaker=OuterRef("pk"), state__in=SHOWN, article__status=Article.Status.PUBLISHED)
            .order_by()
            .values("speaker")
            .annotate(number=Count("pk"))
            .values("number")
        )
        return self.update(
            article_count=Coalesce(Subquery(articles), 0),
            quote_count=Coalesce(Subquery(quotes), 0),
        )


class Entity(models.Model):
    """One thing in the world, whatever its kind. Made as a `Person`, an `Organisation` or a `Location`."""

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        ORGANISATION = "organisation", _("organisation")
        LOCATION = "location", _("location")

    KIND: ClassVar[str] = ""

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, editable=False)
    name = models.CharField(_("name"), max_length=200, help_text=_("The name that readers see."))
    slug = models.SlugField(
        _("slug"),
        max_length=120,
        allow_unicode=True,
        blank=True,
        help_text=_("The end of the page's address. Left empty, it is made from the name."),
    )
    description = models.TextField(
        _("description"), blank=True, help_text=_("A sentence or two for readers, in your own words.")
    )
    is_verified = models.BooleanField(
        _("verified"), default=False, help_text=_("An editor has checked who or what this is.")
    )
    merged_into = models.ForeignKey(
        "self", verbose_name=_("merged into"), null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    article_count = models.PositiveIntegerField(
        _("articles"), default=0, editable=False, help_text=_("Published articles that show it.")
    )
    quote_count = models.PositiveIntegerField(
        _("quotations"), default=0, editable=False, help_text=_("Accepted quotations in published articles.")
    )
    created = models.DateTimeField(_("created"), auto_now_add=True)
    modified = models.DateTimeField(_("modified"), auto_now=True)

    tags = TaggableManager(_("tags"), through=TaggedEntity, blank=True)

    objects = EntityQuerySet.as_manager()

    class Meta:
        verbose_name = _("person, organisation or location")
        verbose_name_plural = _("people, organisations and locations")
        indexes = [
            models.Index(fields=["kind", "-article_count", "name"], name="entity_most_covered"),
            models.Index(fields=["kind", "name"], name="entity_name"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="entity_slug_once_a_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=["person", "organisation", "location"]), name="entity_kind_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="entity_name_given"),
            models.CheckConstraint(condition=~Q(slug=""), name="entity_slug_given"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="entity_not_merged_into_itself"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.kind = self.KIND or self.kind
        if not self.slug:
            self.slug = unique_slug(Entity.objects.filter(kind=self.kind), self.name, fallback=self.kind)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse(self.kind, args=[self.slug])


class IndexedEntity(index.Indexed):
    search_fields = [
        index.SearchField("name", boost=4),
        index.AutocompleteField("name"),
        index.RelatedFields("aliases", [index.SearchField("name", boost=3)]),
        index.SearchField("description"),
        index.FilterField("article_count"),
        index.FilterField("merged_into"),
    ]


class Person(IndexedEntity, Entity):
    class Gender(models.TextChoices):
        FEMALE = "female", _("she")
        MALE = "male", _("he")

    KIND = Entity.Kind.PERSON

    given_name = models.CharField(_("given name"), max_length=100, blank=True)
    family_name = models.CharField(_("family name"), max_length=100, blank=True, db_index=True)
    gender = models.CharField(
        _("pronoun"),
        max_length=10,
        choices=Gender,
        blank=True,
        help_text=_("As the stories print it; empty if unknown."),
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")


class Organisation(IndexedEntity, Entity):
    KIND = Entity.Kind.ORGANISATION

    acronym = models.CharField(_("acronym"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")


class Location(IndexedEntity, Entity):
    KIND = Entity.Kind.LOCATION

    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("ISO 3166-1 code, as in “IQ”."))
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    population = models.PositiveBigIntegerField(_("population"), null=True, blank=True)
    geoname_id = models.PositiveBigIntegerField(_("GeoNames number"), null=True, blank=True, unique=True)

    class Meta:
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="location_coordinates_on_earth",
            ),
        ]


class Alias(models.Model):
    """Another name of an entity. `key` is what imports look a name up by."""

    entity = models.ForeignKey(Entity, verbose_name=_("of"), on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("name"), max_length=200)
    key = models.CharField(max_length=200, editable=False, db_index=True)

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["entity", "key"], name="alias_once_an_entity"),
            models.CheckConstraint(condition=~Q(name=""), name="alias_name_given"),
            models.CheckConstraint(condition=~Q(key=""), name="alias_key_given"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = name_key(self.name)
        super().save(*args, **kwargs)


def name_key(name: str) -> str:
    """What two spellings of a name share: case and white space do not count."""
    return " ".join(name.casefold().split())[:200]


class AppearanceQuerySet(ProposalQuerySet["Appearance"]):
    def for_article(self) -> AppearanceQuerySet:
        """In order of first mention; a place that only the dateline names comes first."""
        return self.select_related("entity", "entity__location").order_by("start", "pk")

    def for_review(self) -> AppearanceQuerySet:
        return self.select_related("entity").order_by("start", "pk")


class Appearance(Proposal):
    """One entity in one article, with every place where it is named there."""

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="appearances"
    )
    entity = models.ForeignKey(
        Entity, verbose_name=_("who or what"), on_delete=models.PROTECT, related_name="appearances"
    )
    name = models.CharField(_("name as printed"), max_length=200, blank=True, help_text=_("The fullest form printed."))
    spans = models.JSONField(_("spans"), default=list, blank=True, help_text=_("[[start, end], …] in the plain text."))
    start = models.PositiveIntegerField(_("first mention"), default=0, editable=False)
    role = models.CharField(_("role as printed"), max_length=300, blank=True)

    objects = AppearanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("appearances")
        indexes = [
            models.Index(fields=["entity", "state"], name="appearance_entity_state"),
            models.Index(fields=["article", "start"], name="appearance_article_start"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["article", "entity"], name="appearance_once_an_article"),
            models.CheckConstraint(
                condition=Q(state__in=["suggested", "accepted", "changed", "rejected", "unsure"]),
                name="appearance_state_known",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=1), name="appearance_score_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entity} · {self.article}"


class RoleQuerySet(ProposalQuerySet["Role"]):
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
        indexes = [models.Index(fields=["person", "state", "-date"], name="role_person_date")]
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
