"""People, organisations and locations: one form and one set of panels, with what each kind has of its own."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.admin.base import ReadOnlyAdmin, RecordAdmin, editor, link, list_url, record_url
from articles.admin.fields import TagsField
from articles.admin.log import changes
from articles.admin.lookup import lookup_view
from articles.admin.merging import history_panel, merge_url, merge_view, unmerge_from_panel, unmerge_view
from articles.admin.panels import Panel, panel
from articles.admin.rows import article_row, held_role_row, speech_row, staff_role_row
from articles.admin.searching import IndexedNamesAdmin
from articles.admin.splitting import kind_view, split_view
from articles.editing.duplicates import suggest_duplicates
from articles.editing.records import log_edit, values_of
from articles.editing.touching import touch_entities
from articles.models import Alias, Appearance, Decision, Entity, Identifier, Location, Organisation, Person, Quote, Role
from articles.models.access import visible, visible_records
from articles.models.slugs import name_key, unique_slug
from articles.searching.documents import KINDS
from articles.searching.places import Kind

# Of what was decided about a record, so much stands in its history; the log has all.
MOST_SHOWN = 200


class EntityForm(forms.ModelForm):  # type: ignore[type-arg]
    tags = TagsField(label=_("Tags"))

    def clean_slug(self) -> str:
        others = Entity.objects.filter(kind=self.instance.KIND).exclude(pk=self.instance.pk)
        slug: str = self.cleaned_data["slug"]
        if slug and others.filter(slug=slug).exists():
            raise ValidationError(_("Another page of this kind has this address."))
        return slug or unique_slug(others, self.cleaned_data.get("name", ""), fallback=self.instance.KIND)


class LocationForm(EntityForm):
    def clean_part_of(self) -> Location | None:
        """A place around this one: neither itself nor, whatever the steps between, a part of it."""
        chosen: Location | None = self.cleaned_data["part_of"]
        seen: set[int] = set()
        around = chosen
        while around and around.pk not in seen:
            if around.pk == self.instance.pk:
                raise ValidationError(_("A place is no part of itself or of what lies in it."))
            seen.add(around.pk)
            around = around.part_of
        return chosen


class AliasFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    def clean(self) -> None:
        super().clean()
        keys = set()
        for form in self.forms:
            name = form.cleaned_data.get("name")
            if not name or form.cleaned_data.get("DELETE"):
                continue
            if name_key(name) in keys:
                raise ValidationError(_("“%(name)s” is there twice."), params={"name": name})
            keys.add(name_key(name))


class AliasInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Alias
    formset = AliasFormSet
    extra = 1
    verbose_name = _("name it goes by")
    verbose_name_plural = _("names it goes by: imports find it by any of them")


class IdentifierInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Identifier
    extra = 1
    verbose_name = _("identifier")
    verbose_name_plural = _("identifiers: what catalogues elsewhere call it")


class EntityAdmin(RecordAdmin, IndexedNamesAdmin):
    form = EntityForm
    inlines = (AliasInline, IdentifierInline)
    list_display: Any = ("name", "other_names", "article_count", "quote_count", "is_verified")
    list_filter: ClassVar[Any] = ("is_verified", "origin", ("merged_into", admin.EmptyFieldListFilter))
    search_fields = ("name",)
    ordering = ("-article_count", "name")
    readonly_fields = ("article_count", "quote_count", "merged")
    own_fields: ClassVar[tuple[Any, ...]] = ()
    actions = ("merge_selected",)
    change_form_template = "admin/articles/entity/change_form.html"
    object_history_template = "admin/articles/entity/object_history.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        records = visible_records(super().get_queryset(request), request.user)
        return records.select_related("merged_into").prefetch_related("aliases")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return [
            (None, {"fields": ("name", *self.own_fields, "description", "tags", "is_verified")}),
            (_("Filing"), {"fields": ("slug", ("article_count", "quote_count"), "merged")}),
        ]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        form.before = values_of(obj) if change else None
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Keep the record's own name among those that imports look it up by; a name it had before stays one, too."""
        super().save_related(request, form, formsets, change)
        entity = form.instance
        Alias.objects.get_or_create(entity_id=entity.pk, key=name_key(entity.name), defaults={"name": entity.name})
        touch_entities([entity.pk])
        suggest_duplicates([entity.pk])
        log_edit(entity, form.before, user=editor(request))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        key = unquote(object_id)
        about = Decision.objects.filter(subject=Decision.Subject.ENTITY, subject_id=key if key.isdecimal() else 0)
        seen = visible(about.for_log(), request.user)[:MOST_SHOWN]
        said = {"decisions": [(decision, changes(decision)) for decision in seen]}
        return super().history_view(request, object_id, {**said, **(extra_context or {})})

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was merged holds nothing to change; its panel of merges leads back."""
        return super().has_change_permission(request, obj) and not (obj and obj.merged_into_id)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            queryset = queryset.filter(merged_into=None)
        return super().get_search_results(request, queryset, search_term)

    @admin.action(description=_("Merge…"), permissions=["change"])
    def merge_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        keys = list(queryset.order_by("created", "pk").values_list("pk", flat=True)[:3])
        if len(keys) == 2:
            return redirect(merge_url(*keys))
        self.message_user(request, _("Tick two records to merge."), messages.WARNING)
        return None

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        response = super().response_change(request, obj)
        return unmerge_from_panel(request) if "_unmerge" in request.POST else response

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        said = {"can_look_up": bool(settings.NEWSROOM_RECONCILE_URL), **(extra_context or {})}
        return super().change_view(request, object_id, form_url, said)

    def view_on_site(self, obj: Entity) -> str | None:
        return obj.get_absolute_url() if obj.article_count and not obj.merged_into_id else None

    @admin.display(description=_("other names"))
    def other_names(self, obj: Entity) -> str:
        return ", ".join(alias.name for alias in obj.aliases.all() if alias.name != obj.name)

    @admin.display(description=_("merged into"))
    def merged(self, obj: Entity) -> SafeString | str:
        other = obj.merged_into
        return link(record_url(other.kind, other.pk), other) if other else ""

    def panels(self, request: HttpRequest, obj: Any) -> list[Panel]:
        quotes = visible(Quote.objects.filter(speaker=obj.pk).for_list(), request.user).latest_first()
        appearances = (
            visible(Appearance.objects.filter(entity=obj.pk), request.user)
            .select_related("article")
            .defer("article__body", "article__text")
            .order_by("-article__published", "-article_id")
        )
        return [
            self.roles_panel(request, obj),
            panel(
                request,
                "quotations",
                _("Quotations"),
                quotes,
                speech_row,
                empty=_("Not quoted yet."),
                all_url=list_url(Quote, f"speaker__id__exact={obj.pk}"),
            ),
            panel(
                request,
                "articles",
                _("Articles"),
                appearances,
                article_row,
                empty=_("In no article yet."),
                all_url=list_url(Appearance, f"entity__id__exact={obj.pk}"),
            ),
            history_panel(request, obj),
        ]

    def roles_panel(self, request: HttpRequest, obj: Any) -> Panel:
        roles = (
            visible(obj.roles.for_person(), request.user)
            .select_related("person")
            .defer("article__body", "article__text")
        )
        return panel(request, "roles", _("Roles here"), roles, staff_role_row, empty=_("Nobody’s role names it yet."))


@admin.register(Person)
class PersonAdmin(EntityAdmin):
    list_display = ("name", "latest_role", *EntityAdmin.list_display[1:])
    list_filter = (*EntityAdmin.list_filter, "gender")
    own_fields = (("given_name", "family_name"), "gender")
    search_kinds = (Kind.PERSON,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        roles = visible(Role.objects.filter(person=OuterRef("pk")), request.user)
        latest = roles.order_by(F("date").desc(nulls_last=True), "-pk").values("title")[:1]
        people: QuerySet[Any] = super().get_queryset(request).annotate(latest_title=Subquery(latest))
        return people

    @admin.display(description=_("role"))
    def latest_role(self, obj: Any) -> str:
        return obj.latest_title or ""

    def roles_panel(self, request: HttpRequest, obj: Any) -> Panel:
        roles = visible(obj.roles.for_person(), request.user).defer("article__body", "article__text")
        return panel(request, "roles", _("Roles"), roles, held_role_row, empty=_("No role is known yet."))


@admin.register(Organisation)
class OrganisationAdmin(EntityAdmin):
    list_display = ("name", "acronym", *EntityAdmin.list_display[1:])
    search_kinds = (Kind.ORGANISATION,)
    own_fields = (("acronym", "country"),)


@admin.register(Location)
class LocationAdmin(EntityAdmin):
    form = LocationForm
    list_display = ("name", "region", "country", *EntityAdmin.list_display[1:])
    list_filter = (*EntityAdmin.list_filter, "country")
    autocomplete_fields = ("part_of",)
    search_kinds = (Kind.LOCATION,)
    own_fields = (("region", "country"), "part_of", ("latitude", "longitude"), "population", "geoname_id")


@admin.register(Entity)
class AnyEntityAdmin(ReadOnlyAdmin, IndexedNamesAdmin):
    """What search boxes look in when a speaker may be of any kind; it has no pages of its own."""

    search_fields = ("name",)
    search_kinds = tuple(KINDS.values())
    ordering = ("-article_count", "name")

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("merge/", view(merge_view), name="merge"),
            path("unmerge/<int:key>/", view(unmerge_view), name="unmerge"),
            path("<int:key>/split/", view(split_view), name="split"),
            path("<int:key>/kind/", view(kind_view), name="kind"),
            path("<int:key>/identifiers/", view(lookup_view), name="identifiers"),
            *super().get_urls(),
        ]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return any(
            request.user.has_perm(f"articles.{verb}_{kind}")
            for verb in ("view", "change")
            for kind in Entity.Kind.values
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return visible_records(super().get_queryset(request), request.user).filter(merged_into=None)

    @staticmethod
    def suggestion(entity: Entity) -> str:
        return f"{entity.name} · {entity.get_kind_display()}"

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        entity = self.get_object(request, object_id)
        if entity and self.has_view_permission(request, entity):
            return redirect(record_url(entity.kind, entity.pk))
        return super().change_view(request, object_id, form_url, extra_context)
