"""The one number by which the index is sorted, counted and paged.

From the top: three bits for the kind, one that is set where readers see the record, 32 for its rank (minutes of its
date, or how often it is covered) and 27 of its own number. Two records of one kind, rank and state would collide if
their numbers were 134 million apart; no archive has that many.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import IntEnum
from math import log2

KIND_AT, PUBLIC_AT, RANK_AT = 60, 59, 27
MOST = 2**32 - 1
BEGINNING = datetime(1, 1, 1, tzinfo=UTC)


class Kind(IntEnum):
    ARTICLE = 1
    QUOTATION = 2
    PERSON = 3
    ORGANISATION = 4
    LOCATION = 5
    TAG = 6


def place_of(kind: Kind, key: int, *, rank: int, is_public: bool) -> int:
    return kind << KIND_AT | is_public << PUBLIC_AT | min(rank, MOST) << RANK_AT | key % (1 << RANK_AT)


def kind_at(place: int) -> Kind:
    return Kind(place >> KIND_AT)


def public_places(kind: Kind) -> tuple[int, int]:
    """The first and the last place of what readers see of a kind."""
    first = kind << KIND_AT | 1 << PUBLIC_AT
    return first, first | (1 << PUBLIC_AT) - 1


def hidden_places(kind: Kind) -> tuple[int, int]:
    first = kind << KIND_AT
    return first, first | (1 << PUBLIC_AT) - 1


def rank_of_moment(moment: datetime) -> int:
    """Later ones are higher."""
    return int((moment - BEGINNING).total_seconds() // 60)


def rank_of_number(number: int) -> int:
    """More is higher, in steps of a tenth: of a thousand articles one more moves nothing."""
    return int(8 * log2(1 + number))
