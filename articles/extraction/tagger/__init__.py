"""The trained tagger: names, roles and the parts of quotations, read from a whole text at once.

Decides which words are a name, a role, reported words, a cue or a source, each with a score. Leaves undecided who is
whom, which cue and source belong to which words, and everything that the archive knows.
"""

import os

# What runs the model tells its makers about the machine otherwise, from the moment it is imported. Nobody is told.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
