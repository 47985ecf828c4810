"""The picture library, and the pictures of an article."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.admin.base import RecordAdmin, change_url, editor
from articles.admin.bylines import OrderedForm, PartOfArticle
from articles.admin.fields import StoryDateField
from articles.admin.panels import Panel, Row, panel
from articles.documents.pictures import TAKEN, PictureError, PictureFile
from articles.editing.pictures import delete_pictures, keep_picture, read_upload, refocus, words_of_file
from articles.models import ArticlePicture, Author, Picture

# The rendition that forms show: as wide as their column.
PREVIEW_WIDTH = 800


class PictureFileField(forms.FileField):
    """A picture read from the file sent; whatever is wrong with it is an error beside the field."""

    widget = forms.FileInput({"accept": "image/jpeg,image/png,image/webp,image/avif,image/gif"})

    def to_python(self, data: Any) -> PictureFile | None:  # type: ignore[override]
        file = super().to_python(data)
        if file is None:
            return None
        limit = settings.NEWSROOM_MAX_PICTURE_BYTES
        if file.size > limit:
            raise ValidationError(
                _("The file has %(size)s; pictures of up to %(limit)s are taken."),
                params={"size": filesizeformat(file.size), "limit": filesizeformat(limit)},
            )
        try:
            return read_upload(file.read())
        except PictureError as error:
            raise ValidationError(str(error)) from error


class PictureForm(forms.ModelForm):  # type: ignore[type-arg]
    upload = PictureFileField(
        label=_("File"),
        help_text=_("%(taken)s. What the file says of caption, credit and licence fills the fields you leave empty.")
        % {"taken": TAKEN},
    )
    alt = forms.CharField(
        label=_("Alt text"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2, "class": "vLargeTextField"}),
        help_text=_("What the picture shows, in a sentence, for those who do not see it."),
    )
    taken = StoryDateField(label=_("Taken"))
    filled: dict[str, Any]

    class Meta:
        model = Picture
        fields = (
            "alt",
            "is_decorative",
            "caption",
            "credit",
            "licence",
            "title",
            "keywords",
            "taken",
            "focal_x",
            "focal_y",
        )
        widgets = {"caption": forms.Textarea({"rows": 3, "class": "vLargeTextField"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filled = {}
        if self.instance.pk:
            del self.fields["upload"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if read := cleaned.get("upload"):
            self.filled = words_of_file(read.metadata, cleaned)
            cleaned.update(self.filled)
        if "alt" in cleaned and not cleaned["alt"] and not cleaned.get("is_decorative"):
            self.add_error("alt", _("Say what the picture shows, or tick “decorative”."))
        elif cleaned.get("alt") and cleaned.get("is_decorative"):
            self.add_error("is_decorative", _("A decorative picture has no alt text: empty it, or untick this."))
        return cleaned


class InUse(admin.SimpleListFilter):
    title = _("use")
    parameter_name = "used"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("in an article")), ("no", _("in no article"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        used = Exists(ArticlePicture.objects.filter(picture=OuterRef("pk")))
        return {"yes": queryset.filter(used), "no": queryset.exclude(used)}.get(self.value() or "", queryset)


@admin.register(Picture)
class PictureAdmin(RecordAdmin):
    form = PictureForm
    list_display = ("thumbnail", "words", "credit", "licence", "number_of_articles", "uploaded")
    list_display_links = ("words",)
    list_filter = (InUse, "is_decorative", "created")
    ordering = ("-pk",)
    search_fields = ("title", "alt", "caption", "credit", "keywords")
    readonly_fields = ("preview",)

    @property
    def media(self) -> forms.Media:
        return super().media + forms.Media(js=[Script("articles/admin/focus.js", type="module")])  # type: ignore[list-item]

    def get_fieldsets(self, request: HttpRequest, obj: Picture | None = None) -> Any:
        words = ("alt", "is_decorative", "caption", "credit", "licence")
        return [
            (None, {"fields": (*(() if obj else ("upload",)), "preview", ("focal_x", "focal_y"))}),
            (_("What readers are told"), {"fields": words}),
            (_("For the newsroom"), {"fields": ("title", "keywords", "taken")}),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        pictures: QuerySet[Any] = super().get_queryset(request)
        counted: QuerySet[Any] = pictures.annotate(number=Count("uses"))
        return counted

    @admin.display(description=_("picture"))
    def thumbnail(self, obj: Picture) -> SafeString:
        return thumbnail(obj)

    @admin.display(description=_("what it shows"))
    def words(self, obj: Picture) -> str:
        return str(obj)

    @admin.display(description=_("articles"), ordering="number")
    def number_of_articles(self, obj: Any) -> int:
        return int(obj.number)

    @admin.display(description=_("uploaded"), ordering="created")
    def uploaded(self, obj: Picture) -> Any:
        return timezone.localdate(obj.created)

    @admin.display(description=_("preview"))
    def preview(self, obj: Picture | None) -> SafeString:
        """What the focal point is set on; the script shows a file just chosen here, too."""
        if not obj or not obj.pk:
            return SafeString('<figure class="focus" data-focus hidden><img alt=""></figure>')
        shown = next((each for each in obj.renditions() if each.width >= PREVIEW_WIDTH), obj.renditions()[-1])
        return format_html(
            '<figure class="focus" data-focus><img src="{}" width="{}" height="{}" alt="{}"></figure>',
            obj.url(shown),
            shown.width,
            shown.height,
            obj.alt,
        )

    def save_model(self, request: HttpRequest, obj: Picture, form: PictureForm, change: bool) -> None:
        if not change:
            keep_picture(obj, form.cleaned_data["upload"], user=editor(request))
            self._say_what_was_read(request, form)
        elif {"focal_x", "focal_y"} & set(form.changed_data):
            refocus(obj)
        else:
            obj.save()

    def _say_what_was_read(self, request: HttpRequest, form: PictureForm) -> None:
        if form.filled:
            names = ", ".join(str(Picture._meta.get_field(name).verbose_name) for name in form.filled)  # type: ignore[union-attr]
            message = _("Taken from the file: %(names)s. Check them on the picture’s page.") % {"names": names}
            self.message_user(request, message, messages.INFO)

    def delete_model(self, request: HttpRequest, obj: Picture) -> None:
        delete_pictures([obj])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Picture]) -> None:
        delete_pictures(queryset)

    def panels(self, request: HttpRequest, obj: Picture) -> list[Panel]:
        uses = obj.uses.select_related("article").order_by("-article__pk")
        shown = [panel(request, "articles", _("Articles"), uses, use_row, empty=_("In no article yet."))]
        if authors := Author.objects.filter(picture=obj):
            shown.append(panel(request, "authors", _("Authors"), authors, author_row, empty=""))
        return shown


def use_row(use: ArticlePicture) -> Row:
    return Row(
        label=use.article.headline,
        url=change_url(use.article),
        state=use.article.status,
        state_label=use.article.get_status_display(),
    )


def author_row(author: Author) -> Row:
    return Row(label=author.name, url=change_url(author))


def thumbnail(picture: Picture) -> SafeString:
    """Decoration beside the picture's name, which says what it shows."""
    card = picture.cards()[0]
    return format_html(
        '<img class="thumbnail" src="{}" width="{}" height="{}" alt="" loading="lazy">',
        picture.url(card),
        card.width,
        card.height,
    )


class ArticlePictureForm(OrderedForm):
    class Meta:
        model = ArticlePicture
        fields = ("picture", "caption", "position")
        widgets = {"caption": forms.Textarea({"rows": 2})}


class ArticlePictureInline(PartOfArticle):
    model = ArticlePicture
    form = ArticlePictureForm
    fields = (("shown", "picture", "position"), ("caption",))
    readonly_fields = ("shown",)
    autocomplete_fields = ("picture",)
    ordering = ("position", "pk")
    verbose_name = _("picture")
    verbose_name_plural = _("pictures: the first leads")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("picture", "article")

    @admin.display(description=_("preview"))
    def shown(self, obj: ArticlePicture) -> SafeString | str:
        return thumbnail(obj.picture) if obj.picture_id else ""
