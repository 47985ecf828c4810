from __future__ import annotations

import pytest

from articles.documents.bylines import bare_byline, find_byline, find_credits, is_affiliation


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ana Lopez", ["Ana Lopez"]),
        ("BY ANA LOPEZ AND TOM HILL", ["Ana Lopez", "Tom Hill"]),
        ("By JEAN McDONALD, RUTH O'NEIL and Ada BEN-ZVI", ["Jean McDonald", "Ruth O'Neil", "Ada Ben-Zvi"]),
        ("By: Ana Lopez - Correspondent", ["Ana Lopez"]),
        ("By Ana Lopez, Political Editor", ["Ana Lopez"]),
        ("By Ana Lopez, Political Editor, and Tom Hill, Reporter", ["Ana Lopez", "Tom Hill"]),
        ("By Ana Lopez, Tom Hill and Joe de la Cruz", ["Ana Lopez", "Tom Hill", "Joe de la Cruz"]),
        ("By Ana Lopez in Paris", ["Ana Lopez"]),
        ("By Ana Lopez | Rivers Sheet", ["Ana Lopez"]),
        ("By Ana Lopez, special to The Rivers Sheet", ["Ana Lopez"]),
        ("By Hank Moss Jr.", ["Hank Moss Jr."]),
        ("By J. R. Moss", ["J. R. Moss"]),
        ("By Jabu anak Moss", ["Jabu anak Moss"]),
        ("By Åse O’Neill", ["Åse O’Neill"]),
        ("Words: Ana Lopez", ["Ana Lopez"]),
        ("Text and photographs by Ana Lopez", ["Ana Lopez"]),
        ("EXCLUSIVE by Ana Lopez", ["Ana Lopez"]),
        ("From Ana Lopez, Hadejia", ["Ana Lopez"]),
        ("Von Anna Müller", ["Anna Müller"]),
        ("By The Associated Press", ["The Associated Press"]),
        ("From our correspondent", []),
        ("By our court reporter", []),
        ("By Staff Reporter", []),
        ("By staff and agencies", []),
    ],
)
def test_a_byline_gives_its_names(line, names):
    assert list(find_byline(line).names) == names


@pytest.mark.parametrize(
    "line",
    [
        "By the numbers",
        "By Friday Evening",
        "By then it was over",
        "By Tuesday, the river had risen.",
        "From London to Paris",
        "Words fail",
        "Ana Lopez",
        "",
    ],
)
def test_other_lines_are_no_byline(line):
    assert find_byline(line) is None


def test_a_place_in_capitals_behind_the_name_is_kept():
    assert find_byline("By Litia Vuki, SUVA").place == "SUVA"
    assert find_byline("By Litia Vuki, Features").place == ""


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ana Lopez", ["Ana Lopez"]),
        ("Ana Lopez and Tom Hill", ["Ana Lopez", "Tom Hill"]),
        ("Ana Lopez in Paris", ["Ana Lopez"]),
        ("Health correspondent Ruth Moss", ["Ruth Moss"]),
        ("Ana Lopez, Rivers News Service, Lagos", ["Ana Lopez"]),
        ("Ana Lopez reports for The Rivers Weekly", ["Ana Lopez"]),
        ("Jacob Dale (now) and Harriet Moss (earlier)", ["Jacob Dale", "Harriet Moss"]),
        ("Special Correspondent", []),
        ("Our Correspondent, Bhola", []),
    ],
)
def test_a_name_alone_can_be_a_byline(line, names):
    assert list(bare_byline(line).names) == names


@pytest.mark.parametrize(
    "line",
    [
        "New York",
        "Erie 3 Skokie 3",
        "Rivers Bulletin Network",
        "Head teacher to retire",
        "Lost and found",
        "What We Know",
        "Police Briefs",
        "Moss resigned.",
        "Old Mill House, Durban. Until May",
    ],
)
def test_other_short_lines_are_no_byline(line):
    assert bare_byline(line) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("For the Blue Hill Sheet", True),
        ("Rapidan Staff Writer", True),
        ("Local government reporter", True),
        ("The reporter left the room.", False),
        ("Grand Slam", False),
    ],
)
def test_the_line_under_a_byline(line, expected):
    assert is_affiliation(line) is expected


@pytest.mark.parametrize(
    ("line", "names", "credits"),
    [
        ("By Ana Lopez and Tom Hill, photographs by Bo Ek", ["Ana Lopez", "Tom Hill"], [("Bo Ek", "photographs")]),
        ("BY ANA LOPEZ, PICTURES: BO EK", ["Ana Lopez"], [("Bo Ek", "photographs")]),
        (
            "By Ana Lopez | Additional reporting by Tom Hill and Cem Aksoy",
            ["Ana Lopez"],
            [("Tom Hill", "additional"), ("Cem Aksoy", "additional")],
        ),
        (
            "By Ana Lopez; edited by Tom Hill; translated by Bo Ek",
            ["Ana Lopez"],
            [("Tom Hill", "editing"), ("Bo Ek", "translation")],
        ),
        ("By Ana Lopez, photos by AFP", ["Ana Lopez"], [("AFP", "photographs")]),
        ("Words and pictures by Ana Lopez", ["Ana Lopez"], [("Ana Lopez", "photographs")]),
        ("By Ana Lopez, Pictures Editor", ["Ana Lopez"], []),
        ("By Ana Lopez", ["Ana Lopez"], []),
    ],
)
def test_a_byline_tells_who_did_something_else_than_writing(line, names, credits):
    assert list(find_byline(line).names) == names
    assert [(credit.name, credit.role) for credit in find_credits(line)] == credits


@pytest.mark.parametrize(
    ("line", "credits"),
    [
        ("Photographs by Bo Ek", [("Bo Ek", "photographs")]),
        ("Pictures: Bo Ek", [("Bo Ek", "photographs")]),
        ("Photographs by the harbour wall were lost", []),
        ("The photographs by Bo Ek are on show", []),
        ("Editing by numbers", []),
    ],
)
def test_a_line_of_credits_alone(line, credits):
    assert [(credit.name, credit.role) for credit in find_credits(line)] == credits
