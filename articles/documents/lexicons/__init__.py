"""Word lists as data; `words.py` reads them."""
