"""Hugging Face's datasets: `datasets_load.py json|parquet FILE`, or `datasets_load.py DIR` for a whole dataset."""

import os
import tempfile

from saying import paths, say

# What datasets keeps for later goes with the folder.
with tempfile.TemporaryDirectory() as cache:
    os.environ["HF_HOME"] = cache
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    import datasets

    datasets.disable_progress_bars()
    kind, *file = paths()
    loaded = datasets.load_dataset(kind, data_files=file[0]) if file else datasets.load_dataset(kind)
    for split, units in loaded.items():
        feature = units.features["translation"]
        for unit in units:
            texts = unit.pop("translation")
            say(split=split, type=type(feature).__name__, **unit, **texts)
