"""Part a record that holds two things, and call a record what it is: what moves and what is lost is seen before."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.base import editor, record_url
from articles.admin.merging import boxes, check_may_change, chosen, record, say_with_undo, search_box
from articles.admin.rows import held_role_row, staff_role_row
from articles.editing.merge import Occurrences, Refused
from articles.editing.split import MODELS, change_kind, losses, split
from articles.importing.linking import split_name
from articles.models import Appearance, Article, Entity, Quote, Role
from articles.models.access import visible

ARTICLES = 50  # a page: what is ticked on one page moves together


def split_view(request: HttpRequest, key: int) -> HttpResponse:
    """The articles of a record, with a box for each place in them; those ticked move."""
    entity = record(str(key))
    check_may_change(request, entity)
    page = Paginator(visible(_articles_of(entity), request.user, article="pk"), ARTICLES).get_page(
        request.GET.get("page")
    )
    rows = _rows_in(entity, [article.pk for article in page])
    if request.method == "POST":
        try:
            return _split(request, entity, rows)
        except (Refused, ValidationError) as refused:
            messages.error(request, " ".join(getattr(refused, "messages", [str(refused)])))
    search = search_box(entity.kind, "into")
    ticked = set(request.POST.getlist("go"))
    groups = [
        (article, [(box, row, box in ticked) for box, row, _off in boxes(_of(rows, article.pk), set(), entity.kind)])
        for article in page
    ]
    context = {
        **admin.site.each_context(request),
        "title": _("Split “%(name)s”") % {"name": entity.name},
        "entity": entity,
        "url": record_url(entity.kind, entity.pk),
        "groups": groups,
        "page": page,
        "name": request.POST.get("name", entity.name),
        "box": search,
        "media": forms.Media(js=["admin/js/vendor/jquery/jquery.min.js", "admin/js/jquery.init.js"])
        + search.form.media,
    }
    return TemplateResponse(request, "admin/articles/entity/split.html", context)


def _articles_of(entity: Entity) -> Any:
    appearances = Appearance.objects.filter(entity=entity.pk).values("article")
    quotes = Quote.objects.filter(speaker=entity.pk).values("article")
    roles = Role.objects.filter(**{entity.kind: entity.pk}).values("article")
    stands = Q(pk__in=appearances) | Q(pk__in=quotes) | Q(pk__in=roles)
    return Article.objects.filter(stands).latest_first().only("headline")


def _rows_in(entity: Entity, articles: list[int]) -> Occurrences:
    def rows(found: Any) -> Any:
        return tuple(found.filter(article__in=articles).select_related("article").order_by("start", "pk"))

    return Occurrences(
        rows(Appearance.objects.filter(entity=entity.pk).select_related("entity")),
        rows(Quote.objects.filter(speaker=entity.pk)),
        rows(Role.objects.filter(**{entity.kind: entity.pk}).select_related("person", "organisation", "location")),
    )


def _of(rows: Occurrences, article: int) -> Occurrences:
    return Occurrences(
        tuple(row for row in rows.appearances if row.article_id == article),
        tuple(row for row in rows.quotes if row.article_id == article),
        tuple(row for row in rows.roles if row.article_id == article),
    )


def _split(request: HttpRequest, entity: Entity, rows: Occurrences) -> HttpResponse:
    key = request.POST.get("into", "")
    if key:
        into = get_object_or_404(Entity.objects.current(), pk=key if key.isdecimal() else 0)
    else:
        name = " ".join(request.POST.get("name", "").split())
        if not name:
            raise Refused(_("The new record needs a name."))
        into = MODELS[entity.kind](name=name, **values_of(entity.kind, name))
        into.full_clean(exclude=["kind", "slug"])
    done = split(entity, chosen(request, rows), into=into, user=editor(request))
    said = _("What you ticked belongs to “%(name)s” now.") % {"name": done.survivor.name}
    say_with_undo(request, said, done)
    return HttpResponseRedirect(record_url(entity.kind, done.survivor_id))


def values_of(kind: str, name: str) -> dict[str, str]:
    """What a record of the kind has of its own by its name."""
    if kind != Entity.Kind.PERSON:
        return {}
    given, family = split_name(name)
    return {"given_name": given[:100], "family_name": family[:100]}


def kind_view(request: HttpRequest, key: int) -> HttpResponse:
    """What a record would lose as one of each other kind; a form says which it is."""
    entity = record(str(key))
    check_may_change(request, entity)
    others = [kind for kind in Entity.Kind if kind != entity.kind]
    kind = request.POST.get("kind", "")
    if request.method == "POST" and kind in others:
        check_may_change(request, entity, MODELS[kind](kind=kind))
        return _change(request, entity, kind)
    context = {
        **admin.site.each_context(request),
        "title": _("Change what “%(name)s” is") % {"name": entity.name},
        "entity": entity,
        "url": record_url(entity.kind, entity.pk),
        "kept": _kept(entity),
        "choices": [(kind, _IS[kind], _lost(entity, kind)) for kind in others],
    }
    return TemplateResponse(request, "admin/articles/entity/kind.html", context)


_IS = {
    Entity.Kind.PERSON: gettext_lazy("is a person"),
    Entity.Kind.ORGANISATION: gettext_lazy("is an organisation"),
    Entity.Kind.LOCATION: gettext_lazy("is a location"),
}


def _kept(entity: Entity) -> list[str]:
    """What a record keeps whatever its kind, in words; what it has none of is left out."""
    articles = Appearance.objects.filter(entity=entity.pk).count()
    quotations = Quote.objects.filter(speaker=entity.pk).count()
    names, tags = entity.aliases.count(), entity.tagged_items.count()
    counted = (
        (articles, ngettext("%d article", "%d articles", articles)),
        (quotations, ngettext("%d quotation", "%d quotations", quotations)),
        (names, ngettext("%d name it goes by", "%d names it goes by", names)),
        (tags, ngettext("%d tag", "%d tags", tags)),
    )
    return [words % number for number, words in counted if number]


def _lost(entity: Entity, kind: str) -> list[tuple[str, list[Any]]]:
    lost = losses(entity, kind)
    return [
        (title, rows)
        for title, rows in (
            (_("Roles it holds, which go"), [held_role_row(role) for role in lost.roles]),
            (_("Roles that name it no longer"), [staff_role_row(role) for role in lost.named_by]),
            (_("Places that are no part of it any more"), [part.name for part in lost.parts]),
        )
        if rows
    ]


def _change(request: HttpRequest, entity: Entity, kind: str) -> HttpResponse:
    try:
        done = change_kind(entity, kind, user=editor(request), values=values_of(kind, entity.name))
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(record_url(entity.kind, entity.pk))
    label = Entity.Kind(kind).label
    say_with_undo(request, _("“%(name)s” is of the kind %(kind)s now.") % {"name": entity.name, "kind": label}, done)
    return HttpResponseRedirect(record_url(kind, entity.pk))
