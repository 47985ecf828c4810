"""The readers' addresses."""

from __future__ import annotations

from django.urls import path, re_path, register_converter
from django.urls.converters import IntConverter, StringConverter
from django.views.generic import RedirectView

from articles.models.feeds import FORMATS
from articles.site.api import service
from articles.site.views import (
    about,
    archive,
    articles,
    authors,
    corrections,
    documentation,
    entities,
    feeds,
    filing,
    home,
    media,
    names,
    pairs,
    previews,
    quotes,
    reconcile,
    reports,
    said,
    search,
    sharing,
    sitemaps,
    tags,
)


class UnicodeSlugConverter(StringConverter):
    regex = r"[-\w]+"


class YearConverter(IntConverter):
    regex = "[0-9]{4}"

    def to_url(self, value: int | str) -> str:
        return f"{value:04}"


class TwoDigitsConverter(IntConverter):
    """A month or a day of the month."""

    regex = "[0-9]{2}"

    def to_url(self, value: int | str) -> str:
        return f"{value:02}"


class FeedConverter(StringConverter):
    regex = "|".join(FORMATS)


class PortionConverter(StringConverter):
    regex = r"pages|topics|(?:stories|records)-(?:0|[1-9]\d{0,14})"


register_converter(PortionConverter, "portion")
register_converter(YearConverter, "year")
register_converter(TwoDigitsConverter, "two")
register_converter(FeedConverter, "feed")


class TableConverter(StringConverter):
    regex = "csv|json"


register_converter(UnicodeSlugConverter, "words")
register_converter(TableConverter, "table")

KINDS = {"people": "person", "organisations": "organisation", "places": "location", "tags": "tag"}

urlpatterns = [
    path("", home.home, name="home"),
    path("articles/", articles.article_list, name="articles"),
    path("articles/<words:slug>/", articles.article, name="article"),
    path("articles/<words:slug>/report/", reports.report, name="report"),
    path("articles/<words:slug>/report/sent/", reports.report_sent, name="report-sent"),
    path("about-the-data/", about.about_the_data, name="about-the-data"),
    path("archive/", archive.archive, name="archive"),
    path("archive/<year:year>/", archive.year, name="archive-year"),
    path("archive/<year:year>/<two:month>/", archive.month, name="archive-month"),
    path("archive/<year:year>/<two:month>/<two:day>/", archive.day, name="archive-day"),
    path("preview/<str:secret>/", previews.preview_by_link, name="preview"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/feed/", RedirectView.as_view(url="/corrections/feed.atom", permanent=True)),
    path("corrections/<year:year>/", corrections.corrections, name="corrections-year"),
    path("sections/<words:slug>/", filing.section, name="section"),
    path("series/<words:slug>/", filing.series, name="series"),
    path("authors/", authors.author_list, name="authors"),
    path("authors/<words:slug>/", authors.author, name="author"),
    path("people/", names.by_name, {"kind": "person"}, name="people"),
    path("people/a-z/<words:letter>/", names.by_name, {"kind": "person"}, name="people-letter"),
    path("people/by/articles/", names.most_covered, {"kind": "person"}, name="people-covered"),
    path("people/<words:slug>/", entities.person, name="person"),
    path("people/<words:one>/with/<words:other>/", pairs.pair, name="pair"),
    path("organisations/", names.by_name, {"kind": "organisation"}, name="organisations"),
    path("organisations/a-z/<words:letter>/", names.by_name, {"kind": "organisation"}, name="organisations-letter"),
    path("organisations/by/articles/", names.most_covered, {"kind": "organisation"}, name="organisations-covered"),
    path("organisations/<words:slug>/", entities.organisation, name="organisation"),
    path("places/", names.by_name, {"kind": "location"}, name="locations"),
    path("places/a-z/<words:letter>/", names.by_name, {"kind": "location"}, name="locations-letter"),
    path("places/by/articles/", names.most_covered, {"kind": "location"}, name="locations-covered"),
    path("places/<words:slug>/", entities.location, name="location"),
    path("quotes/", quotes.quotations, name="quotations"),
    path("quotes/<int:pk>/", quotes.quotation, name="quotation"),
    path("tags/", tags.tag_list, name="tags"),
    path("tags/<words:slug>/", tags.tag, name="tag"),
    path("search/", search.search, name="search"),
    path("records/<int:pk>/", reconcile.record, name="record"),
    re_path(r"^media/pictures/(?P<folder>[0-9a-f]{32})/(?P<name>[-\w]+\.(?:webp|jpg))$", media.picture_file),
    path("api/", documentation.documentation, name="api-documentation"),
    path("api/v1/", service.urls()),
    path("reconcile", reconcile.service, name="reconcile"),
    path("reconcile/suggest/entity", reconcile.suggest_entity, name="reconcile-suggest"),
    path("feed.<feed:form>", feeds.latest, name="feed"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("news-sitemap.xml", sitemaps.news, name="news-sitemap"),
    path("sitemaps/<portion:name>.xml", sitemaps.part, name="sitemap-part"),
    path("robots.txt", sitemaps.robots),
    path("articles/<words:slug>/card.png", sharing.article_card, name="article-card"),
    path("quotes/<int:pk>/card.png", sharing.quotation_card, name="quotation-card"),
    path("oembed", sharing.oembed, name="oembed"),
    path("quotes/feed.<feed:form>", feeds.latest_quotes, name="quotations-feed"),
    path("corrections/feed.<feed:form>", feeds.latest_corrections, name="corrections-feed"),
]
for kind in feeds.RECORDS:
    urlpatterns += [path(f"{kind}/<words:slug>/feed.<feed:form>", feeds.of_record, {"kind": kind})]
for kind in feeds.SPEAKERS:
    urlpatterns += [path(f"{kind}/<words:slug>/quotes/feed.<feed:form>", feeds.quotes_of_record, {"kind": kind})]
for folder, kind in KINDS.items():
    urlpatterns += [
        path(f"{folder}/<words:slug>/who-said-what/", said.said, {"kind": kind}, name=f"{kind}-said"),
        path(f"{folder}/<words:slug>/who-said-what.<table:form>", said.download, {"kind": kind}, name=f"{kind}-table"),
    ]
