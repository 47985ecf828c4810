"""The desk at a glance: what waits for whoever signs in, each queue with what came first, and where all of it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from articles.admin.base import change_url, editor, list_url
from articles.admin.feeds import failing_row, failing_url
from articles.admin.filters import undecided_articles
from articles.admin.panels import Panel, Row
from articles.admin.story_pairs import seen_pairs, story_pair_row
from articles.editing.times import newsroom_time
from articles.models import Article, ArticleImport, Decision, DuplicatePair, ErrorReport, Feed, StoryPair
from articles.models.access import visible, visible_pairs

SHOWN = 5
# More than these are said to be “more than”: nobody plans a day by whether 3,204 or 3,205 wait.
MOST_COUNTED = 1_000
# A failed import of last month was either done again or given up.
RECENT = timedelta(days=14)

Status = Article.Status


def dashboard(request: HttpRequest, articles: QuerySet[Article]) -> list[Panel]:
    """The queues of somebody who may see `articles`, those with something in them first."""
    panels = [*_article_queues(request, articles), *_other_queues(request, articles)]
    return sorted(panels, key=lambda panel: not panel.rows)


def _article_queues(request: HttpRequest, articles: QuerySet[Article]) -> Iterator[Panel]:
    if not request.user.has_perm("articles.view_article"):
        return
    articles = articles.select_related("assignee").defer("body", "text", "end_notes")
    open_ones = articles.exclude(status__in=[Status.PUBLISHED, Status.WITHDRAWN])
    mine = open_ones.filter(assignee=editor(request)).order_by(F("due").asc(nulls_last=True), "pk")
    yield _queue("mine", _("Mine"), mine, article_row, _("Nothing is assigned to you."), "assigned=me")
    review = undecided_articles(articles)
    nothing = _("Every name, quotation and tag is decided about.")
    yield _queue("review", _("To review"), review, review_row, nothing, "undecided=yes")
    queues = {
        Status.IN_REVIEW: (_("In review"), _("Nothing waits to be read."), ("modified", "pk")),
        Status.READY: (_("Ready"), _("Nothing waits to be published."), ("modified", "pk")),
        Status.SCHEDULED: (_("Scheduled"), _("Nothing is scheduled."), ("scheduled_for", "pk")),
    }
    for status, (title, empty, order) in queues.items():
        waiting = articles.filter(status=status).order_by(*order)
        yield _queue(status.value, title, waiting, article_row, empty, f"status__exact={status}")


def _other_queues(request: HttpRequest, articles: QuerySet[Article]) -> Iterator[Panel]:
    may = request.user.has_perm
    if may("articles.view_errorreport"):
        reports = ErrorReport.objects.open().filter(article__in=articles.order_by().values("pk"))
        reports = reports.select_related("article").order_by("made", "pk")
        query, empty = "state__exact=open", _("No reader has reported an error.")
        yield _queue("reports", _("Readers’ reports"), reports, report_row, empty, query, ErrorReport)
    if may("articles.view_duplicatepair"):
        pairs = visible_pairs(DuplicatePair.objects.queue(), request.user).select_related("first", "second")
        url = reverse("admin:duplicates")
        yield _panel("duplicates", _("Likely duplicates"), pairs, pair_row, _("No pair waits."), url)
    if may("articles.view_storypair"):
        twice = seen_pairs(request, StoryPair.objects.waiting())
        query, empty = "state__exact=suggested", _("No story is told twice.")
        yield _queue("stories", _("Stories told twice"), twice, story_pair_row, empty, query, StoryPair)
    if may("articles.view_articleimport"):
        failed = (
            visible(ArticleImport.objects.all(), request.user)
            .filter(status=ArticleImport.Status.FAILED, made__gte=timezone.now() - RECENT)
            .order_by("-made", "-pk")
        )
        query, empty = "status__exact=failed", _("No import failed in the last two weeks.")
        yield _queue("imports", _("Failed imports"), failed, import_row, empty, query, ArticleImport)
    if may("articles.view_feed"):
        broken = Feed.objects.failing()
        yield _panel("feeds", _("Feeds that fail"), broken, failing_row, _("Every feed answers."), failing_url())
    decided = visible(Decision.objects.filter(user=editor(request)).exclude(label=""), request.user)
    if not may("articles.view_decision"):
        decided = decided.exclude(article=None)  # what leads to the log alone
    decided = decided.select_related("article").order_by("-pk")
    decided = decided.defer("before", "after", "article__body", "article__text")
    url = list_url(Decision) if may("articles.view_decision") else ""
    yield _panel("decisions", _("My last decisions"), decided, decision_row, _("You have decided nothing yet."), url)


def _queue(
    key: str,
    title: str,
    rows: QuerySet[Any],
    as_row: Callable[[Any], Row],
    empty: str,
    query: str,
    model: type[Any] = Article,
) -> Panel:
    return _panel(key, title, rows, as_row, empty, list_url(model, query))


def _panel(key: str, title: str, rows: QuerySet[Any], as_row: Callable[[Any], Row], empty: str, url: str) -> Panel:
    shown = [as_row(row) for row in rows[:SHOWN]]
    total = len(shown) if len(shown) < SHOWN else rows.order_by().values("pk")[: MOST_COUNTED + 1].count()
    said = f"{MOST_COUNTED:,}+" if total > MOST_COUNTED else total
    return Panel(key, title, said, shown, 1, 1, "", "", url, empty)


# Rows.


def article_row(article: Article) -> Row:
    facts = [
        str(article.assignee.get_full_name() or article.assignee) if article.assignee else "",
        _("due %(time)s") % {"time": newsroom_time(article.due)} if article.due else "",
        _("goes out %(time)s") % {"time": newsroom_time(article.scheduled_for)} if article.scheduled_for else "",
        _("embargoed until %(time)s") % {"time": newsroom_time(article.embargo)}
        if article.embargo and article.is_embargoed
        else "",
    ]
    return Row(
        label=article.headline,
        url=change_url(article),
        state=article.status,
        state_label=article.get_status_display(),
        facts=[fact for fact in facts if fact],
    )


def review_row(article: Article) -> Row:
    return Row(
        label=article.headline,
        url=reverse("admin:articles_article_review", args=[article.pk]),
        state=article.status,
        state_label=article.get_status_display(),
        facts=[_("came %(day)s") % {"day": date_format(timezone.localtime(article.created))}],
    )


def report_row(report: ErrorReport) -> Row:
    facts = [report.article.headline, newsroom_time(report.made)]
    return Row(label=Truncator(report.message).chars(100), url=change_url(report), facts=facts)


def pair_row(pair: DuplicatePair) -> Row:
    url = f"{reverse('admin:duplicates')}?pair={pair.pk}"
    return Row(label=str(pair), url=url, facts=[_("%(share)s alike") % {"share": f"{pair.score:.0%}"}])


def import_row(entry: ArticleImport) -> Row:
    return Row(label=entry.source, url=change_url(entry), facts=[Truncator(entry.error).chars(140)])


def decision_row(decision: Decision) -> Row:
    article = decision.article
    url = reverse("admin:articles_article_review", args=[article.pk]) if article else change_url(decision)
    when = date_format(timezone.localtime(decision.made), "j M, H:i")
    facts = [decision.action, when, Truncator(article.headline).chars(50) if article else ""]
    return Row(label=Truncator(decision.label).chars(80), url=url, facts=[fact for fact in facts if fact])
