"""JSON from anybody: what is wrong with it is told with its place."""

from __future__ import annotations

import json
from typing import Any

from articles.documents.errors import BrokenDocument


def parse(text: str, source: str) -> Any:
    """Read a JSON text.

    Raises:
        BrokenDocument: it is none, or nested too deep, or has a number of thousands of digits.
    """
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, character {error.colno}"
        raise BrokenDocument(source, f"it is no JSON at {place}: {error.msg}") from error
    except (ValueError, RecursionError) as error:
        raise BrokenDocument(source, "it is no JSON that can be read: too deep, or too large a number") from error
