"""The words of the entries on a server of their own: OpenSearch, or Elasticsearch, which takes the same questions.

One document an entry. Nothing is scored: all that is asked is which places fit, in their order.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from typing import Any

from django.db import transaction
from opensearchpy import NotFoundError, OpenSearch, OpenSearchException, RequestError, TransportError, helpers

from articles.models import SearchWord
from articles.searching.asking import Ask, Clause, Expression, Phrase, SearchUnavailable
from articles.searching.server import Server
from articles.text.words import LONGEST

logger = logging.getLogger(__name__)

# Words come folded and with spaces between; a field that is not named here is an error.
MAPPING = {
    "dynamic": "strict",
    "properties": {
        "place": {"type": "long"},
        "tokens": {"type": "text", "analyzer": "whitespace", "norms": False},
        "words": {"type": "keyword", "ignore_above": LONGEST},
    },
}
# Seconds: while somebody waits for an answer, while somebody's change is brought, while only a command waits.
ANSWERING, WRITING, COUNTING = 3, 5, 60
AT_ONCE = 500  # documents of one request
MOST_BYTES = 5_000_000  # of one request
COUNTED = 5_000  # words, or places, of one answer
# A server refuses questions of more than 1,024 parts: of a beginning within a phrase the commonest endings are asked.
MOST_PHRASES = 30
MOST_ENDINGS = 1_000


class OpenSearchEngine:
    is_outside = True

    def __init__(self, server: Server) -> None:
        self.name, self.index = server.name, server.index
        # The client writes a password as Latin-1; servers read UTF-8.
        password = f"{server.user}:{server.password}".encode().decode("latin-1")
        self.client = OpenSearch(
            hosts=[{"host": server.host, "port": server.port, "scheme": server.scheme}],
            http_auth=password if server.user else None,
            timeout=ANSWERING,
            max_retries=1,
        )

    @property
    def mark(self) -> int:
        return int.from_bytes(blake2b(self.name.encode(), digest_size=8).digest(), signed=True)

    # Writing.

    def write(self, rows: Sequence[tuple[int, str]]) -> None:
        self._prepare()
        self._bulk(
            {"_id": str(place), "_source": {"place": place, "tokens": tokens, "words": _words(tokens)}}
            for place, tokens in rows
        )

    def remove(self, places: Sequence[int]) -> None:
        self._bulk({"_op_type": "delete", "_id": str(place)} for place in places)

    def _bulk(self, actions: Iterable[dict[str, Any]]) -> None:
        size: dict[str, Any] = {"chunk_size": AT_ONCE, "max_chunk_bytes": MOST_BYTES}
        with self._answering():
            _number, failed = helpers.bulk(
                self.client, actions, index=self.index, raise_on_error=False, request_timeout=WRITING, **size
            )
            said = [(name, result) for each in failed for name, result in each.items()]
            # What was to go and is not there is gone.
            wrong = [result for name, result in said if not (name == "delete" and result["status"] == 404)]
            if wrong:
                raise SearchUnavailable(f"{self.name} took {len(wrong)} documents not: {_type_of(wrong[0]['error'])}")

    def _prepare(self) -> None:
        """Make the index where there is none: the server would make one that reads words in its own way."""
        with self._answering():
            try:
                found = self.client.indices.get_mapping(index=self.index, request_timeout=WRITING)
            except NotFoundError:
                self._create()
                return
            (said,) = found.values()
            if said["mappings"].get("dynamic") != MAPPING["dynamic"]:
                raise SearchUnavailable(f"{self.name} is an index that Newsroom did not make")

    def _create(self) -> None:
        try:
            self.client.indices.create(index=self.index, body={"mappings": MAPPING}, request_timeout=WRITING)
        except RequestError as error:
            # Another process was quicker.
            if error.error != "resource_already_exists_exception":
                raise

    # Asking.

    def answer(self, asks: Sequence[Ask]) -> list[list[int]]:
        """All of it in one request."""
        answers: list[list[int]] = [[0] if ask.only_count else [] for ask in asks]
        asked = [number for number, ask in enumerate(asks) if not ask.is_vain]
        if not asked:
            return answers
        body = [part for number in asked for part in ({}, _question(asks[number]))]
        try:
            with self._answering():
                said = self.client.msearch(index=self.index, body=body)["responses"]
                for number, each in zip(asked, said, strict=True):
                    answers[number] = self._places(asks[number], each)
        except SearchUnavailable as error:
            logger.warning("The search does not answer: %s", error)
            raise
        return answers

    def places(self, asks: Sequence[Ask]) -> list[int]:
        return [place for answer in self.answer(asks) for place in answer]

    def _places(self, ask: Ask, said: dict[str, Any]) -> list[int]:
        if "error" in said:
            raise SearchUnavailable(f"{self.name} answers {said['status']}: {_type_of(said['error'])}")
        if said["timed_out"] or said["_shards"]["failed"]:
            raise SearchUnavailable(f"{self.name} answers only for a part of the index")
        if ask.only_count:
            return [min(said["hits"]["total"]["value"], ask.limit)]
        return [int(hit["_id"]) for hit in said["hits"]["hits"]]

    def held(self, places: Sequence[int]) -> set[int]:
        if not places:
            return set()
        ids = {"ids": [str(place) for place in places]}
        with self._answering():
            try:
                said = self.client.mget(index=self.index, body=ids, _source=False, request_timeout=COUNTING)
            except NotFoundError:
                return set()
            return {int(each["_id"]) for each in said["docs"] if each.get("found")}

    def total(self) -> int:
        with self._answering():
            try:
                self.client.indices.refresh(index=self.index, request_timeout=COUNTING)
                return int(self.client.count(index=self.index, request_timeout=COUNTING)["count"])
            except NotFoundError:
                return 0

    def places_after(self, place: int) -> list[int]:
        ask = {
            "query": {"range": {"place": {"gt": place}}},
            "sort": [{"place": "asc"}],
            "size": COUNTED,
            "_source": False,
            "track_total_hits": False,
        }
        with self._answering():
            said = self.client.search(index=self.index, body=ask, request_timeout=COUNTING)
            return [int(hit["_id"]) for hit in said["hits"]["hits"]]

    def count_words(self, letters: int) -> None:
        counted = [SearchWord(word=word, number=number) for word, number in self._counted() if len(word) >= letters]
        with transaction.atomic():
            SearchWord.objects.all().delete()
            SearchWord.objects.bulk_create(counted, batch_size=AT_ONCE, ignore_conflicts=True)

    def _counted(self) -> Iterator[tuple[str, int]]:
        if not self.total():
            return
        words: dict[str, Any] = {"size": COUNTED, "sources": [{"word": {"terms": {"field": "words"}}}]}
        while True:
            ask = {"size": 0, "track_total_hits": False, "aggs": {"words": {"composite": words}}}
            with self._answering():
                said = self.client.search(index=self.index, body=ask, request_timeout=COUNTING)["aggregations"]["words"]
                yield from [(bucket["key"]["word"], bucket["doc_count"]) for bucket in said["buckets"]]
                if not said.get("after_key"):
                    return
                words["after"] = said["after_key"]

    @contextmanager
    def _answering(self) -> Iterator[None]:
        try:
            yield
        except OpenSearchException as error:
            raise SearchUnavailable(f"{self.name} {_reason(error)}") from error
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise SearchUnavailable(f"{self.name} does not answer as a search server does") from error


def _words(tokens: str) -> list[str]:
    return sorted({token for token in tokens.split(" ") if "_" not in token})


def _reason(error: OpenSearchException) -> str:
    if isinstance(error, TransportError) and isinstance(error.status_code, int):
        return f"answers {error.status_code}: {' '.join(str(error.error).split())[:200]}"
    return f"does not answer: {' '.join(str(error).split())[:300]}"


def _type_of(error: Any) -> str:
    """What a server says went wrong with one of many things."""
    return f"{error['type']}: {' '.join(str(error.get('reason')).split())[:200]}" if isinstance(error, dict) else error


# What is asked, in the server's words.


def _question(ask: Ask) -> dict[str, Any]:
    places = {"range": {"place": {"gte": ask.first, "lte": ask.last}}}
    besides = [_all_of(each) for each in ask.besides if not each.is_hopeless]
    question = {"query": _all_of(ask.expression, [places], besides), "_source": False}
    if ask.only_count:
        return {**question, "size": 0, "track_total_hits": ask.limit}
    order = [{"place": "asc" if ask.upwards else "desc"}]
    return {**question, "size": ask.limit, "track_total_hits": False, "sort": order}


def _all_of(expression: Expression, also: Sequence[Any] = (), besides: Sequence[Any] = ()) -> dict[str, Any]:
    unwanted = [_any_of(clause) for clause in expression.unwanted if clause]
    wanted = [_any_of(clause) for clause in expression.wanted]
    return {"bool": {"filter": [*wanted, *also], "must_not": [*unwanted, *besides]}}


def _any_of(clause: Clause) -> dict[str, Any]:
    words = [phrase[0] for phrase in clause if len(phrase) == 1 and not phrase[0].endswith("*")]
    beginnings = [phrase[0][:-1] for phrase in clause if len(phrase) == 1 and phrase[0].endswith("*")]
    phrases = [phrase for phrase in clause if len(phrase) > 1]
    names = [phrase for phrase in phrases if phrase[-1].endswith("*")]
    phrases = [*[each for each in phrases if each not in names][:MOST_PHRASES], *names]
    parts: list[dict[str, Any]] = [{"terms": {"tokens": words}}] if words else []
    parts += [{"prefix": {"tokens": {"value": letters}}} for letters in beginnings]
    parts += [_phrase(each) for each in phrases]
    return parts[0] if len(parts) == 1 else {"bool": {"should": parts, "minimum_should_match": 1}}


def _phrase(phrase: Phrase) -> dict[str, Any]:
    words = " ".join(phrase)
    if words.endswith("*"):
        return {"match_phrase_prefix": {"tokens": {"query": words[:-1], "max_expansions": MOST_ENDINGS}}}
    return {"match_phrase": {"tokens": {"query": words}}}
