"""pandas on JSON Lines."""

import pandas
from saying import paths, say

(path,) = paths()
for unit in pandas.read_json(path, lines=True).itertuples():
    say(id=unit.id, **unit.translation)
