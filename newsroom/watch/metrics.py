"""Figures for Prometheus: requests by view, and what waits in the newsroom. Nobody is told who may not ask."""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterator
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY, Collector

from articles.models import Article, ArticleImport, DuplicatePair, ErrorReport
from articles.site.limits import address_of

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
# Anything may be sent as a method; each that is counted by its name is a row for ever.
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

requests = Counter("newsroom_requests", "Requests answered.", ["method", "view", "status"])
seconds_taken = Histogram("newsroom_request_seconds", "Seconds until the answer.", ["view"], buckets=SECONDS)


def count_request(method: str, view: str, status: int, seconds: float) -> None:
    requests.labels(method if method in METHODS else "other", view, str(status)).inc()
    seconds_taken.labels(view).observe(seconds)


def metrics(request: HttpRequest) -> HttpResponse:
    """All figures, for who shows the token or asks from a listed network; to others the address is not there."""
    if not _may_ask(request):
        return HttpResponse("Not found\n", status=404, content_type="text/plain")
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(_OfThisProcess())
    registry.register(Newsroom())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"})


def _may_ask(request: HttpRequest) -> bool:
    token = settings.NEWSROOM_METRICS_TOKEN
    shown = request.headers.get("Authorization", "").encode()
    if token and hmac.compare_digest(shown, f"Bearer {token}".encode()):
        return True
    try:
        address = ip_address(address_of(request))
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return any(address in ip_network(each, strict=False) for each in settings.NEWSROOM_METRICS_NETWORKS)


class _OfThisProcess(Collector):
    def collect(self) -> Iterator[Metric]:
        yield from REGISTRY.collect()


class Newsroom(Collector):
    """What waits, counted when it is asked for."""

    def collect(self) -> Iterator[Metric]:
        try:
            yield from _of_the_records()
        except DatabaseError:
            up = 0
        else:
            up = 1
        yield GaugeMetricFamily("newsroom_database_up", "Whether the database answers.", value=up)


def _of_the_records() -> Iterator[Metric]:
    articles = GaugeMetricFamily("newsroom_articles", "Articles by status.", labels=["status"])
    for status in Article.Status:
        articles.add_metric([status.value], Article.objects.filter(status=status).count())
    yield articles
    overdue = Article.objects.filter(status=Article.Status.SCHEDULED, scheduled_for__lt=timezone.now()).count()
    yield GaugeMetricFamily("newsroom_overdue_articles", "Scheduled articles whose time is past.", value=overdue)
    failed = ArticleImport.objects.filter(status=ArticleImport.Status.FAILED).count()
    yield GaugeMetricFamily("newsroom_failed_imports", "Imports that failed.", value=failed)
    reports = ErrorReport.objects.filter(state=ErrorReport.State.OPEN).count()
    yield GaugeMetricFamily("newsroom_open_reports", "Readers’ reports that nobody has answered.", value=reports)
    pairs = DuplicatePair.objects.queue().count()
    yield GaugeMetricFamily("newsroom_likely_duplicates", "Pairs of records that may be one.", value=pairs)


def check_networks(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """A network that is mistyped would shut out who should see the figures, or let in who should not."""
    wrong = []
    for each in settings.NEWSROOM_METRICS_NETWORKS:
        try:
            ip_network(each, strict=False)
        except ValueError:
            message = f"NEWSROOM_METRICS_NETWORKS: “{each}” is no network"
            wrong.append(Error(message, hint="Write it as 10.0.0.0/8 or 192.0.2.7.", id="newsroom.E050"))
    return list(wrong)
