#!/usr/bin/env python3
"""Precision and recall of each check on pairs with a known fault.

    tests/eval/checks.py [--program target/release/enregard] [--data ../shared/eval/quality] [--level warning]
                         [--good] [--missed SORT] [--half 0|1]

`good.jsonl` holds pairs as translators left them, `faults.jsonl` the same with one seeded fault each. A fault is
found where a check that names it rightly speaks. With --good the findings on good pairs are listed, with
--missed the faults of a sort that were not found. --half takes the documents of one half, so that rules can be
made on one and measured on the other.
"""

import argparse
import collections
import json
import os
import pathlib
import subprocess
import sys
import zlib

RIGHT = {
    "number": {"numbers"},
    "date": {"dates"},
    "name": {"names"},
    "untranslated": {"untranslated", "language"},
    "half_untranslated": {"untranslated", "language"},
    "omission": {"omission", "length"},
    "swapped": {"omission", "length", "names", "numbers", "dates", "addition"},
    "bracket": {"brackets"},
    "quote": {"quotes"},
    "end_mark": {"end-punctuation"},
    "repeated_word": {"repeated-word"},
    "mojibake": {"encoding"},
    "french_quotes": {"french-typography", "quotes"},
    "french_number": {"numbers", "french-typography"},
    "negation": {"negation"},
}


def read(path, half):
    with open(path, encoding="utf-8") as lines:
        pairs = [json.loads(line) for line in lines]
    document = lambda pair: pair["id"].split("/")[0]
    return [p for p in pairs if half is None or zlib.crc32(document(p).encode()) % 2 == half]


def check(program, level, pairs):
    text = "".join(json.dumps({k: p[k] for k in ("id", "fr", "en")}, ensure_ascii=False) + "\n" for p in pairs)
    run = subprocess.run([program, "check", "--jsonl", "--level", level], input=text.encode(), stdout=subprocess.PIPE)
    if run.returncode > 1:
        sys.exit("enregard check failed")
    return [json.loads(line)["findings"] for line in run.stdout.decode().splitlines()]


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    data = pathlib.Path(os.environ.get("ENREGARD_EVAL", root / "../shared/eval")) / "quality"
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--program", default=str(root / "target/release/enregard"))
    options.add_argument("--data", default=str(data), type=pathlib.Path)
    options.add_argument("--level", default="warning")
    options.add_argument("--half", type=int, choices=(0, 1))
    options.add_argument("--good", nargs="?", const="", metavar="CHECK")
    options.add_argument("--missed", metavar="SORT")
    options = options.parse_args()
    if not (pathlib.Path(options.data) / "good.jsonl").exists():
        print(f"skipped: there is no {options.data}/good.jsonl")
        return

    data = pathlib.Path(options.data)
    good, faults = (read(data / name, options.half) for name in ("good.jsonl", "faults.jsonl"))
    on_good = check(options.program, options.level, good)
    on_faults = check(options.program, options.level, faults)

    false = collections.Counter(check for found in on_good for check in {f["check"] for f in found})
    cried = sum(1 for found in on_good if found)
    sorts = collections.defaultdict(lambda: [0, 0])
    true = collections.Counter()
    for pair, found in zip(faults, on_faults):
        right = {f["check"] for f in found} & RIGHT[pair["fault"]]
        sorts[pair["fault"]][0] += bool(right)
        sorts[pair["fault"]][1] += 1
        true.update(right)
        if options.missed == pair["fault"] and not right:
            print(f"{pair['id']}\n  fr {pair['fr']}\n  en {pair['en']}\n  was {pair['good']}")
            for f in found:
                print(f"     {f['check']} {f['severity']}: {f['message']}")
    if options.good is not None:
        for pair, found in zip(good, on_good):
            found = [f for f in found if options.good in ("", f["check"])]
            if found:
                print(f"{pair['id']}\n  fr {pair['fr']}\n  en {pair['en']}")
                for f in found:
                    print(f"     {f['check']} {f['severity']}: {f['message']}")

    print(f"good pairs with findings: {cried} of {len(good)} ({100 * cried / len(good):.2f} %)")
    print("\nfault              found   of")
    for sort, (found, all_) in sorted(sorts.items()):
        print(f"{sort:<18} {found:>5} {all_:>4}  {100 * found / all_:5.1f} %")
    found, all_ = (sum(s[i] for s in sorts.values()) for i in (0, 1))
    print(f"{'all':<18} {found:>5} {all_:>4}  {100 * found / all_:5.1f} %")
    print("\ncheck              found  on good pairs  precision")
    for name in sorted(set(true) | set(false)):
        precision = true[name] / max(1, true[name] + false[name])
        print(f"{name:<18} {true[name]:>5} {false[name]:>14}  {100 * precision:8.1f} %")


if __name__ == "__main__":
    main()
