#!/usr/bin/env python3
"""Makes a text and its translation of any length, with the true beads, to measure cost with.

usage: generate.py BEADS DIR [--seed N] [--articles N], generate.py --chance MIB DIR
writes DIR/src.txt, DIR/tgt.txt (a sentence a line), DIR/gold.txt; with --articles, DIR/0001/... and DIR/pairs.tsv;
with --chance two running texts of so many MiB each that have nothing to do with each other, half of whose words
are letters by chance, nearly every one another, and half of few

Words are made up and follow Zipf's law; every source word has up to three translations of unequal
frequency; one word in five is dropped or added, word order changes a little; kinds of beads are as in
news: nine in ten 1-1, then 1-2, 2-1, skips, 2-2. The same seed gives the same bytes."""
import os, random, sys
from bisect import bisect
from itertools import accumulate

KINDS = [((1, 1), .88), ((1, 2), .04), ((2, 1), .04), ((1, 0), .015), ((0, 1), .015), ((2, 2), .01)]


def word(number, vowels, consonants):
    out = ''
    number += 37
    while number:
        out += consonants[number % len(consonants)]
        number //= len(consonants)
        out += vowels[number % len(vowels)]
        number //= len(vowels)
    return out


class Maker:
    def __init__(self, seed, size=40000):
        self.random = random.Random(seed)
        self.source = [word(k, 'aeiou', 'bcdfglmnprstv') for k in range(size)]
        targets = [word(k, 'aeiouy', 'bdfghklmnrstw') for k in range(size)]
        # Frequent words translate frequent words.
        near = lambda k: min(size - 1, max(0, int(k * self.random.uniform(.7, 1.4))))
        self.target = [[targets[near(k)] for _ in range(1 + k % 3)] for k in range(size)]
        self.sums = list(accumulate(1 / (k + 3) for k in range(size)))

    def sentence(self):
        r = self.random
        count = max(2, min(70, int(r.lognormvariate(2.85, .55))))
        return [bisect(self.sums, r.random() * self.sums[-1]) for _ in range(count)]

    def translated(self, words):
        r = self.random
        out = []
        for k in words:
            if r.random() > .15:
                out.append(r.choices(self.target[k], [4, 2, 1][:len(self.target[k])])[0])
            if r.random() < .15:
                out.append(r.choice(self.target[bisect(self.sums, r.random() * self.sums[-1])]))
        for k in range(len(out) - 1):
            if r.random() < .3:
                out[k], out[k + 1] = out[k + 1], out[k]
        return out or ['da']

    def text(self, beads):
        src, tgt, gold = [], [], []
        line = lambda words: ' '.join(words).capitalize() + '.'
        for _ in range(beads):
            (m, n), = self.random.choices([k for k, _ in KINDS], [p for _, p in KINDS])
            own = [self.sentence() for _ in range(m)] or [self.sentence()]
            other = self.translated([k for s in own for k in s])
            gold.append('[%s]:[%s]' % (','.join(map(str, range(len(src), len(src) + m))), ','.join(map(str, range(len(tgt), len(tgt) + n)))))
            src += [line([self.source[k] for k in s]) for s in own[:m]]
            cuts = [0] + sorted(self.random.sample(range(1, len(other)), min(n, len(other)) - 1)) + [len(other)] if n else []
            pieces = [other[a:b] for a, b in zip(cuts, cuts[1:])]
            tgt += [line(p) for p in pieces] + ['Da.'] * (n - len(pieces))
        return src, tgt, gold


def write(folder, text):
    os.makedirs(folder, exist_ok=True)
    for name, lines in zip(('src.txt', 'tgt.txt', 'gold.txt'), text):
        with open(os.path.join(folder, name), 'w', encoding='utf-8', newline='\n') as out:
            out.write('\n'.join(lines) + '\n')


def chance(seed, size):
    r = random.Random(seed)
    letters = lambda: ''.join(r.choice('abcdefghijklmnopqrstuvwxyz') for _ in range(r.randint(3, 8)))
    sentences, done = [], 0
    while done < size:
        words = (letters() if r.random() < .5 else 'w%d' % (int(r.paretovariate(.5)) % 5000) for _ in range(20))
        sentences.append(' '.join(words).capitalize() + '. ')
        done += len(sentences[-1])
    return sentences


def main(arguments):
    options = {'--seed': 1, '--articles': 0, '--chance': 0}
    plain = []
    while arguments:
        a = arguments.pop(0)
        if a in options:
            options[a] = int(arguments.pop(0))
        else:
            plain.append(a)
    if options['--chance'] and len(plain) == 1:
        size = options['--chance'] << 20
        return write(plain[0], ([''.join(chance(options['--seed'] + side, size))] for side in range(2)))
    if len(plain) != 2:
        sys.exit(__doc__)
    beads, folder = int(plain[0]), plain[1]
    maker = Maker(options['--seed'])
    if not options['--articles']:
        return write(folder, maker.text(beads))
    names = ['%04d' % (k + 1) for k in range(options['--articles'])]
    for name in names:
        write(os.path.join(folder, name), maker.text(max(1, beads // len(names))))
    with open(os.path.join(folder, 'pairs.tsv'), 'w', encoding='utf-8', newline='\n') as out:
        for name in names:
            out.write('%s\t%s/src.txt\t%s/tgt.txt\n' % (name, name, name))


if __name__ == '__main__':
    main(sys.argv[1:])
