from __future__ import annotations

import pytest

from articles.documents.languages import find_language

TEXTS = {
    "en": "The ferry ran onto a sandbank on Monday and sat there for six hours. Nobody was hurt, the harbour master "
    "said, and it was the second time that this has happened to them in a year.",
    "fr": "Le bac s’est échoué lundi sur un banc de sable et il y est resté pendant six heures. Personne n’a été "
    "blessé, selon le capitaine du port, et c’est la deuxième fois que cela se passe dans l’année.",
    "de": "Die Fähre lief am Montag auf eine Sandbank und saß dort sechs Stunden lang fest. Niemand wurde verletzt, "
    "wie der Hafenmeister sagte, und es ist das zweite Mal, dass sich so etwas in diesem Jahr ereignet.",
    "es": "El transbordador encalló el lunes en un banco de arena y se quedó allí durante seis horas. No hubo "
    "heridos, según el capitán del puerto, y es la segunda vez que esto ocurre en el año.",
    "pt": "A balsa encalhou na segunda-feira num banco de areia e ficou ali durante seis horas. Não houve feridos, "
    "segundo o capitão do porto, e é a segunda vez que isso acontece no ano.",
    "it": "Il traghetto si è incagliato lunedì su un banco di sabbia ed è rimasto lì per sei ore. Nessuno è rimasto "
    "ferito, ha detto il comandante del porto, ed è la seconda volta che succede in un anno.",
    "nl": "De veerboot liep maandag op een zandbank en zat daar zes uur vast. Niemand raakte gewond, zei de "
    "havenmeester, en het is de tweede keer dat dit in een jaar gebeurt met een schip van de rederij.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_running_text_tells_its_language(code):
    assert find_language(TEXTS[code]) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The lock in Banagher is shut.", "en"),
        ("A dog was found on Sunday. It is well.", "en"),
        ("Die Schleuse in Wetzlar ist zu.", "de"),
        ("La porte est fermée à Calais.", "fr"),
    ],
)
def test_a_brief_tells_its_language_where_it_is_plain(text, code):
    assert find_language(text) == code


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("Ferry aground", id="a headline"),
        pytest.param("Mint Hill 12 7 4 1 25 14 Perrysburg 12 7 1 4 17 12 " * 3, id="a table"),
        pytest.param(
            "Lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore " * 2,
            id="no language of the lists",
        ),
    ],
)
def test_doubt_gives_no_language(text):
    assert find_language(text) == ""


@pytest.mark.parametrize(
    ("declared", "expected"), [("en-GB", "en-gb"), ("pt_BR", "pt-br"), ("fr", "fr"), ("english!", "en")]
)
def test_a_declared_language_wins_if_it_is_one(declared, expected):
    assert find_language(TEXTS["en"], declared=declared) == expected
