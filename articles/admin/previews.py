"""The page that makes and revokes secret links to an unpublished article."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from articles.admin.base import change_url, editor
from articles.editing.previews import make_link, revoke_links
from articles.models import Article

if TYPE_CHECKING:
    from articles.admin.workflow import WorkflowAdmin

LIFETIMES = {"1": _("one hour"), "24": _("one day"), "72": _("three days"), "168": _("one week")}  # hours
SHOWN_LINKS = 20


class LinkForm(forms.Form):
    hours = forms.ChoiceField(label=_("Ends after"), choices=list(LIFETIMES.items()), initial="24")


@never_cache
def previews_view(request: HttpRequest, key: int, admin: WorkflowAdmin) -> HttpResponse:
    """List the links of an article; make one or revoke one. A new one is shown in the answer and never again."""
    article = get_object_or_404(admin.get_queryset(request), pk=key)
    if not admin.has_change_permission(request, article):
        raise PermissionDenied
    if "_revoke" in request.POST:
        return _revoked(request, article, admin)
    may_make = _may_make(request, article)
    form = LinkForm(request.POST or None)
    address = ""
    if request.method == "POST" and form.is_valid():
        if not may_make:
            raise PermissionDenied
        lifetime = timedelta(hours=int(form.cleaned_data["hours"]))
        secret = make_link(article, lifetime=lifetime, user=editor(request))
        address = request.build_absolute_uri(reverse("preview", args=[secret]))
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Preview links"),
        "article": article,
        "url": change_url(article),
        "form": form,
        "may_make": may_make,
        "address": address,
        "links": article.preview_links.select_related("made_by")[:SHOWN_LINKS],
    }
    return TemplateResponse(request, "admin/articles/article/previews.html", context)


def _may_make(request: HttpRequest, article: Article) -> bool:
    """Readers have the article itself once it is published; an embargo is for those who may see it."""
    if article.is_published or article.is_withdrawn:
        return False
    return not article.is_embargoed or request.user.has_perm("articles.see_embargoed_article")


def _revoked(request: HttpRequest, article: Article, admin: WorkflowAdmin) -> HttpResponse:
    key = request.POST["_revoke"]
    number = revoke_links([article], user=editor(request), number=int(key) if key.isdecimal() else 0)
    said = _("The link is revoked.") if number else _("That link had ended before.")
    admin.message_user(request, said, messages.SUCCESS if number else messages.INFO)
    return HttpResponseRedirect(request.path)
