//! The report as Markdown, for a pull request and for the changelog.

use super::change::Report;
use super::entry::{Entry, by_resource, summary};
use super::ignored::NOT_COMPARED;

/// The page.
pub(super) fn page(report: &Report) -> String {
    let mut text = format!(
        "## Stripe API {} → {}\n\n{}\n",
        report.old,
        report.new,
        summary(report)
    );
    let resources = by_resource(report);
    if report.breaking > 0 {
        text.push_str("\n### Breaking changes\n\n");
        for (resource, entries) in &resources {
            for entry in entries.iter().filter(|entry| entry.breaking) {
                text.push_str(&format!("- **{resource}**: {}.\n", line(entry)));
                for note in &entry.notes {
                    text.push_str(&format!("  - {note}\n"));
                }
            }
        }
    }
    if report.changes.iter().any(|change| !change.breaking) {
        text.push_str("\n### Additions\n");
    }
    for (resource, entries) in &resources {
        let mut additions = entries.iter().filter(|entry| !entry.breaking).peekable();
        if additions.peek().is_some() {
            text.push_str(&format!("\n#### {resource}\n\n"));
        }
        for entry in additions {
            text.push_str(&format!("- {}.\n", line(entry)));
        }
    }
    text.push_str("\n### Not compared\n\n");
    for (what, why) in NOT_COMPARED {
        text.push_str(&format!("- {what}: {why}.\n"));
    }
    text
}

/// How many calls are named.
const SHOWN: usize = 4;

/// The sentence, with the calls that it is about.
fn line(entry: &Entry) -> String {
    let named = |call: &&String| !entry.text.contains(call.as_str());
    let calls: Vec<String> = entry
        .calls
        .iter()
        .filter(named)
        .map(|call| format!("`{call}`"))
        .collect();
    let shown = calls
        .iter()
        .take(SHOWN)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    match calls.len().saturating_sub(SHOWN) {
        _ if calls.is_empty() => entry.text.clone(),
        0 => format!("{} ({shown})", entry.text),
        more => format!("{} ({shown} and {more} more)", entry.text),
    }
}
