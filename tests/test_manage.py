"""What `manage.py` says where a command cannot be carried out."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_a_database_that_is_away_is_said_in_a_line(tmp_path):
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'nowhere' / 'newsroom.sqlite3'}"}
    command = [sys.executable, "manage.py", "publish_due"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "The database cannot do that now: unable to open database file\n"
    done = subprocess.run([*command, "--traceback"], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert "Traceback" in done.stderr
