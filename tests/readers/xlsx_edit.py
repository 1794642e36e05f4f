"""A person with a spreadsheet: `xlsx_edit.py FILE ID=ENGLISH …` puts English into cells, as reviewed.

English that begins with `number:`, `formula:` or `date:` is put in as such.
"""

import datetime

from openpyxl import load_workbook
from saying import paths, say

path, *edits = paths()
workbook = load_workbook(path)
sheet = workbook["units"]
places = {name.value: place for place, name in enumerate(next(sheet.iter_rows()))}
edits = dict(edit.split("=", 1) for edit in edits)
for line in sheet.iter_rows(min_row=2):
    english = edits.pop(line[places["id"]].value, None)
    if english is None:
        continue
    cell = line[places["en"]]
    if english.startswith("number:"):
        cell.value = float(english.removeprefix("number:"))
    elif english.startswith("formula:"):
        cell.value = "=" + english.removeprefix("formula:")
    elif english.startswith("date:"):
        cell.value = datetime.date.fromisoformat(english.removeprefix("date:"))
        cell.number_format = "yyyy-mm-dd"
    else:
        cell.value = english
        cell.data_type = "s"
        line[places["status"]].value = "reviewed"
    say(edited=cell.coordinate)
assert not edits, edits
workbook.save(path)
