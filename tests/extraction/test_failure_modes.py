"""What readers of other extractors complain of, each through the whole pipeline with the shipped tagger."""

from __future__ import annotations

from html import escape

import pytest

from articles.documents.story import Story
from articles.extraction.pipeline import extract
from articles.extraction.types import Form, Kind

QUILL, PRATT, DUARTE = "Marta Quill", "Owen Pratt", "Ines Duarte"


def story(text):
    body = "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in text.split("\n"))
    return Story(headline="", body=body, language="en")


def quoted(text):
    """What is quoted with marks or behind a label, as (words, speaker); pieces and paragraphs joined by “ … ”."""
    extraction = extract(story(text))
    return [
        (
            " … ".join(span.of(text) for span in quotation.spans),
            None if quotation.speaker is None else extraction.entities[quotation.speaker].name,
        )
        for quotation in extraction.quotations
        if quotation.form is not Form.INDIRECT
    ]


def named(text, kind=None):
    """The names of a kind, or of any, as printed and in text order."""
    entities = extract(story(text)).entities
    return [span.of(text) for span in sorted(m for e in entities if kind in (None, e.kind) for m in e.mentions)]


def cases(*table):
    """Parametrise by rows of id, text and what is expected; a fourth column says why it is not found yet."""
    return pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param(
                text,
                expected,
                id=name,
                marks=[pytest.mark.xfail(reason=reason, raises=AssertionError, strict=True) for reason in reasons],
            )
            for name, text, expected, *reasons in table
        ],
    )


AFTER = "\n“It sails on Friday,” said Owen Pratt, the harbour master. “Nobody was hurt.”"
STRAIGHT_AFTER = AFTER.replace("“", '"').replace("”", '"')
PRATTS = ("“It sails on Friday,” … “Nobody was hurt.”", PRATT)
STRAIGHT_PRATTS = ('"It sails on Friday," … "Nobody was hurt."', PRATT)


@cases(
    ("opening mark lost", f"We are sorry,” Marta Quill said.{AFTER}", [PRATTS]),
    ("straight opening mark lost", f'We are sorry," Marta Quill said.{STRAIGHT_AFTER}', [STRAIGHT_PRATTS]),
    ("closing mark lost", f"“We are sorry, Marta Quill said.{AFTER}", [("“We are sorry,", QUILL), PRATTS]),
    (
        "straight closing mark lost",
        f'"We are sorry, Marta Quill said.{STRAIGHT_AFTER}',
        [('"We are sorry,', QUILL), STRAIGHT_PRATTS],
    ),
    ("closing mark lost before said", f"“We are late, said Marta Quill.{AFTER}", [("“We are late,", QUILL), PRATTS]),
    (
        "two closing marks lost",
        "“It is old, said Marta Quill.\n“It is not, said Owen Pratt.\n“Please stop,” said Ines Duarte.",
        [("“It is old,", QUILL), ("“It is not,", PRATT), ("“Please stop,”", DUARTE)],
    ),
    ("opening mark doubled", f"““We are sorry,” Marta Quill said.{AFTER}", [("“We are sorry,”", QUILL), PRATTS]),
    ("closing mark doubled", f"“We are sorry,”” Marta Quill said.{AFTER}", [("“We are sorry,”", QUILL), PRATTS]),
    (
        "straight mark doubled",
        f'""We are sorry," Marta Quill said.{STRAIGHT_AFTER}',
        [('"We are sorry,"', QUILL), STRAIGHT_PRATTS],
    ),
    ("inner closing mark lost", f"“He said, ‘Go, and I went,” said Marta Quill.{AFTER}", [
        ("“He said, ‘Go, and I went,”", QUILL), PRATTS]),
    ("both marks open", f"“It is old,“ said Marta Quill.{AFTER}", [("“It is old,“", QUILL), PRATTS]),
    ("both marks close", f"”It is old,” said Marta Quill.{AFTER}", [("”It is old,”", QUILL), PRATTS]),
    ("spaces within", f"“ It is old, ” said Marta Quill.{AFTER}", [("“ It is old, ”", QUILL), PRATTS]),
    ("nothing between", f"“” said Marta Quill.{AFTER}", [PRATTS]),
    ("a length in inches", f'The pier is 12" high, Marta Quill said.{STRAIGHT_AFTER}', [STRAIGHT_PRATTS]),
    ("lost in a paragraph", "“It is old, Marta Quill said. “It is not,” said Owen Pratt.", [
        ("“It is old,", QUILL), ("“It is not,”", PRATT)]),
)  # fmt: skip
def test_a_mark_lost_or_doubled_costs_no_other_quotation(text, expected):
    assert quoted(text) == expected


THREE = "“We lost two boats.\n“We lost the pier.\n“Nobody came to help"


@cases(
    ("closed", f"Marta Quill, an engineer, said: {THREE}.”", [(f"{THREE}.”", QUILL)]),
    ("never closed", f"Marta Quill, an engineer, spoke.\n{THREE}.\nThe ferry is small.", [(f"{THREE}.", QUILL)]),
    ("cue behind the last", f"{THREE},” said Marta Quill, an engineer.", [(f"{THREE},”", QUILL)]),
    (
        "cue behind the first",
        "“We lost two boats,” said Marta Quill.\n“We lost the pier.\n“Nobody came to help.”\nThe ferry is small.",
        [("“We lost two boats,”\n“We lost the pier.\n“Nobody came to help.”", QUILL)],
    ),
    ("another speaks next", f"Marta Quill said: {THREE}.”\n“It was dark,” said Owen Pratt.", [
        (f"{THREE}.”", QUILL), ("“It was dark,”", PRATT)]),
)  # fmt: skip
def test_paragraphs_that_each_open_are_one_quotation(text, expected):
    assert quoted(text) == [(words.replace("\n", " … "), speaker) for words, speaker in expected]


@cases(
    ("a trade", "Hugh Hill, a doctor, said the ward was full.\n“We need beds,” he added.", [
        ("“We need beds,”", "Hugh Hill")]),
    ("a clause", "Hugh Hill, a doctor who has worked there since 2003, said it was full.\n“We need beds,” he added.", [
        ("“We need beds,”", "Hugh Hill")]),
    ("of two the one meant", "Hugh Hill, a doctor, and his sister, Jane Hill, run it.\n“It is full,” she said.", [
        ("“It is full,”", "Jane Hill")]),
    ("goes on", "“It is full,” said Hugh Hill, a doctor. “We need beds,” he added. “And soon.”", [
        ("“It is full,”", "Hugh Hill"), ("“We need beds,” … “And soon.”", "Hugh Hill")]),
    ("whose answer it is", "“It will change,” says Marta Quill.\nOwen Pratt’s answer: “Rubbish.”", [
        ("“It will change,”", QUILL), ("“Rubbish.”", PRATT)]),
)  # fmt: skip
def test_who_is_told_of_goes_on_speaking(text, expected):
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "name",
    [
        "Leonard “Tubby” Marsh",
        'Leonard "Tubby" Marsh',
        "Leonard ‘Tubby’ Marsh",
        "Leonard 'Tubby' Marsh",
        "Leonard “The Big Cheese” Marsh",
        "Leonard (“Tubby”) Marsh",
        pytest.param(
            "“Tubby” Marsh",
            marks=pytest.mark.xfail(reason="the tagger takes a nickname for a name of its own", strict=True),
        ),
    ],
)
def test_a_nickname_is_part_of_its_name_and_no_quotation(name):
    text = f"{name} won the race. “I am tired,” Marsh said."
    assert named(text) == [name, "Marsh"]
    assert quoted(text) == [("“I am tired,”", name)]


@pytest.mark.parametrize("naming", ["known as “Tubby”", "nicknamed “the Walrus”", "aka “Tubby M”", "who goes by “Tub”"])
def test_what_somebody_is_called_is_no_quotation(naming):
    text = f"Leonard Marsh, {naming}, was there. “I am tired,” said Marsh."
    assert quoted(text) == [("“I am tired,”", "Leonard Marsh")]


@pytest.mark.parametrize(
    "verb",
    "sighed quipped shrugged laughed joked grumbled chimed mused retorted smiled thundered whispered crowed sniffed "
    "deadpanned beamed fumed chuckled demurred".split(),
)
def test_unusual_verbs_report_speech_beside_marks(verb):
    assert quoted(f"“The bridge is old,” {verb} Marta Quill.") == [("“The bridge is old,”", QUILL)]
    assert quoted(f"“The bridge is old,” Marta Quill {verb}. Then she left.") == [("“The bridge is old,”", QUILL)]


@cases(
    ("accused of", "Marta Quill accused the council of “sleeping on the job”.", [("“sleeping on the job”", QUILL)]),
    ("blasted as", "Marta Quill blasted the plan as “a waste of paper”.", [("“a waste of paper”", QUILL)]),
    ("hit back", "“That is nonsense,” hit back Marta Quill.", [("“That is nonsense,”", QUILL)]),
    ("as she put it", "As Marta Quill put it, “Good riddance.”", [("“Good riddance.”", QUILL)]),
    ("is how", "“A wreck” is how Marta Quill described the pier.", [("“A wreck”", QUILL)]),
    ("two in a sentence", "“It is old,” said Marta Quill, and “It is cold,” said Owen Pratt.", [
        ("“It is old,”", QUILL), ("“It is cold,”", PRATT)]),
    ("after Jr.", "“No,” said Owen Pratt Jr. “Never,” said Marta Quill.", [
        ("“No,”", "Owen Pratt Jr."), ("“Never,”", QUILL)]),
)  # fmt: skip
def test_other_ways_to_say_who_speaks(text, expected):
    assert quoted(text) == expected


@cases(
    ("dash", "It opened.\n“It was worth it.” — Marta Quill\nIt is old.", [("“It was worth it.”", QUILL)]),
    ("dash without space", "It opened.\n“It was worth it.” —Marta Quill\nIt is old.", [("“It was worth it.”", QUILL)]),
    ("two hyphens", 'It opened.\n"It was worth it." -- Marta Quill\nIt is old.', [('"It was worth it."', QUILL)]),
    ("hyphen", 'It opened.\n"It was worth it" - Marta Quill, engineer', [('"It was worth it"', QUILL)]),
    ("on a line of its own", "It opened.\n“It was worth it.”\n— Marta Quill, engineer\nIt is old.", [
        ("“It was worth it.”", QUILL)]),
    ("in brackets", "It opened.\n“It was worth it.” (Marta Quill)", [("“It was worth it.”", QUILL)]),
    ("from", "Three wrote.\nFrom Marta Quill: “It is a disgrace.”\nFrom Owen Pratt, of Harbour Street: “I like it.”", [
        ("“It is a disgrace.”", QUILL), ("“I like it.”", PRATT)]),
    ("cue between dashes", "“The pier” – Marta Quill said – “is a disgrace.”", [
        ("“The pier” … “is a disgrace.”", QUILL)]),
    ("dashes within", "“The pier — all of it — is old,” said Marta Quill.", [
        ("“The pier — all of it — is old,”", QUILL)]),
)  # fmt: skip
def test_dashes_and_labels_name_who_speaks(text, expected):
    assert quoted(text) == expected


@cases(
    ("party", "Labour MP Luciana Frost said the hall was cold.", ["Luciana Frost"]),
    ("judge", "Mr Justice MacDonald heard the case. MacDonald adjourned it.", ["MacDonald", "MacDonald"]),
    ("judges", "Mrs Justice Lang and Lord Justice Underhill heard it.", ["Lang", "Underhill"]),
    ("address", "Mr Speaker, Madam Speaker Ann Wray and Mr Mayor Tom Ives left.", ["Ann Wray", "Tom Ives"]),
    ("surnames that are trades", "Mr Baker and Mrs Cook sat.", ["Baker", "Cook"]),
    ("rank", "Detective Chief Inspector Karen Boyle led the inquiry. DCI Boyle said it was closed.", [
        "Karen Boyle", "Boyle"]),
    ("rank before a verb", "Detective Chief Inspector Karen Boyle led it. DCI Boyle closed it.", [
        "Karen Boyle", "Boyle"]),
    ("abbreviated office", "District Attorney Lou Brandt charged him. DA Brandt said so.", ["Lou Brandt", "Brandt"]),
    ("shadow", "Shadow Health Secretary Nora Whitlock opened the ward.", ["Nora Whitlock"]),
    ("former", "Former Prime Minister Alan Frost opened the ward.", ["Alan Frost"]),
    ("letters behind", "Dr. Miriam Katz, PhD, and Sir Edmund Blythe QC came.", ["Miriam Katz", "Edmund Blythe"]),
    ("seat behind", "Rep. Dana Wilcox (D-Ohio) opened the ward.", ["Dana Wilcox"]),
    ("clergy", "The Rev Tom Ives and Father Brendan Doyle sang. Mr Ives left.", ["Tom Ives", "Brendan Doyle", "Ives"]),
    ("several", "Tory MP Simon Peel, shadow minister Ann Wray and SNP leader Isla Reid met.", [
        "Simon Peel", "Ann Wray", "Isla Reid"]),
    ("named like months", "On Monday, May Quill met Will Marsh. It will rain in May.", ["May Quill", "Will Marsh"]),
    ("named June", "On Monday Tom Ives met June Pratt.", ["Tom Ives", "June Pratt"]),
)  # fmt: skip
def test_title_words_around_a_name_make_no_person(text, expected):
    assert named(text, Kind.PERSON) == expected


@cases(
    ("double", "“It is shut,”Ana Lopez said. It rained.", [("“It is shut,”", "Ana Lopez")]),
    ("straight", '"It is shut,"Ana Lopez said. It rained.', [('"It is shut,"', "Ana Lopez")]),
    ("single", "‘It is shut,’Ana Lopez said. It rained.", [("‘It is shut,’", "Ana Lopez")]),
    ("no comma", "“It is shut”Ana Lopez said. It rained.", [("“It is shut”", "Ana Lopez")]),
    ("comma outside", "“It is shut”,Ana Lopez said. It rained.", [("“It is shut”", "Ana Lopez")]),
    ("before the mark", "Ana Lopez said:“It is shut.”It rained.", [("“It is shut.”", "Ana Lopez")]),
)  # fmt: skip
def test_a_space_forgotten_beside_a_mark_costs_nothing(text, expected):
    assert named(text) == ["Ana Lopez"]
    assert quoted(text) == expected


ASHBY = "Peter Ashby is the caretaker.\n"


@cases(
    ("straight", f"{ASHBY}'The workers' hall isn't ours,' he said.", ["'The workers' hall isn't ours,'"]),
    ("curly", f"{ASHBY}‘The workers’ hall isn’t ours,’ he said.", ["‘The workers’ hall isn’t ours,’"]),
    ("before the last", f"{ASHBY}‘It’s ours,’ he said. ‘It’s the bosses’.’", ["‘It’s ours,’ … ‘It’s the bosses’.’"]),
    ("left out letters", f"{ASHBY}'All rock 'n' roll in the '60s,' he said, 'and we danced 'til dawn.'", [
        "'All rock 'n' roll in the '60s,' … 'and we danced 'til dawn.'"]),
    ("marks within", f"{ASHBY}'We had \"the barn\" in the boys' time,' he said.", [
        "'We had \"the barn\" in the boys' time,'"]),
    ("possessive before", f"{ASHBY}The drivers' leader said: 'No.' The drivers' union met.", ["'No.'"]),
    ("two single ones", f"{ASHBY}''It isn't ours,'' he said.", ["''It isn't ours,''"]),
    ("two curly ones", f"{ASHBY}‘‘It isn’t ours,’’ he said.", ["‘‘It isn’t ours,’’"]),
    ("two grave ones", f"{ASHBY}``It isn't ours,'' he said.", ["``It isn't ours,''"]),
    ("no quotation", f"{ASHBY}The drivers' union and the owners' club share Ashby's hall. It's the '70s again.", []),
)  # fmt: skip
def test_apostrophes_are_no_marks(text, expected):
    assert [words for words, _ in quoted(text)] == expected


@pytest.mark.parametrize("name", ["Sean O’Brien", "Sean O'Brien"])
def test_an_apostrophe_in_a_name_is_no_mark(name):
    text = f"{name} is the caretaker.\n‘The roof’s gone,’ {name.split()[1]} said."
    assert quoted(text) == [("‘The roof’s gone,’", name)]


@pytest.mark.parametrize(
    "text",
    [
        "The council sold the “new” pier to a “friend” of the mayor.",
        "The so-called “ghost train” and the “zombie” ferry still run.",
        "They offered “free” tea. Their ‘green’ ferry runs on oil.",
        "He wore a “Save our pier” badge at the “Ladder” junction.",
        "The film “Harbour Lights” opened on Friday. The novel “A Cold Spring” did not.",
        "She sang “Blue Morning” and “Rain on Tin” at the club.",
        "He wrote “The Tide” in 1990, and starred in “Harbour Lights”.",
        "An article headlined “Pier to close” appeared on Monday.",
        "Her book, “The Long Shore”, sold ten copies. “Harbour Lights” sold two.",
        "The word “pier” is old. The term ‘quay’ is older.",
        "The bill, called the “Piers Act”, was passed. The ship, named “Good Hope”, sank.",
        "She won the “Best Baker” prize for her “lemon tower” in May.",
    ],
)
def test_scare_quotes_and_titles_of_works_are_no_quotations(text):
    assert quoted(text) == []


LINES = "QUILL: The pier is shut.\nPRATT: Since when?\nQUILL: Since Friday."


@cases(
    ("block", "Marta Quill wrote to residents:\n“The pier will close.\n“It opens in May.”\nNobody replied.", [
        ("“The pier will close. … “It opens in May.”", QUILL)]),
    ("pulled out", "“The pier will close.”\nMarta Quill, the mayor, spoke.\n“The pier will close,” she said.", [
        ("“The pier will close.”", QUILL), ("“The pier will close,”", QUILL)]),
    ("script", f"The council met.\n{LINES}", [
        ("The pier is shut.", "QUILL"), ("Since when?", "PRATT"), ("Since Friday.", "QUILL")]),
    ("script of full names", f"They met.\n{LINES.replace('QUILL', QUILL).replace('PRATT', PRATT)}", [
        ("The pier is shut.", QUILL), ("Since when?", PRATT), ("Since Friday.", QUILL)]),
    ("script in marks", "They met.\nMarta Quill: “It is shut.”\nOwen Pratt: “Since when?”", [
        ("“It is shut.”", QUILL), ("“Since when?”", PRATT)]),
    ("question and answer", "Interview: Owen Pratt\nMarta Quill builds piers.\nQ: Is it shut?\nA: It is.\nQ: Why?", [
        ("Is it shut?", PRATT), ("It is.", QUILL), ("Why?", PRATT)]),
    ("tweeted", "Marta Quill tweeted: “The pier is shut! #pier”", [("“The pier is shut! #pier”", QUILL)]),
    ("on a network", "“It is shut 🙈,” Marta Quill wrote on X. “Sorry @owenpratt!”", [
        ("“It is shut 🙈,” … “Sorry @owenpratt!”", QUILL)]),
    ("misspelt", "In a post, Marta Quill wrote: “pls don’t come. its shut...”", [
        ("“pls don’t come. its shut...”", QUILL)]),
    ("handle", "“It is shut! #pier” — Marta Quill (@martaquill) June 4, 2031", [("“It is shut! #pier”", QUILL)]),
    ("handle in May", "“It is shut! #pier” — Marta Quill (@martaquill) May 4, 2031", [("“It is shut! #pier”", QUILL)]),
)  # fmt: skip
def test_block_quotations_scripts_and_posts(text, expected):
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "words",
    [
        "“We [the council] will not pay,”",
        "“[The pier] is shut,”",
        "“Nos vamos [We are leaving],”",
        "“We was [sic] robbed,”",
        "“I ate it [laughs] all,”",
        "“He [Owen Pratt] never paid,”",
    ],
)
def test_remarks_in_brackets_are_part_of_the_quotation(words):
    assert quoted(f"{words} Marta Quill said through an interpreter.") == [(words, QUILL)]


@cases(
    ("first", "According to Marta Quill, the pier is “beyond repair”.", [("the pier is “beyond repair”", QUILL)]),
    ("last", "The pier is “beyond repair”, according to Marta Quill.", [("The pier is “beyond repair”", QUILL)]),
    ("between", "The pier, according to Marta Quill, is “a wreck”.", [("The pier … is “a wreck”", QUILL)]),
    ("whole, last", "“It is a wreck,” according to Marta Quill, an engineer.", [("“It is a wreck,”", QUILL)]),
    ("whole, first", "According to Marta Quill, an engineer, “it is a wreck.”", [("“it is a wreck.”", QUILL)]),
    ("whole, between", "“The pier,” according to Marta Quill, “is a wreck.”", [("“The pier,” … “is a wreck.”", QUILL)]),
    ("colon", "According to Marta Quill: “It is a wreck.”", [("“It is a wreck.”", QUILL)]),
    ("in the words of", "In the words of Marta Quill, the pier is “a wreck”.", [("the pier is “a wreck”", QUILL)]),
)  # fmt: skip
def test_according_to_in_every_position(text, expected):
    assert quoted(text) == expected


@cases(
    ("single in double", "“He told me, ‘Go home,’ and I went,” said Marta Quill.", [
        ("“He told me, ‘Go home,’ and I went,”", QUILL), ("‘Go home,’", None)]),
    ("double in single", "‘The sign said “Keep out” in red,’ said Marta Quill.", [
        ("‘The sign said “Keep out” in red,’", QUILL), ("“Keep out”", None)]),
    ("straight in straight", '"He told me, "Go home," and I went,” said Marta Quill.'.replace("”", '"'), [
        ('"He told me, "Go home," and I went,"', QUILL), ('"Go home,"', None)]),
    ("ending together", "“My boss, Owen Pratt, said, ‘Go home,’” Marta Quill recalled.", [
        ("“My boss, Owen Pratt, said, ‘Go home,’”", QUILL), ("‘Go home,’", PRATT)]),
    ("scare quotes", "“The ‘new’ pier is old,” said Marta Quill.", [("“The ‘new’ pier is old,”", QUILL)]),
)  # fmt: skip
def test_quotations_within_quotations(text, expected):
    assert quoted(text) == expected


@cases(
    ("after a sentence", "Marta Quill has run it for years.\n“It is a hard life.”\nHer son will take over.", [
        ("“It is a hard life.”", QUILL)]),
    ("after a quotation", "“It is hard,” Marta Quill said. It rained.\n“The winters are worse.”", [
        ("“It is hard,”", QUILL), ("“The winters are worse.”", QUILL)]),
    ("after a gesture", "Marta Quill smiled. “It is a hard life.”", [("“It is a hard life.”", QUILL)]),
    ("after a colon", "Marta Quill shook her head: “It is a hard life.”", [("“It is a hard life.”", QUILL)]),
    ("he paused", "“I love the pier,” said Owen Pratt. He paused. “But it must go,” he said.", [
        ("“I love the pier,”", PRATT), ("“But it must go,”", PRATT)]),
    ("he paused in a quotation", "“I love it,” said Owen Pratt, “and she did.” He paused. “It must go,” he said.", [
        ("“I love it,” … “and she did.”", PRATT), ("“It must go,”", PRATT)]),
    ("she laughed", "“I love the pier,” said Marta Quill. She laughed. “But it must go.”", [
        ("“I love the pier,”", QUILL), ("“But it must go.”", QUILL)]),
)  # fmt: skip
def test_floating_quotations_have_the_speaker_before(text, expected):
    assert quoted(text) == expected


MASTER = "\nThe harbour master, Owen Pratt, spoke on Monday in Leeds."


@cases(
    ("capitals", f"OWEN PRATT TO CLOSE PIER{MASTER}", ["OWEN PRATT", PRATT, "Leeds"]),
    ("capitals, surname", f"PRATT TO CLOSE PIER{MASTER}", ["PRATT", PRATT, "Leeds"]),
    ("capitals, label", f"PRATT: PIER WILL CLOSE{MASTER}", ["PRATT", PRATT, "Leeds"]),
    ("capitals, no name", f"COUNCIL VOTES TO CLOSE OLD PIER FOR GOOD{MASTER}", [PRATT, "Leeds"]),
    ("title case", f"Harbour Master Owen Pratt Says Old Pier Must Close{MASTER}", [PRATT, PRATT, "Leeds"]),
    ("title case, no name", f"New Pier Plan Splits Town Before Winter{MASTER}", [PRATT, "Leeds"]),
    ("crossheads", f"What Happens Next{MASTER}\nA Long Goodbye\nNobody came.", [PRATT, "Leeds"]),
    ("first word in capitals", "THE harbour master, Owen Pratt, spoke in Leeds.", [PRATT, "Leeds"]),
    ("all in capitals", "OWEN PRATT SAID THE PIER IN LEEDS WOULD CLOSE. MR PRATT WILL RETIRE.", [
        "OWEN PRATT", "LEEDS", "PRATT"]),
)  # fmt: skip
def test_capitals_of_headlines_make_no_names(text, expected):
    assert named(text) == expected
    (person,) = (entity for entity in extract(story(text)).entities if entity.kind is Kind.PERSON)
    assert person.name.upper() == "OWEN PRATT"
