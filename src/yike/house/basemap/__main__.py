"""`python -m yike.house.basemap`: makes one base map for the worker, with limits of its own.

In: {"source", "out", "seconds", "megabytes"}. Out, one line: {"words": […]} or {"fault": sentence}.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any

#: layers of the map in words
_NAMES = {
    "cover": "地表", "water": "水面", "waterway": "河流", "building": "房屋", "road": "干道",
    "street": "街道和小路", "ferry": "轮渡", "rail": "铁路", "outline": "边界", "place": "城镇名",
    "village": "村名", "poi": "地点", "water_name": "水面名",
}  # fmt: skip
#: what the process may write at most, in bytes
_MOST_WRITTEN = 2_000_000_000


def main() -> int:
    """This will build what is asked on the standard input; 0 built, 1 refused."""
    asked = json.load(sys.stdin)
    most = int(asked["megabytes"]) * 1024 * 1024
    for what, limit in (
        (resource.RLIMIT_AS, most),
        (resource.RLIMIT_CPU, int(asked["seconds"])),
        (resource.RLIMIT_FSIZE, _MOST_WRITTEN),
    ):
        resource.setrlimit(what, (limit, limit))
    told = _built(Path(asked["source"]), Path(asked["out"]))
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    return int("fault" in told)


def _built(source: Path, out: Path) -> dict[str, Any]:
    from yike.house.basemap import building
    from yike.house.basemap.reading import NotMapped

    try:
        made = building.build(source, out)
    except NotMapped as why:
        return {"fault": str(why)}
    except (MemoryError, OSError, RuntimeError):
        return {"fault": "内存或磁盘不够，没有做成；请只截取本县和周边一圈的数据。"}
    counts = "，".join(
        f"{_NAMES.get(name, name)} {count}" for name, count in sorted(made.shapes.items())
    )
    size = f"{made.tiles} 个瓦片，{made.size / 1e6:.1f} MB，最大的瓦片 {made.largest / 1000:.0f} kB"
    return {"words": [size, f"要素：{counts}", *made.faults]}


if __name__ == "__main__":
    sys.exit(main())
