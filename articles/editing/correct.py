"""Put right what a published article said, and tell readers so. Each call is one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from articles.editing.bylines import byline_of, in_words
from articles.editing.error_reports import settle
from articles.editing.logbook import about, write_down
from articles.editing.revise import DOCUMENT_FIELDS
from articles.models import Appearance, Article, Correction, Decision, Entity, ErrorReport, Quote
from articles.models.review import SHOWN
from articles.text.changed import changed_blocks
from articles.text.spans import Span

NAMING_FIELDS = ("headline", "standfirst")  # where a name may stand that has no span there


@dataclass(frozen=True, slots=True)
class Shown:
    """A quotation or a name as readers see it."""

    spans: tuple[Span, ...]
    words: str
    entities: frozenset[int]


@dataclass(frozen=True, slots=True)
class Printed:
    """What an article says to readers at one time."""

    fields: dict[str, object]
    text: str
    quotes: dict[int, Shown]
    names: dict[int, Shown]


def printed(article: Article) -> Printed:
    """Read what an article says now from the database; taken before an edit, `record_correction` compares with it."""
    row = Article.objects.get(pk=article.pk)
    fields = {name: _plain(getattr(row, name)) for name in DOCUMENT_FIELDS if name != "tags"}
    return Printed(
        fields={**fields, "byline": in_words(byline_of(row))},
        text=row.text,
        quotes={quote.pk: _shown_quote(quote) for quote in row.quotes.shown()},
        names={name.pk: _shown_name(name) for name in row.appearances.shown()},
    )


@transaction.atomic
def record_correction(
    article: Article, before: Printed, *, kind: str, note: str, user: User | None, answers: Iterable[ErrorReport] = ()
) -> Correction:
    """Tell readers what was corrected since `before`; the reports of readers that it answers are handled with it."""
    after = printed(article)
    differing = [name for name, value in after.fields.items() if value != before.fields[name]]
    quotes, entities = _touched(article, before, after)
    correction = Correction.objects.create(
        article=article,
        kind=kind,
        note=note.strip(),
        before={name: before.fields[name] for name in differing},
        after={name: after.fields[name] for name in differing},
        user=user,
    )
    correction.quotes.set(Quote.objects.filter(pk__in=quotes))
    correction.entities.set(Entity.objects.filter(pk__in=entities))
    _log(correction, "correct", {}, {"kind": kind, "note": note.strip()}, user)
    settle(answers, state=ErrorReport.State.HANDLED, user=user, correction=correction)
    return correction


@transaction.atomic
def amend(correction: Correction, *, kind: str, note: str, user: User | None) -> None:
    """Change the words of a correction, not what it is about."""
    before = {"kind": correction.kind, "note": correction.note}
    after = {"kind": kind, "note": note.strip()}
    if before == after:
        return
    correction.kind, correction.note = after["kind"], after["note"]
    correction.save(update_fields=["kind", "note"])
    _log(correction, "amend", before, after, user)


def _log(correction: Correction, action: str, before: dict[str, str], after: dict[str, str], user: User | None) -> None:
    write_down(
        about(
            correction.article,
            action=action,
            before=before,
            after=after,
            user=user,
        )
    )


def _touched(article: Article, before: Printed, after: Printed) -> tuple[set[int], set[int]]:
    """The quotations and the people, organisations and locations whose words, speaker or paragraph changed."""
    gone, come = changed_blocks(before.text, after.text)
    quotes = _differing(before.quotes, after.quotes, gone, come)
    names = _differing(before.names, after.names, gone, come) | _named_in_fields(before, after)
    entities = _entities(quotes, before.quotes, after.quotes) | _entities(names, before.names, after.names)
    spoken = _given_another_speaker(article)
    return quotes | spoken.keys(), entities.union(*spoken.values())


def _entities(keys: set[int], *versions: dict[int, Shown]) -> set[int]:
    return {entity for rows in versions for key in keys & rows.keys() for entity in rows[key].entities}


def _differing(before: dict[int, Shown], after: dict[int, Shown], gone: list[Span], come: list[Span]) -> set[int]:
    there = before.keys() & after.keys()
    return {
        *(before.keys() ^ after.keys()),
        *(key for key in there if _says(before[key]) != _says(after[key])),
        *(key for key in before if _stands_in(before[key], gone)),
        *(key for key in after if _stands_in(after[key], come)),
    }


def _says(row: Shown) -> tuple[object, ...]:
    return row.words, row.entities


def _stands_in(row: Shown, blocks: list[Span]) -> bool:
    return any(span.overlaps(block) for span in row.spans for block in blocks)


def _named_in_fields(before: Printed, after: Printed) -> set[int]:
    """Names that stand in a headline or standfirst which changed."""
    changed = [name for name in NAMING_FIELDS if before.fields[name] != after.fields[name]]
    words = " ".join(str(version.fields[name]) for version in (before, after) for name in changed)
    return {key for version in (before, after) for key, row in version.names.items() if row.words in words}


def _given_another_speaker(article: Article) -> dict[int, set[int]]:
    """Quotations that readers saw with another speaker since the last correction, and who speaks and spoke."""
    last = article.corrections.first()
    since = last.made if last else article.released
    found: dict[int, set[int]] = {}
    for decision in article.decisions.filter(subject=Decision.Subject.QUOTE, made__gt=since):
        before, after = decision.before, decision.after
        # A decision holds what it changed: where the state is not in it, the quotation was shown before and after.
        if "speaker_id" in before and "speaker_id" in after and before.get("state", SHOWN[0]) in SHOWN:
            speakers = {before["speaker_id"], after["speaker_id"]} - {None}
            found.setdefault(decision.subject_id, set()).update(speakers)
    return found


def _shown_quote(quote: Quote) -> Shown:
    return Shown(_spans(quote.spans), quote.text, _one(quote.speaker_id))


def _shown_name(name: Appearance) -> Shown:
    return Shown(_spans(name.spans), name.name, _one(name.entity_id))


def _spans(pairs: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)


def _one(key: int | None) -> frozenset[int]:
    return frozenset() if key is None else frozenset([key])


def _plain(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value
