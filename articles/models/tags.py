"""Tags, on every kind of record, through tables with real foreign keys."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from articles.models.mentions import mention
from articles.models.review import Origin, Proposal, ProposalQuerySet, State
from articles.models.slugs import name_key

if TYPE_CHECKING:
    from articles.models.articles import Article


class TagQuerySet(models.QuerySet["Tag"]):
    def current(self) -> TagQuerySet:
        return self.filter(merged_into=None)

    def led_to(self, keys: Collection[str]) -> dict[str, tuple[str, Tag]]:
        """For each of the keys that is a name of a tag: the name as written, and the tag that is meant by it.

        A tag's other names lead to it, and the names of a merged tag to the one it went into.
        """
        found = TagSynonym.objects.filter(key__in=keys).select_related("tag__merged_into")
        leads = {other.key: (other.name, other.tag.merged_into or other.tag) for other in found}
        for tag in self.filter(key__in=keys).select_related("merged_into").order_by("-merged_into"):
            leads[tag.key] = (tag.name, tag.merged_into or tag)
        return leads

    def named(self, names: Collection[str]) -> dict[str, Tag]:
        """The tags that these names lead to, by the key of the name."""
        return {key: tag for key, (_name, tag) in self.led_to({name_key(name) for name in names}).items()}

    def at(self, slug: str) -> Tag | None:
        """The tag whose page has this address, or had it, or that the tag of this address went into."""
        tag = self.filter(slug=slug).select_related("merged_into").first()
        if not tag:
            former = TagAddress.objects.filter(slug=slug).select_related("tag__merged_into").first()
            tag = former.tag if former else None
        return (tag and tag.merged_into) or tag

    def public(self) -> TagQuerySet:
        """Tags that a reader meets on at least one published article."""
        return self.current().filter(article_count__gt=0).order_by("name")

    def with_wrong_counts(self) -> TagQuerySet:
        """Those whose count differs from what readers can see, annotated with the right one."""
        right = self.annotate(right_article_count=_articles_under())
        return right.exclude(article_count=F("right_article_count"))  # type: ignore[no-any-return]  # taggit

    def refresh_counts(self) -> int:
        """Bring the counts in step with what readers can see; returns the number of rows written."""
        return self.update(article_count=_articles_under())

    def on_articles(self, articles: models.QuerySet[Article]) -> TagQuerySet:
        """Tags of some of `articles`, with `shared`: on how many of them."""
        items = TaggedArticle.objects.filter(content_object__in=articles.values("pk"))
        each = items.filter(tag=OuterRef("pk")).order_by().values("tag")
        return (  # type: ignore[no-any-return]  # taggit
            self.current()
            .filter(pk__in=items.values("tag"))
            .annotate(shared=Subquery(each.annotate(number=Count("pk")).values("number")))
            .order_by("-shared", "name")
        )


def _articles_under() -> Coalesce:
    rows = apps.get_model("articles", "TagCoverage").objects.filter(tag=OuterRef("pk"), is_borne=True)
    return Coalesce(Subquery(rows.order_by().values("tag").annotate(number=Count("*")).values("number")), 0)


class Tag(TagBase):
    key = models.CharField(max_length=200, editable=False, db_index=True)
    description = models.TextField(_("description"), blank=True, help_text=_("Shown to readers on the tag's page."))
    article_count = models.PositiveIntegerField(
        _("published articles"), default=0, editable=False, help_text=_("Those that bear it.")
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="synonyms",
        help_text=_("Imports that bring this tag use the other one."),
    )

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="tag_not_merged_into_itself"),
            models.CheckConstraint(condition=~Q(name=""), name="tag_name_given"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = name_key(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        mention(f"tagname:{self.pk}")
        return reverse("tag", args=[self.slug])


class TagSynonym(models.Model):
    """Another name of a tag: “coronavirus” for “COVID-19”. `key` is what imports look it up by."""

    tag = models.ForeignKey(Tag, verbose_name=_("of"), on_delete=models.CASCADE, related_name="other_names")
    name = models.CharField(_("name"), max_length=100)
    key = models.CharField(max_length=200, editable=False)

    class Meta:
        verbose_name = _("other name of a tag")
        verbose_name_plural = _("other names of tags")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="tagsynonym_of_one_tag"),
            models.CheckConstraint(condition=~Q(name=""), name="tagsynonym_name_given"),
            models.CheckConstraint(condition=~Q(key=""), name="tagsynonym_key_given"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = name_key(self.name)
        super().save(*args, **kwargs)


class TagAddress(models.Model):
    """An address that a tag's page had before it was renamed: links to it go on working."""

    tag = models.ForeignKey(Tag, verbose_name=_("of"), on_delete=models.CASCADE, related_name="former_addresses")
    slug = models.SlugField(_("address"), max_length=100, unique=True, allow_unicode=True)

    class Meta:
        verbose_name = _("former address of a tag")
        verbose_name_plural = _("former addresses of tags")
        constraints = [models.CheckConstraint(condition=~Q(slug=""), name="tagaddress_slug_given")]

    def __str__(self) -> str:
        return self.slug


class TagMerge(models.Model):
    """What moved when a tag went into another, for as long as it stays there: enough to undo it to the row."""

    tag = models.OneToOneField(Tag, verbose_name=_("tag"), on_delete=models.CASCADE, related_name="merge")
    survivor = models.ForeignKey(
        Tag,
        verbose_name=_("merged into"),
        on_delete=models.CASCADE,
        related_name="absorbed",
        help_text=_("At the time."),
    )
    moved = models.JSONField(_("what moved"))
    made = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("merge of a tag")
        verbose_name_plural = _("merges of tags")
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=~Q(survivor=F("tag")), name="tagmerge_of_two_tags")]

    def __str__(self) -> str:
        return f"{self.tag} → {self.survivor}"


class TaggedQuerySet(models.QuerySet["Tagged"]):
    def public(self) -> TaggedQuerySet:
        """Those with a tag that a published article bears as well: it has a page."""
        shown = TaggedArticle.objects.filter(tag=OuterRef("tag"), content_object__status="published")
        return self.filter(Exists(shown), tag__merged_into=None)


class Tagged(ItemBase):
    tag = models.ForeignKey(Tag, verbose_name=_("tag"), on_delete=models.CASCADE, related_name="%(class)s_items")
    reason = models.CharField(_("reason"), max_length=200, blank=True, help_text=_("Where the tag comes from."))

    objects = TaggedQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.content_object} · {self.tag}"


class TaggedArticle(Tagged):
    content_object = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        verbose_name = _("tag of an article")
        verbose_name_plural = _("tags of articles")
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="taggedarticle_once")]


class TaggedEntity(Tagged):
    content_object = models.ForeignKey("articles.Entity", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        verbose_name = _("tag of a person, organisation or location")
        verbose_name_plural = _("tags of people, organisations and locations")
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="taggedentity_once")]


class TaggedQuote(Tagged):
    content_object = models.ForeignKey("articles.Quote", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        verbose_name = _("tag of a quotation")
        verbose_name_plural = _("tags of quotations")
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="taggedquote_once")]


class ProposedTagQuerySet(ProposalQuerySet["ProposedTag"]):
    def for_review(self) -> ProposedTagQuerySet:
        """What waits comes first."""
        is_waiting = Case(When(state=State.SUGGESTED, then=0), default=1)
        return self.select_related("tag").order_by(is_waiting, "pk")

    def at_odds(self) -> ProposedTagQuerySet:
        """Those whose article bears the tag although nobody accepted it, or lacks it although somebody did."""
        meant = Coalesce(OuterRef("tag__merged_into"), OuterRef("tag"))
        borne = TaggedArticle.objects.filter(content_object=OuterRef("article"), tag=meant)
        return self.filter(Q(Exists(borne)) ^ Q(state=State.ACCEPTED))


class ProposedTag(Proposal):
    """A tag that a machine proposes for an article, kept once it is decided so that it is not proposed again.

    The article bears the tag, through a row of `TaggedArticle`, only from when somebody accepts it. A word that is no
    tag of the archive yet becomes one at that moment; `tag` is empty until then.
    """

    article = models.ForeignKey(
        "articles.Article", verbose_name=_("article"), on_delete=models.CASCADE, related_name="proposed_tags"
    )
    name = models.CharField(_("tag"), max_length=100)
    key = models.CharField(max_length=200, editable=False)
    tag = models.ForeignKey(
        Tag,
        verbose_name=_("tag of the archive"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="proposals",
    )

    objects = ProposedTagQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggested tag")
        verbose_name_plural = _("suggested tags")
        indexes = [models.Index(fields=["article"], condition=Q(state="suggested"), name="proposedtag_undecided")]
        constraints = [
            models.UniqueConstraint(fields=["article", "key"], name="proposedtag_once_an_article"),
            models.CheckConstraint(
                condition=Q(state__in=["suggested", "accepted", "rejected", "unsure"]), name="proposedtag_state_known"
            ),
            models.CheckConstraint(
                condition=Q(origin__in=[Origin.EXTRACTED, Origin.IMPORTED]), name="proposedtag_by_a_machine"
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(tag__isnull=False), name="proposedtag_accepted_is_a_tag"
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(key=""), name="proposedtag_name_given"),
        ]

    def __str__(self) -> str:
        return str(self.tag or self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = name_key(self.name)
        super().save(*args, **kwargs)
