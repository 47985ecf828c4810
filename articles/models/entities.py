"""People, organisations and locations; their names, appearances and roles."""

from __future__ import annotations

from typing import Any, ClassVar

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from articles.models.articles import Article
from articles.models.mentions import mention
from articles.models.name_keys import plain_key
from articles.models.review import Origin, Proposal, ProposalQuerySet
from articles.models.slugs import name_key, unique_slug
from articles.models.tags import TaggedEntity


class EntityQuerySet(models.QuerySet["Entity"]):
    def current(self) -> EntityQuerySet:
        return self.filter(merged_into=None)

    def public(self) -> EntityQuerySet:
        """Those that an accepted appearance shows in a published article."""
        return self.current().filter(article_count__gt=0)

    def most_covered(self) -> EntityQuerySet:
        return self.order_by("-article_count", "name", "pk")

    def alphabetical(self) -> EntityQuerySet:
        return self.order_by(Lower("name"), "pk")

    def speaking_for(self, organisation: Organisation) -> EntityQuerySet:
        """People quoted where a role of theirs at the organisation is printed; `spoken` says how often."""
        roles = apps.get_model("articles", "Role").objects.shown().filter(organisation=organisation)
        theirs = roles.filter(person=OuterRef(OuterRef("pk"))).values("article")
        sayings = apps.get_model("articles", "Saying").objects.filter(speaker=OuterRef("pk"), article__in=theirs)
        spoken = _number_of(sayings, "speaker")
        people = self.public().filter(pk__in=roles.values("person")).annotate(spoken=spoken)
        return people.filter(spoken__gt=0).order_by("-spoken", "name", "pk")

    def named_for(self, location: Location) -> EntityQuerySet:
        """Those in whose names, as shown articles print them, the location stands: the University of Toronto."""
        is_it = Q(entity=location.pk)
        if location.geoname_id:
            is_it |= Q(geoname_id=location.geoname_id)
        parts = apps.get_model("articles", "NamePart").objects.filter(is_it)
        owners = Appearance.objects.public().filter(pk__in=parts.values("appearance")).values("entity")
        return self.public().filter(pk__in=owners).exclude(pk=location.pk).most_covered()

    def for_search(self) -> EntityQuerySet:
        return self.prefetch_related("aliases")

    def for_page(self) -> EntityQuerySet:
        """Its names and identifiers come with those of its namesakes."""
        namings = apps.get_model("articles", "Naming").objects.filter(entity=OuterRef("pk"))
        around = ["part_of__part_of"] if issubclass(self.model, Location) else []
        return self.annotate(is_spoken_of=Exists(namings)).select_related("merged_into", *around)

    def for_detail(self) -> EntityQuerySet:
        return self.prefetch_related("aliases", "identifiers", "tags")  # type: ignore[misc]  # taggit

    def orphans(self) -> EntityQuerySet:
        """Records that a machine made, that nobody touched, and that nothing leads to."""
        return self.filter(
            origin=Origin.EXTRACTED,
            is_verified=False,
            description="",
            appearances=None,
            quotes=None,
            merged=None,
            merges_as_survivor=None,
            merges_as_loser=None,
            tagged_items=None,
            identifiers=None,
            person__roles=None,
            organisation__roles=None,
            location__roles=None,
        ).exclude(Q(pairs_as_first__decided__isnull=False) | Q(pairs_as_second__decided__isnull=False))

    def with_wrong_counts(self) -> EntityQuerySet:
        """Those whose counts differ from what readers can see, annotated with the right ones."""
        articles, quotes = _counts()
        right = self.annotate(right_article_count=articles, right_quote_count=quotes)
        return right.exclude(article_count=F("right_article_count"), quote_count=F("right_quote_count"))

    def refresh_counts(self) -> int:
        """Bring the counts in step with what readers can see; returns the number of rows written."""
        articles, quotes = _counts()
        written = self.update(article_count=articles, quote_count=quotes)
        apps.get_model("articles", "NameEntry").objects.file(self.values_list("pk", flat=True))
        return written


def _counts() -> tuple[Coalesce, Coalesce]:
    coverage, sayings = (apps.get_model("articles", name).objects.all() for name in ("Coverage", "Saying"))
    return (
        _number_of(coverage.filter(entity=OuterRef("pk")), "entity"),
        _number_of(sayings.filter(speaker=OuterRef("pk")), "speaker"),
    )


def _number_of(rows: models.QuerySet[Any], owner: str) -> Coalesce:
    counted = rows.order_by().values(owner).annotate(number=Count("*")).values("number")
    return Coalesce(Subquery(counted), 0)


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
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.TYPED, editable=False)
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
        mention(f"name:{self.pk}")
        return reverse(self.kind, args=[self.slug])

    @property
    def is_public(self) -> bool:
        return self.merged_into_id is None and self.article_count > 0


class Person(Entity):
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


class Organisation(Entity):
    KIND = Entity.Kind.ORGANISATION

    acronym = models.CharField(_("acronym"), max_length=20, blank=True)
    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        help_text=_("ISO 3166-1 code, as in “IQ”, where other countries have one of this name: the Supreme Court."),
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")


class Location(Entity):
    KIND = Entity.Kind.LOCATION

    region = models.CharField(
        _("region"), max_length=100, blank=True, help_text=_("The state or province it lies in, as in “Texas”.")
    )
    part_of = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="parts",
        help_text=_("The place around it that has a page of its own: its region or its country."),
    )
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("ISO 3166-1 code, as in “IQ”."))
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    population = models.PositiveBigIntegerField(_("population"), null=True, blank=True)
    geoname_id = models.PositiveBigIntegerField(_("GeoNames number"), null=True, blank=True, unique=True)

    class Meta:
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        indexes = [models.Index(fields=["latitude", "longitude"], name="location_coordinates")]
        constraints = [
            models.CheckConstraint(condition=~Q(part_of=F("entity_ptr")), name="location_not_part_of_itself"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__gte=-90,
                    latitude__lte=90,
                    longitude__gte=-180,
                    longitude__lte=180,
                ),
                name="location_coordinates_on_earth",
            ),
        ]


class Alias(models.Model):
    """Another name of an entity. `key` is what imports look a name up by, `plain` what they look its variants up by."""

    entity = models.ForeignKey(Entity, verbose_name=_("of"), on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("name"), max_length=200)
    key = models.CharField(max_length=200, editable=False, db_index=True)
    plain = models.CharField(max_length=200, editable=False, blank=True, db_index=True)

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
        self.key, self.plain = name_key(self.name), plain_key(self.entity.kind, self.name)
        super().save(*args, **kwargs)


class AppearanceQuerySet(ProposalQuerySet["Appearance"]):
    def for_article(self) -> AppearanceQuerySet:
        """In order of first mention; a place that only the dateline names comes first."""
        return self.select_related("entity", "entity__location").order_by("start", "pk")

    def for_review(self) -> AppearanceQuerySet:
        return self.select_related("entity").prefetch_related("parts").order_by("start", "pk")


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
    excluded = models.JSONField(
        _("places taken off"),
        default=list,
        blank=True,
        help_text=_("[[start, end], …] where an editor said that something else is meant: imports leave them out."),
    )
    role = models.CharField(_("role as printed"), max_length=300, blank=True)
    candidates = models.JSONField(
        _("other candidates"),
        default=list,
        blank=True,
        help_text=_("Numbers of the records that could be meant as well: an editor has to say which."),
    )
    candidate_notes = models.JSONField(
        _("what speaks for and against them"),
        default=dict,
        blank=True,
        help_text=_("The number of each other candidate, with its evidence in words."),
    )

    objects = AppearanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("appearances")
        indexes = [
            models.Index(fields=["entity", "state"], name="appearance_entity_state"),
            models.Index(fields=["article", "start"], name="appearance_article_start"),
            models.Index(fields=["article"], condition=Q(state="suggested"), name="appearance_undecided"),
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
