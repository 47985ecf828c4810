"""The page on which tags are merged: which of them stays, and on how much it will stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.admin import site
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.base import change_url, editor
from articles.editing.tags import merge_tags
from articles.models import Tag, TaggedArticle, TaggedEntity, TaggedQuote

if TYPE_CHECKING:
    from articles.admin.tags import TagAdmin

MOST = 50  # tags merged at once: more is a slip of the hand


class MergeForm(forms.Form):
    survivor = forms.ModelChoiceField(Tag.objects.none(), widget=forms.RadioSelect, empty_label=None)

    def __init__(self, tags: QuerySet[Tag], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["survivor"].queryset = tags  # type: ignore[attr-defined]


class AnotherForm(forms.Form):
    """One more tag, by its name; the address of the page holds those chosen before."""

    tags = forms.ModelChoiceField(
        Tag.objects.current(),
        label=gettext_lazy("Another tag to merge"),
        widget=AutocompleteSelect(Tag._meta.get_field("merged_into"), site),
    )


def merge_view(request: HttpRequest, admin: TagAdmin) -> HttpResponse:
    if not admin.has_change_permission(request):
        raise PermissionDenied
    keys = [key for key in request.GET.getlist("tags") if key.isdecimal()][:MOST]
    tags = admin.get_queryset(request).filter(pk__in=keys, merged_into=None).prefetch_related("other_names")
    tags = tags.order_by("-borne_count", "pk")
    form = MergeForm(tags, request.POST or None, initial={"survivor": tags.first()})
    if request.method == "POST" and len(tags) > 1 and form.is_valid():
        return _merge(request, form.cleaned_data["survivor"], tags)
    another = AnotherForm()
    named = forms.Media(js=[Script("articles/admin/tags.js", type="module")])  # type: ignore[list-item]
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": gettext_lazy("Merge tags"),
        "form": form,
        "tags": tags,
        "chosen": form["survivor"].value(),
        "total": _total(tags),
        "another": another["tags"],
        "media": admin.media + another.media + named,
    }
    return TemplateResponse(request, "admin/articles/tag/merge.html", context)


def _merge(request: HttpRequest, survivor: Tag, tags: QuerySet[Tag]) -> HttpResponse:
    losers = [tag for tag in tags if tag.pk != survivor.pk]
    merge_tags(survivor, losers, user=editor(request))
    names = ", ".join(f"“{tag}”" for tag in losers)
    said = ngettext("%(names)s is part of “%(tag)s” now.", "%(names)s are part of “%(tag)s” now.", len(losers))
    message = format_html(
        '{} <a href="{}#merged">{}</a>', said % {"names": names, "tag": survivor}, change_url(survivor), _("Undo")
    )
    messages.success(request, message)
    return HttpResponseRedirect(change_url(survivor))


def _total(tags: QuerySet[Tag]) -> dict[str, int]:
    """On how many records the one that stays will stand: a record that bears two of the tags counts once."""
    keys = [tag.pk for tag in tags]
    rows = {"articles": TaggedArticle, "entities": TaggedEntity, "quotations": TaggedQuote}
    return {
        name: model.objects.filter(tag__in=keys).aggregate(number=Count("content_object", distinct=True))["number"]
        for name, model in rows.items()
    }
