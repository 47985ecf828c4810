"""Import from the admin: documents uploaded or pasted go through the same door as those of the command."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from articles.admin.base import change_url, editor
from articles.admin.fields import TagsField
from articles.documents.formats import FORMATS
from articles.importing.options import ImportOptions
from articles.importing.reports import Report
from articles.importing.service import import_document
from articles.models import Article

if TYPE_CHECKING:
    from articles.admin.articles import ArticleAdmin

FORMAT_NAMES = {"text": _("Plain text")}
PASTED = "pasted text"


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, none larger than a document may be."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files = [super(FilesField, self).clean(file, initial) for file in data or []]
        limit = settings.NEWSROOM_MAX_DOCUMENT_BYTES
        too_large = [file for file in files if file.size > limit]
        if too_large:
            raise ValidationError(
                [
                    ValidationError(
                        _("“%(name)s” has %(size)s; a document may have %(limit)s."),
                        params={
                            "name": file.name,
                            "size": filesizeformat(file.size),
                            "limit": filesizeformat(limit),
                        },
                    )
                    for file in too_large
                ]
            )
        return files


def format_choices() -> list[tuple[str, Any]]:
    return [
        ("", _("As the document looks")),
        *((key, FORMAT_NAMES.get(key, format.label)) for key, format in FORMATS.items()),
    ]


class ImportForm(forms.Form):
    uploads = FilesField(
        label=_("Files"),
        required=False,
        allow_empty_file=True,
        help_text=_("One or several: text, Word, PDF, e-mail, web pages, feeds, wires, exports, or archives of these."),
    )
    text = forms.CharField(
        label=_("Or paste a story"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 12, "class": "vLargeTextField"}),
        help_text=_("Headline first, then byline, dateline and the story, a blank line between paragraphs."),
    )
    format = forms.ChoiceField(
        label=_("Format"),
        required=False,
        choices=format_choices,
        help_text=_("Left alone, it is told from the file’s name and content."),
    )
    tags = TagsField(label=_("Tags"))
    publisher = forms.CharField(
        label=_("Source"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"class": "vTextField"}),
        help_text=_("Whose story it is, where the document does not say."),
    )
    date = forms.DateField(
        label=_("Date"), required=False, widget=AdminDateWidget, help_text=_("Where the document bears none.")
    )
    skip_existing = forms.BooleanField(
        label=_("Leave stories that were imported before as they are"),
        required=False,
        help_text=_("Otherwise a newer version updates the article and keeps all that editors decided."),
    )
    publish = forms.BooleanField(label=_("Publish at once"), required=False)

    def __init__(self, *args: Any, may_publish: bool, is_bulk: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_bulk = is_bulk
        if not may_publish:
            del self.fields["publish"]
        if not is_bulk:
            self.fields["uploads"].help_text = _("One file: text, Word, PDF, e-mail, a web page, a feed, a wire story.")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        text = cleaned.get("text") or ""
        if not self.is_bulk and len(cleaned.get("uploads", ())) + bool(text.strip()) > 1:
            raise ValidationError(_("You may import one document at a time."))
        if "uploads" in cleaned and not cleaned["uploads"] and not text.strip():
            raise ValidationError(_("Choose a file or paste a story."))
        if len(text.encode()) > settings.NEWSROOM_MAX_DOCUMENT_BYTES:
            limit = filesizeformat(settings.NEWSROOM_MAX_DOCUMENT_BYTES)
            self.add_error("text", ValidationError(_("A document may have %(limit)s."), params={"limit": limit}))
        return cleaned

    def documents(self) -> Iterator[tuple[str, bytes]]:
        for file in self.cleaned_data["uploads"]:
            yield file.name, file.read()
        if self.cleaned_data["text"].strip():
            yield PASTED, self.cleaned_data["text"].encode()

    def options(self, *, dry_run: bool) -> ImportOptions:
        asked = self.cleaned_data
        return ImportOptions(
            format=asked["format"] or None,
            dry_run=dry_run,
            publish=asked.get("publish", False),
            tags=tuple(asked["tags"]),
            publisher=asked["publisher"],
            date=asked["date"],
            existing="skip" if asked["skip_existing"] else "update",
        )


def import_documents(request: HttpRequest, admin: ArticleAdmin) -> HttpResponse:
    if not admin.has_add_permission(request):
        raise PermissionDenied
    may_publish = admin.has_publish_permission(request)
    is_bulk = request.user.has_perm("articles.import_articles")
    form = ImportForm(request.POST or None, request.FILES or None, may_publish=may_publish, is_bulk=is_bulk)
    dry_run = "_import" not in request.POST
    reports: list[Report] = []
    if request.method == "POST" and form.is_valid():
        options = form.options(dry_run=dry_run)
        for source, content in form.documents():
            reports += import_document(content, source=source, options=options, user=editor(request))
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Import articles"),
        "form": form,
        "media": admin.media + form.media,
        "dry_run": dry_run,
        "reports": with_links(reports),
        "totals": Counter(report["status"] for report in reports).items(),
    }
    return TemplateResponse(request, "admin/articles/article/import.html", context)


def with_links(reports: list[Report]) -> list[tuple[Report, str]]:
    """Each report with the address of the article it speaks of, empty where there is none."""
    slugs = [report["slug"] for report in reports if report["slug"]]
    urls = {article.slug: change_url(article) for article in Article.objects.filter(slug__in=slugs).only("slug")}
    return [(report, urls.get(report["slug"] or "", "")) for report in reports]
