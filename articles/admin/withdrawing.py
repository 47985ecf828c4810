"""The page that withdraws an article: what readers lose, and what they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from articles.admin.base import change_url, editor
from articles.editing.withdraw import what_vanishes, withdraw
from articles.models import Article

if TYPE_CHECKING:
    from articles.admin.workflow import WorkflowAdmin


class WithdrawalForm(forms.Form):
    note = forms.CharField(
        label=_("Note to readers"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
        help_text=_("Why it was withdrawn. It stands in the article’s place, with the date."),
    )


def withdraw_view(request: HttpRequest, key: int, admin: WorkflowAdmin) -> HttpResponse:
    article = get_object_or_404(admin.get_queryset(request), pk=key)
    if not admin.may_move(request, "withdraw"):
        raise PermissionDenied
    if not article.is_published:
        said = _("It is %(status)s: readers do not see it.") % {"status": article.get_status_display()}
        admin.message_user(request, said, messages.WARNING)
        return HttpResponseRedirect(change_url(article))
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _withdrawn(request, article, form.cleaned_data["note"], admin)
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Withdraw “%(headline)s”") % {"headline": article.headline},
        "form": form,
        "article": article,
        "url": change_url(article),
        "vanishing": what_vanishes(article),
    }
    return TemplateResponse(request, "admin/articles/article/withdraw.html", context)


def _withdrawn(request: HttpRequest, article: Article, note: str, admin: WorkflowAdmin) -> HttpResponse:
    moved = withdraw(article, note=note, user=editor(request))
    for refusal in moved.refused:
        admin.message_user(request, str(refusal), messages.ERROR)
    if moved.articles:
        admin.message_user(request, _("“%s” is withdrawn; its page says so.") % article.headline, messages.SUCCESS)
    return HttpResponseRedirect(change_url(article))
