from __future__ import annotations

import io
import json
from datetime import UTC, datetime

import pytest

from articles.documents.errors import BrokenDocument, DocumentError, NoStory
from articles.documents.reading import read_file, read_stories
from articles.documents.story import Credit, Dateline, Status

BODY = "<p>The ferry sits.</p><p>Still.</p>"
# What versions 1, 2 and 3 call the same.
FIRST = {
    "uri": "urn:rw:17", "type": "text", "version": "3", "versioncreated": "2024-03-03T14:20:00Z", "pubstatus": "usable",
    "urgency": 4, "language": "en-GB", "headline": "Ferry aground", "byline": "By Ana Moss and Tom Hill",
    "description_text": "Passengers play cards.", "body_xhtml": BODY, "body_text": "The ferry sits.",
    "located": "Lasem", "subject": [{"name": "Shipping", "rel": "about"}], "copyrightholder": "Rivers Wire",
    "copyrightnotice": "© 2024 Rivers Wire", "usageterms": "Not after 30 days.", "ednote": "Pictures follow.",
    "embargoed": "2024-03-04T05:00:00+00:00", "contentcreated": "2024-03-03T14:05:00Z",
    "associations": {"main": {"uri": "urn:rw:18", "type": "picture", "headline": "The ferry"}},
}  # fmt: skip
SECOND = {
    **{name: FIRST[name] for name in FIRST if name not in {"headline", "byline", "subject", "associations"}},
    "headlines": [{"role": "short", "value": "Ferry"}, {"role": "main", "value": "Ferry aground"}],
    "by": "By Ana Moss and Tom Hill",
    "descriptions": [
        {"role": "caption", "value": "The ferry."},
        {"role": "summary", "value": "Passengers play cards."},
    ],
    "bodies": [
        {"role": "text", "contenttype": "text/plain", "value": "The ferry sits."},
        {"role": "other", "contenttype": "application/xml", "value": "<X/>"},
        {"role": "html5", "contenttype": "text/html; charset=utf-8", "value": BODY},
    ],
    "subjects": [{"name": "Shipping", "literal": "15007000"}, {"literal": "N2:TN"}],
}
for old in ("description_text", "body_xhtml", "body_text"):
    del SECOND[old]
CAMELS = {
    "versioncreated": "versionCreated", "contentcreated": "contentCreated", "pubstatus": "pubStatus",
    "ednote": "edNote", "copyrightholder": "copyrightHolder", "copyrightnotice": "copyrightNotice",
    "usageterms": "usageTerms", "contenttype": "contentType",
}  # fmt: skip


def in_camels(value):
    if isinstance(value, list):
        return [in_camels(each) for each in value]
    if isinstance(value, dict):
        return {CAMELS.get(name, name): in_camels(each) for name, each in value.items()}
    return value


def found_in(content, **options):
    file = io.BytesIO(content if isinstance(content, bytes) else json.dumps(content).encode())
    return list(read_file(file, **{"source": "a.ninjs", "max_bytes": 100_000, **options}))


def read(item, **options):
    [story] = found_in(item, **options)
    if isinstance(story, DocumentError):
        raise story
    return story


@pytest.mark.parametrize("item", [FIRST, SECOND, in_camels(SECOND)], ids=["version 1", "version 2", "version 3"])
def test_an_item_says_all_it_can(item):
    story = read(item, source="a.txt")
    assert (story.headline, story.standfirst, story.body) == ("Ferry aground", "Passengers play cards.", BODY)
    assert (story.byline, story.dateline, story.language) == (("Ana Moss", "Tom Hill"), Dateline("Lasem"), "en-gb")
    assert story.published == datetime(2024, 3, 3, 14, 5, tzinfo=UTC)
    assert story.modified == datetime(2024, 3, 3, 14, 20, tzinfo=UTC)
    assert story.embargo == datetime(2024, 3, 4, 5, tzinfo=UTC)
    assert (story.identifier, story.version, story.urgency) == ("urn:rw:17", 3, 4)
    assert (story.publisher, story.copyright) == ("Rivers Wire", "© 2024 Rivers Wire")
    assert (story.keywords, story.instructions) == (("Shipping",), "Pictures follow. Not after 30 days.")
    assert (story.status, story.corrections, story.warnings, story.format) == (Status.USABLE, (), (), "ninjs")


def test_what_editorial_systems_write_besides():
    story = read(
        {
            "uri": "17", "type": "text", "pubstatus": "usable", "headline": "Ferry aground", "source": "Rivers Wire",
            "body_html": BODY, "service": [{"code": "t", "name": "Towns"}], "keywords": ["ferries"], "version": 4,
            "authors": [{"name": "Ana Moss", "role": "writer"}], "firstpublished": "2024-03-03T14:05:00+0000",
            "description_html": "<p>Cards &amp; dice.</p>",
        }
    )  # fmt: skip
    assert (story.byline, story.section, story.publisher) == (("Ana Moss",), "Towns", "Rivers Wire")
    assert (story.keywords, story.version, story.standfirst) == (("ferries",), 4, "Cards & dice.")
    assert story.published == datetime(2024, 3, 3, 14, 5, tzinfo=UTC)


def test_whole_pages_as_nordic_agencies_write_them_are_no_more_than_the_story():
    page = (
        '<html><head><title>x</title></head><body><article><h1>Ferry aground</h1><div class="dat"><span>Lasem</span>'
        '<span>RW</span></div><p>The ferry sits.</p><figure><img src="a.jpg"><div>Bo Ek</div><figcaption>'
        "The ferry.</figcaption></figure><p>Still.</p></article></body></html>"
    )
    said = {"headlines": [{"value": "Ferry aground"}], "bodies": [{"contenttype": "text/html", "value": page}]}
    # Their summary is the beginning of the story, cut off.
    story = read({"uri": "17", **said, "descriptions": [{"role": "text", "value": "The ferry sits. Sti"}]})
    assert (story.text, story.standfirst) == ("The ferry sits.\nStill.", "")


def test_sources_by_what_they_did():
    sources = [
        ("Ana Moss", "reporting"),
        ("Bo Ek", "photographs"),
        ("Tidewire", "agency"),
        ("Lee Courier", "publisher"),
    ]
    story = read({**FIRST, "infosource": [{"name": name, "role": role} for name, role in sources]})
    assert (story.byline, story.credits) == (("Ana Moss",), (Credit("Bo Ek", "photographs"),))
    assert (story.dateline, story.publisher) == (Dateline("Lasem", "Tidewire"), "Lee Courier")


@pytest.mark.parametrize(
    ("said", "status"),
    [("withheld", Status.WITHHELD), ("canceled", Status.CANCELED), ("commissioned", Status.WITHHELD)],
)
def test_what_may_be_done_with_it(said, status):
    assert read({**FIRST, "pubstatus": said}).status is status


def test_who_takes_a_story_back_need_not_send_it():
    story = read({"uri": "urn:rw:17", "pubstatus": "canceled"})
    assert (story.identifier, story.status, story.headline) == ("urn:rw:17", Status.CANCELED, "urn:rw:17")


def test_several_items_stand_in_a_list_or_in_lines():
    items = [FIRST, {**FIRST, "uri": "18", "type": "picture"}, {**SECOND, "uri": "19"}]
    told = "this is an item of the type “picture”; expected a text"
    listed = [str(each) for each in found_in(items) if isinstance(each, DocumentError)]
    assert listed == [f"a.ninjs: item 2: {told}"]
    lines = b"\n".join(json.dumps(each).encode() for each in items)
    found = found_in(lines + b'\n\n{"uri": \n' + lines[:100_001].ljust(100_002, b" ").replace(b"\n", b" ") + b"\n")
    assert [each.identifier for each in found if not isinstance(each, DocumentError)] == ["urn:rw:17", "19"]
    assert [str(each) for each in found if isinstance(each, DocumentError)] == [
        f"a.ninjs: line 2: {told}",
        "a.ninjs: line 5: this is no JSON: Expecting value (column 1)",
        "a.ninjs: line 6: the item has more than 100,000 bytes",
    ]


def test_items_of_text_alone_and_of_nothing():
    assert read({"uri": "1", "headline": "Rain", "body_text": "It rains.\n\nA lot."}).text == "It rains.\nA lot."
    story = read({"uri": "1", "type": "composite", "headline": "Rain", "associations": {"a": {"uri": "2"}}})
    assert "it is made of 1 associated items, which are not read" in story.warnings


@pytest.mark.parametrize(
    ("content", "kind", "found"),
    [
        (json.dumps(FIRST, indent=1).encode()[:300], BrokenDocument, "line 12: this is no JSON: "),
        ([], NoStory, "the list of items is empty; expected ninjs items"),
        ([7], BrokenDocument, "this is a number; expected an object with “uri” and “headlines”"),
        ({**FIRST, "headline": 7}, BrokenDocument, "“headline” is a number; expected a text"),
        ({**FIRST, "subject": [7]}, BrokenDocument, "“subject” has something else than objects in it"),
        ({**FIRST, "subject": "Rain"}, BrokenDocument, "“subject” is a text; expected a list"),
        ({**FIRST, "embargoed": True}, BrokenDocument, "“embargoed” is true or false; expected a text"),
        ({**FIRST, "embargoed": "soon"}, BrokenDocument, "embargoed is 'soon'; expected a date and time"),
        (b'{"uri": ' + b"[" * 100_000, BrokenDocument, "this JSON is nested too deep"),
        (b'{"uri": ' + b"9" * 5_000 + b"}", BrokenDocument, "this JSON is nested too deep, or has a number too long"),
        ({"uri": "17"}, NoStory, "there is no text in it"),
    ],
)
def test_what_is_no_story_is_told(content, kind, found):
    with pytest.raises(kind) as error:
        read(content, format="ninjs", max_bytes=1_000_000)
    assert str(error.value).startswith(f"a.ninjs: {found}")


def test_other_json_is_no_item():
    content = b'{"uri": "urn:rw:17", "headline": "' + b"x" * 5000 + b'"}'
    with pytest.raises(DocumentError, match="this is JSON; expected one of"):
        next(read_stories(content, source="a"))


def test_white_space_in_names_and_places_is_folded_before_anything_looks_at_it():
    gap = " " * 20_000
    story = read({**FIRST, "byline": f"By Ana{gap}Moss", "located": f"Port{gap}Lasem"})
    assert (story.byline, story.dateline) == (("Ana Moss",), Dateline("Port Lasem"))
