"""Which names and which company make two records one, and which make them two."""

import pytest

from articles.editing.blocking import keys_of, person_words, skeleton, suffix_of
from articles.editing.likeness import WORTH_A_LOOK, Company, Profile, compare

PERSON, ORGANISATION, LOCATION = "person", "organisation", "location"
NOTHING = Company()


def profile(number, kind, name, *others, **facts):
    return Profile(number=number, kind=kind, name=name, names=(name, *others), **facts)


def likeness(kind, one, other, ours=NOTHING, theirs=NOTHING, **facts):
    """Names may be tuples: a record's own and its others."""
    first, second = (
        profile(n, kind, *([it] if isinstance(it, str) else it), **facts) for n, it in enumerate((one, other))
    )
    return compare(first, second, ours, theirs)


# Pairs as an editor would decide with nothing else known: written for this test.
SAME = [
    (PERSON, "Ngozi Okafor", "Ngozi Okafor"),
    (PERSON, "José Núñez", "Jose Nunez"),
    (PERSON, "Muhammad Yusuf", "Mohammed Yusuf"),
    (PERSON, "Bill Hartley", "William Hartley"),
    (PERSON, "Kate O’Brien", "Katherine O'Brien"),
    (PERSON, "Oleh Zelenskyy", "Oleh Zelensky"),
    (PERSON, "Ana López García", "Ana López"),
    (PERSON, "Jae-won Kim", "Kim Jae-won"),
    (PERSON, "Dr Mary Ellis", "Mary Ellis"),
    (PERSON, "John Robert Hughes", "John R. Hughes"),
    (PERSON, "Al-Hassan Omar", "Al Hassan Omar"),
    (PERSON, "Erik Hansen", "Erik Hanson"),
    (PERSON, "Peter van den Berg", "Pete van den Berg"),
    (ORGANISATION, "Harbour Board Ltd", "Harbour Board"),
    (ORGANISATION, "The Pilots' Guild", "Pilots’ Guild"),
    (ORGANISATION, "World Fishery Organisation", "World Fishery Organization"),
    (ORGANISATION, "WFO", "World Fishery Organisation"),
    (ORGANISATION, "Centre for Tidal Research", "Center for Tidal Research"),
    (ORGANISATION, "Lagos University", "University of Lagos"),
    (LOCATION, "Szeged", "Szeged"),
    (LOCATION, "Kharkiv", "Kharkov"),
    (LOCATION, "St. Helier", "Saint Helier"),
]
TWO = [
    (PERSON, "Ngozi Okafor", "Ada Okafor"),
    (PERSON, "Mario Ricci", "Maria Ricci"),
    (PERSON, "Paul Adeyemi", "Paula Adeyemi"),
    (PERSON, "John Paul Jones", "John Peter Jones"),
    (PERSON, "James Martin", "James Martinez"),
    (PERSON, "J. Okafor", "Ngozi Okafor"),
    (PERSON, "N. Okafor", "Ngozi Okafor"),
    (PERSON, "Okafor", "Ngozi Okafor"),
    (PERSON, "Okafor", "Okafor"),
    (PERSON, "Tom Reed Sr", "Tom Reed Jr"),
    (PERSON, "Henrik IV", "Henrik II"),
    (PERSON, "Lee Chan", "Li Chen"),
    (PERSON, "Ian Shaw", "Jan Shaw"),
    (ORGANISATION, "Dockers' Union Local 12", "Dockers' Union Local 21"),
    (ORGANISATION, "University of Lagos", "University of Lagos Teaching Hospital"),
    (ORGANISATION, "Harbour Board", "Harbour Police"),
    (ORGANISATION, "Ministry of Health", "Ministry of Transport"),
    (ORGANISATION, "Labour", "Labour Party"),
    (ORGANISATION, "PG", "Pilot Guild"),
    (ORGANISATION, "Bank of Norway", "Bank of Sweden"),
    (ORGANISATION, ("European Sea Agency", "ESA"), "École Saint-Anselme"),
    (ORGANISATION, ("House of Delegates", "House"), "House Fisheries Committee"),
    (ORGANISATION, ("NBC News", "NBC"), "Northern Beet Company"),
    (ORGANISATION, ("Norwegian Navy", "Navy"), ("Swedish Navy", "Navy")),
    (ORGANISATION, "Noosa", "NASA"),
    (ORGANISATION, "SPCA", "SPAC"),
    (ORGANISATION, "Szeged A", "Szeged"),
    (LOCATION, "Lagos", "Lagos State"),
    (LOCATION, "Rhodes", "Rhodesia"),
    (LOCATION, "Linz", "Lanús"),
    (LOCATION, "Mexico", "Mexico City"),
    (LOCATION, "Oran", "Oron"),
    (LOCATION, "New York", "York"),
]


@pytest.mark.parametrize(("kind", "one", "other"), SAME)
def test_names_that_are_worth_a_look(kind, one, other):
    assert likeness(kind, one, other).score >= WORTH_A_LOOK
    assert likeness(kind, other, one).score == likeness(kind, one, other).score


@pytest.mark.parametrize(("kind", "one", "other"), SAME)
def test_names_that_are_worth_a_look_share_a_key(kind, one, other):
    assert keys_of(kind, [one]) & keys_of(kind, [other])


@pytest.mark.parametrize(("kind", "one", "other"), TWO)
def test_names_that_are_not_worth_a_look_by_themselves(kind, one, other):
    assert likeness(kind, one, other).score < WORTH_A_LOOK


FINCH = {7: "Mara Finch"}


@pytest.mark.parametrize(
    ("ours", "theirs", "words"),
    [
        (
            Company(employers={3: "Pilot Guild"}),
            Company(employers={3: "Pilot Guild"}),
            "both hold a role at Pilot Guild",
        ),
        (Company(titles={"chair": "Chair"}), Company(titles={"chair": "chair"}), "both are called “Chair”"),
        (Company(others=FINCH), Company(others=FINCH), "stories name both beside Mara Finch"),
        (Company(doubts={1: "Reed sails"}), NOTHING, "“Reed sails” may mean either: an import left that to an editor"),
    ],
)
def test_company_that_two_records_share_speaks_for_one(ours, theirs, words):
    alone = likeness(PERSON, "K. Reed", "Kate Reed").score
    together = likeness(PERSON, "K. Reed", "Kate Reed", ours, theirs)
    assert together.score > alone
    assert together.evidence[-1] == {"for": True, "words": words}


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ({"gender": "female"}, {"gender": "male"}, "stories say “he” of one and “she” of the other"),
        ({"country": "IE"}, {"country": "CA"}, "one is in IE, the other in CA"),
        ({"region": "Munster"}, {"region": "Ontario"}, "one is in Munster, the other in Ontario"),
        ({"geoname_id": 1}, {"geoname_id": 2}, "they are two places in the GeoNames gazetteer"),
        ({"identifiers": {"viaf": "1"}}, {"identifiers": {"viaf": "2"}}, "they have two numbers in the catalogue viaf"),
    ],
)
def test_facts_that_differ_speak_against_one(first, second, words):
    said = compare(profile(1, LOCATION, "Cobh", **first), profile(2, LOCATION, "Cobh", **second), NOTHING, NOTHING)
    assert said.score < WORTH_A_LOOK
    assert said.evidence[-1] == {"for": False, "words": words}


def test_a_story_with_both_tells_them_apart():
    story = Company(stories={5: "Two Reeds sail"}, doubts={1: "Two Reeds sail"})
    said = likeness(PERSON, "Kate Reed", "Kate Reed", story, story)
    assert said.score < WORTH_A_LOOK
    assert said.evidence[-1] == {"for": False, "words": "both appear in “Two Reeds sail”: two people there"}


def test_only_the_first_names_of_many_are_said():
    others = Company(others=dict(enumerate(["Ada", "Bo", "Cy", "Di", "Ed"])))
    said = likeness(PERSON, "Kate Reed", "Katie Reed", others, others)
    assert said.evidence[-1]["words"] == "stories name both beside Ada, Bo, Cy and 2 more"


def test_a_record_is_known_by_each_of_its_names():
    assert likeness(PERSON, ("Samuel Clemens", "Mark Twain"), "Mark Twain").score >= WORTH_A_LOOK


def test_a_surname_among_the_names_of_a_person_says_nothing():
    assert likeness(PERSON, ("Mara Finch", "Finch"), ("Ada Finch", "Finch")).score == 0


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("J.K. Núñez Jr.", ["j", "k", "nunez"]),
        ("Sir Tom O’Brien", ["tom", "obrien"]),
        ("Al-Hassan Omar", ["al", "hassan", "omar"]),
        ("Dr", ["dr"]),
    ],
)
def test_words_of_a_name(name, words):
    assert person_words(name) == words


@pytest.mark.parametrize(("name", "suffix"), [("Tom Reed Jr.", "jr"), ("Tom Reed, Snr", "sr"), ("Tom Reed", "")])
def test_a_suffix_tells_father_and_son_apart(name, suffix):
    assert suffix_of(name) == suffix


@pytest.mark.parametrize(
    ("one", "other"),
    [("catherine", "katherine"), ("mohammed", "muhammad"), ("philip", "phillip"), ("organisation", "organization")],
)
def test_spellings_of_one_name_share_a_skeleton(one, other):
    assert skeleton(one) == skeleton(other)
