#!/usr/bin/env python
"""Run Newsroom's commands: `python manage.py help` lists them."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except OperationalError as error:
        if "--traceback" in sys.argv:
            raise
        # It is away, locked, or has no room: nothing that a list of calls would help to mend.
        sys.exit(f"The database cannot do that now: {' '.join(str(error).split())}")


if __name__ == "__main__":
    main()
