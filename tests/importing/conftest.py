import pytest
from django.contrib.auth import get_user_model

from articles.importing.integrity import problems


@pytest.fixture
def editor(db):
    return get_user_model().objects.create_user("ida", is_staff=True)


@pytest.fixture(autouse=True)
def records_agree(request):
    """Whatever a test imported: afterwards every record agrees with its article."""
    yield
    if request.node.get_closest_marker("database"):
        assert list(problems()) == []
