"""What is found, in which order, and how much it costs."""

from datetime import timedelta

import pytest

from articles.models import Article, Entity, Quote, State, Tag
from articles.searching import finding
from articles.searching.finding import Search, Spot, facets_among, find, keys_at, keys_found, results_from
from articles.searching.index import rebuild
from articles.searching.places import Kind, kind_at, place_of, public_places, rank_of_number
from articles.searching.queries import read_query
from articles.searching.spelling import beginning_with, count_words, learn, suggestions_for
from tests.factories import RELEASED, make_appearance, make_article, make_person, make_quote

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("every_engine")]
ROWS = {Kind.ARTICLE: Article, Kind.QUOTATION: Quote, Kind.TAG: Tag}


def names(text, kind, *, number=10, **options):
    found = find(Search(read_query(text), **options), [kind], number=number)
    keys = keys_at(found.best[kind])[kind]
    rows = ROWS.get(kind, Entity).objects.in_bulk(keys.values())
    return [str(rows[keys[place]]) for place in found.best[kind]]


QUOTE = "“The tide does not wait,”"


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        pytest.param(Kind.ARTICLE, "ferry", ["Ferry to Cobh is late"], id="headline"),
        pytest.param(Kind.ARTICLE, "FERRY tide", ["Ferry to Cobh is late"], id="all words, in headline and text"),
        pytest.param(Kind.ARTICLE, "ferry submarine", [], id="one word missing"),
        pytest.param(Kind.ARTICLE, "tide -ferry", [], id="an unwanted word"),
        pytest.param(
            Kind.ARTICLE, "tide -submarine", ["Ferry to Cobh is late"], id="an unwanted word that is not there"
        ),
        pytest.param(Kind.ARTICLE, '"late tide"', [], id="no phrase runs from the headline into the text"),
        pytest.param(Kind.ARTICLE, "fer*", ["Ferry to Cobh is late"], id="beginning"),
        pytest.param(Kind.ARTICLE, "fe*", ["Ferry to Cobh is late"], id="beginning of two letters, of a name"),
        pytest.param(Kind.ARTICLE, "ra*", [], id="beginning of two letters, of any other word"),
        pytest.param(Kind.ARTICLE, "rai*", ["Ferry to Cobh is late"], id="beginning of three letters"),
        pytest.param(Kind.PERSON, "voss", ["Mira Voss-Ortega"], id="part of a double name"),
        pytest.param(Kind.PERSON, "voss-ortega", ["Mira Voss-Ortega"], id="double name"),
        pytest.param(Kind.PERSON, "ortega-voss", [], id="double name the wrong way round"),
        pytest.param(Kind.PERSON, "captain", ["Mira Voss-Ortega"], id="alias"),
        pytest.param(Kind.PERSON, "vóss", ["Mira Voss-Ortega"], id="accents"),
        pytest.param(Kind.ORGANISATION, "quays", ["Harbour Board"], id="description"),
        pytest.param(Kind.ORGANISATION, "HB", ["Harbour Board"], id="acronym"),
        pytest.param(Kind.LOCATION, "cobh", ["Cobh"], id="place"),
        pytest.param(Kind.LOCATION, "voss", [], id="other kind"),
        pytest.param(Kind.TAG, "ferries", ["Ferries"], id="topic"),
        pytest.param(Kind.TAG, "boat", ["Ferries"], id="other name of a topic"),
        pytest.param(Kind.QUOTATION, "tide wait", [QUOTE], id="words of a quotation"),
        pytest.param(Kind.QUOTATION, "voss tide", [QUOTE], id="speaker and words"),
        pytest.param(Kind.QUOTATION, '"does not wait"', [QUOTE], id="phrase"),
        pytest.param(Kind.QUOTATION, "“wait tide”", [], id="phrase in another order"),
    ],
)
def test_records_are_found_by_their_words(archive, kind, text, expected):
    assert names(text, kind) == expected


def test_nothing_unpublished_is_found(archive):
    Article.objects.update(status="draft")
    Entity.objects.update(article_count=0, quote_count=0)
    rebuild()
    found = find(Search(read_query("voss")), list(Kind), number=5)
    assert set(found.counts.values()) == {0}
    assert list(keys_found(read_query("ferry"), [Kind.ARTICLE])) == [archive.pk]


def test_nothing_rejected_is_found(archive):
    Quote.objects.update(state=State.REJECTED)
    rebuild()
    assert names("tide", Kind.QUOTATION) == []
    assert len(keys_found(read_query("tide"), [Kind.QUOTATION])) == 1


def test_the_best_come_first(db):
    """Headline before phrase before words apart; within each the newest."""
    text = "<p>The bridge rose. A harbour lay below.</p>"
    day = timedelta(days=1)
    make_article(headline="Apart, old", body=text, released=RELEASED - day)
    make_article(headline="Apart", body=text, released=RELEASED)
    make_article(headline="Together", body="<p>The harbour bridge rose.</p>", released=RELEASED - 2 * day)
    make_article(headline="Bridge of the harbour", body="<p>It rose.</p>", released=RELEASED - 3 * day)
    rebuild()
    best = ["Bridge of the harbour", "Together", "Apart", "Apart, old"]
    assert names("harbour bridge", Kind.ARTICLE) == best
    assert names("harbour bridge", Kind.ARTICLE, number=2) == best[:2]
    newest = ["Apart", "Apart, old", "Together", "Bridge of the harbour"]
    assert names("harbour bridge", Kind.ARTICLE, by_date=True) == newest


@pytest.mark.parametrize("size", [1, 2, 3, 10])
@pytest.mark.parametrize("by_date", [True, False])
def test_every_result_is_on_one_page_forwards_and_back(db, size, by_date):
    for number in range(7):
        in_headline, together = number % 3 == 0, number % 2 == 0
        body = "<p>The harbour bridge.</p>" if together else "<p>A bridge, and a harbour.</p>"
        released = RELEASED - timedelta(hours=number)
        make_article(headline=f"Harbour bridge {number}" if in_headline else f"{number}", body=body, released=released)
    rebuild()
    search = Search(read_query("harbour bridge"), by_date=by_date)
    all_results = results_from(search, Kind.ARTICLE, None, number=100)
    assert len(all_results) == 7
    seen, spot = [], None
    while page := results_from(search, Kind.ARTICLE, spot, number=size):
        before = results_from(search, Kind.ARTICLE, Spot(*page[0], backwards=True), number=size)
        assert before == seen[-size:]
        seen += page
        spot = Spot(*page[-1])
    assert seen == all_results


def test_numbers_stop_where_nobody_counts_on(monkeypatch, db):
    monkeypatch.setattr(finding, "MANY", 3), monkeypatch.setattr(finding, "SAMPLE", 3)
    for _ in range(5):
        make_article(headline="Ferry")
    rebuild()
    found = find(Search(read_query("ferry")), [Kind.ARTICLE], number=10)
    assert (found.counts[Kind.ARTICLE], len(found.best[Kind.ARTICLE])) == (4, 5)
    assert facets_among(Search(read_query("ferry")), Kind.ARTICLE).total == 3


def test_facets_are_counted_and_narrow_down(archive):
    other = make_article(headline="Ferry on time", published=RELEASED - timedelta(days=900), publisher="Leith Gazette")
    rebuild()
    search = Search(read_query("ferry"))
    facets = facets_among(search, Kind.ARTICLE)
    mira, tag = Entity.objects.get(name="Mira Voss-Ortega").pk, archive.tags.get().pk
    assert facets.counts == {
        **dict.fromkeys((f"p_{mira}", f"s_{mira}", f"t_{tag}", "y_2031", "y_2028", "u_cobh_courier"), 1),
        **dict.fromkeys((f"o_{mira + 1}", f"l_{mira + 2}", "u_leith_gazette"), 1),
    }
    assert facets.example("u_leith_gazette") == other.pk
    for facet, number in (("y_2031", 1), (f"t_{tag}", 1), (f"s_{mira}", 1), ("y_1999", 0)):
        found = find(Search(read_query("ferry"), (facet,)), [Kind.ARTICLE], number=5)
        assert found.counts[Kind.ARTICLE] == number
    alone = find(Search(read_query(""), (f"p_{mira}",)), [Kind.ARTICLE, Kind.QUOTATION], number=5)
    assert set(alone.counts.values()) == {1}


def test_a_quotation_has_the_facets_of_its_article_and_its_own_speaker(archive):
    other = make_person("Nils Berg")
    make_quote(archive, "It rained.", speaker=other)
    rebuild()
    mira = Entity.objects.get(name="Mira Voss-Ortega").pk
    for facet, number in ((f"s_{other.pk}", 1), (f"s_{mira}", 1), (f"p_{mira}", 2), ("y_2031", 2)):
        found = find(Search(read_query(""), (facet,)), [Kind.QUOTATION], number=5)
        assert found.counts[Kind.QUOTATION] == number, facet


def test_more_covered_records_come_first(db):
    much, little = make_person("Ana Lopez"), make_person("Ana Ruiz")
    for number in range(3):
        article = make_article()
        make_appearance(article, much)
        if not number:
            make_appearance(article, little)
    rebuild()
    assert names("ana", Kind.PERSON) == ["Ana Lopez", "Ana Ruiz"]


def test_a_place_tells_kind_and_state():
    place = place_of(Kind.TAG, 12, rank=rank_of_number(5), is_public=True)
    first, last = public_places(Kind.TAG)
    assert kind_at(place) == Kind.TAG
    assert first <= place <= last < 2**63
    assert not first <= place_of(Kind.TAG, 12, rank=rank_of_number(5), is_public=False) <= last
    assert place < place_of(Kind.TAG, 1, rank=rank_of_number(6), is_public=True)


# Words of the archive.


def test_a_word_that_nobody_wrote_is_taken_for_the_one_that_is_most_like_it(archive):
    assert suggestions_for(["ferrry", "tdie", "submarine", "trams", "ferry"]) == {"ferrry": "ferry", "tdie": "tide"}


def test_of_two_words_alike_the_commoner_is_meant(db):
    for body in ("<p>The harbour.</p>", "<p>The harbour again.</p>", "<p>A harboun.</p>"):
        make_article(body=body)
    rebuild()
    count_words()
    assert suggestions_for(["harboup"]) == {"harboup": "harbour"}


def test_beginnings_are_those_of_common_words_first(archive):
    make_article(headline="Harsh harbour")
    rebuild()
    count_words()
    assert beginning_with("har") == ["harbour", "harsh"]
    assert beginning_with("ha") == []


def test_new_words_are_learnt_once(db):
    learn(["tide", "of"])
    learn(["tide", "ferry"])
    assert beginning_with("tid") == ["tide"]
    assert beginning_with("fer") == ["ferry"]


def test_words_of_a_long_text_are_found_on_both_ends(db):
    make_article(headline="Long", body=f"<p>first {'word ' * 20_000} last but one</p>")
    rebuild()
    assert names("first last", Kind.ARTICLE) == ["Long"]
