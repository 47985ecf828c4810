"""Whom a quotation was told and on what occasion, by sentences in which it stands in different places."""

from __future__ import annotations

import pytest

from articles.extraction.occasions import find_occasions
from tests.extraction.test_attribution import Reader


def phrases(text):
    reader = Reader(text)
    return [
        (q.addressee and q.addressee.of(text), q.occasion and q.occasion.of(text))
        for q in find_occasions(text, reader.quotations, reader.entities)
    ]


@pytest.mark.parametrize(
    ("text", "addressee", "occasion"),
    [
        # Behind the cue.
        ("“No,” Hill told reporters.", "reporters", None),
        ("Hill told Radio Tarn in an emailed statement on Friday: “No.”", "Radio Tarn", "in an emailed statement"),
        ("“No,” he told the Skerry Times and Calder.", "the Skerry Times and Calder", None),
        ("“No,” Hill told the Skerry Times's Morning Watch.", "the Skerry Times's Morning Watch", None),
        ("“No,” Hill told a crowd of 5,000 in Leeds.", "a crowd of 5,000", None),
        ("“No,” Hill told reporters waiting outside court.", "reporters", None),
        ("“No,” Hill told a meeting of members in Kendal on Sunday.", "a meeting of members in Kendal", None),
        ("“Was it shut?” Calder asked Mr Hill.", "Mr Hill", None),
        ("“No,” Hill said to us.", "us", None),
        ("Hill wrote to the council: “The road is shut.”", "the council", None),
        ("Hill urged drivers to “turn back”.", "drivers", None),
        ("“No,” Hill said at a news conference in Leeds on Monday.", None, "at a news conference in Leeds"),
        ("“No,” she said late on Monday in a statement issued by her lawyer.", None,
         "in a statement issued by her lawyer"),
        ("“No,” Hill said in a statement on Friday to the Skerry Times.", "the Skerry Times",
         "in a statement on Friday to the Skerry Times"),
        ("“No,” Hill said on Twitter.", None, "on Twitter"),
        ("“No,” Hill wrote on X.", None, "on X"),
        ("Hill said during a debate in the Commons on Monday that the road was shut.", None,
         "during a debate in the Commons"),
        ("Hill said in an interview with Radio Tarn: “No.”", "Radio Tarn", "in an interview with Radio Tarn"),
        ("“No,” Hill wrote in a letter to staff about the cuts.", "staff", "in a letter to staff about the cuts"),
        ("“No,” Hill said, speaking to reporters at a rally in Ottawa.", "reporters", "at a rally in Ottawa"),
        ("“No,” Hill said, while addressing the press on Friday.", "the press", None),
        ("Hill said: “Stand by us”, while addressing the press.", "the press", None),
        ("Hill called it “a mess” in a post on X.", None, "in a post on X"),
        ("“No,” Hill told morning passengers.", "morning passengers", None),
        ("“No,” Hill told Canal 9 on 3 May.", "Canal 9", None),
        ("“No,” Hill said by text.", None, "by text"),
        ("“No,” Hill said in a statement posted to his Twitter account.", None,
         "in a statement posted to his Twitter account"),
        ("“No,” Hill said on the Skerry Times.", None, "on the Skerry Times"),
        # Behind the source.
        ("“No,” said Ines Calder in a tweet.", None, "in a tweet"),
        ("“No,” said Ines Calder, the treasurer, in a Facebook post on Sunday.", None, "in a Facebook post"),
        # Between source and cue.
        ("Hill, in an interview with the Skerry Times on Sunday, said: “No.”", "the Skerry Times",
         "in an interview with the Skerry Times"),
        ("The Harbour Trust in a statement said: “No.”", None, "in a statement"),
        # Before the source.
        ("In a statement on Friday, the Harbour Trust said the road was shut.", None, "In a statement"),
        ("On Friday, in a letter to staff, Hill wrote: “No.”", "staff", "in a letter to staff"),
        ("Speaking to reporters at a rally in Leeds on Saturday, Hill said the road was shut.", "reporters",
         "at a rally in Leeds"),
        ("Writing in the Skerry Times, Hill said the road was shut.", None, "in the Skerry Times"),
        # Whoever is told may be the subject.
        ("The inquiry was told by Hill that the road was shut.", "The inquiry", None),
    ],
)  # fmt: skip
def test_phrase_is_found_where_it_stands(text, addressee, occasion):
    assert phrases(text)[0] == (addressee, occasion)


@pytest.mark.parametrize(
    "text",
    [
        "Hill said on Monday that the road was shut.",
        "Hill said in 2019 that the road was shut.",
        "“No,” said Hill in the north.",
        "“No,” Hill said in Leeds last week.",
        "“No,” Hill said in response to the report.",
        "“No,” Hill said at the time of the hearing.",
        "“No,” Hill said after the meeting.",
        "“No,” said Hill, who was at the hearing in Leeds.",
        "“No,” Hill said, and left the meeting in a hurry.",
        "“No,” said the man in the conference hotel.",
        "Hill asked whether the road was shut.",
        "Hill warned of “a disgrace”.",
        "Hill wrote to complain that “nobody” had come.",
        "“No,” Hill said to cheers.",
        "“Why?” asked Ines Calder.",
        "“No,” Hill replied to the claims.",
        "The road was closed after a meeting in Leeds. “No,” Hill said.",
    ],
)
def test_nothing_rather_than_a_wrong_phrase(text):
    assert phrases(text) == [(None, None)]


def test_each_quotation_of_a_sentence_has_its_own():
    text = "“No,” Hill told reporters in a statement, while Calder wrote on Twitter: “Yes.”"
    assert phrases(text) == [("reporters", "in a statement"), (None, "on Twitter")]


def test_speech_within_speech_has_a_hearer_of_its_own():
    text = "Hill told reporters: “She told me, ‘Go home,’ and I did.”"
    assert phrases(text) == [("reporters", None), ("me", None)]


def test_a_quotation_without_a_cue_has_neither():
    assert phrases("Hill: “No.”") == [(None, None)]
