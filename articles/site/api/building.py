"""From records to the parts that several answers share."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from articles.exporting.addresses import Addresses
from articles.exporting.facts import published
from articles.models import Article, ArticlePicture, Author, Byline, Correction, Entity, Quote, Section, Tag
from articles.site.api import schemas


def article_ref(article: Article, at: Addresses) -> schemas.ArticleRef:
    return schemas.ArticleRef(
        id=article.pk,
        headline=article.headline,
        published=published(article),
        url=at.page(article),
        api=at.record("articles", article.pk),
    )


def entity_ref(entity: Entity, at: Addresses) -> schemas.EntityRef:
    is_public = entity.is_public
    return schemas.EntityRef(
        id=entity.pk,
        kind=entity.kind,
        name=entity.name,
        url=at.page(entity) if is_public else None,
        api=at.entity(entity) if is_public else None,
    )


def tag_ref(tag: Tag, at: Addresses) -> schemas.TagRef:
    return schemas.TagRef(id=tag.pk, name=tag.name, slug=tag.slug, url=at.page(tag), api=at.record("tags", tag.pk))


def author_ref(author: Author, at: Addresses) -> schemas.Named:
    return schemas.Named(id=author.pk, name=author.name, url=at.page(author), api=at.record("authors", author.pk))


def section_ref(section: Section, at: Addresses) -> schemas.Named:
    return schemas.Named(id=section.pk, name=section.name, url=at.page(section), api=at.record("sections", section.pk))


def picture(shown: ArticlePicture, at: Addresses) -> schemas.Picture:
    """The largest file of a picture."""
    largest = shown.picture.renditions()[-1]
    return schemas.Picture(
        url=urljoin(at.site, shown.picture.url(largest)),
        width=largest.width,
        height=largest.height,
        alt=shown.picture.alt,
        caption=shown.shown_caption,
        credit=shown.picture.credit,
        licence=shown.picture.licence,
    )


def summary(article: Article, pictures: list[ArticlePicture], at: Addresses) -> dict[str, Any]:
    """What a list and the whole article say alike."""
    return {
        **dict(article_ref(article, at)),
        "standfirst": article.standfirst,
        "byline": [each.name for each in article.bylines.all() if each.role == Byline.Role.REPORTING],
        "language": article.language,
        "released": article.released,
        "modified": article.modified,
        "source": article.publisher,
        "section": section_ref(article.section, at) if article.section else None,
        "tags": [tag_ref(tag, at) for tag in article.tags.all()],
        "picture": picture(pictures[0], at) if pictures else None,
    }


def spoken(quote: Quote, role: str | None, at: Addresses) -> schemas.Spoken:
    """What every list of quotations says of one; `role` is what its article calls the speaker."""
    said = ("text", "form", "source", "cue", "addressee", "occasion", "spans")
    return schemas.Spoken(
        id=quote.pk,
        **{name: getattr(quote, name) for name in said},
        speaker=entity_ref(quote.speaker, at) if quote.speaker else None,
        speaker_role=role or "",
        url=at.page(quote),
        api=at.record("quotations", quote.pk),
    )


def correction_note(correction: Correction, article: Article, at: Addresses) -> schemas.CorrectionNote:
    return schemas.CorrectionNote(
        id=correction.pk,
        kind=correction.kind,
        note=correction.note,
        made=correction.made,
        url=f"{at.page(article)}#correction-{correction.pk}",
        api=at.record("corrections", correction.pk),
    )
