"""Pictures: what they show in words, whose they are, and the articles that print them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.articles import Article
from articles.models.mentions import mention

# The widths that a whole picture is served in, and those of its crop for cards; browsers choose.
WIDTHS = (480, 800, 1200, 1600, 2400)
CARD_WIDTHS = (320, 640, 960, 1280)
# Width to height of a card's picture, and of the one that is shown where somebody shares the story.
CARD, SHARED = (3, 2), (1200, 630)
# A share of a width or a height.
PERCENT = [MaxValueValidator(100)]


def new_place(picture: Picture, filename: str) -> str:
    """A folder of its own that nobody guesses; nothing of the name the file was sent under."""
    return f"pictures/{uuid.uuid4().hex}/{filename}"


@dataclass(frozen=True, slots=True)
class Rendition:
    """One of the files that a picture is served as: its pixels, and its name in the picture's folder."""

    width: int
    height: int
    name: str


class PictureQuerySet(models.QuerySet["Picture"]):
    def public(self) -> PictureQuerySet:
        """What readers may see: printed by a published article, or the portrait of an author who has a page."""
        from articles.models.authors import Author

        printed = ArticlePicture.objects.filter(article__in=Article.objects.published()).values("picture")
        portraits = Author.objects.public().exclude(picture=None).values("picture")
        return self.filter(Q(pk__in=printed) | Q(pk__in=portraits))

    def in_folder(self, folder: str) -> PictureQuerySet:
        return self.filter(file__startswith=f"pictures/{folder}/")


class Picture(models.Model):
    """A picture as it is served: without the metadata of the file that was sent, at most 3000 pixels a side."""

    file = models.FileField(_("file"), upload_to=new_place, max_length=120, unique=True)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    title = models.CharField(_("title"), max_length=200, blank=True, help_text=_("For the newsroom, to find it by."))
    alt = models.CharField(
        _("alt text"),
        max_length=500,
        blank=True,
        help_text=_("What the picture shows, in a sentence, for those who do not see it."),
    )
    is_decorative = models.BooleanField(
        _("decorative"), default=False, help_text=_("It says nothing that the text does not; it needs no alt text.")
    )
    caption = models.TextField(_("caption"), blank=True, help_text=_("Printed under the picture."))
    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Who made it, and for whom: “Ana Lopez/Tidewire”.")
    )
    licence = models.CharField(
        _("licence"),
        max_length=300,
        blank=True,
        help_text=_("On what terms it is printed: “CC BY 4.0”, “© Tidewire”."),
    )
    keywords = models.CharField(_("keywords"), max_length=500, blank=True, help_text=_("With commas between them."))
    taken = models.DateTimeField(_("taken"), null=True, blank=True)
    focal_x = models.PositiveSmallIntegerField(
        _("focal point from the left, %"), default=50, validators=PERCENT, help_text=_("Crops keep this point in view.")
    )
    focal_y = models.PositiveSmallIntegerField(_("focal point from the top, %"), default=50, validators=PERCENT)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created = models.DateTimeField(_("uploaded"), auto_now_add=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-created", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_decorative=True, alt="") | (Q(is_decorative=False) & ~Q(alt="")),
                name="picture_alt_or_decorative",
                violation_error_message=_("Say what the picture shows, or tick “decorative”; not both."),
            ),
            models.CheckConstraint(condition=Q(focal_x__lte=100, focal_y__lte=100), name="picture_focal_point_inside"),
            models.CheckConstraint(condition=Q(width__gt=0, height__gt=0), name="picture_has_a_size"),
        ]

    def __str__(self) -> str:
        return self.title or self.alt or self.caption or f"Picture {self.pk}"

    def renditions(self) -> list[Rendition]:
        """The whole picture, narrowest first; no wider than it is."""
        widths = [width for width in WIDTHS if width < self.width] + [min(self.width, WIDTHS[-1])]
        return [
            Rendition(width, max(1, round(self.height * width / self.width)), f"{width}.webp")
            for width in dict.fromkeys(widths)
        ]

    def cards(self) -> list[Rendition]:
        """Its crop for cards around the focal point, which the names tell: a new point makes new names."""
        widest = max(1, min(self.width, self.height * CARD[0] // CARD[1], CARD_WIDTHS[-1]))
        widths = [width for width in CARD_WIDTHS if width < widest] + [widest]
        focus = f"{self.focal_x}-{self.focal_y}"
        return [
            Rendition(width, max(1, width * CARD[1] // CARD[0]), f"card-{width}-{focus}.webp")
            for width in dict.fromkeys(widths)
        ]

    def shared(self) -> Rendition:
        """A JPEG for the programs that show a link to the story."""
        scale = min(1, self.width / SHARED[0], self.height / SHARED[1])
        width, height = (max(1, int(side * scale)) for side in SHARED)
        return Rendition(width, height, f"share-{self.focal_x}-{self.focal_y}.jpg")

    @property
    def folder(self) -> str:
        return str(self.file.name).rpartition("/")[0]

    def url(self, rendition: Rendition) -> str:
        mention(f"picture:{self.pk}")
        return str(self.file.storage.url(f"{self.folder}/{rendition.name}"))


class ArticlePictureQuerySet(models.QuerySet["ArticlePicture"]):
    def in_order(self) -> ArticlePictureQuerySet:
        return self.order_by("position", "pk").select_related("picture")

    def leading(self) -> ArticlePictureQuerySet:
        """The first picture of each article, which stands above the story and on its cards."""
        return self.filter(position=1).select_related("picture")


class ArticlePicture(models.Model):
    """A picture in an article. The first leads; positions count from 1 without gaps."""

    article = models.ForeignKey(Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="pictures")
    picture = models.ForeignKey(Picture, verbose_name=_("picture"), on_delete=models.PROTECT, related_name="uses")
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    caption = models.TextField(_("caption here"), blank=True, help_text=_("Left empty, the picture's own is printed."))

    objects = ArticlePictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture of the article")
        verbose_name_plural = _("pictures of the article")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "picture"],
                name="articlepicture_once_an_article",
                violation_error_message=_("This picture is in the article already."),
            )
        ]

    def __str__(self) -> str:
        return f"“{self.picture}” in “{self.article}”"

    @property
    def shown_caption(self) -> Any:
        return self.caption or self.picture.caption
