//! What came of each operation, summed up by name space.

use std::collections::BTreeMap;
use std::fmt::Write;

/// What came of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Passed,
    Failed(String),
    /// The server does not have it.
    Unknown,
}

impl Outcome {
    /// The worse of two.
    pub(crate) fn and(self, other: Self) -> Self {
        match self {
            Self::Passed => other,
            worse => worse,
        }
    }
}

/// One operation.
#[derive(Debug)]
pub(crate) struct Row {
    /// For messages.
    pub(crate) name: String,
    /// `checkout.sessions.create`.
    pub(crate) service: String,
    pub(crate) outcome: Outcome,
}

/// `checkout`, `customers`, `v2.core`.
fn name_space(call: &str) -> String {
    let words = if call.starts_with("v2.") { 2 } else { 1 };
    call.split('.').take(words).collect::<Vec<_>>().join(".")
}

/// Counts by name space, a total, and what the server does not know.
pub(crate) fn table(results: &[Row]) -> String {
    let mut rows: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    for result in results {
        let column = match result.outcome {
            Outcome::Passed => 0,
            Outcome::Failed(_) => 1,
            Outcome::Unknown => 2,
        };
        for name in [name_space(&result.service), "~".to_owned()] {
            rows.entry(name).or_default()[column] += 1;
        }
    }
    let mut text = format!(
        "{:<28}{:>8}{:>8}{:>8}\n",
        "conformance", "passed", "failed", "unknown"
    );
    for (name, [passed, failed, unknown]) in rows {
        let name = if name == "~" {
            format!("all {}", results.len())
        } else {
            name
        };
        writeln!(text, "{name:<28}{passed:>8}{failed:>8}{unknown:>8}").unwrap();
    }
    for result in results.iter().filter(|it| it.outcome == Outcome::Unknown) {
        writeln!(text, "unknown to the server: {}", result.name).unwrap();
    }
    text
}

#[test]
fn operations_are_counted_by_name_space() {
    let result = |service: &str, outcome| Row {
        name: format!("GET /{service}"),
        service: service.to_owned(),
        outcome,
    };
    let table = table(&[
        result("checkout.sessions.list", Outcome::Passed),
        result("v2.core.events.list", Outcome::Unknown),
        result(
            "checkout.sessions.create",
            Outcome::Failed("why".to_owned()),
        ),
    ]);
    let lines: Vec<Vec<&str>> = table
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(lines[1], ["checkout", "1", "1", "0"]);
    assert_eq!(lines[2], ["v2.core", "0", "0", "1"]);
    assert_eq!(lines[3], ["all", "3", "1", "1", "1"]);
    assert_eq!(lines[4].last(), Some(&"/v2.core.events.list"));
}
