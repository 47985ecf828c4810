"""An article as Markdown: what is known of it as front matter (YAML), then its text.

The importer reads it again as the same story. Names, quotations and corrections stand in the front matter, so that the
text is that of the article and nothing else.
"""

from __future__ import annotations

import json

from articles.exporting.addresses import Addresses
from articles.exporting.facts import bears, local, shown_names
from articles.models import Article, Byline, Quote
from articles.text.markdown import as_markdown

# What the importer reads behind a name, where its bearer did something else than reporting.
SHARES = {
    Byline.Role.ADDITIONAL: "Additional reporting by",
    Byline.Role.PHOTOGRAPHS: "Photographs by",
    Byline.Role.EDITING: "Editing by",
    Byline.Role.TRANSLATION: "Translation by",
}

Value = str | list[str] | list[dict[str, str]]


def as_document(article: Article, at: Addresses) -> str:
    """`article` comes from `for_detail()`."""
    said: dict[str, Value] = {
        "title": article.headline,
        "description": article.standfirst,
        "author": [f"{SHARES.get(Byline.Role(each.role), '')} {each.name}".strip() for each in article.bylines.all()],
        "dateline": dateline(article),
        "date": bears(article).isoformat(),
        "language": article.language,
        "source": article.publisher,
        "url": article.address or at.page(article),
        "tags": [tag.name for tag in article.tags.all()],
        "section": article.section.name if article.section else "",
        "series": article.series.name if article.series else "",
        "page": at.page(article),
        "record": at.record("articles", article.pk),
        "names": [
            known(
                name=each.name or each.entity.name,
                kind=each.entity.kind,
                role=each.role,
                record=at.permanent(each.entity),
            )
            for each in shown_names(article)
        ],
        "quotations": [quotation(each, at) for each in article.shown_quotes],
        "corrections": [
            known(kind=each.kind, date=local(each.made).date().isoformat(), note=each.note)
            for each in article.corrections.all()
        ],
        "notes": [str(note) for note in article.end_notes],
    }
    matter = "".join(lines(name, value) for name, value in said.items() if value)
    return f"---\n{matter}---\n\n{as_markdown(article.body)}\n"


def dateline(article: Article) -> str:
    agency = f" ({article.dateline_agency})" if article.dateline_agency else ""
    return f"{article.dateline_place}{agency}" if article.dateline_place else ""


def quotation(quote: Quote, at: Addresses) -> dict[str, str]:
    return known(
        text=quote.text,
        form=quote.form,
        speaker=quote.speaker.name if quote.speaker else quote.source,
        record=at.record("quotations", quote.pk),
    )


def known(**fields: str) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value}


def lines(name: str, value: Value) -> str:
    if isinstance(value, str):
        return f"{name}: {quoted(value)}\n"
    return f"{name}:\n" + "".join(item(each) for each in value)


def item(value: str | dict[str, str]) -> str:
    if isinstance(value, str):
        return f"- {quoted(value)}\n"
    return "- " + "  ".join(f"{name}: {quoted(each)}\n" for name, each in value.items())


def quoted(text: str) -> str:
    """A string of JSON is one of YAML."""
    return json.dumps(text, ensure_ascii=False)
