"""pandas on a table: `pandas_table.py FILE [plain]`, with the lines of docs/FORMATS.md."""

import csv

import pandas
from saying import paths, say

path, *dialect = paths()
separator = "," if path.endswith(".csv") else "\t"
quoting = csv.QUOTE_NONE if dialect == ["plain"] else csv.QUOTE_MINIMAL
table = pandas.read_csv(path, sep=separator, keep_default_na=False, quoting=quoting)
for seen in table.itertuples(index=False):
    say(id=seen.id, fr=seen.fr, en=seen.en)
