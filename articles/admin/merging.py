"""Two records side by side, what becomes of them as one, and the way back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from articles.admin.base import editor, record_url
from articles.admin.panels import Choice, Panel, Row, panel
from articles.admin.rows import article_row, held_role_row, speech_row, staff_role_row
from articles.editing.merge import (
    VALUES,
    Occurrences,
    Refused,
    check_mergeable,
    check_undoable,
    gaps,
    merge,
    newcomers,
    unmerge,
)
from articles.editing.split import MODELS
from articles.models import Alias, Appearance, DuplicatePair, Entity, Identifier, Merge, Quote, Role
from articles.models.access import hidden_from, visible, visible_records
from articles.models.slugs import name_key

PROOFS = 3  # quotations a side: enough to hear whether one voice speaks


@dataclass(frozen=True)
class Line:
    """One value of two records: what each says, and which of the two survives unless somebody chooses."""

    name: str
    label: str
    ours: str
    theirs: str
    is_taken: bool

    @property
    def differs(self) -> bool:
        return self.ours != self.theirs


def merge_url(first: int | str, second: int | str = "", **more: int) -> str:
    return f"{reverse('admin:merge')}?{urlencode({'first': first, 'second': second, **more})}"


def check_may_change(request: HttpRequest, *entities: Entity) -> None:
    if not all(request.user.has_perm(f"articles.change_{entity.kind}") for entity in entities):
        raise PermissionDenied
    keys = {entity.pk for entity in entities if entity.pk}
    if visible_records(Entity.objects.filter(pk__in=keys), request.user).count() < len(keys):
        raise Http404


def record(key: str | None) -> Entity:
    """A person, organisation or location by its number, as what its kind is."""
    entity = get_object_or_404(Entity, pk=key if key and key.isdecimal() else 0)
    as_kind: Entity = getattr(entity, entity.kind)
    return as_kind


class SearchBox(AutocompleteSelect):
    """Admin's search box, which says what it is for while it is empty."""

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        return {**super().build_attrs(base_attrs, extra_attrs), "data-placeholder": _("Search by name")}


def search_box(kind: str, name: str) -> Any:
    """A field that finds records of a kind by their names."""
    widget = SearchBox(Role._meta.get_field(kind), admin.site)
    field = forms.ModelChoiceField(MODELS[kind].objects.current(), widget=widget, required=False)
    form: Any = type("SearchForm", (forms.Form,), {name: field})()
    return form[name]


def merge_view(request: HttpRequest) -> HttpResponse:
    """The records `first` and `second` of the address; the older one survives unless it names another `survivor`."""
    first = record(request.GET.get("first"))
    if not request.GET.get("second"):
        return _choose(request, first)
    survivor, loser = sorted((first, record(request.GET["second"])), key=lambda each: (each.created, each.pk))
    if request.GET.get("survivor") == str(loser.pk):
        survivor, loser = loser, survivor
    check_may_change(request, survivor, loser)
    try:
        check_mergeable(survivor, loser)
        if request.method == "POST":
            return _merge(request, survivor, loser)
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(record_url(first.kind, first.pk))
    lines = comparison(survivor, loser)
    context = {
        **admin.site.each_context(request),
        "title": _("Merge"),
        "survivor": survivor,
        "loser": loser,
        "differing": [line for line in lines if line.differs],
        "equal": [line for line in lines if not line.differs],
        "sides": [_side(request, survivor), _side(request, loser)],
        "moving": _moving(survivor, loser),
        "warnings": list(_warnings(survivor, loser)),
        "swap_url": merge_url(survivor.pk, loser.pk, survivor=loser.pk),
    }
    return TemplateResponse(request, "admin/articles/entity/merge.html", context)


def _choose(request: HttpRequest, first: Entity) -> HttpResponse:
    check_may_change(request, first)
    box = search_box(first.kind, "second")
    context = {
        **admin.site.each_context(request),
        "title": _("Merge “%(name)s” with another record") % {"name": first.name},
        "first": first,
        "box": box,
        "media": forms.Media(js=["admin/js/vendor/jquery/jquery.min.js", "admin/js/jquery.init.js"]) + box.form.media,
    }
    return TemplateResponse(request, "admin/articles/entity/merge_with.html", context)


def _merge(request: HttpRequest, survivor: Entity, loser: Entity) -> HttpResponse:
    taking = [names[0] for names in VALUES[survivor.kind] if request.POST.get(f"take-{names[0]}") == "loser"]
    done = merge(survivor, loser, user=editor(request), taking=taking)
    said = _("“%(loser)s” is part of “%(survivor)s” now.") % {"loser": loser.name, "survivor": survivor.name}
    say_with_undo(request, said, done)
    return HttpResponseRedirect(record_url(survivor.kind, survivor.pk))


def say_with_undo(request: HttpRequest, said: str, done: Merge) -> None:
    url = reverse("admin:unmerge", args=[done.pk])
    messages.success(request, format_html('{} <a href="{}">{}</a>', said, url, _("Undo")))


def comparison(survivor: Entity, loser: Entity) -> list[Line]:
    taken = gaps(survivor, loser)
    return [
        Line(
            name=names[0],
            label=str(survivor._meta.get_field(names[0]).verbose_name),  # type: ignore[union-attr]
            ours=_printed(survivor, names),
            theirs=_printed(loser, names),
            is_taken=names[0] in taken,
        )
        for names in VALUES[survivor.kind]
    ]


def _printed(entity: Entity, names: tuple[str, ...]) -> str:
    if names == ("part_of_id",):
        return str(entity.part_of or "")  # type: ignore[attr-defined]
    if names == ("gender",):
        return str(entity.get_gender_display())  # type: ignore[attr-defined]
    values = [getattr(entity, name) for name in names]
    said = {True: _("yes"), False: _("no"), None: ""}
    parts = [str(said.get(value, value) if value is None or isinstance(value, bool) else value) for value in values]
    if len(parts) == 3:
        # A name with the parts that it is sorted by.
        return f"{parts[0]} ({parts[1]} · {parts[2]})" if any(parts[1:]) else parts[0]
    return ", ".join(part for part in parts if part)


def _side(request: HttpRequest, entity: Entity) -> dict[str, Any]:
    quotes = visible(Quote.objects.filter(speaker=entity.pk), request.user).for_list().latest_first()[:PROOFS]
    return {
        "record": entity,
        "url": record_url(entity.kind, entity.pk),
        "created": date_format(entity.created),
        "names": ", ".join(alias.name for alias in entity.aliases.all()),
        "quotes": [speech_row(quote) for quote in quotes],
    }


def _moving(survivor: Entity, loser: Entity) -> list[tuple[str, int]]:
    """How much of each kind the loser gives; appearances of both in one article are told apart, as they become one."""
    shared = Appearance.objects.filter(entity=survivor.pk).values("article")
    appearances = Appearance.objects.filter(entity=loser.pk)
    known = survivor.aliases.values("key")
    return [
        (_("articles"), appearances.exclude(article__in=shared).count()),
        (_("articles in which both stand: there they become one"), appearances.filter(article__in=shared).count()),
        (_("quotations"), Quote.objects.filter(speaker=loser.pk).count()),
        (_("roles"), Role.objects.filter(**{loser.kind: loser.pk}).count()),
        (_("names it goes by"), Alias.objects.filter(entity=loser.pk).exclude(key__in=known).count()),
        (_("tags"), loser.tagged_items.exclude(tag__in=survivor.tagged_items.values("tag")).count()),
    ]


def _warnings(survivor: Entity, loser: Entity) -> Any:
    first, second = sorted((survivor.pk, loser.pk))
    pair = DuplicatePair.objects.filter(first=first, second=second, state="different").select_related("user").first()
    if pair:
        who = pair.user.get_username() if pair.user else _("somebody")
        yield _("%(who)s said that these are not the same.") % {"who": who}
    theirs = dict(Identifier.objects.filter(entity=loser.pk).values_list("scheme", "value"))
    for ours in Identifier.objects.filter(entity=survivor.pk, scheme__in=theirs):
        if theirs[ours.scheme] != ours.value:
            yield _("%(scheme)s knows them as two: %(one)s and %(other)s.") % {
                "scheme": ours.get_scheme_display(),
                "one": ours.value,
                "other": theirs[ours.scheme],
            }


# The way back.


def unmerge_view(request: HttpRequest, key: int) -> HttpResponse:
    """What taking something back would do, and whose is what came since; a form sends the editor's word."""
    done = get_object_or_404(Merge.objects.for_history(), pk=key)
    check_may_change(request, done.survivor, done.loser)
    new = _seen(request, newcomers(done))
    try:
        check_undoable(done)
        if request.method == "POST":
            return _unmerge(request, done, new)
    except Refused as refused:
        for blocker in refused.blockers:
            url = reverse("admin:unmerge", args=[blocker.pk])
            said = format_html('{} <a href="{}">{}</a>', str(refused), url, sentence(blocker))
            messages.error(request, said)
        if not refused.blockers:
            messages.error(request, str(refused))
        return HttpResponseRedirect(record_url(done.loser.kind, done.loser_id))
    context = {
        **admin.site.each_context(request),
        "title": _("Take back"),
        "done": done,
        "url": record_url(done.survivor.kind, done.survivor_id),
        "sentence": sentence(done),
        "rows": done.rows.filter(model__in=["appearance", "quote", "role"]).count(),
        "newcomers": _newcomers(done, new),
    }
    return TemplateResponse(request, "admin/articles/entity/unmerge.html", context)


def _unmerge(request: HttpRequest, done: Merge, new: Occurrences) -> HttpResponse:
    unmerge(done, user=editor(request), going=chosen(request, new))
    messages.success(request, _("Taken back: %(what)s") % {"what": sentence(done)})
    done.loser.refresh_from_db()
    return HttpResponseRedirect(record_url(done.loser.kind, done.loser_id))


def _seen(request: HttpRequest, rows: Occurrences) -> Occurrences:
    """Without what stands in an article hidden from the user: that stays where it is."""
    every: list[Any] = [*rows.appearances, *rows.quotes, *rows.roles]
    articles = hidden_from(request.user).filter(pk__in={row.article_id for row in every})
    hidden = set(articles.values_list("pk", flat=True))
    return Occurrences(
        tuple(row for row in rows.appearances if row.article_id not in hidden),
        tuple(row for row in rows.quotes if row.article_id not in hidden),
        tuple(row for row in rows.roles if row.article_id not in hidden),
    )


def chosen(request: HttpRequest, rows: Occurrences) -> Occurrences:
    """Those of the rows whose boxes are ticked."""
    ticked = set(request.POST.getlist("go"))
    return Occurrences(
        tuple(row for row in rows.appearances if f"appearance-{row.pk}" in ticked),
        tuple(row for row in rows.quotes if f"quote-{row.pk}" in ticked),
        tuple(row for row in rows.roles if f"role-{row.pk}" in ticked),
    )


def boxes(rows: Occurrences, ticked: set[int], kind: str) -> list[tuple[str, Row, bool]]:
    """Each row with the value its box sends, how it reads and whether the box is ticked: those of articles `ticked`."""
    role_row = held_role_row if kind == Entity.Kind.PERSON else staff_role_row
    kinds: tuple[tuple[str, Any, tuple[Any, ...]], ...] = (
        ("appearance", _naming_row, rows.appearances),
        ("quote", speech_row, rows.quotes),
        ("role", role_row, rows.roles),
    )
    return [
        (f"{model}-{row.pk}", as_row(row), row.article_id in ticked) for model, as_row, found in kinds for row in found
    ]


def _naming_row(appearance: Appearance) -> Row:
    row = article_row(appearance)
    label = _("Named “%(name)s”") % {"name": appearance.name or appearance.entity.name}
    return replace(row, label=label, facts=[row.label, *row.facts])


def _newcomers(done: Merge, new: Occurrences) -> list[tuple[str, Row, bool]]:
    """What came since; ticked is what an article brought that was the loser's, or that prints a name of the loser."""
    articles = done.rows.filter(model="appearance", before__entity_id=done.loser_id).values("row")
    ticked = set(Appearance.objects.filter(pk__in=articles).values_list("article_id", flat=True))
    names = {name_key(done.loser.name)} - {name_key(done.survivor.name)}
    ticked |= {each.article_id for each in new.appearances if name_key(each.name) in names}
    return boxes(new, ticked, done.survivor.kind)


def sentence(done: Merge) -> str:
    """What was done, in words."""
    words = {
        Merge.Action.MERGE: _("“%(loser)s” was merged into “%(survivor)s”"),
        Merge.Action.SPLIT: _("“%(survivor)s” was split off from “%(loser)s”"),
        Merge.Action.KIND: _("“%(loser)s” changed its kind"),
    }
    return words[Merge.Action(done.action)] % {"loser": done.loser.name, "survivor": done.survivor.name}


def history_panel(request: HttpRequest, entity: Entity) -> Panel:
    """What happened to a record; where it can be changed, each is taken back by one click."""
    merges = Merge.objects.of(entity).for_history()
    may_change = not entity.merged_into_id and request.user.has_perm(f"articles.change_{entity.kind}")

    def as_row(done: Merge) -> Row:
        return _row(done, is_offered=may_change and not done.undone)

    return panel(request, "merges", _("Merged, split"), merges, as_row, empty=_("Never merged or split."))


def _row(done: Merge, *, is_offered: bool) -> Row:
    facts = [date_format(done.made, "DATETIME_FORMAT"), str(done.user or "")]
    if done.undone:
        facts.append(_("taken back %(when)s") % {"when": date_format(done.undone, "DATETIME_FORMAT")})
    undo = {Merge.Action.MERGE: _("Unmerge")}.get(Merge.Action(done.action), _("Undo"))
    return Row(
        label=sentence(done),
        url=reverse("admin:unmerge", args=[done.pk]),
        facts=[fact for fact in facts if fact],
        choices=[Choice("_unmerge", str(done.pk), undo)] if is_offered else [],
    )


def unmerge_from_panel(request: HttpRequest) -> HttpResponse:
    """Take back in one click what asks no question; else lead to where it is asked."""
    key = request.POST["_unmerge"]
    done = get_object_or_404(Merge.objects.for_history(), pk=key if key.isdecimal() else 0)
    check_may_change(request, done.survivor, done.loser)
    if newcomers(done):
        return HttpResponseRedirect(reverse("admin:unmerge", args=[done.pk]))
    return unmerge_view(request, done.pk)
