"""How often the suggested legal matter is right, on 245 real consultations with one of 20 topics.

    PYTHONPATH=src python -m benchmarks.triage [FILE.jsonl] [--misses]

The file (LawBench task 2-4, Apache-2.0) is not shipped: its path is given, or YIKE_SHARED_DATA is
the folder that holds triage/. Its 20 topics are not our 47 matters: a suggestion counts as right
when its matter lies in what TOPICS allows for the topic. The words were tuned while this file was
at hand, so the figure is one of development, not of the world outside.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from yike.rooms.catalogue import shipped, suggesting

FILE = "triage/lawbench_consultation_topics.jsonl"
#: topic of the file → our matters that mean it
TOPICS = {
    "婚姻家庭": "A01 A02 A03 I04",
    "劳动纠纷": "B01 B02 B03 B04 H06",
    "交通事故": "C01",
    "债权债务": "F01 F02 J04 G02",
    "刑事辩护": "I01 I02 I03 J05 I04",
    "合同纠纷": "F03 F01 F02 D02 D01 B04",
    "房产纠纷": "D01 D02 D03 E01",
    "侵权": "C03 C06 G03 E03 C05",
    "公司法": "G01 G06 G04",
    "医疗纠纷": "C02",
    "拆迁安置": "E02 E01",
    "行政诉讼": "H01 H02 H03 H04 H05",
    "建设工程": "D04 B03",
    "知识产权": "G03",
    "综合咨询": "Z99 J02 J03 J04 H06 H02 E01 G02 A02 I01 F02",
    "人身损害": "C03 C01 B02 B04 J03",
    "涉外法律": "J01",
    "海事海商": "E04",
    "消费权益": "F04 C04",
    "抵押担保": "F01 G02 F02",
}


def main() -> int:
    """This will print the share of first and of first-three hits, by topic and in all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--misses", action="store_true", help="print what was not found")
    options = parser.parse_args()
    shared = os.environ.get("YIKE_SHARED_DATA")
    file = options.file or (Path(shared) / FILE if shared else None)
    if file is None or not file.exists():
        print("No file: give its path, or set YIKE_SHARED_DATA. Nothing was measured.")
        return 2
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]
    report(lines, misses=options.misses)
    return 0


def report(lines: list[dict[str, str]], *, misses: bool) -> None:
    """This will measure and print."""
    words = shipped.vocabulary()
    counts = {topic: [0, 0, 0] for topic in TOPICS}
    for line in lines:
        allowed = TOPICS[line["answer"]].split()
        found = [one.code for one in suggesting.rank(line["question"], words)] or ["Z99"]
        count = counts[line["answer"]]
        count[0] += 1
        count[1] += found[0] in allowed
        count[2] += any(code in allowed for code in found)
        if misses and found[0] not in allowed:
            print(line["answer"], found, line["question"])
    for topic, (all_, first, three) in sorted(counts.items()):
        print(f"{topic:　<6} {first:3d} / {three:3d} of {all_}")
    total, first, three = (sum(column) for column in zip(*counts.values(), strict=True))
    print(
        f"first suggestion right {first / total:.1%}, one of three {three / total:.1%}, n={total}"
    )


if __name__ == "__main__":
    sys.exit(main())
