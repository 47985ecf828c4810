"""What articles are filed by: tags, sections, and those who made them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router

from articles.exporting.addresses import Addresses
from articles.models import Author, Section, Tag
from articles.site.api import schemas
from articles.site.api.paging import Number, Paging, page_of
from articles.site.api.problems import FOUND, LISTED, MAY_MOVE, HasMoved

tags, sections, authors = Router(tags=["tags"]), Router(tags=["sections"]), Router(tags=["authors"])


@tags.get("", response={200: schemas.Listed[schemas.TagSummary], **LISTED})
def tag_list(request: HttpRequest, asked: Query[Paging]) -> Any:
    """Tags of published articles, in the order in which they came into the archive."""
    return page_of(request, Tag.objects.public().order_by("pk"), asked, tag_summary)


@tags.get("/{number}", response={200: schemas.Tag, **MAY_MOVE})
def tag(request: HttpRequest, number: Path[Number]) -> Any:
    """One tag and its other names."""
    at = Addresses.of(request)
    found = Tag.objects.public().filter(pk=number).first()
    if found:
        names = [each.name for each in found.other_names.all()]
        return schemas.Tag(**dict(tag_summary(found, at)), other_names=names)
    merged = Tag.objects.filter(pk=number).values("merged_into")
    if lead := Tag.objects.public().filter(pk__in=merged).first():
        raise HasMoved(at.record("tags", lead.pk))
    raise Http404


@sections.get("", response={200: schemas.Listed[schemas.Section], **LISTED})
def section_list(request: HttpRequest, asked: Query[Paging]) -> Any:
    """Sections that have published articles."""
    return page_of(request, Section.objects.public().order_by("pk"), asked, section_of)


@sections.get("/{number}", response={200: schemas.Section, **FOUND})
def section(request: HttpRequest, number: Path[Number]) -> Any:
    """One section."""
    found = Section.objects.public().filter(pk=number).first()
    if not found:
        raise Http404
    return section_of(found, Addresses.of(request))


@authors.get("", response={200: schemas.Listed[schemas.Author], **LISTED})
def author_list(request: HttpRequest, asked: Query[Paging]) -> Any:
    """Those whose names stand on published articles."""
    return page_of(request, Author.objects.public().for_list().order_by("pk"), asked, author_of)


@authors.get("/{number}", response={200: schemas.Author, **FOUND})
def author(request: HttpRequest, number: Path[Number]) -> Any:
    """One author."""
    found = Author.objects.public().for_list().filter(pk=number).first()
    if not found:
        raise Http404
    return author_of(found, Addresses.of(request))


def tag_summary(tag: Any, at: Addresses) -> schemas.TagSummary:
    return schemas.TagSummary(
        id=tag.pk,
        name=tag.name,
        slug=tag.slug,
        description=tag.description,
        articles=tag.article_count,
        url=at.page(tag),
        api=at.record("tags", tag.pk),
    )


def section_of(section: Section, at: Addresses) -> schemas.Section:
    return schemas.Section(
        id=section.pk,
        name=section.name,
        slug=section.slug,
        description=section.description,
        url=at.page(section),
        api=at.record("sections", section.pk),
    )


def author_of(author: Any, at: Addresses) -> schemas.Author:
    return schemas.Author(
        id=author.pk,
        name=author.name,
        about=author.bio,
        articles=author.articles,
        url=at.page(author),
        api=at.record("authors", author.pk),
    )
