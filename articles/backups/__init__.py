"""The whole newsroom in one file, and back: rows of either database and pictures, encrypted where a key is set."""
