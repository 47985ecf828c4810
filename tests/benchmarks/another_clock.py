"""The program with a clock that jumps: what the file named by NEWSROOM_CLOCK says, in seconds, is added to the time.

gunicorn tests.benchmarks.another_clock:application
python -m tests.benchmarks.another_clock run_scheduled
"""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from django.core.management import execute_from_command_line
from django.core.wsgi import get_wsgi_application
from django.utils import timezone

FILE = Path(os.environ["NEWSROOM_CLOCK"])
real = time.time


def jumped() -> float:
    return real() + float(FILE.read_text() or 0)


time.time = jumped
timezone.now = lambda: datetime.fromtimestamp(jumped(), tz=UTC)

if __name__ == "__main__":
    execute_from_command_line(["manage.py", *sys.argv[1:]])
else:
    application = get_wsgi_application()
