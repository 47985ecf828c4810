from __future__ import annotations

import doctest
import pkgutil
from importlib import import_module

import pytest

from articles import extraction

MODULES = [module.name for module in pkgutil.iter_modules(extraction.__path__) if not module.ispkg]


@pytest.mark.parametrize("name", [*MODULES, "lexicons"])
def test_examples_of_the_documentation_hold(name):
    result = doctest.testmod(import_module(f"articles.extraction.{name}"))
    assert result.failed == 0
