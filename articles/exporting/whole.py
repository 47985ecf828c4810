"""An article with all that the newsroom knows of it as one line: what another newsroom, or this one, reads again.

The words of the story stand in the line as any reader of JSON lines finds them, the rest under `kept`.
"""

from __future__ import annotations

from articles.documents.formats import story_lines
from articles.documents.story import Credit, Dateline, Status, Story
from articles.editing.whole import Whole
from articles.exporting.facts import published
from articles.models import Article, Byline


def whole_line(article: Article, whole: Whole) -> str:
    return story_lines.write(story_of(article, whole)) + "\n"


def story_of(article: Article, whole: Whole) -> Story:
    place, bylines = article.dateline_place, list(article.bylines.order_by("position", "pk"))
    return Story(
        headline=article.headline,
        body=article.body,
        standfirst=article.standfirst,
        byline=tuple(each.name for each in bylines if each.role == Byline.Role.REPORTING),
        credits=tuple(Credit(each.name, each.role) for each in bylines if each.role != Byline.Role.REPORTING),
        dateline=Dateline(place, article.dateline_agency) if place else None,
        published=published(article),
        language=article.language,
        address=article.address,
        publisher=article.publisher,
        keywords=tuple(article.tags.order_by("pk").values_list("name", flat=True)),
        end_notes=tuple(article.end_notes),
        identifier=article.source_identifier,
        version=article.source_version,
        modified=article.modified,
        section=article.section.name if article.section else "",
        urgency=article.urgency or 0,
        copyright=article.copyright,
        instructions=article.instructions,
        embargo=article.embargo,
        status=Status(article.source_status),
        corrections=tuple(article.corrections.order_by("pk").values_list("note", flat=True)),
        kept=whole.article(article),
    )
