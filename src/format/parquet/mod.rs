//! Parquet: the columns of JSON Lines in the shape that Hugging Face's `datasets` and pyarrow take without being told.
//!
//! `id`, `translation` with a text for each language, and the columns that were asked for; zstd. The key `huggingface` of
//! the file's metadata says that `translation` is a Translation. Read are such files, and flat ones with `fr` and `en`.

#[cfg(feature = "parquet")]
mod read;
#[cfg(feature = "parquet")]
mod write;

use super::{Column, Format, Purpose, Read, Write, kept};

/// Parquet.
pub(super) const FORMAT: Format = Format {
    name: "parquet",
    title: "Parquet, with Hugging Face's Translation",
    endings: &["parquet"],
    purpose: Purpose::Study,
    binary: true,
    feature: Some("parquet"),
    #[cfg(feature = "parquet")]
    write: Write::File(write::writer),
    #[cfg(not(feature = "parquet"))]
    write: Write::Unbuilt,
    #[cfg(feature = "parquet")]
    read: Read::File(read::reader),
    #[cfg(not(feature = "parquet"))]
    read: Read::Unbuilt,
    columns: true,
    paragraphs: false,
    carries: Column::ALL,
    loses: "nothing of the texts",
    through: kept,
    opens: "datasets.load_dataset(\"parquet\", data_files=\"f.parquet\"); pandas.read_parquet(f); from 'f.parquet' in DuckDB",
};
