import pytest

from articles.importing.integrity import problems


@pytest.fixture(autouse=True)
def records_agree(request):
    """Whatever a command wrote: afterwards every record agrees with its article."""
    yield
    if request.node.get_closest_marker("database"):
        assert list(problems()) == []
