"""The first thing that a process beside this one does. Nothing here may need Django before it is set up."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading


def begin(databases: dict[str, str]) -> None:
    """Make a new process ready: it has no keyboard, takes one core, and ends when the one that began it does.

    `databases` names the databases in use, which are others than those of the settings in a test.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()

    import django

    django.setup()

    from django.db import connections

    from articles.extraction.tagger.predict import limit_threads

    for alias, name in databases.items():
        connections[alias].settings_dict["NAME"] = name
    limit_threads(1)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)
