"""Do once more what another process was in the way of."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction

# A database that is away, busy or in the way of another process is tried again: after a fifth of a second, then twice
# as long each time, for some 25 seconds in all.
TRIES = 8
FIRST_PAUSE = 0.2
# Where somebody waits for the answer: some two seconds in all.
A_FEW = 4

P = ParamSpec("P")
T = TypeVar("T")


def trying_again(write: Callable[[], T], tries: int = TRIES) -> T:
    """Do what is one transaction, once more after a pause where the database was away or another was in its way.

    Within a transaction it is done once: whoever began that one tries again.
    """
    pause = FIRST_PAUSE
    for left in reversed(range(tries)):
        try:
            return write()
        except (IntegrityError, OperationalError, InterfaceError):
            if not left or connection.in_atomic_block:
                raise
            connection.close()
            # Two that met do not meet again at the same moment.
            time.sleep(pause * random.uniform(0.5, 1.5))  # nosec B311
            pause *= 2
    raise AssertionError("the last try returns or raises")


def whole(change: Callable[P, T]) -> Callable[P, T]:
    """A function as a transaction, tried again a few times where another was in its way."""

    @wraps(change)
    def carried_out(*args: P.args, **kwargs: P.kwargs) -> T:
        return trying_again(lambda: transaction.atomic(change)(*args, **kwargs), A_FEW)

    return carried_out
