"""The program that runs the model keeps what it knows of the machine to itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def test_tagging_leaves_nothing_for_makers_to_be_told(tmp_path):
    """Where it may tell them it begins by writing a number for the machine into the user's folder."""
    code = (
        "from articles.extraction.tagger.predict import shipped_tagger; shipped_tagger().tag('Rain, said Mara Finch.')"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ORT_", "XDG_"))}
    environment |= {"HOME": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True)
    assert list(tmp_path.rglob("*")) == []
