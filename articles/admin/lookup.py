"""What a catalogue elsewhere has under a record's name, to choose the same one from."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from articles.admin.base import editor, record_url
from articles.admin.merging import check_may_change, record
from articles.editing.identify import add_identifier
from articles.importing.lookup import LookupFailed, Suggestion, look_up
from articles.models import Entity, Identifier


def lookup_view(request: HttpRequest, key: int) -> HttpResponse:
    """Show what the chosen service has under the name of a record; sent back, give it the identifier chosen."""
    entity = record(str(key))
    if not settings.NEWSROOM_RECONCILE_URL or entity.merged_into_id:
        raise Http404
    check_may_change(request, entity)
    if request.method == "POST":
        return _accept(request, entity)
    suggestions: list[Suggestion] = []
    try:
        suggestions = look_up(entity, service=settings.NEWSROOM_RECONCILE_URL)
    except LookupFailed as error:
        messages.error(request, str(error))
    context = {
        **admin.site.each_context(request),
        "title": _("Identifiers of “%(name)s”") % {"name": entity.name},
        "entity": entity,
        "service": settings.NEWSROOM_RECONCILE_URL,
        "url": record_url(entity.kind, entity.pk),
        "suggestions": _with_owners(suggestions),
    }
    return TemplateResponse(request, "admin/articles/entity/identifiers.html", context)


def _with_owners(suggestions: list[Suggestion]) -> list[tuple[Suggestion, Entity | None]]:
    """Each suggestion with the record that has its identifier already."""
    any_of = Q(pk__in=[])
    for each in suggestions:
        any_of |= Q(scheme=each.scheme, value=each.value)
    owners = {
        (each.scheme, each.value): each.entity for each in Identifier.objects.filter(any_of).select_related("entity")
    }
    return [(each, owners.get((each.scheme, each.value))) for each in suggestions]


def _accept(request: HttpRequest, entity: Entity) -> HttpResponse:
    scheme, _colon, value = request.POST.get("identifier", "").partition(":")
    try:
        identifier: Any = add_identifier(entity, scheme=scheme, value=value, user=editor(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(request.path)
    messages.success(
        request, _("%(identifier)s was added; below it can be deleted again.") % {"identifier": identifier}
    )
    return HttpResponseRedirect(record_url(entity.kind, entity.pk) + "#identifiers-group")
