import pytest

from articles.searching.index import rebuild
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
