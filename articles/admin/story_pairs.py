"""Articles that may tell one story twice: what differs between the two, and the buttons that say what they are."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.base import Button, RecordAdmin, change_url, editor, link, list_url, state_label
from articles.admin.panels import Panel, Row, panel
from articles.editing.same_story import NotAllowed, ask_again, keep_one, tell_apart
from articles.editing.times import short_time
from articles.models import Article, StoryPair
from articles.models.access import visible
from articles.text.differences import compare, fold

State = StoryPair.State
KEEPING = {"_keep_first": "first", "_keep_second": "second"}


@admin.register(StoryPair)
class StoryPairAdmin(RecordAdmin):
    list_display = ("pair", "likeness", "shown_state", "kept", "user", "decided")
    list_filter = ("state",)
    search_fields = ("first__headline", "second__headline")
    actions = ("tell_apart",)
    fields = ("shown_state", "likeness", "first_article", "second_article", "changes")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return seen_pairs(request, super().get_queryset(request)).select_related("kept", "user")

    @admin.display(description=gettext_lazy("pair"))
    def pair(self, obj: StoryPair) -> str:
        return str(obj)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def shown_state(self, obj: StoryPair) -> SafeString:
        return state_label(obj)

    @admin.display(description=gettext_lazy("likeness"), ordering="score")
    def likeness(self, obj: StoryPair) -> str:
        return f"{obj.score:.0%}"

    @admin.display(description=gettext_lazy("first"))
    def first_article(self, obj: StoryPair) -> SafeString:
        return link(change_url(obj.first), _described(obj.first))

    @admin.display(description=gettext_lazy("second"))
    def second_article(self, obj: StoryPair) -> SafeString:
        return link(change_url(obj.second), _described(obj.second))

    @admin.display(description=gettext_lazy("what the second says otherwise"))
    def changes(self, obj: StoryPair) -> SafeString:
        old, new = (f"{article.headline}\n{article.text}" for article in (obj.first, obj.second))
        return render_to_string("admin/articles/_changes.html", {"blocks": fold(compare(old, new))})

    # What an editor says.

    def buttons(self, request: HttpRequest, obj: StoryPair | None) -> list[Button]:
        if not obj:
            return []
        if obj.state != State.SUGGESTED:
            return [Button("_ask", _("Take back"))]
        return [
            Button("_keep_first", _("The same: keep the first")),
            Button("_keep_second", _("The same: keep the second")),
            Button("_different", _("Not the same")),
        ]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Nothing is typed here: its own buttons alone send the form."""
        nothing = dict.fromkeys(("show_save", "show_save_and_continue", "show_close"), False)
        return super().render_change_form(request, {**context, **nothing}, *args, **kwargs)

    def press(self, request: HttpRequest, obj: StoryPair) -> HttpResponse | None:
        """Take the answer, if the pair is still what the screen asked about, and go on to the next pair."""
        pair, user = StoryPair.objects.select_for_update().get(pk=obj.pk), editor(request)
        side = next((side for name, side in KEEPING.items() if name in request.POST), "")
        is_asked = "_ask" in request.POST
        if not side and not is_asked and "_different" not in request.POST:
            return None
        if (pair.state == State.SUGGESTED) == is_asked:
            said, level = _("Somebody else has answered meanwhile: nothing was changed."), messages.WARNING
        elif is_asked:
            ask_again(pair, user=user)
            said, level = _("Taken back. The pair waits again."), messages.SUCCESS
        elif side:
            said, level = self._keep(request, pair, getattr(pair, side))
        else:
            tell_apart(pair, user=user)
            said, level = _("They are not the same. You will not be asked again."), messages.SUCCESS
        self.message_user(request, said, level)
        waiting = seen_pairs(request, StoryPair.objects.waiting()).first()
        if level != messages.SUCCESS or is_asked:
            return HttpResponseRedirect(change_url(pair))
        return HttpResponseRedirect(change_url(waiting) if waiting else list_url(StoryPair))

    def _keep(self, request: HttpRequest, pair: StoryPair, kept: Article) -> tuple[str, int]:
        try:
            keep_one(pair, kept, user=editor(request), may_withdraw=request.user.has_perm("articles.withdraw_article"))
        except NotAllowed as error:
            return str(error), messages.ERROR
        other = pair.other(kept)
        other.refresh_from_db(fields=["status"])
        said = {"kept": kept.headline, "other": other.headline, "status": other.get_status_display()}
        return _("“%(kept)s” is kept. The other, “%(other)s”, is %(status)s.") % said, messages.SUCCESS

    def message_user(self, request: HttpRequest, message: Any, *args: Any, **kwargs: Any) -> None:
        """What an answer did is said; that a form without fields was saved is not."""
        if not isinstance(message, SafeString):
            super().message_user(request, message, *args, **kwargs)

    @admin.action(description=gettext_lazy("Not the same"), permissions=["change"])
    def tell_apart(self, request: HttpRequest, queryset: QuerySet[StoryPair]) -> None:
        pairs = list(queryset.filter(state=State.SUGGESTED))
        for pair in pairs:
            tell_apart(pair, user=editor(request))
        said = ngettext("%d pair is not the same.", "%d pairs are not the same.", len(pairs))
        self.message_user(request, said % len(pairs), messages.SUCCESS if pairs else messages.INFO)


def seen_pairs(request: HttpRequest, pairs: QuerySet[StoryPair]) -> QuerySet[StoryPair]:
    """Without the pairs of which one article is hidden from whoever asks."""
    user = editor(request)
    pairs = visible(visible(pairs, user, article="first"), user, article="second")
    return pairs.select_related("first", "second")


def same_story_panel(request: HttpRequest, article: Article) -> Panel:
    """The articles that are probably this one; shown only where there are any."""
    pairs = seen_pairs(request, StoryPair.objects.of([article.pk]).exclude(state=State.DIFFERENT))

    def as_row(pair: StoryPair) -> Row:
        other = pair.other(article)
        facts = [_("%(share)s alike") % {"share": f"{pair.score:.0%}"}, other.get_status_display(), other.publisher]
        if pair.kept_id:
            facts.append(_("this one is kept") if pair.kept_id == article.pk else _("the other is kept"))
        return Row(
            label=other.headline,
            url=change_url(pair),
            state=pair.state,
            state_label=pair.get_state_display(),
            facts=[fact for fact in facts if fact],
        )

    return panel(request, "same-story", _("Probably the same as"), pairs, as_row, empty=_("No other article."))


def story_pair_row(pair: StoryPair) -> Row:
    """A pair that waits, for the dashboard."""
    return Row(label=str(pair), url=change_url(pair), facts=[_("%(share)s alike") % {"share": f"{pair.score:.0%}"}])


def _described(article: Article) -> str:
    published = date_format(localtime(article.published)) if article.published else ""
    came = _("came %(time)s") % {"time": short_time(article.created)}
    facts = [article.headline, article.get_status_display(), article.publisher, published, came]
    return " · ".join(filter(None, facts))
