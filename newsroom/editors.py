"""The editors' desk: its name, the order of its records, and what its search boxes suggest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models.articles import Article
from articles.models.duplicates import DuplicatePair
from articles.models.tags import Tag, Tagged
from articles.searching.asking import SearchUnavailable
from newsroom.accounts import sessions
from newsroom.accounts.views import SignIn, account, enter_code, set_up_second_factor

# As an editor meets them: the story, what it says, what was decided about it.
ORDER = [
    "Article",
    "FrontPagePlace",
    "Picture",
    "Author",
    "Person",
    "Organisation",
    "Location",
    "Quote",
    "Tag",
    "Section",
    "Series",
    "ErrorReport",
    "Correction",
    "DuplicatePair",
    "StoryPair",
    "Appearance",
    "Role",
    "ProposedTag",
    "Feed",
    "ArchiveRun",
    "ArticleImport",
    "Decision",
]


class Suggestions(AutocompleteJsonView):
    """Records by what editors call them; for tags also the words typed, as a tag that may be made."""

    @property
    def offers_new(self) -> bool:
        return issubclass(self.source_field.model, Tagged) and self.source_field.related_model is Tag

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        name = " ".join(self.term.split())
        if self.offers_new and name and not context["page_obj"].has_next():
            known = bool(Tag.objects.named([name]))
            context["object_list"] = [*context["object_list"], *([] if known else [Tag(name=name)])]
        return context

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        if self.offers_new:
            # Tags are chosen by name: one that is to be made has no number yet.
            return {"id": obj.name, "text": obj.name if obj.pk else _("%(name)s (new)") % {"name": obj.name}}
        label = str(getattr(self.model_admin, "suggestion", str)(obj))
        return {"id": str(getattr(obj, to_field_name)), "text": label}


class EditorsSite(admin.AdminSite):
    index_title = gettext_lazy("Editors’ desk")

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Name and password, then the code of who has a second factor."""
        if request.method == "GET" and self.has_permission(request):
            return redirect("admin:index")
        context = {
            **self.each_context(request),
            "title": _("Log in"),
            "subtitle": None,
            "app_path": request.get_full_path(),
            "username": request.user.get_username(),
            **(extra_context or {}),
        }
        return cast(HttpResponse, SignIn.as_view(extra_context=context)(request))

    def password_change(  # type: ignore[override]  # as the base does
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """With a new password this session goes on, and the others of the account end."""
        former = request.session.session_key
        response = super().password_change(request, extra_context)
        if request.session.session_key != former:
            sessions.follow(request, former)
            sessions.end(cast(User, request.user), keep=request.session.session_key)
        return response

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Take in what editors work with; the queue's own tables are the program's affair."""
        models = model_or_iterable if isinstance(model_or_iterable, Iterable) else [model_or_iterable]
        own = [model for model in models if model._meta.app_label != "procrastinate"]
        super().register(own, admin_class, **options)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        name = settings.NEWSROOM_NAME
        return {**super().each_context(request), "site_title": name, "site_header": name}

    def get_urls(self) -> list[Any]:
        view = self.admin_view
        return [
            path("login/code/", enter_code, name="login-code"),
            path("account/", view(account), name="account"),
            path("account/second-factor/", view(set_up_second_factor), name="second-factor"),
            path("duplicates/", view(self.duplicates), name="duplicates"),
            path("r/<int:content_type_id>/<int:object_id>/", view(self.on_site), name="view_on_site"),
            *super().get_urls(),
        ]

    def on_site(self, request: HttpRequest, content_type_id: int, object_id: int) -> HttpResponseBase:
        """The page of a record that the user may see. Django's own tells the address of any."""
        model = get_object_or_404(ContentType, pk=content_type_id).model_class()
        admin = self._registry.get(model) if model else None
        record = admin.get_object(request, str(object_id)) if admin and admin.has_view_permission(request) else None
        if record is None or not hasattr(record, "get_absolute_url"):
            raise Http404
        return redirect(record.get_absolute_url())

    def duplicates(self, request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase = self._registry[DuplicatePair].queue(request)  # type: ignore[attr-defined]
        return response

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """With what waits for whoever has signed in."""
        queues: Any = self._registry[Article].dashboard(request)  # type: ignore[attr-defined]
        return super().index(request, {"queues": queues, **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """As editors meet them. Every page has this list, and Django's own translates two names a comparison."""
        apps = self._build_app_dict(request, app_label).values()
        for app in apps:
            app["models"].sort(key=_place)
        return sorted(apps, key=lambda app: app["app_label"] != "articles")

    def autocomplete_view(self, request: HttpRequest) -> HttpResponseBase:  # type: ignore[override]  # as the base does
        try:
            return Suggestions.as_view(admin_site=self)(request)
        except SearchUnavailable:
            return HttpResponse(status=503)


def _place(model: dict[str, Any]) -> int:
    return ORDER.index(model["object_name"]) if model["object_name"] in ORDER else len(ORDER)
