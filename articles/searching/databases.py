"""The words of the entries in the database itself: FTS5 on SQLite, a GIN index on PostgreSQL."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from articles.models import SearchText
from articles.searching.asking import Ask, Clause, Expression, Phrase

TABLE = "articles_searchtext"
AT_ONCE = 5_000
# PostgreSQL keeps no more of a vector: where a word stands counts up to this place.
LAST_POSITION = 16_383
MOST_POSITIONS = 255


class DatabaseEngine(ABC):
    """What both databases have in common: their full-text tables are written and asked with SQL."""

    is_outside = False
    mark = 0
    condition = ""

    @abstractmethod
    def language(self, expression: Expression, besides: Sequence[Expression]) -> str: ...

    @abstractmethod
    def insert(self, rows: Sequence[tuple[int, str]]) -> None: ...

    @abstractmethod
    def insert_words(self, letters: int) -> None: ...

    def write(self, rows: Sequence[tuple[int, str]]) -> None:
        self.remove([place for place, _ in rows])
        self.insert(rows)

    def remove(self, places: Sequence[int]) -> None:
        for start in range(0, len(places), AT_ONCE):
            marks, some = _marks(places[start : start + AT_ONCE])
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {TABLE} WHERE rowid IN ({marks})", some)  # nosec B608

    def held(self, places: Sequence[int]) -> set[int]:
        return set(SearchText.objects.filter(place__in=places).values_list("place", flat=True))

    def total(self) -> int:
        return SearchText.objects.count()

    def places_after(self, place: int) -> list[int]:
        rows = SearchText.objects.filter(place__gt=place).order_by("place")
        return list(rows.values_list("place", flat=True)[:AT_ONCE])

    def count_words(self, letters: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM articles_searchword")
        self.insert_words(letters)

    def answer(self, asks: Sequence[Ask]) -> list[list[int]]:
        """All of it in one question to the database."""
        parts: list[str] = []
        values: list[str | int] = []
        answers: list[list[int]] = [[] for _ in asks]
        for number, ask in enumerate(asks):
            if ask.is_vain:
                answers[number] = [0] if ask.only_count else []
                continue
            rows, said = self._rows(ask)
            shown = "count(*)" if ask.only_count else "place"
            parts.append(f"SELECT {number}, {shown} FROM ({rows}) AS rows_{number}")  # nosec B608
            values += said
        if parts:
            with connection.cursor() as cursor:
                cursor.execute(" UNION ALL ".join(parts), values)
                for number, place in cursor.fetchall():
                    answers[number].append(place)
        return [sorted(places, reverse=not ask.upwards) for ask, places in zip(asks, answers, strict=True)]

    def places(self, asks: Sequence[Ask]) -> RawSQL | list[int]:
        """Found where it is needed, inside of another question: no number leaves the database."""
        found = [(number, *self._rows(ask)) for number, ask in enumerate(asks) if not ask.is_vain]
        parts = [f"SELECT place FROM ({rows}) AS rows_{number}" for number, rows, _ in found]  # nosec B608
        return RawSQL(" UNION ALL ".join(parts), [value for *_, said in found for value in said]) if parts else []  # nosec B611

    def _rows(self, ask: Ask) -> tuple[str, list[str | int]]:
        order = "ASC" if ask.upwards else "DESC"
        rows = f"SELECT rowid AS place FROM {TABLE} WHERE {self.condition} AND rowid BETWEEN %s AND %s"  # nosec B608
        rows += " LIMIT %s" if ask.only_count else f" ORDER BY rowid {order} LIMIT %s"
        return rows, [self.language(ask.expression, ask.besides), ask.first, ask.last, ask.limit]


class SqliteEngine(DatabaseEngine):
    condition = f"{TABLE} MATCH %s"

    def insert(self, rows: Sequence[tuple[int, str]]) -> None:
        """In the order of their places: FTS5 writes down what it holds in memory before one that is out of order."""
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {TABLE} (rowid, tokens) VALUES (%s, %s)", sorted(rows))  # nosec B608

    def insert_words(self, letters: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_of_the_archive"
                f" USING fts5vocab('main', '{TABLE}', 'row')"
            )
            cursor.execute(
                "INSERT INTO articles_searchword (word, number) SELECT term, doc FROM temp.words_of_the_archive"
                " WHERE instr(term, '_') = 0 AND length(term) >= %s",
                [letters],
            )
            cursor.execute("DROP TABLE temp.words_of_the_archive")

    def language(self, expression: Expression, besides: Sequence[Expression] = ()) -> str:
        said = " AND ".join(self._clause(clause) for clause in expression.wanted)
        unwanted = [self._clause(clause) for clause in expression.unwanted if clause]
        unwanted += [f"({self.language(other)})" for other in besides if not other.is_hopeless]
        return f"({said}) NOT ({' OR '.join(unwanted)})" if unwanted else said

    def _clause(self, clause: Clause) -> str:
        said = " OR ".join(self._phrase(phrase) for phrase in clause)
        return f"({said})" if len(clause) > 1 else said

    def _phrase(self, phrase: Phrase) -> str:
        words = " ".join(word.rstrip("*") for word in phrase)
        return f'"{words}"*' if phrase[-1].endswith("*") else f'"{words}"'


class PostgresEngine(DatabaseEngine):
    condition = "tokens @@ %s::tsquery"

    def insert(self, rows: Sequence[tuple[int, str]]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {TABLE} (rowid, tokens) VALUES (%s, %s::tsvector)"  # nosec B608
                " ON CONFLICT (rowid) DO UPDATE SET tokens = EXCLUDED.tokens",
                [(place, vector_of(tokens)) for place, tokens in rows],
            )

    def insert_words(self, letters: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO articles_searchword (word, number) SELECT word, ndoc"  # nosec B608
                f" FROM ts_stat('SELECT tokens FROM {TABLE}')"
                " WHERE position('_' in word) = 0 AND length(word) >= %s",
                [letters],
            )

    def language(self, expression: Expression, besides: Sequence[Expression] = ()) -> str:
        said = " & ".join(self._clause(clause) for clause in expression.wanted)
        unwanted = [self._clause(clause) for clause in expression.unwanted if clause]
        unwanted += [f"({self.language(other)})" for other in besides if not other.is_hopeless]
        return " & ".join([said, *(f"!{each}" for each in unwanted)])

    def _clause(self, clause: Clause) -> str:
        return f"({' | '.join(map(self._phrase, clause))})"

    def _phrase(self, phrase: Phrase) -> str:
        words = " <-> ".join(f"'{word}'" if word[-1] != "*" else f"'{word[:-1]}':*" for word in phrase)
        return f"({words})" if len(phrase) > 1 else words


def vector_of(tokens: str) -> str:
    """A row of tokens as PostgreSQL reads a vector."""
    places: dict[str, list[str]] = {}
    for number, token in enumerate(tokens.split(" "), start=1):
        kept = places.setdefault(token, [])
        if number <= LAST_POSITION and len(kept) < MOST_POSITIONS:
            kept.append(str(number))
    return " ".join(f"'{token}':{','.join(at)}" if at else f"'{token}'" for token, at in places.items())


def _marks(values: Iterable[Any]) -> tuple[str, list[Any]]:
    some = list(values)
    return ", ".join(["%s"] * len(some)) or "NULL", some
