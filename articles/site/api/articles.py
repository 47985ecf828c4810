from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Path, Query, Router

from articles.exporting.addresses import Addresses
from articles.models import Appearance, Article, Author, Byline, Entity, Tag
from articles.models.article_queries import ArticleQuerySet
from articles.site.api import schemas
from articles.site.api.building import author_ref, correction_note, entity_ref, picture, spoken, summary
from articles.site.api.paging import Number, Period, Slug, Words, page_of
from articles.site.api.problems import LISTED, MAY_GO, IsWithdrawn

router = Router(tags=["articles"])


class ArticleFilters(Period):
    tag: Slug | None = Field(None, description="The last part of the tag’s address.")
    person: Number | None = Field(None, description="A person whom it shows.")
    organisation: Number | None = Field(None, description="An organisation that it shows.")
    location: Number | None = Field(None, description="A place that it shows.")
    author: Number | None = Field(None, description="Somebody on its byline.")
    section: Slug | None = Field(None, description="The last part of the section’s address.")
    language: Words | None = Field(None, description="As in “en” or “pt-br”.")


@router.get("", response={200: schemas.Listed[schemas.ArticleSummary], **LISTED})
def articles(request: HttpRequest, asked: Query[ArticleFilters]) -> Any:
    """Published articles, the latest first; those that fit everything asked for."""
    rows = wanted(Article.objects.published().latest_first().for_api(), asked)
    return page_of(request, rows, asked, article_summary)


@router.get("/{number}", response={200: schemas.Article, **MAY_GO})
def article(request: HttpRequest, number: Path[Number]) -> Any:
    """One article with its text, and all that it shows."""
    return whole_article(published_or_gone(number), Addresses.of(request))


def published_or_gone(number: int) -> Article:
    """The article of this number, as `for_detail()` brings it.

    Raises:
        IsWithdrawn: readers saw it once.
        Http404: readers see no such article.
    """
    found = Article.objects.published().for_detail().filter(pk=number).first()
    if found:
        return found
    withdrawn = Article.objects.withdrawn().filter(pk=number).first()
    if withdrawn:
        raise IsWithdrawn(withdrawn)
    raise Http404


def wanted(rows: ArticleQuerySet, asked: ArticleFilters) -> ArticleQuerySet:
    if asked.tag:
        tag = Tag.objects.at(asked.tag)
        rows = rows.under(tag) if tag else rows.none()
    for entity in entities_of(asked):
        rows = rows.showing(entity) if entity else rows.none()
    if asked.author:
        rows = rows.by(Author(pk=asked.author))
    if asked.section:
        rows = rows.filter(section__slug=asked.section)
    if asked.language:
        rows = rows.filter(language=asked.language)
    return rows.between(asked.start, asked.end)


def entities_of(asked: ArticleFilters) -> list[Entity | None]:
    """The records that the numbers mean, or that those were merged into; None for one that is not there."""
    numbers = {kind: getattr(asked, kind) for kind in Entity.Kind.values if getattr(asked, kind)}
    if not numbers:
        return []
    known = Entity.objects.filter(pk__in=numbers.values()).select_related("merged_into")
    found = {(each.kind, each.pk): each.merged_into or each for each in known}
    return [found.get(pair) for pair in numbers.items()]


def article_summary(article: Article, at: Addresses) -> schemas.ArticleSummary:
    return schemas.ArticleSummary(**summary(article, article.lead_pictures, at))


def whole_article(article: Article, at: Addresses) -> schemas.Article:
    """All of an article from `for_detail()`."""
    pictures = list(article.pictures.all())
    roles = {each.entity_id: each.role for each in article.shown_appearances}
    return schemas.Article(
        **summary(article, pictures, at),
        dateline=article.dateline_place,
        agency=article.dateline_agency,
        body=article.body,
        text=article.text,
        end_notes=article.end_notes,
        first_published_at=article.address,
        series=article.series.name if article.series else "",
        part=article.part,
        makers=[maker(each, at) for each in article.bylines.all()],
        pictures=[picture(each, at) for each in pictures],
        mentions=[mention(each, at) for each in article.shown_appearances],
        quotations=[spoken(each, roles.get(each.speaker_id), at) for each in article.shown_quotes],
        corrections=[correction_note(each, article, at) for each in article.corrections.all()],
    )


def maker(byline: Byline, at: Addresses) -> schemas.BylineName:
    return schemas.BylineName(
        name=byline.name, role=byline.role, author=author_ref(byline.author, at) if byline.author else None
    )


def mention(appearance: Appearance, at: Addresses) -> schemas.Mention:
    return schemas.Mention(
        entity=entity_ref(appearance.entity, at),
        name=appearance.name or appearance.entity.name,
        role=appearance.role,
        spans=appearance.spans,
    )
