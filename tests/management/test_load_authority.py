"""What the command says and where it stops."""

import pytest
from django.core.management import CommandError, call_command

from articles.models import Entity, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(tmp_path):
    def write(text, name="names.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_it_counts_what_it_did(write, capsys):
    path = write("name,viaf\nMara Finch,7\nNils Berg,\n")
    call_command("load_authority", path, "--kind", "person", "--dry-run")
    assert capsys.readouterr().out == "2 created, 0 updated, 0 unchanged; nothing was written\n"
    call_command("load_authority", path, kind="person")
    assert capsys.readouterr().out == "2 created, 0 updated, 0 unchanged\n"
    call_command("load_authority", path, kind="person")
    assert capsys.readouterr().out == "0 created, 0 updated, 2 unchanged\n"
    assert Person.objects.count() == 2


def test_a_bad_line_is_named_and_nothing_loaded(write, capsys):
    path = write("kind,name\nperson,Mara Finch\nship,Cobh\n")
    with pytest.raises(CommandError, match=r"^1 bad line; nothing was loaded$"):
        call_command("load_authority", path)
    error = capsys.readouterr().err
    assert error == f"{path}, line 3: the kind is “ship”; expected person, organisation or location\n"
    assert not Entity.objects.exists()


def test_only_the_first_bad_lines_are_named(write, capsys):
    with pytest.raises(CommandError, match=r"^25 bad lines"):
        call_command("load_authority", write("{}\n" * 25, "names.jsonl"))
    assert capsys.readouterr().err.splitlines()[20:] == ["… and 5 more"]


def test_a_line_left_out_is_named(write, capsys):
    for viaf in (1, 2):
        call_command("load_authority", write(f"kind,name,viaf\nperson,Mara Finch,{viaf}\n"), verbosity=0)
    path = write('{"kind": "person", "name": "Mara Finch"}\n', "names.txt")
    call_command("load_authority", path, format="jsonl")
    out, error = capsys.readouterr()
    assert out == "0 created, 0 updated, 0 unchanged, 1 left out\n"
    assert "line 1: “Mara Finch” can be 2 records" in error


@pytest.mark.parametrize(("name", "problem"), [("none.csv", "No such file"), ("names.xls", "its name ends in “.xls”")])
def test_a_file_that_cannot_be_read_is_named(tmp_path, name, problem):
    with pytest.raises(CommandError, match=problem):
        call_command("load_authority", str(tmp_path / name))
