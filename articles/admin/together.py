"""Several editors at one article, and nothing lost: what the admin of articles adds for it to that of any record."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from articles.admin.base import RecordAdmin, change_url, editor
from articles.admin.conflicts import OPENED, SEEN, Meeting, meet
from articles.admin.drafts import KEY, chosen_draft, discard_view, draft_view, key_in, offers, others_said, typed_in
from articles.admin.history import article_of, find_article, history_page, history_urls
from articles.admin.posted import opened
from articles.admin.workflow_form import BESIDE_THE_STORY
from articles.editing.drafts import drop_draft, keep_draft
from articles.editing.keeping import states_of
from articles.editing.presence import arrive, leave
from articles.editing.revise import Overtaken, begin_edit
from articles.models import Article, Presence

REVISION = "_revision"


class Typed:
    """Makes a form show what was typed into it before."""

    typed = QueryDict()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form: Any = self
        if not form.is_bound:
            for name, field in form.fields.items():
                form.initial[name] = field.widget.value_from_datadict(self.typed, {}, name)


class TogetherAdmin(RecordAdmin):
    change_form_template = "admin/articles/article/change_form.html"
    add_form_template = change_form_template

    @property
    def media(self) -> forms.Media:
        return super().media + forms.Media(
            css={"all": ["articles/admin/history.css"]},
            js=[Script("articles/admin/draft.js", type="module")],  # type: ignore[list-item]
        )

    def get_urls(self) -> list[URLPattern]:
        return [*history_urls(self), *self._draft_urls(), *super().get_urls()]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        return history_page(request, self, unquote(object_id))

    def _draft_urls(self) -> list[URLPattern]:
        def view(function: Any) -> Any:
            def of_article(request: HttpRequest, key: int | None = None) -> HttpResponse:
                article = article_of(request, self, str(key)) if key else None
                response: HttpResponse = function(request, self, article)
                return response

            return self.admin_site.admin_view(of_article)

        return [
            path(f"{start}{name}/", view(function), name=f"articles_article_{name}{more}")
            for name, function in (("draft", draft_view), ("discard", discard_view))
            for start, more in (("add/", "_new"), ("<int:key>/", ""))
        ]

    # Opening.

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        draft = chosen_draft(request, obj) if request.method == "GET" else None
        return type(form.__name__, (Typed, form), {"typed": typed_in(draft)}) if draft else form

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        given: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        draft = chosen_draft(request, obj if obj.pk else None) if request.method == "GET" else None
        if draft and f"{prefix}-TOTAL_FORMS" in draft.fields:
            given["data"] = typed_in(draft)
        return given

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if self.has_change_permission(request, obj) if obj else self.has_add_permission(request):
            form = context["adminform"].form
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            context["together"] = self._together(request, obj, form, formsets)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _together(self, request: HttpRequest, obj: Any, form: forms.BaseForm, formsets: list[Any]) -> dict[str, Any]:
        draft = chosen_draft(request, obj) if request.method == "GET" else None
        if obj:
            arrive(obj, editor(request), Presence.Place.EDIT)
        data = typed_in(draft) if draft else request.POST
        shown, is_fresh = self._shown(request, obj), not draft and request.method == "GET"
        return {
            "revision": data.get(REVISION, obj.revision if obj else ""),
            "opened": data.get(OPENED) or json.dumps(opened(form, formsets, shown)),
            "key": draft.key if draft else key_in(request.POST) or uuid4(),
            "is_typed": not is_fresh,
            "draft": draft,
            "offers": offers(request, obj, form, shown) if is_fresh else [],
            "others": others_said(request, obj),
            "draft_url": self._draft_url("draft", obj),
            "discard_url": self._draft_url("discard", obj),
        }

    def _draft_url(self, name: str, obj: Any) -> str:
        more = "" if obj else "_new"
        return reverse(f"admin:articles_article_{name}{more}", args=[obj.pk] if obj else [])

    # Saving.

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.method != "POST":
            return super().change_view(request, object_id, form_url, extra_context)
        meeting = self._meet(request, object_id)
        if meeting and meeting.clashes:
            return self._clash_page(request, object_id, meeting)
        try:
            return super().change_view(request, object_id, form_url, extra_context)
        except Overtaken:
            # Somebody saved between the two: look again.
            return self.change_view(request, object_id, form_url, extra_context)

    def _meet(self, request: HttpRequest, object_id: str) -> Meeting | None:
        """Bring what was sent together with what somebody else saved since the form was opened."""
        article = find_article(request, self, unquote(object_id))
        if not article or not self.has_change_permission(request, article) or OPENED not in request.POST:
            return None
        shown = self._shown(request, article)
        form = self.get_form(request, article, change=True, fields=shown)(instance=article)
        meeting = meet(request.POST, form, self._formsets_as_they_are(request, article), shown)
        if meeting and not meeting.clashes:
            meeting.post[REVISION] = str(article.revision)
            request.POST = meeting.post  # type: ignore[assignment]
            self._say_what_met(request, article, meeting)
        elif not meeting and REVISION in request.POST:
            # Whatever was saved meanwhile says the same as this form did when it was opened.
            post = request.POST.copy()
            post[REVISION] = str(article.revision)
            request.POST = post  # type: ignore[assignment]
        return meeting

    def _shown(self, request: HttpRequest, obj: Any) -> list[str]:
        return list(flatten_fieldsets(self.get_fieldsets(request, obj)))

    def _formsets_as_they_are(self, request: HttpRequest, article: Article) -> list[Any]:
        found = []
        for formset_class, inline in self.get_formsets_with_inlines(request, article):
            prefix = formset_class.get_default_prefix()
            found.append(formset_class(instance=article, prefix=prefix, queryset=inline.get_queryset(request)))
        return found

    def _say_what_met(self, request: HttpRequest, article: Article, meeting: Meeting) -> None:
        said = {"user": _last_editor(article), "fields": get_text_list(meeting.taken, _("and"))}
        if meeting.taken:
            self.message_user(request, _("%(user)s changed meanwhile, and it stays: %(fields)s.") % said)
        if meeting.joined:
            said["fields"] = get_text_list(meeting.joined, _("and"))
            self.message_user(request, _("Joined with what %(user)s changed meanwhile: %(fields)s.") % said)

    def _clash_page(self, request: HttpRequest, object_id: str, meeting: Meeting) -> HttpResponse:
        article = article_of(request, self, unquote(object_id))
        key = key_in(request.POST) or uuid4()
        sent = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
        keep_draft(key, article, sent, user=editor(request))
        last = states_of(article)[-1]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Two versions of “%(headline)s”") % {"headline": article.headline},
            "opts": self.opts,
            "article": article,
            "change_url": change_url(article),
            "who": _last_editor(article),
            "when": last.made,
            "meeting": meeting,
            "sent": {**{name: values for name, values in sent.items() if name != SEEN}, KEY: [str(key)]},
        }
        return TemplateResponse(request, "admin/articles/article/clash.html", context)

    def revision_in(self, request: HttpRequest) -> int | None:
        """The revision that the form was opened at, or met with since; None where it does not say what it was then."""
        revision = request.POST.get(REVISION, "") if OPENED in request.POST else ""
        return int(revision) if revision.isdecimal() else None

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        is_kept = bool(set(form.changed_data) - BESIDE_THE_STORY)
        if change and not is_kept and any(formset.has_changed() for formset in formsets):
            begin_edit(form.instance, user=editor(request), revision=self.revision_in(request))
        super().save_related(request, form, formsets, change)
        key = key_in(request.POST)
        if key:
            drop_draft(key, user=editor(request))
        if change:
            leave(form.instance, editor(request), Presence.Place.EDIT)


def _last_editor(article: Article) -> str:
    last = states_of(article)[-1].user
    return str(last.get_full_name() or last.get_username()) if last else _("An import")
