from threading import Thread

import pytest

from articles.searching import opensearch
from articles.searching.index import rebuild
from articles.searching.server import server_at
from articles.searching.spelling import count_words
from tests.factories import (
    make_appearance,
    make_article,
    make_location,
    make_organisation,
    make_person,
    make_quote,
    make_tag,
)
from tests.searching.stand_in import StandIn


@pytest.fixture(scope="session")
def stand_in():
    with StandIn() as stand_in:
        thread = Thread(target=stand_in.serve_forever, args=(0.05,))
        thread.start()
        yield stand_in
        stand_in.shutdown()
        thread.join()


@pytest.fixture
def server(stand_in, settings, monkeypatch):
    """A search server with nothing on it, which the setting names; a busy machine has time to answer."""
    monkeypatch.setattr(opensearch, "ANSWERING", 60)
    monkeypatch.setattr(opensearch, "WRITING", 60)
    stand_in.begin_anew()
    settings.NEWSROOM_SEARCH = server_at(stand_in.address)
    return stand_in


@pytest.fixture(params=["the database", "a server"])
def every_engine(request):
    """The same test with the words in the database and with the words on a server."""
    if request.param == "a server":
        request.getfixturevalue("server")


@pytest.fixture
def archive(db):
    """One story with all that can be found, written by hand and put into the index."""
    make_tag("Ferries", description="Ships that carry cars.").other_names.create(name="Boat lines")
    article = make_article(
        headline="Ferry to Cobh is late",
        body="<p>“The tide does not wait,” said Mira Voss-Ortega of the Harbour Board in Cobh. It rained.</p>",
        tags=("Ferries",),
        publisher="Cobh Courier",
    )
    mira = make_person("Mira Voss-Ortega", aliases=("Captain Voss",))
    make_appearance(article, mira)
    make_appearance(article, make_organisation("Harbour Board", description="Runs the quays.", acronym="HB"))
    make_appearance(article, make_location("Cobh"))
    make_quote(article, "“The tide does not wait,”", speaker=mira)
    rebuild()
    count_words()
    return article
