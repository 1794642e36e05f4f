#!/usr/bin/env python3
"""How far the aligner's scores can be believed: against gold beads.

usage: certainty.py SET_DIR HYP_DIR [SET_DIR HYP_DIR ...]   as for the alignment scorer; all sets together
prints the beads, how many are wrong (not in the gold), the share of the wrong ones among the tenth with the
lowest scores, and the expected calibration error in ten bins of equal width"""
import os, re, sys

LINE = re.compile(r'^\[([0-9, ]*)\]:\[([0-9, ]*)\](?::(.*))?$')


def beads(path):
    for line in open(path, encoding='utf-8'):
        match = LINE.match(line.strip())
        if match:
            side = lambda k: tuple(int(x) for x in match.group(k).split(',') if x.strip())
            yield (side(1), side(2)), match.group(3)


def main(arguments):
    if len(arguments) < 2 or len(arguments) % 2:
        sys.exit(__doc__)
    found = []
    for gold_dir, own_dir in zip(arguments[::2], arguments[1::2]):
        for name in sorted(os.listdir(gold_dir)):
            if os.path.isdir(os.path.join(gold_dir, name)):
                gold = {bead for bead, _ in beads(os.path.join(gold_dir, name, 'gold.txt'))}
                own = beads(os.path.join(own_dir, name + '.txt'))
                found += [(float(score), bead in gold) for bead, score in own]
    found.sort()
    wrong = sum(not right for _, right in found)
    low = sum(not right for _, right in found[:len(found) // 10])
    bins = [[] for _ in range(10)]
    for score, right in found:
        bins[min(9, int(score * 10))].append((score, right))
    ece = sum(abs(sum(s for s, _ in b) - sum(r for _, r in b)) for b in bins) / max(1, len(found))
    print('beads %d  wrong %d  of these in the lowest tenth %.2f  calibration error %.3f'
          % (len(found), wrong, low / max(1, wrong), ece))


if __name__ == '__main__':
    main(sys.argv[1:])
