//! `cargo xtask ops`: every operation and what it became, as a table for people or JSON for programs.
//!
//! It asks the generator and prints the answer; it knows nothing about operations itself.

use serde_json::Value;

use crate::cli;
use crate::document::Document;
use crate::outcome::{Failure, Outcome};
use crate::terminal::say;

use crate::workspace::Workspace;

/// The columns of the table: JSON key and heading, in order.
const COLUMNS: [(&str, &str); 10] = [
    ("call", "CALL"),
    ("method", "METHOD"),
    ("path", "PATH"),
    ("feature", "FEATURE"),
    ("params", "PARAMS"),
    ("result", "RESULT"),
    ("host", "HOST"),
    ("body", "BODY"),
    ("paging", "PAGING"),
    ("permission", "PERMISSION"),
];

/// Runs the command.
pub(crate) fn run(workspace: &Workspace, options: &cli::Ops) -> Outcome {
    let document = Document::load(workspace, options.spec.as_deref())?;
    let generated = document.generate(workspace, "../stripe-core", &[])?;
    let failed = |error: serde_json::Error| {
        Failure::CouldNotRun(format!("the operations cannot be written: {error}"))
    };
    if options.json {
        say(&serde_json::to_string_pretty(&generated.operations).map_err(failed)?);
        return Ok(());
    }
    let rows = generated
        .operations
        .iter()
        .map(serde_json::to_value)
        .collect::<Result<Vec<Value>, _>>();
    say(&table(&rows.map_err(failed)?));
    Ok(())
}

/// Aligned columns, with a last line that counts.
fn table(operations: &[Value]) -> String {
    let heading: Vec<String> = COLUMNS
        .iter()
        .map(|(_, heading)| (*heading).to_owned())
        .collect();
    let rows: Vec<Vec<String>> = operations.iter().map(cells).collect();
    let all = || std::iter::once(&heading).chain(&rows);
    let widths: Vec<usize> = (0..COLUMNS.len())
        .map(|column| {
            all()
                .filter_map(|row| row.get(column))
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or(0)
        })
        .collect();
    let lines: Vec<String> = all().map(|row| line(row, &widths)).collect();
    let legacy = operations
        .iter()
        .filter(|it| it.get("legacy") == Some(&Value::Bool(true)))
        .count();
    format!(
        "{}\n\n{} operations, {legacy} of them legacy",
        lines.join("\n"),
        operations.len()
    )
}

fn cells(operation: &Value) -> Vec<String> {
    COLUMNS
        .iter()
        .map(|(key, _)| cell(operation.get(*key)))
        .collect()
}

fn cell(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) if !text.is_empty() => text.clone(),
        // An operation with two official names lists both.
        Some(Value::Array(items)) => items
            .iter()
            .map(|item| cell(Some(item)))
            .collect::<Vec<_>>()
            .join(", "),
        Some(Value::Null | Value::String(_)) | None => "-".to_owned(),
        Some(other) => other.to_string(),
    }
}

fn line(row: &[String], widths: &[usize]) -> String {
    let padded = row
        .iter()
        .zip(widths)
        .map(|(cell, width)| format!("{cell:<width$}"));
    padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_and_operations_are_counted() {
        let operations = [
            serde_json::json!({"call": "customers.create", "method": "POST", "path": "/v1/customers", "legacy": false}),
            serde_json::json!({"call": ["a.b", "c.d"], "method": "GET", "path": "/v1/x", "params": null, "legacy": true}),
        ];
        let table = table(&operations);
        let lines: Vec<&str> = table.lines().collect();
        assert!(
            lines[0].starts_with("CALL              METHOD  PATH           FEATURE"),
            "{table}"
        );
        assert!(
            lines[1].starts_with("customers.create  POST    /v1/customers  -"),
            "{table}"
        );
        assert!(
            lines[2].starts_with("a.b, c.d          GET     /v1/x          -"),
            "{table}"
        );
        assert_eq!(lines[4], "2 operations, 1 of them legacy");
    }
}
