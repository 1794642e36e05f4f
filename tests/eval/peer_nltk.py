#!/usr/bin/env python3
"""Aligns a list of pairs with NLTK's Gale-Church, as a peer to compare with (pip install nltk).

usage: peer_nltk.py PAIRS.tsv DIR      the list as for `enregard align --batch`; writes DIR/NAME.txt"""
import os, sys
from nltk.translate.gale_church import LanguageIndependent, align_blocks


def lines(path):
    return open(path, encoding='utf-8').read().rstrip('\n').split('\n')


def beads(source, target):
    # Characters without white space; an empty line must not be of no length.
    size = lambda side: [max(1, len(''.join(s.split()))) for s in side]
    links = align_blocks(size(source), size(target), LanguageIndependent())
    # NLTK gives links between sentences: those that touch are one bead.
    groups = []
    for i, j in links:
        if groups and (i in groups[-1][0] or j in groups[-1][1]):
            groups[-1][0].add(i)
            groups[-1][1].add(j)
        else:
            groups.append(({i}, {j}))
    done = (set().union(*[g[0] for g in groups]) if groups else set(), set().union(*[g[1] for g in groups]) if groups else set())
    groups += [({i}, set()) for i in range(len(source)) if i not in done[0]]
    groups += [(set(), {j}) for j in range(len(target)) if j not in done[1]]
    return groups


def main(arguments):
    if len(arguments) != 2:
        sys.exit(__doc__)
    os.makedirs(arguments[1], exist_ok=True)
    for line in lines(arguments[0]):
        name, source, target = line.split('\t')
        with open(os.path.join(arguments[1], name + '.txt'), 'w', encoding='utf-8') as out:
            for s, t in beads(lines(source), lines(target)):
                out.write('[%s]:[%s]\n' % (','.join(map(str, sorted(s))), ','.join(map(str, sorted(t)))))


if __name__ == '__main__':
    main(sys.argv[1:])
