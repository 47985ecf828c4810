"""The rows of an article's form, byline and pictures, where two editors changed them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from articles.admin.posted import Values, words_of
from articles.text.merging import Keep

Row = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Rows:
    """One set of rows as it was, as it is by now, and as it was sent."""

    formset: Any
    before: Values
    theirs: Values
    mine: Values

    @property
    def prefix(self) -> str:
        return str(self.formset.prefix)

    @property
    def label(self) -> str:
        return str(self.formset.model._meta.verbose_name_plural).capitalize()

    @property
    def is_untouched(self) -> bool:
        return list(self.rows(self.mine)) == list(self.rows(self.before))

    def rows(self, values: Values) -> Iterator[Row]:
        """The rows that say something, in their order, each by the names of its fields."""
        numbers = {name.removeprefix(f"{self.prefix}-").partition("-")[0] for name in values}
        for number in sorted((each for each in numbers if each.isdecimal()), key=int):
            start = f"{self.prefix}-{number}-"
            row = {name.removeprefix(start): each for name, each in values.items() if name.startswith(start)}
            if row.keys() - self._given:
                yield row

    @property
    def _given(self) -> set[str]:
        """What a row has that nobody filled in: its keys, and what its form begins with."""
        empty = self.formset.empty_form
        initial = {name for name, field in empty.fields.items() if empty.get_initial_for_field(field, name)}
        return {"id", self.formset.fk.name, *initial}

    def words(self, values: Values) -> str:
        """The rows as an editor reads them, one a line; those that are to be deleted left out."""
        fields = self.formset.empty_form.fields
        lines = []
        for row in self.rows(values):
            said = [
                words_of(fields[name], name, {name: each})
                for name, each in row.items()
                if name in fields and name in self.shown
            ]
            if "DELETE" not in row:
                lines.append(" · ".join(dict.fromkeys(each for each in said if each)))
        return "\n".join(lines)

    @property
    def shown(self) -> set[str]:
        return {name for name in self.formset.empty_form.fields if name not in ("id", "DELETE", self.formset.fk.name)}


def join_rows(rows: Rows, keep: Keep) -> Values:
    """The rows to be sent in place of mine, so that saving them leaves mine, theirs or those of both."""
    if keep == "theirs":
        return rows.theirs
    there = {_key(row): row for row in rows.rows(rows.theirs)}
    before = {_key(row): row for row in rows.rows(rows.before)}
    joined: list[Row] = []
    for row in rows.rows(rows.mine):
        key = _key(row)
        if not key or key in there:
            joined.append(row)
        elif keep == "mine" or row != before.get(key):
            joined.append({name: each for name, each in row.items() if name != "id"})
    mine = {_key(row) for row in joined}
    for key, row in there.items():
        if key not in mine:
            is_dropped = keep == "mine" or key in before
            joined.append({**row, "DELETE": ["on"]} if is_dropped else row)
    return _numbered(rows, joined)


def _key(row: Row) -> str:
    return row.get("id", [""])[0]


def _numbered(rows: Rows, joined: list[Row]) -> Values:
    """Rows that are there already come first: sets of rows are read by their number."""
    ordered = [row for row in joined if _key(row)] + _without_twins(rows, joined)
    values: Values = {
        f"{rows.prefix}-TOTAL_FORMS": [str(len(ordered))],
        f"{rows.prefix}-INITIAL_FORMS": [str(sum(bool(_key(row)) for row in ordered))],
        f"{rows.prefix}-MIN_NUM_FORMS": ["0"],
        f"{rows.prefix}-MAX_NUM_FORMS": ["1000"],
    }
    for number, row in enumerate(ordered):
        values |= {f"{rows.prefix}-{number}-{name}": each for name, each in row.items()}
    return values


def _without_twins(rows: Rows, joined: list[Row]) -> list[Row]:
    """The new rows but those that say what another says."""
    said: list[Row] = []
    new = []
    for row in joined:
        words = {name: each for name, each in row.items() if name in rows.shown - {"position"}}
        if not _key(row) and words not in said:
            new.append(row)
        said.append(words)
    return new
