import pytest

from articles.text.changed import changed_blocks

TEXT = "The ferry sails.\nMara Finch said so.\nThe end."


@pytest.mark.parametrize(
    ("new", "gone", "come"),
    [
        (TEXT, [], []),
        (TEXT.replace("Finch", "Voss"), ["Mara Finch said so."], ["Mara Voss said so."]),
        (TEXT + "\nIt rained.", [], ["It rained."]),
        (TEXT.replace("Mara Finch said so.\n", ""), ["Mara Finch said so."], []),
        ("", ["The ferry sails.", "Mara Finch said so.", "The end."], []),
    ],
    ids=["nothing", "a word", "a block more", "a block less", "all gone"],
)
def test_blocks_that_an_edit_changed(new, gone, come):
    before, after = changed_blocks(TEXT, new)
    assert [span.of(TEXT) for span in before] == gone
    assert [span.of(new) for span in after] == come
