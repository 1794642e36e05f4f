"""The two files and the ids of plain text, parted as Python parts lines: `plain_pair.py X.fr X.en X.ids`."""

import pathlib

from saying import paths, say

french, english, ids = (pathlib.Path(path).read_text(encoding="utf-8").splitlines() for path in paths())
assert len(french) == len(english) == len(ids), (len(french), len(english), len(ids))
assert all(line.strip() for line in french + english + ids)
for fr, en, name in zip(french, english, ids):
    say(id=name.split("\t")[0], fr=fr, en=en)
