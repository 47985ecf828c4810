"""Names that are known before the story is read: the archive's, well-known organisations, places."""

from __future__ import annotations

from dataclasses import dataclass

from articles.extraction.geonames import Rank, lookup
from articles.extraction.lexicons import load, load_table
from articles.extraction.types import Gazetteer, Kind

# A town of this size is meant wherever its name stands; a smaller one needs a word beside it that says so.
WELL_KNOWN = 400_000

# What clubs, colleges and airlines add to the name of their town. Others are not called by their town alone: “Cork” is
# no short form of Cork Water Board.
CLUBS = frozenset(
    "fc afc rfc cc united city town rovers wanderers athletic albion county rangers thistle hotspur villa air airlines "
    "airways college university".split()
)


@dataclass(frozen=True, slots=True)
class KnownName:
    """What a name is known as. `sure` where it means nothing else that news writes of: Iraq, not Reading or Austin.

    `well_known`: a country, state or great city, which a sentence may begin with although it means something else,
    too: Turkey, Florence.
    """

    kind: Kind
    rule: str
    sure: bool
    well_known: bool = False


def known_name(form: str, gazetteer: Gazetteer) -> KnownName | None:
    """What a printed form is known as; None where it is not known.

    >>> known_name("Baghdad", Gazetteer())
    KnownName(kind=<Kind.LOCATION: 'location'>, rule='in the gazetteer of places', sure=True, well_known=True)
    """
    kind = gazetteer.names.get(form.casefold())
    if kind:
        return KnownName(kind, "accepted in the archive", sure=True)
    if not form[:1].isupper() and form not in load("organisations"):
        return None
    if form in load("organisations"):
        return KnownName(
            Kind.ORGANISATION, "in the list of organisations", sure=form.lower() not in load("common_words")
        )
    if form.endswith(".") and form in load("states"):
        return KnownName(Kind.LOCATION, "short for a state or province", sure=True, well_known=True)
    capitals = form.isupper() and len(form) > 4
    if form in load("regions") or (capitals and form.title() in load("regions")):
        return KnownName(Kind.LOCATION, "in the list of regions", sure=True)
    return _place(form, capitals=capitals)


def _place(form: str, *, capitals: bool) -> KnownName | None:
    if (form.isupper() and not capitals and form not in load_table("countries")) or form in load("not_names"):
        return None
    places = lookup(form)
    if not places:
        return None
    name = form.title() if capitals else form
    wide = places[0].rank < Rank.CITY
    known = wide or max(known.place.population for known in places) >= WELL_KNOWN
    given = name in load("given_names") and (
        places[0].rank is not Rank.COUNTRY or name in {"Jordan", "Chad", "Georgia"}
    )
    sure = known and name.lower() not in load("common_words") and not given
    return KnownName(Kind.LOCATION, "in the gazetteer of places", sure=sure, well_known=known)
