"""A search server for tests: what Newsroom asks of OpenSearch, answered from memory, and nothing else.

It is no mock of the client: requests come over HTTP. Whatever it does not know it refuses with 400, as a server does
with what it cannot read, so that a question that is wrong finds nothing.
"""

from __future__ import annotations

import json
from base64 import b64encode
from bisect import bisect_right
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from urllib.parse import unquote, urlsplit

USER, PASSWORD = "newsroom", "s3kr3t-pässword"
AUTHORIZATION = "Basic " + b64encode(f"{USER}:{PASSWORD}".encode()).decode()
MOST_HITS, MOST_CLAUSES = 10_000, 1_024


class Refused(Exception):
    def __init__(self, status, kind, reason=""):
        self.status, self.error = status, {"type": kind, "reason": reason}


class StandIn(ThreadingHTTPServer):
    """`indices` hold a mapping and documents each; with `failing` set, every request is answered with that status."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.lock = Lock()
        self.begin_anew()

    def begin_anew(self):
        self.indices, self.asked, self.failing = {}, [], None

    @property
    def address(self):
        return f"http://{USER}:s3kr3t-p%C3%A4ssword@127.0.0.1:{self.server_port}/newsroom"

    @property
    def places(self):
        return {int(number) for number in self.indices["newsroom"].documents}


class Index:
    def __init__(self, mappings):
        self.mappings, self.documents = mappings, {}
        assert mappings["dynamic"] == "strict"
        assert mappings["properties"]["tokens"]["analyzer"] == "whitespace"

    def put(self, number, source):
        if unknown := sorted(set(source) - set(self.mappings["properties"])):
            raise Refused(400, "strict_dynamic_mapping_exception", f"introduction of [{unknown[0]}] is not allowed")
        longest = self.mappings["properties"]["words"]["ignore_above"]
        self.documents[number] = {
            "place": int(source["place"]),
            "tokens": source["tokens"].split(),
            "words": {word for word in source["words"] if len(word) <= longest},
        }

    # What is done to it, by the last part of the address.

    def mapping(self, name):
        return {name: {"mappings": self.mappings}}

    def bulk(self, lines):
        lines, items = iter(lines), []
        for line in lines:
            ((action, said),) = line.items()
            result = {"_id": said["_id"], "status": 200}
            try:
                if action == "index":
                    self.put(said["_id"], next(lines))
                elif action != "delete":
                    raise Refused(400, "illegal_argument_exception", action)
                elif self.documents.pop(said["_id"], None) is None:
                    result["status"] = 404
            except Refused as refused:
                result |= {"status": refused.status, "error": refused.error}
            items.append({action: result})
        return {"errors": any(each["status"] > 299 for item in items for each in item.values()), "items": items}

    def mget(self, *, ids):
        return {"docs": [{"_id": number, "found": number in self.documents} for number in ids]}

    def search(self, *, size, query=None, sort=None, _source=True, track_total_hits=10_000, aggs=None):
        if size > MOST_HITS:
            raise Refused(400, "illegal_argument_exception", "Result window is too large")
        if query and clauses_of(query) > MOST_CLAUSES:
            raise Refused(400, "too_many_nested_clauses")
        documents = self.documents.items()
        found = [number for number, document in documents if query is None or fits(document, query, self)]
        for ((name, order),) in [each.items() for each in sort or []]:
            found.sort(key=lambda number: self.documents[number][name], reverse={"asc": False, "desc": True}[order])
        hits = {"hits": [{"_id": number} for number in found[:size]]}
        if track_total_hits is not False:
            number = min(len(found), track_total_hits + 1)  # a server counts on a little beyond
            hits["total"] = {"value": number, "relation": "eq"}
        answer = {"timed_out": False, "_shards": {"failed": 0}, "hits": hits, "status": 200}
        if aggs:
            answer["aggregations"] = {name: self.composite(**said["composite"]) for name, said in aggs.items()}
        return answer

    def composite(self, *, size, sources, after=None):
        ((name, source),) = sources[0].items()
        counts = Counter(word for document in self.documents.values() for word in document[source["terms"]["field"]])
        words = sorted(counts)
        start = bisect_right(words, after[name]) if after else 0
        buckets = [{"key": {name: word}, "doc_count": counts[word]} for word in words[start : start + size]]
        return {"buckets": buckets, **({"after_key": buckets[-1]["key"]} if buckets else {})}


# Questions. An argument that is not named here is one that the server does not know.


def fits(document, query, index):
    ((name, said),) = query.items()
    return QUERIES[name](document, index, **said)


def fits_bool(document, index, *, filter=(), must_not=(), should=(), minimum_should_match=0):
    return (
        all(fits(document, each, index) for each in filter)
        and not any(fits(document, each, index) for each in must_not)
        and sum(fits(document, each, index) for each in should) >= minimum_should_match
    )


def fits_terms(document, index, *, tokens):
    return not set(tokens).isdisjoint(document["tokens"])


def fits_prefix(document, index, *, tokens):
    return any(token.startswith(tokens["value"]) for token in document["tokens"])


def fits_range(document, index, *, place):
    compared = {"gt": int.__gt__, "gte": int.__ge__, "lte": int.__le__}
    return all(compared[how](document["place"], value) for how, value in place.items())


def fits_phrase(document, index, *, tokens):
    return has_phrase(document, [{word} for word in tokens["query"].split()])


def fits_phrase_prefix(document, index, *, tokens):
    *first, last = tokens["query"].split()
    every = sorted({token for each in index.documents.values() for token in each["tokens"] if token.startswith(last)})
    return has_phrase(document, [*({word} for word in first), set(every[: tokens["max_expansions"]])])


def has_phrase(document, phrase):
    tokens = document["tokens"]
    starts = range(len(tokens) - len(phrase) + 1)
    return any(all(tokens[start + at] in words for at, words in enumerate(phrase)) for start in starts)


def clauses_of(query):
    ((name, said),) = query.items()
    parts = [each for some in said.values() if isinstance(some, list) for each in some] if name == "bool" else []
    return sum(map(clauses_of, parts)) if name == "bool" else 1


QUERIES = {
    "bool": fits_bool,
    "terms": fits_terms,
    "prefix": fits_prefix,
    "range": fits_range,
    "match_phrase": fits_phrase,
    "match_phrase_prefix": fits_phrase_prefix,
}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are two packets; the client would wait with its receipt of the first

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with self.server.lock:
            try:
                status, said = 200, self.said(body)
            except Refused as refused:
                status, said = refused.status, {"error": {**refused.error, "root_cause": [refused.error]}}
            except (KeyError, TypeError, ValueError, AssertionError) as error:
                problem = {"type": "parsing_exception", "reason": repr(error)}
                status, said = 400, {"error": {**problem, "root_cause": [problem]}}
        content = json.dumps({"status": status, **said} if status > 299 else said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=UTF-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = answer

    def said(self, body):
        server, (_, name, *rest) = self.server, unquote(urlsplit(self.path).path).split("/")
        action = rest[0] if rest else "_create"
        server.asked.append(action)
        if server.failing:
            raise Refused(server.failing, "unavailable_shards_exception", "the cluster starts")
        if self.headers["Authorization"] != AUTHORIZATION:
            raise Refused(401, "security_exception", "unable to authenticate user")
        if action == "_create":
            return self.create(name, json.loads(body))
        if name not in server.indices:
            raise Refused(404, "index_not_found_exception", f"no such index [{name}]")
        return ACTIONS[self.command, action](server.indices[name], name, body)

    def create(self, name, said):
        assert self.command == "PUT"
        if name in self.server.indices:
            raise Refused(400, "resource_already_exists_exception", f"index [{name}] already exists")
        self.server.indices[name] = Index(**said)
        return {"acknowledged": True}

    def log_message(self, *args):
        pass


def lines_of(body):
    assert body.endswith(b"\n")
    return [json.loads(line) for line in body.splitlines()]


def several(index, body):
    lines = lines_of(body)
    assert not any(lines[::2])
    return {"responses": [each(index, said) for said in lines[1::2]]}


def each(index, said):
    """One of several questions; one that is wrong spoils no other."""
    try:
        return index.search(**said)
    except Refused as refused:
        return {"error": refused.error, "status": refused.status}
    except (KeyError, TypeError, ValueError) as error:
        return {"error": {"type": "parsing_exception", "reason": repr(error)}, "status": 400}


ACTIONS = {
    ("GET", "_mapping"): lambda index, name, body: index.mapping(name),
    ("POST", "_bulk"): lambda index, name, body: index.bulk(lines_of(body)),
    ("POST", "_mget"): lambda index, name, body: index.mget(**json.loads(body)),
    ("POST", "_msearch"): lambda index, name, body: several(index, body),
    ("POST", "_search"): lambda index, name, body: index.search(**json.loads(body)),
    ("POST", "_refresh"): lambda index, name, body: {"_shards": {"failed": 0}},
    ("POST", "_count"): lambda index, name, body: {"count": len(index.documents)},
}
