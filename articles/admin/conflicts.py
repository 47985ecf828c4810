"""Two editors saved one article: what both changed is put side by side, and nothing of either is lost.

A form brings along what it said when it was opened. What only one side changed since is taken over; of what both
changed, the editor who saves later says what stays.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from articles.admin.article_boxes import ArticlesField
from articles.admin.conflict_rows import Rows, join_rows
from articles.admin.fields import BodyField, LinesField, TagsField, TextField
from articles.admin.posted import Opened, Values, names_in, opened, replace, sent, sent_rows, words_of
from articles.documents.sanitizing import sanitise
from articles.text.body import plain_text, top_blocks
from articles.text.differences import Piece, compare_words
from articles.text.merging import Keep, Stretch, merge

OPENED, SEEN, KEEP = "_opened", "_seen", "_keep"


@dataclass(frozen=True, slots=True)
class Clash:
    """What both sides changed: how it differs on each from what it was, and what may be kept of it.

    `name` is that of the choice. `both` is empty where the two cannot stand beside each other.
    """

    name: str
    label: str
    theirs: tuple[Piece, ...]
    mine: tuple[Piece, ...]
    both: str = ""


@dataclass(slots=True)
class Meeting:
    """What becomes of a form that was sent after somebody else had saved: what is taken over, and what clashes."""

    post: QueryDict
    seen: str
    taken: list[str] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)


def meet(post: QueryDict, form: forms.BaseForm, formsets: Sequence[Any], shown: Sequence[str]) -> Meeting | None:
    """Bring what was sent and what is there by now together; None where nobody else changed anything.

    Args:
        post: what was sent.
        form: that of the article as it is now, without anything sent.
        formsets: its sets of rows, likewise.
        shown: the fields that its page shows.
    """
    before: Opened = _read(post.get(OPENED, ""))
    now = opened(form, formsets, shown)
    if not before or all(now[name] == before[name] for name in now if name in before):
        return None
    meeting = Meeting(post.copy(), digest(now))
    chosen = post if post.get(SEEN) == meeting.seen else QueryDict()
    names = names_in(form)
    for name in [name for name in shown if name in before and name in form.fields]:
        mine = sent(post, names[name])
        _meet_field(meeting, _Field(name, form.fields[name], names[name], before[name], now[name], mine), chosen)
    for formset in formsets:
        if formset.prefix in before:
            mine = sent_rows(post, formset.prefix)
            _meet_rows(meeting, Rows(formset, before[formset.prefix], now[formset.prefix], mine), chosen)
    meeting.post[OPENED] = json.dumps(now)
    for key in [key for key in post if key == SEEN or key.startswith(KEEP)]:
        del meeting.post[key]
    return meeting


def digest(said: Opened) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _read(said: str) -> Opened:
    try:
        found = json.loads(said)
    except ValueError:
        return {}
    is_opened = isinstance(found, dict) and all(isinstance(values, dict) for values in found.values())
    return found if is_opened else {}


@dataclass(frozen=True, slots=True)
class _Field:
    """One field with its values as they were, as they are by now, and as they were sent."""

    name: str
    field: Any
    names: set[str]
    before: Values
    theirs: Values
    mine: Values

    @property
    def label(self) -> str:
        return str(self.field.label or self.name)

    def words(self, values: Values) -> str:
        return words_of(self.field, self.name, values)


def _meet_field(meeting: Meeting, of: _Field, chosen: QueryDict) -> None:
    is_body = isinstance(of.field, BodyField)
    mine = _sanitised(of.mine) if is_body else of.mine
    if of.theirs in (of.before, mine):
        return
    if mine == of.before:
        replace(meeting.post, of.names, of.theirs)
        meeting.taken.append(of.label)
    elif isinstance(of.field, TextField):
        _meet_text(meeting, of, mine, chosen, cut=top_blocks if is_body else str.splitlines)
    else:
        _meet_value(meeting, of, chosen)


def _sanitised(values: Values) -> Values:
    return {name: [sanitise(value) for value in each] for name, each in values.items()}


# Text: block by block.


def _meet_text(meeting: Meeting, of: _Field, mine: Values, chosen: QueryDict, *, cut: Any) -> None:
    base, ours, theirs = (cut("".join(each.get(of.name, [""]))) for each in (of.before, mine, of.theirs))
    stretches = merge(base, ours, theirs)
    kept: list[str] = []
    is_clash = False
    for number, stretch in enumerate(stretches):
        name = f"{KEEP}-{of.name}-{number}"
        if stretch.is_conflict and name not in chosen:
            meeting.clashes.append(_clash_of_text(name, of.label, stretch))
            is_clash = True
        kept += stretch.resolved(_choice(chosen, name))
    if not is_clash:
        glue = "" if cut is top_blocks else "\n"
        replace(meeting.post, of.names, {of.name: [glue.join(kept)]})
        meeting.joined.append(of.label)


def _clash_of_text(name: str, label: str, stretch: Stretch) -> Clash:
    base, theirs, mine = (
        "\n".join(plain_text(block) for block in blocks) for blocks in (stretch.base, stretch.theirs, stretch.mine)
    )
    both = _("theirs before yours")
    return Clash(name, label, tuple(compare_words(base, theirs)), tuple(compare_words(base, mine)), both)


# Lists, and single values.


def _meet_value(meeting: Meeting, of: _Field, chosen: QueryDict) -> None:
    name = f"{KEEP}-{of.name}"
    if name not in chosen:
        base, theirs, mine = (of.words(values) for values in (of.before, of.theirs, of.mine))
        both = _("what either added, without what either took away") if _is_list(of.field) else ""
        meeting.clashes.append(
            Clash(name, of.label, tuple(compare_words(base, theirs)), tuple(compare_words(base, mine)), both)
        )
        return
    keep = _choice(chosen, name)
    if keep == "both" and _is_list(of.field):
        replace(meeting.post, of.names, _joined(of))
    elif keep == "theirs":
        replace(meeting.post, of.names, of.theirs)
    meeting.joined.append(of.label)


def _is_list(of: forms.Field) -> bool:
    return isinstance(of, LinesField | TagsField | ArticlesField)


def _joined(of: _Field) -> Values:
    is_lines = isinstance(of.field, LinesField)
    base, theirs, mine = (
        [line for each in values.get(of.name, []) for line in (each.splitlines() if is_lines else [each])]
        for values in (of.before, of.theirs, of.mine)
    )
    kept = list(_union(base, theirs, mine))
    return {of.name: ["\n".join(kept)] if is_lines else kept}


def _union(base: Sequence[str], theirs: Sequence[str], mine: Sequence[str]) -> Iterable[str]:
    gone = {each for each in base if each not in theirs or each not in mine}
    return dict.fromkeys(each for each in [*theirs, *mine] if each not in gone)


def _choice(chosen: QueryDict, name: str) -> Keep:
    said = chosen.get(name)
    return said if said in ("mine", "theirs") else "both"  # type: ignore[return-value]


# Rows.


def _meet_rows(meeting: Meeting, rows: Rows, chosen: QueryDict) -> None:
    if rows.theirs in (rows.before, rows.mine):
        return
    name, names = f"{KEEP}-{rows.prefix}", [name for name in meeting.post if name.startswith(f"{rows.prefix}-")]
    if rows.is_untouched:
        replace(meeting.post, names, rows.theirs)
        meeting.taken.append(rows.label)
    elif name not in chosen:
        base, theirs, mine = (rows.words(values) for values in (rows.before, rows.theirs, rows.mine))
        both = _("the rows of both")
        meeting.clashes.append(
            Clash(name, rows.label, tuple(compare_words(base, theirs)), tuple(compare_words(base, mine)), both)
        )
    else:
        replace(meeting.post, names, join_rows(rows, _choice(chosen, name)))
        meeting.joined.append(rows.label)
