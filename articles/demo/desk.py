"""What an editor decides about the demo archive, carried out as the admin would: `desk.json` says it, story by story.

It says no more than an editor has to: what a machine read well is accepted. A line that no longer fits, because the
extraction has learnt better, does nothing.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from articles.editing.correct import printed, record_correction
from articles.editing.decide import accept_suggested, decide
from articles.editing.desk import add_note, assign
from articles.editing.filing import next_part, pick_related
from articles.editing.front_page import put
from articles.editing.moves import move
from articles.editing.pictures import add_picture, read_upload, set_pictures
from articles.editing.publish import publish
from articles.editing.records import log_edit, values_of
from articles.editing.review.batches import NEW, Item, Place, carry_out
from articles.editing.review.places import places_of
from articles.editing.review.rows import Sheet, name_of, read_sheet
from articles.editing.revise import save_edit
from articles.editing.tags import merge_tags
from articles.editing.touching import touch_record
from articles.editing.withdraw import withdraw
from articles.importing.tagging import tag_article
from articles.models import (
    Appearance,
    Article,
    ArticleImport,
    Entity,
    ErrorReport,
    Quote,
    Section,
    Series,
    State,
    Tag,
)
from articles.models.slugs import name_key
from articles.text.spans import Span

FOLDER = Path(__file__).resolve().parent
STORIES = "demo/stories/"
PAPER = "The Lee Courier"
# Whose stories bear no name but that of the agency in their dateline.
AGENCIES = {"Meridian Wire": "Meridian Wire", "GLD": "Great Lakes Dispatch"}

Said = Mapping[str, Any]


def demo_articles() -> dict[str, Article]:
    """The articles that were imported from the demo stories, by the names of their files."""
    imports = ArticleImport.objects.filter(source__contains=STORIES).exclude(article=None).select_related("article")
    return {Path(each.source).name: each.article for each in imports.order_by("pk") if each.article}


@transaction.atomic
def prepare(articles: Mapping[str, Article], *, user: User) -> None:
    """Review, file and publish the stories that are still drafts, all but those that wait for a visitor to try it."""
    desk: dict[str, Any] = json.loads((FOLDER / "desk.json").read_text(encoding="utf-8"))
    waiting = [name for name in desk["waiting"] if name in articles]
    settled = {name: article for name, article in articles.items() if name not in waiting}
    fresh = {name: article for name, article in settled.items() if article.status == Article.Status.DRAFT}
    _tell_namesakes_apart(settled, user)
    for name, article in fresh.items():
        _review(article, desk["stories"].get(name, {}), user)
    accept_suggested(settled.values(), user=user)
    _file(fresh, desk, user)
    _describe(fresh, desk, user)
    _add_pictures(fresh, user)
    publish(fresh.values(), user=user)
    _after_publication(fresh, desk, user)
    for name in waiting:
        _leave_waiting(articles[name], desk["waiting"][name], user)


# Names and quotations.


def _tell_namesakes_apart(articles: Mapping[str, Article], user: User) -> None:
    """Accept that a name which several records could bear is that of the record it was given."""
    questions = Appearance.objects.undecided().filter(article__in=list(articles.values())).exclude(candidates=[])
    decide(list(questions), state=State.ACCEPTED, user=user)


def _review(article: Article, said: Said, user: User) -> None:
    if said.keys() <= {"section", "tags"}:
        return
    # Who was missed has a record once the first batch is done, and may be the speaker of a quotation in the second.
    for steps in ((_rejections, _kinds, _links, _speakers, _missed_names), (_missed_quotations,)):
        sheet = read_sheet(article)
        items = [item for step in steps for item in step(sheet, said)]
        if items:
            carry_out(article, items, user=user, batch=uuid.uuid4())


def _kinds(sheet: Sheet, said: Said) -> Iterator[Item]:
    for words, kind in said.get("kinds", {}).items():
        for name in sheet.appearances:
            if name.name == words and name.entity.kind != kind:
                yield Item(name_of(name), "kind", kind=kind)


def _rejections(sheet: Sheet, said: Said) -> Iterator[Item]:
    unwanted = set(said.get("not_names", ()))
    for name in sheet.appearances:
        if name.name in unwanted:
            yield Item(name_of(name), "reject")
    for words in said.get("not_said", ()):
        for quote in _quotes_with(sheet, words):
            yield Item(name_of(quote), "reject")


def _links(sheet: Sheet, said: Said) -> Iterator[Item]:
    for words, record in said.get("links", {}).items():
        meant = _record(sheet, record)
        for name in sheet.appearances:
            if name.name == words and meant:
                yield Item(name_of(name), "link", record=meant.pk)


def _speakers(sheet: Sheet, said: Said) -> Iterator[Item]:
    for words, speaker in said.get("speakers", {}).items():
        meant = _record(sheet, speaker)
        for quote in _quotes_with(sheet, words):
            if meant:
                yield Item(name_of(quote), "speaker", record=meant.pk)


def _missed_names(sheet: Sheet, said: Said) -> Iterator[Item]:
    """What the machine did not see, each with the record that it is of, or a new one where none is named."""
    for kind, words, record in said.get("names", ()):
        places = tuple(_place(sheet.article.text, span) for span in places_of(words, sheet))
        meant = _record(sheet, record) if record else None
        if places:
            yield Item(NEW, "add", kind=kind, record=meant.pk if meant else None, name=record or words, places=places)


def _missed_quotations(sheet: Sheet, said: Said) -> Iterator[Item]:
    for words, speaker in said.get("quotations", ()):
        meant, start = _record(sheet, speaker), sheet.article.text.find(words)
        is_known = any(quote.start == start for quote in sheet.quotes if quote.state != State.REJECTED)
        if meant and start >= 0 and not is_known:
            place = _place(sheet.article.text, Span(start, start + len(words)))
            yield Item(NEW, "add", kind="quotation", record=meant.pk, places=(place,))


def _quotes_with(sheet: Sheet, words: str) -> list[Quote]:
    return [quote for quote in sheet.quotes if words in quote.text]


def _record(sheet: Sheet, name: str) -> Entity | None:
    """Whom a name means: one of the article's own, else the record that most articles know by it."""
    key = name_key(name)
    own = [each.entity for each in sheet.appearances if name_key(each.entity.name) == key]
    known = Entity.objects.current().filter(aliases__key=key)
    return own[0] if own else known.annotate(known_in=Count("appearances")).order_by("-known_in", "pk").first()


def _place(text: str, span: Span) -> Place:
    return Place(span.start, span.end, span.of(text))


# Where they stand.


def _file(articles: Mapping[str, Article], desk: Said, user: User) -> None:
    sections = {name: _section(name, position, desk) for position, name in enumerate(desk["sections"], start=1)}
    series = {part: _series(title, said) for title, said in desk["series"].items() for part in said["parts"]}
    order = [part for said in desk["series"].values() for part in said["parts"]]
    for name in sorted(articles, key=lambda name: order.index(name) if name in order else len(order)):
        article, said = articles[name], desk["stories"].get(name, {})
        article.section = sections.get(said.get("section", ""))
        article.publisher = article.publisher or AGENCIES.get(article.dateline_agency, PAPER)
        if name in series:
            article.series, article.part = series[name], next_part(series[name])
        save_edit(article, changed={"section", "publisher", "series", "part"}, user=user)
        tag_article(article, said.get("tags", ()), user=user)


def _series(title: str, said: Said) -> Series:
    series, _new = Series.objects.get_or_create(name=title, defaults={"description": said["description"]})
    return series


def _section(name: str, position: int, desk: Said) -> Section:
    words = {"position": position, "description": desk["sections"][name]}
    section, is_new = Section.objects.get_or_create(name=name, defaults=words)
    if is_new:
        touch_record(section)
    return section


def _describe(articles: Mapping[str, Article], desk: Said, user: User) -> None:
    for name, others in desk["merged_tags"].items():
        survivor = Tag.objects.current().filter(key=name_key(name)).first()
        losers = list(Tag.objects.current().filter(key__in=map(name_key, others)))
        if survivor and losers:
            merge_tags(survivor, losers, user=user)
    for name, words in desk["tags"].items():
        for tag in Tag.objects.current().filter(key=name_key(name), description=""):
            tag.description = words
            tag.save(update_fields=["description"])
            touch_record(tag)
    for said in desk["namesakes"]:
        if said["story"] in articles:
            for name in articles[said["story"]].appearances.filter(name=said["name"]).select_related("entity__person"):
                _describe_record(name.entity, said["description"], user)


def _describe_record(entity: Entity, words: str, user: User) -> None:
    before = values_of(entity)
    record = getattr(entity, entity.kind)
    record.description, record.is_verified = words, True
    record.save()
    log_edit(record, before, user=user)


def _add_pictures(articles: Mapping[str, Article], user: User) -> None:
    """The drawings that lie beside the stories, each for its story unless that has a picture."""
    for said in json.loads((FOLDER / "pictures" / "pictures.json").read_text(encoding="utf-8")):
        file, article = said.pop("file"), articles.get(said.pop("story"))
        if article and not article.pictures.exists():
            read = read_upload((FOLDER / "pictures" / file).read_bytes())
            set_pictures(article, [{"picture": add_picture(read, user=user, **said).pk, "caption": ""}])


def _after_publication(articles: Mapping[str, Article], desk: Said, user: User) -> None:
    for said in desk["corrections"]:
        if said["story"] in articles:
            _correct(articles[said["story"]], said, user)
    for name, note in desk["withdrawn"].items():
        if name in articles:
            withdraw(articles[name], note=note, user=user)
    for name, picked in desk["related"].items():
        if name in articles:
            pick_related(articles[name], _those(articles, picked), user=user)
    for position, article in enumerate(_those(articles, desk["front_page"]), start=1):
        put(article, position, user=user)
    for name, report in desk["reports"].items():
        if name in articles:
            ErrorReport.objects.create(article=articles[name], **report)


def _correct(article: Article, said: Said, user: User) -> None:
    article.refresh_from_db()
    before = printed(article)
    article.body = article.body.replace(said["old"], said["new"], 1)
    save_edit(article, changed={"body"}, user=user)
    record_correction(article, before, kind=said["kind"], note=said["note"], user=user)


def _those(articles: Mapping[str, Article], names: Sequence[str]) -> list[Article]:
    return [articles[name] for name in names if name in articles]


def _leave_waiting(article: Article, note: str, user: User) -> None:
    """For the visitor to review, decide and publish."""
    if article.status == Article.Status.DRAFT and not article.desk_notes.exists():
        assign(article, assignee=user, due=timezone.now() + timedelta(hours=3), user=user)
        add_note(article, note, user=user)
        move([article], "submit", user=user)
