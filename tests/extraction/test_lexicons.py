from __future__ import annotations

from pathlib import Path

import pytest

from articles.extraction import lexicons

FILES = sorted(Path(lexicons.__file__).parent.glob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_list_says_where_it_is_from_and_is_in_order(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    header = [line for line in lines if line.startswith("#")]
    entries = [line.partition("\t")[0] for line in lines if not line.startswith("#")]
    assert header == lines[: len(header)]
    said = {key: value.strip() for key, _, value in (line.partition(": ") for line in header)}
    assert said["# source"]
    assert said["# licence"]
    assert entries
    assert entries == sorted(set(entries))
    assert all(entry and entry == entry.strip() for entry in entries)


def test_licence_that_must_stay_beside_its_list_is_there():
    borrowed = [path for path in FILES if "see faker.LICENSE" in path.read_text(encoding="utf-8")]
    assert [path.stem for path in borrowed] == ["given_names"]
    assert "Permission is hereby granted" in borrowed[0].with_name("faker.LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "gender"),
    [("Ingrid", "f"), ("Thomas", "m"), ("Jean", "b")],
    ids=["a woman's", "a man's", "of both"],
)
def test_given_name_tells_a_gender(name, gender):
    assert lexicons.load_table("given_names")[name] == gender
    assert name in lexicons.load("given_names")


def test_list_that_is_not_there_is_named():
    with pytest.raises(FileNotFoundError, match="no_such_list"):
        lexicons.load("no_such_list")
