"""pyarrow writes a flat Parquet file, as others have them: `pyarrow_write.py FILE`, two units, one without English."""

import pyarrow
import pyarrow.parquet
from saying import paths

(path,) = paths()
table = pyarrow.table({"fr": ["Oui.", "Non."], "en": ["Yes.", None], "score": [0.5, None], "tags": [["a"], []]})
pyarrow.parquet.write_table(table, path)
