"""Give rows back what they were before a merge, although articles may have been imported again or edited since."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import Model

from articles.editing.ledger import (
    TWINS,
    Absorb,
    alike,
    drop,
    insert,
    is_at_home,
    model_of,
    restored,
    take_back_changes,
    twin_key,
    twins_of,
)
from articles.editing.uniting import moved, part, place
from articles.models import Appearance, Article, Merge, MovedRow
from articles.text.spans import Span

# Where an appearance stands in the text.
PLACE = ("spans", "start", "anchoring")


def take_back(merge: Merge, absorb: Absorb) -> None:
    """Undo every change that `merge` wrote down, the last first.

    What is gone since stays gone, what a person or an import changed since stays changed, and what belongs to a record
    that has a row of its own for it by now is absorbed by that.
    """
    rows = list(merge.rows.order_by("-pk"))
    texts = {
        row.before["article_id"]: row.text for row in rows if row.model == "appearance" and row.before and row.text
    }
    for run in alike(rows):
        model, first = model_of(run[0]), run[0]
        if first.before is None:
            _unmake(model, first)
        elif first.after is None:
            _bring_back(model, first, absorb)
        elif "spans" in first.before:
            _part(first, texts)
        else:
            take_back_changes(model, run, absorb=absorb)


def _unmake(model: type[Model], moved: MovedRow) -> None:
    for row in model._base_manager.filter(pk=moved.row):
        drop(row)


def _bring_back(model: type[Model], moved: MovedRow, absorb: Absorb) -> None:
    row = restored(model, moved)
    if not is_at_home(row) or model._base_manager.filter(pk=row.pk).exists():
        return
    if isinstance(row, Appearance):
        _find_again(row, moved.text)
    for field in [field for each, field in TWINS if each is model]:
        twin = twins_of([row], field, getattr(row, field)).get(twin_key(row, field))
        if twin:
            absorb(twin, row)
            return
    try:
        if not row._meta.parents:
            row.validate_constraints()
    except ValidationError:
        return
    insert(row)


def _find_again(appearance: Appearance, old_text: str) -> None:
    text = Article.objects.values_list("text", flat=True).get(pk=appearance.article_id)
    if text != old_text:
        had_spans = bool(appearance.spans)
        place(appearance, [Span(*pair) for pair in moved(appearance.spans, old_text, text)], had_spans=had_spans)


def _part(moved: MovedRow, texts: dict[int, str]) -> None:
    """Make an appearance that took in another one what it was."""
    before, after = cast("dict[str, Any]", moved.before), cast("dict[str, Any]", moved.after)
    for appearance in Appearance.objects.filter(pk=moved.row).select_related("article"):
        article = appearance.article
        old_text = texts.get(article.pk, article.text)
        is_as_left = old_text == article.text and appearance.spans == after["spans"]
        for name in before:
            if getattr(appearance, name) == after[name] and (is_as_left or name not in PLACE):
                setattr(appearance, name, before[name])
        if not is_as_left:
            part(appearance, before["spans"], after["spans"], old_text=old_text, text=article.text)
        appearance.save(update_fields={*PLACE, *before})
