"""Go back to an earlier version of an article, or take one field of it over.

Going back is a change like any other: what the article was until then is kept, and imports leave alone what an editor
went back to. It neither publishes nor withdraws.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.editing.addresses import keep_address
from articles.editing.counts import refresh_counts_of
from articles.editing.decide import follow_tags
from articles.editing.keeping import Change, keep
from articles.editing.ledger import insert, parsed, plain
from articles.editing.logbook import about, write_down
from articles.editing.removed import bring_back, remove_orphans
from articles.editing.revise import DOCUMENT_FIELDS, save_edit
from articles.editing.snapshot import FIELDS, FOLLOWING, PARTS, RECORDS, Part, Row, State, numbers_in
from articles.editing.split import MODELS
from articles.editing.uniting import united
from articles.models import (
    Appearance,
    Article,
    ArticleVersion,
    Entity,
    ProposedTag,
    Series,
    Tag,
)
from articles.models import State as Decided

# What two articles never share.
SINGLE = ("slug", "address")


@dataclass
class Restored:
    """What was kept of the article before, to be gone back to in turn, and in words what could not be brought back."""

    kept: ArticleVersion
    told: list[str] = field(default_factory=list)


@transaction.atomic
def restore(version: ArticleVersion, *, user: User | None, undo: bool = False) -> Restored:
    """Make an article what it was in `version`, with everything that was decided in it.

    Records merged since are followed to the one that stays. With `undo` imports leave alone the fields that they left
    alone then, and no more.
    """
    article = Article.objects.get(pk=version.article_id)
    restored = Restored(cast(ArticleVersion, keep(article, change=Change.RESTORE, user=user)))
    state = version.state
    records = article.entity_numbers()
    _restore_fields(article, state, restored.told, undo=undo)
    leads = Leads(state, PARTS, restored.told)
    for part in PARTS:
        # Read anew: rows that went may have taken others with them.
        if part.name in state and part.read(article) != state[part.name]:
            write_part(article, part, state[part.name], leads)
    records |= article.entity_numbers()
    remove_orphans(records - article.entity_numbers())
    refresh_counts_of([article])
    _log(article, {"version": restored.kept.number}, {"version": version.number}, user)
    return restored


@transaction.atomic
def restore_field(version: ArticleVersion, name: str, *, user: User | None) -> Restored:
    """Give an article one field of a version: its headline, say, or its tags. What was decided stays as it is.

    Raises:
        KeyError: versions have no such field.
    """
    article = Article.objects.get(pk=version.article_id)
    article = Article.objects.get(pk=version.article_id)
    part = next((part for part in PARTS if part.name == name and not part.numbered), None)
    told: list[str] = []
    if not part:
        names = [name, *(each for each, other in FOLLOWING.items() if other == name)]
        _set(article, version.state, names, told)
    kept = save_edit(article, changed=[] if told else [name], user=user, change=Change.RESTORE)
    if part:
        write_part(article, part, version.state[part.name], Leads(version.state, [part], told))
        follow_tags(article, user=user)
    return Restored(cast(ArticleVersion, kept), told)


def _restore_fields(article: Article, state: State, told: list[str], *, undo: bool) -> None:
    fields = state["fields"]
    now = {name: plain(Article, name, getattr(article, name)) for name in FIELDS}
    differing = [name for name in FIELDS if fields.get(name, now[name]) != now[name]]
    changed = _set(article, state, differing, told)
    typed = () if undo else [name for name in changed if name in DOCUMENT_FIELDS]
    article.edited_fields = sorted({*(state["edited_fields"] if undo else article.edited_fields), *typed})
    article.revision += 1
    keep_address(article)
    article.save(update_fields=[*changed, "edited_fields", "revision", "modified"])


def _set(article: Article, state: State, names: Iterable[str], told: list[str]) -> list[str]:
    """Give an article fields of a version, but those that another article has by now; returns which it got."""
    fields, changed = state["fields"], []
    for name in names:
        reason = _reason_against(article, name, fields)
        if reason and reason not in told:
            told.append(reason)
        if reason:
            continue
        setattr(article, name, parsed(Article, name, fields[name]))
        changed.append(name)
    return changed


def _reason_against(article: Article, name: str, fields: Mapping[str, Any]) -> str:
    """Why a field cannot be what it was, in words; empty where it can."""
    value, others = fields[name], Article.objects.exclude(pk=article.pk)
    field: Any = Article._meta.get_field(name)
    said = {"field": field.verbose_name, "value": value}
    if name in SINGLE and value and others.filter(**{name: value}).exists():
        return _("Another article has the %(field)s “%(value)s” by now.") % said
    if field.is_relation and value and not field.related_model.objects.filter(pk=value).exists():
        return _("The %(field)s it had was deleted since.") % said
    series, part = fields.get("series_id") or 0, fields.get("part")
    if name in ("series_id", "part") and part:
        is_free = Series.objects.filter(pk=series).exists() and not others.filter(series=series, part=part).exists()
        return "" if is_free else _("Its part of the series is another article's by now, or the series was deleted.")
    return ""


def _log(article: Article, before: Mapping[str, int], after: Mapping[str, int], user: User | None) -> None:
    write_down(about(article, action="restore", before=before, after=after, user=user))


# Rows.


def write_part(article: Article, part: Part, rows: Sequence[Row], leads: Leads) -> None:
    """Give an article the rows of one kind that a version had, and no others."""
    wanted = _distinct(part, filter(None, (_row(article, part, row, leads) for row in rows)))
    there = {row.pk: row for row in part.model._base_manager.filter(**{part.path: article.pk})}
    if part.numbered:
        kept = {row.pk for row in wanted if row.pk in there and _is_same_place(part, row, there[row.pk])}
        part.model._base_manager.filter(pk__in=there.keys() - kept).delete()
        for row in wanted:
            row.modified = timezone.now()
            row.save_base(raw=True, force_update=True) if row.pk in kept else insert(row)
    else:
        part.model._base_manager.filter(pk__in=there).delete()
        part.model._base_manager.bulk_create(wanted)


def _is_same_place(part: Part, row: Model, other: Model) -> bool:
    return all(getattr(row, name) == getattr(other, name) for name in part.own)


def _row(article: Article, part: Part, values: Row, leads: Leads) -> Any:
    """A row as it was, pointing at what its records are now; None where it can point at nothing."""
    values = dict(values)
    for name, model in part.references.items():
        if name in values:
            values[name] = leads.to(model, values[name])
            if values[name] is None and not part.model._meta.get_field(name).null:
                return None
    if part.path in ("article", "content_object"):
        values[f"{part.path}_id"] = article.pk
    row = part.model(**{name: parsed(part.model, name, value) for name, value in values.items()})
    if isinstance(row, ProposedTag) and row.state == Decided.ACCEPTED and row.tag_id is None:
        return None
    return row


def _distinct(part: Part, rows: Iterable[Any]) -> list[Any]:
    """Of rows that have come to say the same, since their records were merged, one; of names it says all."""
    found: dict[Any, Any] = {}
    for row in rows:
        key = tuple(getattr(row, name) for name in part.own) or row.pk
        if key not in found:
            found[key] = row
        elif isinstance(row, Appearance):
            for name, value in united(found[key], row).items():
                setattr(found[key], name, value)
    return list(found.values())


class Leads:
    """Where the records that a version names are now; what is gone is told, each record once."""

    def __init__(self, state: State, parts: Sequence[Part], told: list[str]) -> None:
        self.state, self.parts, self.told = state, parts, told
        self.records = _current_records(numbers_in(state, RECORDS, parts))
        tags = Tag.objects.filter(pk__in=numbers_in(state, (Tag,), parts))
        self.tags = {key: survivor or key for key, survivor in tags.values_list("pk", "merged_into")}
        self.others: dict[type[Model], set[int]] = {}

    def to(self, model: type[Model], number: int) -> int | None:
        """The number of the record that stands for record `number` of `model` now; None where there is none."""
        if model in RECORDS:
            return self._record(model, number)
        if model is Tag:
            if number not in self.tags:
                self._tell(_("The tag “%(name)s” was deleted since."), self.state["tag_names"].get(str(number), "?"))
            return self.tags.get(number)
        if model not in self.others:
            numbers = numbers_in(self.state, (model,), self.parts)
            self.others[model] = set(model._base_manager.filter(pk__in=numbers).values_list("pk", flat=True))
        if number not in self.others[model]:
            return None
        return number

    def _record(self, model: type[Model], number: int) -> int | None:
        record = self.records.get(number)
        name = self.state["records"].get(str(number), ["", "?"])[1]
        if not record:
            self._tell(_("“%(name)s” was deleted since and is not brought back."), name)
            return None
        if model is not Entity and model is not MODELS[record.kind]:
            self._tell(_("“%(name)s” is of another kind by now: a role that needs the old one is left out."), name)
            return None
        return record.pk

    def _tell(self, message: str, name: str) -> None:
        said = message % {"name": name}
        if said not in self.told:
            self.told.append(said)


def _current_records(numbers: Collection[int]) -> dict[int, Entity]:
    """By their numbers: the records, those they were merged into, and those that had been taken away, brought back."""
    there = set(Entity.objects.filter(pk__in=numbers).values_list("pk", flat=True))
    bring_back(set(numbers) - there)
    found = Entity.objects.filter(pk__in=numbers).select_related("merged_into")
    return {entity.pk: _survivor(entity) for entity in found}


def _survivor(entity: Entity) -> Entity:
    while entity.merged_into:
        entity = entity.merged_into
    return entity
