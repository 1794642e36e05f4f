"""pyarrow on a Parquet file, and pandas beside it: both must see the same."""

import pandas
import pyarrow.parquet
from saying import paths, say

(path,) = paths()
file = pyarrow.parquet.ParquetFile(path)
assert file.metadata.row_group(0).column(0).compression == "ZSTD"
table = file.read()
assert b"huggingface" in table.schema.metadata, table.schema.metadata
frame = pandas.read_parquet(path)
assert len(frame) == table.num_rows
for unit, (_, other) in zip(table.to_pylist(), frame.iterrows()):
    assert unit["id"] == other["id"] and unit["translation"] == other["translation"]
    texts = unit.pop("translation")
    say(**unit, **texts)
