//! Changes of the small document, one each, and what has to be said of them: the rows of `rows.yaml`. Nothing is asserted
//! here.

use codegen::diff::Verdict;
use serde_json::Value;

const ROWS: &str = include_str!("rows.yaml");

/// One row: where, the new value (none: it is removed), the verdict, and what the line of the changelog has to say.
pub(super) type Row = (String, Option<Value>, Verdict, String);

/// All rows.
pub(super) fn rows() -> Vec<Row> {
    let groups: Vec<Value> = serde_yaml::from_str(ROWS).unwrap();
    groups.iter().flat_map(group).collect()
}

fn group(group: &Value) -> Vec<Row> {
    let below = group["below"].as_str().unwrap();
    let rows = group["rows"].as_array().unwrap().iter();
    rows.map(|row| {
        let place = format!("{below}{}", row[0].as_str().unwrap());
        let value = Some(row[1].clone()).filter(|it| !it.is_null());
        let line = row[3].as_str().unwrap().to_owned();
        (place, value, verdict(row[2].as_str().unwrap()), line)
    })
    .collect()
}

fn verdict(word: &str) -> Verdict {
    match word {
        "none" => Verdict::None,
        "patch" => Verdict::Patch,
        "minor" => Verdict::Minor,
        "major" => Verdict::Major,
        other => panic!("{other}"),
    }
}
