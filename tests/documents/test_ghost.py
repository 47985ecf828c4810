"""Ghost's export as versions 1 to 5 write it."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime

import pytest

from articles.documents.errors import DocumentError, DocumentTooLarge
from articles.documents.formats import ghost
from articles.documents.reading import read_file
from articles.documents.story import Status

POST = {
    "id": "65f0a1",
    "uuid": "0b8e-7712",
    "title": "Ferry & crew",
    "slug": "ferry",
    "html": '<p>A ferry sat on a <a href="/bank">sandbank</a>.</p><!--kg-card-begin: html--><p>Still.</p>',
    "plaintext": "A ferry sat",
    "status": "published",
    "visibility": "public",
    "type": "post",
    "published_at": "2026-03-14T06:30:00.000Z",
    "updated_at": "2026-03-14T08:00:00.000Z",
    "custom_excerpt": "Nobody was hurt.",
    "canonical_url": "https://cobh.example/ferry",
}
TABLES = {
    "posts_authors": [
        {"post_id": "65f0a1", "author_id": "u2", "sort_order": 1},
        {"post_id": "65f0a1", "author_id": "u1", "sort_order": 0},
    ],
    "posts_tags": [
        {"post_id": "65f0a1", "tag_id": "t2", "sort_order": 1},
        {"post_id": "65f0a1", "tag_id": "t1", "sort_order": 0},
        {"post_id": "65f0a1", "tag_id": "t3", "sort_order": 2},
    ],
    "tags": [
        {"id": "t1", "name": "Shipping", "visibility": "public"},
        {"id": "t2", "name": "Cobh", "visibility": "public"},
        {"id": "t3", "name": "#newsletter", "visibility": "internal"},
    ],
    "users": [{"id": "u1", "name": "Ana Moss"}, {"id": "u2", "name": "Tom Hill"}],
}


def export(*posts, **tables):
    meta = {"exported_on": 1773480000000, "version": "5.109.0"}
    return json.dumps({"db": [{"meta": meta, "data": {"posts": posts, **TABLES, **tables}}]}).encode()


def stories_of(content, max_bytes=1_000_000):
    return list(read_file(io.BytesIO(content), source="ghost", max_bytes=max_bytes))


def without_html(**fields):
    return {**POST, "html": None, "plaintext": None, **fields}


def test_a_post_brings_all_that_the_site_knows_of_it():
    (story,) = stories_of(b"\xef\xbb\xbf" + export(POST))
    assert (story.headline, story.standfirst) == ("Ferry & crew", "Nobody was hurt.")
    assert story.text == "A ferry sat on a sandbank.\nStill."
    assert story.byline == ("Ana Moss", "Tom Hill")
    assert (story.section, story.keywords) == ("Shipping", ("Cobh",))
    assert story.published == datetime(2026, 3, 14, 6, 30, tzinfo=UTC)
    assert story.modified == datetime(2026, 3, 14, 8, 0, tzinfo=UTC)
    assert (story.identifier, story.address) == ("0b8e-7712", "https://cobh.example/ferry")
    assert (story.status, story.embargo, story.warnings) == (Status.USABLE, None, ())
    assert (story.source, story.format) == ("ghost, post 1", "ghost")


def test_an_export_of_the_first_versions():
    """Numbers for keys, thousandths of a second for times, pages among the posts, one author a post."""
    post = {"id": 7, "title": "Tide", "html": "<p>It is high.</p>", "status": "published", "page": 0, "author_id": 1}
    data = {
        "posts": [{**post, "published_at": 1773469800000}, {**post, "page": 1}],
        "users": [{"id": 1, "name": "Ana Moss"}],
    }
    content = json.dumps({"meta": {"exported_on": 1, "version": "004"}, "data": data}).encode()
    (story,) = stories_of(content)
    assert (story.headline, story.byline, story.identifier) == ("Tide", ("Ana Moss",), "7")
    assert story.published == datetime(2026, 3, 14, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "meant"),
    [
        ({"status": "published"}, (Status.USABLE, False)),
        ({"status": "scheduled"}, (Status.USABLE, True)),
        ({"status": "draft", "published_at": None}, (Status.WITHHELD, False)),
        ({"status": "sent"}, (Status.WITHHELD, False)),
        ({"visibility": "paid"}, (Status.WITHHELD, False)),
        ({"status": "odd"}, (Status.WITHHELD, False)),
    ],
)
def test_what_not_every_reader_sees_is_withheld(fields, meant):
    (story,) = stories_of(export({**POST, **fields}))
    assert (story.status, story.embargo is not None) == meant
    assert bool(story.warnings) is (fields.get("status") == "odd")


LEXICAL = {
    "root": {
        "children": [
            {"type": "paragraph", "children": [
                {"type": "extended-text", "text": "A <ferry> ", "format": 0},
                {"type": "extended-text", "text": "sat", "format": 3},
                {"type": "link", "url": "https://cobh.example/", "children": [{"text": " there"}]},
            ]},
            {"type": "image", "src": "a.jpg", "caption": "The ferry"},
            {"type": "extended-heading", "tag": "h2", "children": [{"type": "text", "text": "Again"}]},
            {"type": "list", "listType": "bullet", "tag": "ul",
             "children": [{"type": "listitem", "children": [{"text": "One"}]}]},
            {"type": "extended-quote", "children": [{"text": "It sat."}]},
            {"type": "html", "html": "<p>Card</p><script>x()</script>"},
            {"type": "markdown", "markdown": "**Bold**"},
        ]
    }
}  # fmt: skip
MOBILEDOC = {
    "version": "0.3.1",
    "markups": [["strong"], ["a", ["href", "https://cobh.example/"]]],
    "atoms": [["soft-return", "", {}]],
    "cards": [["markdown", {"markdown": "# Again\n\nIt *sat*."}], ["image", {"src": "a.jpg"}]],
    "sections": [
        [1, "p", [[0, [], 0, "A <ferry> "], [0, [0], 1, "sat"], [1, [], 0, 0], [0, [1], 1, "there"]]],
        [3, "ul", [[[0, [], 0, "One"]], [[0, [], 0, "Two"]]]],
        [10, 0],
        [10, 1],
    ],
}  # fmt: skip


def test_text_that_was_never_rendered_is_read_from_the_editors():
    lexical, mobiledoc, plain = stories_of(
        export(
            without_html(lexical=json.dumps(LEXICAL)),
            without_html(mobiledoc=json.dumps(MOBILEDOC)),
            without_html(plaintext="It sat.\n\nStill."),
        )
    )
    assert lexical.text.split("\n") == ["A <ferry> sat there", "Again", "One", "It sat.", "Card", "Bold"]
    assert "<strong><em>sat</em></strong>" in lexical.body or "<em><strong>sat</strong></em>" in lexical.body
    assert mobiledoc.text.split("\n") == ["A <ferry> sat", "there", "One", "Two", "Again", "It sat."]
    assert plain.body == "<p>It sat.</p><p>Still.</p>"


@pytest.mark.parametrize("card", [[["markdown"], {}], ["html", 5], 7, []])
def test_cards_of_another_shape_are_passed_over(card):
    document = {**MOBILEDOC, "cards": [card]}
    (story,) = stories_of(export(without_html(mobiledoc=json.dumps(document))))
    assert story.text.split("\n") == ["A <ferry> sat", "there", "One", "Two"]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"html": "", "plaintext": ""}, "ghost, post 1: “Ferry & crew”: there is no text in it"),
        (without_html(lexical="{broken"), "ghost, post 1: it is no JSON at line 1, character 2"),
        (
            without_html(lexical='{"root":' + '{"type":"list","tag":"ul","children":[' * 60 + "]}" * 60 + "}"),
            "ghost, post 1: its text is nested deeper than 40 elements",
        ),
    ],
)
def test_a_post_that_is_no_story_is_named_and_the_others_are_read(fields, found):
    error, story = stories_of(export({**POST, **fields}, POST))
    assert str(error).startswith(found)
    assert story.headline == "Ferry & crew"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (export(), "there is no post in this Ghost export"),
        (export({**POST, "type": "page"}), "there is no post in this Ghost export"),
        (export(POST)[:-20], "it is no JSON: "),
        (b'{"db":[{"meta":' + b"[" * 200_000, "it is nested deeper than 64 levels"),
        (b'{"db":[{"meta": \xff\xff', "it is no JSON: "),
        (b'{"db": [{"meta": 5, "data": {"posts": 7, "users": [5, [6]]}}]}', "there is no post in this Ghost export"),
    ],
)
def test_what_is_wrong_with_the_file_is_told(content, found):
    errors = list(read_file(io.BytesIO(content), source="ghost", max_bytes=1_000_000, format="ghost"))
    assert isinstance(errors[-1], DocumentError)
    assert found in str(errors[-1])
    assert "\n" not in str(errors[-1])


def test_a_post_above_the_limit_is_rejected_and_the_reading_goes_on():
    long = {**POST, "html": "<p>It sat.</p>" * 40_000}
    error, story = stories_of(export(long, {**POST, "title": "Ferry afloat"}), max_bytes=100_000)
    assert isinstance(error, DocumentTooLarge)
    assert str(error) == "ghost, post 1: it has more than 100,000 bytes, which is the most expected of a story"
    assert story.headline == "Ferry afloat"


def test_a_text_many_times_above_the_limit_is_not_held_in_memory():
    (error,) = stories_of(export({**POST, "html": "<p>It sat.</p>" * 90_000}), max_bytes=100_000)
    assert error.found == "a text in it has more than 8 times 100,000 bytes, the most of a story"


def test_half_a_character_is_told():
    (error,) = stories_of(export(POST).replace(b"Shipping", b"Ship\xed\xa0\x80ping"))
    assert "is no UTF-8" in error.found


def test_other_documents_are_no_exports():
    for start in (b'{"db": 5}', b'{"version": "https://jsonfeed.org/version/1.1"}', b'[{"meta": {}}]', b"db"):
        assert not ghost.is_sure(start)
