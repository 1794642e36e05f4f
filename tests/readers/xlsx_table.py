"""openpyxl on a workbook: `xlsx_table.py FILE`; first how its sheet is set up, then its lines."""

from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from saying import paths, say

(path,) = paths()
sheet = load_workbook(path)["units"]
names, *lines = list(sheet.iter_rows())
columns = [name.value for name in names]
rules = sheet.data_validations.dataValidation
say(
    columns=columns,
    frozen=sheet.freeze_panes,
    protected=sheet.protection.sheet and not sheet.protection.password,
    hidden=[name.value for name in names if sheet.column_dimensions[name.column_letter].hidden],
    open=[columns[place] for place, cell in enumerate(lines[0]) if not cell.protection.locked],
    types=sorted({cell.data_type for line in lines for cell in line if cell.value is not None}),
    formats=sorted({cell.number_format for line in lines for cell in line}),
    wrapped=all(cell.alignment.wrap_text for line in lines for cell in line),
    statuses=[rule.formula1 for rule in rules],
)
for line in lines:
    # Excel writes control characters as `_x000B_`; openpyxl leaves that to who asks.
    cells = {name: unescape(cell.value or "") for name, cell in zip(columns, line)}
    say(id=cells["id"], fr=cells["fr"], en=cells["en"])
