from __future__ import annotations

import pytest

from articles.documents.blocks import paragraph, split
from articles.documents.endings import cut_end_notes, is_note

STORY = ["The river rose on Monday.", "It fell on Tuesday.", "Nobody was hurt, the mayor said."]


def end(*lines):
    ending = cut_end_notes([paragraph(line.split("\n")) for line in [*STORY, *lines]])
    return [block.text for block in ending.story], list(ending.notes), list(ending.names)


@pytest.mark.parametrize(
    "notes",
    [
        pytest.param(["(Reporting by Ana Moss; editing by Tom Hill)"], id="agency credit"),
        pytest.param(["Reporting by Ana Moss and Tom Hill; Editing by Ruth Dale"], id="credit without brackets"),
        pytest.param(["Additional reporting by Tom Hill"], id="additional reporting"),
        pytest.param(["Sources: police; own reporting. Additional reporting: Tom Hill."], id="sources in a line"),
        pytest.param(["Sources", "Rivers Sheet, 3 March", "Harbour Post, 4 March"], id="sources in a list"),
        pytest.param(["Related news", "Ferry sails again"], id="related news"),
        pytest.param(["© Rivers Sheet 2024"], id="copyright"),
        pytest.param(["Copyright 2024 Rivers Sheet. All rights reserved."], id="copyright in words"),
        pytest.param(["(END)"], id="end mark in brackets"),
        pytest.param(
            ["ends", "Notes for editors\n1. The river is the Calder.\n2. Pictures are on request."], id="press release"
        ),
        pytest.param(["###"], id="three signs"),
        pytest.param(["-30-"], id="thirty"),
        pytest.param(["-- From staff and wire reports"], id="wire reports"),
        pytest.param(["With files from The Northern Press"], id="files"),
        pytest.param(["(rm/th)"], id="initials"),
        pytest.param(["newsdesk@rivers.example | @riverssheet | #floods"], id="addresses"),
        pytest.param(
            ["For more information, call the town hall.", "Contact: Ana Moss, ana@rivers.example"], id="contact"
        ),
        pytest.param(["Compiled by Ana Moss. #RiversToday"], id="compiled"),
    ],
)
def test_notes_are_kept_apart_as_printed(notes):
    assert end(*notes) == (STORY, notes, [])


@pytest.mark.parametrize(
    "last",
    [
        "Reporting by the tribunal has shown otherwise.",
        "Research by the institute found nothing.",
        "Writing by hand helps, he said.",
        "With material costs rising, the town will wait.",
        "Copyright law is to change, the minister said.",
        "Sources close to the mayor said she knew.",
        "Ends of the rope were found.",
        '"Follow me," she said.',
        "The end.",
        "Photographs of the bridge were sold.",
        "From staff to pupils, everybody came.",
    ],
)
def test_a_last_paragraph_is_story(last):
    assert end(last) == ([*STORY, last], [], [])


def test_a_line_of_stars_says_nothing():
    assert end("* * *") == (STORY, [], [])


def test_a_byline_under_the_story_gives_its_names():
    assert end("By Ana Moss") == (STORY, [], ["Ana Moss"])


def test_a_credit_at_the_end_of_the_last_paragraph_is_cut_off():
    story, notes, _ = end("He left. (Reporting by Ana Moss; editing by Tom Hill)")
    assert story[-1] == "He left."
    assert notes == ["(Reporting by Ana Moss; editing by Tom Hill)"]


def test_a_note_on_the_last_line_of_a_paragraph_is_cut_off():
    story, notes, _ = end("He left.\n(Reporting by Ana Moss)")
    assert story[-1] == "He left."
    assert notes == ["(Reporting by Ana Moss)"]


def test_sources_in_a_list_element():
    ending = cut_end_notes(
        split("<p>It rained.</p><h2>Sources</h2><ul><li>Rivers Sheet</li><li>Harbour Post</li></ul>")
    )
    assert [block.text for block in ending.story] == ["It rained."]
    assert ending.notes == ("Sources", "Rivers Sheet\nHarbour Post")


def test_a_section_called_contact_stays_where_a_story_follows():
    long = "The first contact was made in May, and it went on for a year with letters. " * 4
    story, notes, _ = end("Contact", long.strip())
    assert story[-1] == long.strip()
    assert notes == []


def test_something_is_always_left():
    ending = cut_end_notes([paragraph(["(END)"])])
    assert [block.text for block in ending.story] == ["(END)"]


def test_long_lines_are_no_notes():
    assert is_note("Sources: " + "police; " * 10)
    assert not is_note("Sources: " + "police; " * 100)
