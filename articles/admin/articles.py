"""The article: its form, its list, and what the story says beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminURLFieldWidget
from django.core.exceptions import ValidationError
from django.db.models import QuerySet, Value
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.admin.access import ArticleAccess
from articles.admin.base import Button, editor, list_url, number_of
from articles.admin.bylines import BylineInline
from articles.admin.dashboard import dashboard
from articles.admin.fields import BodyField, HeadlineField, LinesField, StoryDateField, TagsField, TextField
from articles.admin.filing import FILING, FilingAdmin, FilingForm
from articles.admin.filters import (
    Assigned,
    Corrected,
    Dates,
    NeedsDecision,
    SuggestedTags,
    Values,
    is_corrected,
    undecided_articles,
)
from articles.admin.front_page import put_on_front_page
from articles.admin.importing import import_documents
from articles.admin.panels import Choice, Panel, panel
from articles.admin.pictures import ArticlePictureInline
from articles.admin.review import next_view, review_view
from articles.admin.rows import entity_row, proposed_tag_row, quote_row
from articles.admin.searching import IndexedArticleAdmin, KeysFirst
from articles.admin.sourced import TAKE, take_asked
from articles.admin.together import TogetherAdmin
from articles.admin.workflow import WorkflowAdmin
from articles.admin.workflow_form import BESIDE_THE_STORY, WORKFLOW_FIELDS, WorkflowForm
from articles.editing.bylines import editing_byline
from articles.editing.decide import accept_suggested, decide, follow_tags
from articles.editing.pictures import editing_pictures
from articles.editing.revise import save_edit
from articles.importing.relinking import relink
from articles.importing.service import extract_article
from articles.models import Appearance, Article, ArticlePicture, Byline, Entity, ProposedTag, Quote, Role, State
from articles.models.article_queries import newest_first
from articles.models.slugs import unique_slug

# Of the names that were linked again, so many are said one by one.
MOST_SAID = 20
TAG_CHOICES = {"_accept_tag", "_reject_tag", "_accept_tags"}


FROM_SOURCE = (("source_status", "urgency"), "copyright", "instructions", ("source_identifier", "source_version"))


class ArticleForm(FilingForm, WorkflowForm):
    headline = HeadlineField(label=_("Headline"))
    standfirst = TextField(label=_("Standfirst"), rows=2, help_text=_("One or two sentences under the headline."))
    body = BodyField(label=_("Body"))
    end_notes = LinesField(label=_("End notes"), help_text=_("Credits under the story, one a line."))
    published = StoryDateField(
        label=_("Published"), help_text=_("The date the story itself bears. Leave the time empty if it bears none.")
    )
    address = forms.URLField(
        label=_("Address"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=AdminURLFieldWidget,
        help_text=_("Where it was first published."),
    )
    tags = TagsField(label=_("Tags"))

    class Meta:
        model = Article
        fields = (
            "headline",
            "standfirst",
            "dateline_place",
            "dateline_agency",
            "body",
            "tags",
            "published",
            "publisher",
            "address",
            "language",
            "slug",
            "end_notes",
            "section",
            "series",
            "part",
            "breaking_until",
            "source_status",
            "urgency",
            "copyright",
            "instructions",
        )
        exclude = WORKFLOW_FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "source_status" in self.fields:
            self.fields["source_status"].required = False  # left out, it stays as it is
        published = self.instance.published
        if published and not self.instance.published_has_time:
            self.initial["published"] = [timezone.localtime(published).date(), None]

    @cached_property
    def changed_data(self) -> list[str]:
        is_left_out = self.add_prefix("source_status") not in self.data
        return [name for name in super().changed_data if not (is_left_out and name == "source_status")]

    def clean_slug(self) -> str:
        others = Article.objects.exclude(pk=self.instance.pk)
        return self.cleaned_data["slug"] or unique_slug(
            others, self.cleaned_data.get("headline", ""), fallback="article"
        )

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        other = Article.objects.exclude(pk=self.instance.pk).filter(address=address).first() if address else None
        if other:
            raise ValidationError(
                _("This is the address of “%(headline)s” already."), params={"headline": other.headline}
            )
        return address

    def clean(self) -> dict[str, Any] | None:
        if "published" in self.changed_data:
            hour = (self["published"].data or ["", ""])[1]
            self.instance.published_has_time = bool(self.cleaned_data.get("published") and hour)
        return super().clean()


PEOPLE = number_of(Appearance.objects.filter(entity__kind=Entity.Kind.PERSON), "article")
QUOTATIONS = number_of(Quote.objects.all(), "article")
UNDECIDED = sum(
    (number_of(model.objects.undecided(), "article") for model in (Appearance, Quote, Role, ProposedTag)), Value(0)
)


class ArticleList(KeysFirst):
    def rows_of(self, keys: list[int]) -> QuerySet[Any]:
        rows = super().rows_of(keys).defer("body", "text", "end_notes").prefetch_related("bylines")
        counted: QuerySet[Any] = rows.annotate(people_count=PEOPLE, quotes_count=QUOTATIONS, undecided_count=UNDECIDED)
        return counted


@admin.register(Article)
class ArticleAdmin(ArticleAccess, TogetherAdmin, FilingAdmin, WorkflowAdmin, IndexedArticleAdmin):
    form = ArticleForm
    list_display = (
        "headline",
        "shown_status",
        "undecided",
        "dated",
        "authors",
        "people",
        "quotations",
    )
    list_filter = (
        "status",
        Assigned,
        NeedsDecision,
        SuggestedTags,
        Corrected,
        "section",
        ("published", Dates),
        ("language", Values),
        ("publisher", Values),
    )
    list_select_related = ("assignee",)
    search_fields = ("headline",)
    ordering = newest_first()
    actions = (
        "submit",
        "approve",
        "publish",
        "return_to_draft",
        "accept_all_suggestions",
        "link_again",
        put_on_front_page,
    )
    inlines = (BylineInline, ArticlePictureInline)
    readonly_fields = ("source_identifier", "source_version")
    fieldsets = (
        (_("Story"), {"fields": ("headline", "standfirst", ("dateline_place", "dateline_agency"), "body")}),
        (_("Filing"), {"fields": ("tags", "published", "publisher", "address", "language", "slug", "end_notes")}),
        (_("On the site"), {"fields": FILING}),
        (_("From its source"), {"fields": FROM_SOURCE, "classes": ("collapse",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        articles: QuerySet[Any] = super().get_queryset(request).annotate(is_corrected=is_corrected())
        return articles

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[KeysFirst]:
        return ArticleList

    def view_on_site(self, obj: Article) -> str:
        return obj.get_absolute_url()

    @admin.display(description=_("published"), ordering="published")
    def dated(self, obj: Article) -> Any:
        return timezone.localtime(obj.published).date() if obj.published else None

    @admin.display(description=_("byline"))
    def authors(self, obj: Article) -> str:
        return ", ".join(byline.name for byline in obj.bylines.all())

    @admin.display(description=_("people"), ordering=PEOPLE)
    def people(self, obj: Any) -> int:
        return int(obj.people_count)

    @admin.display(description=_("quotations"), ordering=QUOTATIONS)
    def quotations(self, obj: Any) -> int:
        return int(obj.quotes_count)

    @admin.display(description=_("to decide"), ordering=UNDECIDED)
    def undecided(self, obj: Any) -> int:
        return int(obj.undecided_count)

    # Saving.

    def save_model(self, request: HttpRequest, obj: Article, form: ArticleForm, change: bool) -> None:
        self.begin_correction(request, obj, form)
        changed = [name for name in form.changed_data if name not in BESIDE_THE_STORY]
        if changed or not change:
            save_edit(obj, changed=changed, user=editor(request), revision=self.revision_in(request))
        if "body" in form.changed_data:
            self._extract(request, obj)
        self.save_workflow(request, obj, form)

    def save_related(self, request: HttpRequest, form: ArticleForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if "tags" in form.changed_data:
            follow_tags(form.instance, user=editor(request))
        self.save_correction(request, form)

    def save_formset(self, request: HttpRequest, form: ArticleForm, formset: Any, change: bool) -> None:
        keep = {Byline: editing_byline, ArticlePicture: editing_pictures}[formset.model]
        with keep(form.instance, user=editor(request)):
            super().save_formset(request, form, formset, change)

    def _extract(self, request: HttpRequest, article: Article) -> None:
        """Propose what the words typed name and quote, and say how much waits for a decision."""
        extraction = extract_article(article)
        for warning in extraction.warnings:
            self.message_user(request, warning[:1].upper() + warning[1:], messages.WARNING)
        waiting = Article.objects.filter(pk=article.pk).values_list(UNDECIDED, flat=True).get()
        if waiting:
            self.message_user(
                request,
                ngettext("%d suggestion waits for you.", "%d suggestions wait for you.", waiting) % waiting,
                messages.INFO,
            )

    def buttons(self, request: HttpRequest, obj: Article | None) -> list[Button]:
        moves = self.move_buttons(request, obj)
        if obj and undecided_articles(Article.objects.filter(pk=obj.pk)).exists():
            moves.append(Button("_accept", _("Accept all suggestions")))
        return moves

    def press(self, request: HttpRequest, obj: Article) -> HttpResponse | None:
        if "_accept" in request.POST:
            self._accept(request, [obj])
        if TAKE in request.POST:
            if "body" in take_asked(request, obj, self):
                self._extract(request, Article.objects.get(pk=obj.pk))
            return HttpResponseRedirect(request.get_full_path())
        return self.press_move(request, obj)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        """Somebody who decides about tags stays with them."""
        if not TAG_CHOICES & request.POST.keys():
            return super().response_change(request, obj)
        self._decide_tags(request, obj)
        return HttpResponseRedirect(f"{request.get_full_path()}#suggested-tags")

    def _decide_tags(self, request: HttpRequest, article: Article) -> None:
        proposals = article.proposed_tags.for_review()
        if "_accept_tags" in request.POST:
            chosen, state = proposals.undecided(), State.ACCEPTED
        else:
            state = State.ACCEPTED if "_accept_tag" in request.POST else State.REJECTED
            key = request.POST.get("_accept_tag", request.POST.get("_reject_tag", ""))
            chosen = proposals.filter(pk=key if key.isdecimal() else 0)
        rows = [proposal for proposal in chosen if proposal.state != state]
        decide(rows, state=state, user=editor(request))
        message = ngettext("%(number)d tag is %(state)s now.", "%(number)d tags are %(state)s now.", len(rows))
        self.message_user(request, message % {"number": len(rows), "state": state.label}, messages.SUCCESS)

    # Actions.

    @admin.action(description=_("Accept all suggestions"), permissions=["change"])
    def accept_all_suggestions(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        self._accept(request, queryset)

    @admin.action(description=_("Link again"), permissions=["change"])
    def link_again(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        changes = [change for article in queryset for change in relink(article, user=editor(request))]
        for change in changes[:MOST_SAID]:
            self.message_user(request, str(change), messages.INFO)
        number = len(changes)
        self._say(request, ngettext("%d name was linked again.", "%d names were linked again.", number), number)

    def _accept(self, request: HttpRequest, articles: QuerySet[Article] | list[Article]) -> None:
        number = accept_suggested(articles, user=editor(request))
        self._say(request, ngettext("%d suggestion was accepted.", "%d suggestions were accepted.", number), number)

    def _say(self, request: HttpRequest, message: str, number: int) -> None:
        self.message_user(request, message % number, messages.SUCCESS if number else messages.INFO)

    # Import.

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("import/", view(self.import_view), name="articles_article_import"),
            path("review/next/", view(self.review_next), name="articles_article_review_next"),
            path("<path:object_id>/review/", view(self.review), name="articles_article_review"),
            *super().get_urls(),
        ]

    def review(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return review_view(request, object_id, self)

    def dashboard(self, request: HttpRequest) -> list[Panel]:
        return dashboard(request, self.get_queryset(request))

    def review_next(self, request: HttpRequest) -> HttpResponse:
        return next_view(request, self)

    def import_view(self, request: HttpRequest) -> HttpResponseBase:
        return import_documents(request, self)

    # Beside the form.

    def panels(self, request: HttpRequest, obj: Article) -> list[Panel]:
        appearances = Appearance.objects.filter(article=obj).for_review()
        kinds = {
            "people": (Entity.Kind.PERSON, _("People"), _("Nobody is named.")),
            "organisations": (Entity.Kind.ORGANISATION, _("Organisations"), _("No organisation is named.")),
            "locations": (Entity.Kind.LOCATION, _("Locations"), _("No place is named.")),
        }
        named = [
            panel(request, key, title, appearances.filter(entity__kind=kind), entity_row, empty=empty)
            for key, (kind, title, empty) in kinds.items()
        ]
        quotes = Quote.objects.filter(article=obj).for_article()
        all_url = list_url(Quote, f"article__id__exact={obj.pk}")
        said = panel(
            request, "quotations", _("Quotations"), quotes, quote_row, empty=_("Nobody is quoted."), all_url=all_url
        )
        return [*self.desk_panels(request, obj), *named, said, self._tags_panel(request, obj)]

    def _tags_panel(self, request: HttpRequest, article: Article) -> Panel:
        proposals = article.proposed_tags.for_review()
        shown = panel(
            request,
            "suggested-tags",
            _("Suggested tags"),
            proposals,
            proposed_tag_row,
            empty=_("No tag is suggested."),
            all_url=list_url(ProposedTag, f"article__id__exact={article.pk}"),
        )
        if not self.has_change_permission(request, article):
            return replace(shown, rows=[replace(row, choices=[]) for row in shown.rows])
        if sum(row.state == State.SUGGESTED for row in shown.rows) < 2:
            return shown
        return replace(shown, choices=[Choice("_accept_tags", "all", _("Accept all"))])
