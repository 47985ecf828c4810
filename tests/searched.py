"""What readers find: for tests of whatever changes it."""

from articles.searching.finding import public_keys
from articles.searching.places import Kind
from articles.searching.queries import read_query


def searched(kind, words):
    """The numbers of the records of a kind that readers find by these words, the newest first."""
    return list(public_keys(read_query(words), Kind[kind.upper()]))
