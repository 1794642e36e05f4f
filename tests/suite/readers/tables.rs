//! pandas on TSV in both dialects, and on CSV.

use enregard::bitext::flat;
use enregard::format::{Columns, Dialect, Placed, Told, csv, tsv};

use super::{Seen, articles, enregard, python, same};
use crate::awkward;

const TABLES: [(&str, &[&str]); 3] =
    [("a.tsv", &["--dialect", "quoted"]), ("plain.tsv", &["--dialect", "plain"]), ("a.csv", &[])];

#[test]
fn pandas_sees_the_articles() {
    let folder = tempfile::tempdir().unwrap();
    for (name, dialect) in TABLES {
        let path = folder.path().join(name);
        let path = path.to_str().unwrap();
        enregard(&[&["export", "-o", path], dialect].concat());
        let Some(seen) = python("pandas_table.py", &[path, dialect.last().unwrap_or(&"csv")]) else { return };
        same(&Seen::read(&seen), &articles());
    }
}

#[test]
fn pandas_sees_the_awkward_units_on_one_line_each() {
    let folder = tempfile::tempdir().unwrap();
    let expected: Vec<Seen> = awkward::units().iter().map(Seen::of).collect();
    let flat = |text: &str| flat(text).into_owned();
    let expected: Vec<Seen> =
        expected.into_iter().map(|s| Seen { fr: flat(&s.fr), en: flat(&s.en), ..s }).collect();
    for ((name, dialect), table) in TABLES.into_iter().zip([tsv(Dialect::Quoted), tsv(Dialect::Plain), csv()])
    {
        let (mut out, columns) = (Vec::new(), Columns::default());
        table.header(&columns, &mut out).unwrap();
        for unit in &awkward::units() {
            let placed = Placed::new(unit, "malaise");
            table.unit(&columns, &placed, &mut out, &mut Told::default()).unwrap();
        }
        let path = folder.path().join(name);
        std::fs::write(&path, out).unwrap();
        let path = path.to_str().unwrap();
        let Some(seen) = python("pandas_table.py", &[path, dialect.last().unwrap_or(&"csv")]) else { return };
        same(&Seen::read(&seen), &expected);
    }
}
