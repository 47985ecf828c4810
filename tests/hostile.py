"""An archive in which every word that came from outside tries to run a program in a reader's browser.

`make_archive()` imports one story a line of `PAYLOADS` and makes a record of every kind with the same words.
"""

from __future__ import annotations

import json
from datetime import timedelta
from html import escape
from typing import Any

from django.contrib.auth.models import User

from articles.editing.decide import decide
from articles.importing.options import ImportOptions
from articles.importing.service import import_document
from articles.models import (
    Alias,
    Article,
    ArticlePicture,
    Author,
    Correction,
    DuplicatePair,
    ErrorReport,
    FrontPagePlace,
    Section,
    Series,
    State,
)
from articles.searching.index import rebuild
from tests.dangers import LINKS, PAYLOADS
from tests.factories import (
    RELEASED,
    counted_together,
    make_appearance,
    make_byline,
    make_location,
    make_organisation,
    make_person,
    make_picture,
    make_proposed_tag,
    make_quote,
    make_role,
    place_picture,
)


def story_of(payload: str) -> dict[str, Any]:
    """A story as a program sends it, hostile in all its fields; its body has the payload as mark-up and as words."""
    words, links = escape(payload), "".join(f"<a href='{escape(link)}'>there</a> " for link in LINKS)
    body = (
        f"<p>“It rains {words} here,” said Mira {words}, pilot {words} of Quay {words} in Cobh {words}.</p>"
        f"<div onclick=ran=1 style='background:url(javascript:ran=1)'>{payload}</div><p>{links}</p>"
        f"<table><tr><td title='{words}'>{payload}</table><pre>{payload}</pre>"
        f"<figure><figcaption>{payload}</figcaption></figure>"
    )
    return {
        "story": 1,
        "headline": f"Ferry {payload}",
        "standfirst": f"Rain {payload}",
        "body": body,
        "language": "en",
        "byline": [f"Ife {payload}"],
        "dateline": {"place": f"CORK {payload}", "agency": f"Wire {payload}"},
        "publisher": f"Courier {payload}",
        "copyright": f"© {payload}",
        "end_notes": [f"Ends {payload}"],
        "keywords": [f"Tag {payload}"],
        "corrections": [f"Mended {payload}"],
    }


def make_archive() -> User:
    """Import the stories, publish all but the last, and give each a row of every kind; the editor who did it."""
    editor = User.objects.create_superuser("root", password="password")
    lines = "\n".join(json.dumps(story_of(payload)) for payload in PAYLOADS)
    reports = import_document(lines.encode(), source="wire.jsonl", options=ImportOptions(), user=editor)
    assert [report["status"] for report in reports] == ["created"] * len(PAYLOADS), reports
    with counted_together():
        for number, (payload, article) in enumerate(zip(PAYLOADS, Article.objects.order_by("pk"), strict=True)):
            surround(article, payload, number, editor)
    rebuild()
    return editor


def surround(article: Article, payload: str, number: int, editor: User) -> None:
    section = Section.objects.create(name=f"Ports {payload}", slug=f"ports-{number}")
    series = Series.objects.create(name=f"Crossing {payload}", slug=f"crossing-{number}", description=payload)
    article.appearances.all().delete()
    article.quotes.all().delete()
    fields = {"section": section, "series": series, "part": 1, "standfirst": f"Rain {payload}"}
    if number < len(PAYLOADS) - 1:
        fields |= {"status": "published", "released": RELEASED - timedelta(hours=number)}
    for name, value in fields.items():
        setattr(article, name, value)
    article.save()
    article.tags.set([f"Tag {payload}"])
    person = make_person(f"Mira {payload}")
    for make, name in ((make_organisation, "Quay"), (make_location, "Cobh")):
        record = make(f"{name} {payload}", description=f"A note {payload}")
        make_appearance(article, record, name)
    Alias.objects.create(entity=person, name=f"Mimi {payload}")
    make_appearance(article, person, "Mira", role=f"pilot {payload}")
    quote = make_quote(article, article.text.partition("\n")[0], speaker=person, source=f"a pilot {payload}")
    quote.tags.set([f"Tag {payload}"])
    make_role(article, person, f"pilot {payload}", evidence=f"beside “{payload}”")
    make_proposed_tag(article, f"Topic {payload}", evidence=f"“{payload}” in the text")
    decide([make_quote(article, "It rains", state=State.SUGGESTED)], state=State.REJECTED, user=editor)
    author = Author.objects.create(name=f"Ana {payload}", slug=f"ana-{number}", bio=payload)
    make_byline(article, author)
    picture = make_picture(alt=f"A quay {payload}", caption=payload, credit=payload, licence=payload, title=payload)
    ArticlePicture.objects.filter(article=article).delete()
    place_picture(article, picture, caption=payload)
    Correction.objects.create(article=article, kind="correction", note=f"It did not {payload}", user=editor)
    reported = {"passage": payload, "name": "A reader", "email": "reader@example.org"}
    ErrorReport.objects.create(article=article, message=f"Wrong {payload}", **reported)
    article.desk_notes.create(text=f"Ask {payload}", user=editor)
    FrontPagePlace.objects.create(article=article, position=number + 1)
    twin = make_person(f"Mira {payload[:60]}")
    DuplicatePair.objects.create(first=person, second=twin, score=0.9, evidence=[{"for": True, "words": payload}])
