//! Changes as lines of a changelog: what belongs together is told in one sentence.
//!
//! Both pages are made from these. Code is marked with backticks, as in Markdown.

use std::collections::BTreeMap;

use super::change::{Change, How, Report, What};

/// One line of a changelog.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) breaking: bool,
    /// A sentence, without the full stop.
    pub(super) text: String,
    pub(super) calls: Vec<String>,
    pub(super) items: Vec<String>,
    pub(super) notes: Vec<String>,
}

/// The lines of a report, by resource.
pub(super) fn by_resource(report: &Report) -> BTreeMap<&str, Vec<Entry>> {
    let mut groups: BTreeMap<_, Vec<&Change>> = BTreeMap::new();
    for change in &report.changes {
        groups.entry(key(change)).or_default().push(change);
    }
    let mut resources: BTreeMap<&str, Vec<Entry>> = BTreeMap::new();
    for changes in groups.values() {
        if let Some(first) = changes.first() {
            resources
                .entry(&first.resource)
                .or_default()
                .push(entry(first, changes));
        }
    }
    resources
}

/// What changes have in common that are told in one sentence.
type Key<'a> = (
    &'a str,
    bool,
    What,
    How,
    Vec<String>,
    &'a [String],
    Option<(&'a str, &'a str)>,
);

fn key(change: &Change) -> Key<'_> {
    let (old, new) = (change.old.as_deref(), change.new.as_deref());
    let whole = matches!(change.how, How::Added | How::Removed);
    let apart = !whole || change.what == What::Operation;
    let details = apart.then(|| (old.unwrap_or(&change.name), new.unwrap_or_default()));
    (
        &change.resource,
        !change.breaking,
        change.what,
        change.how,
        owners(change),
        &change.calls,
        details,
    )
}

fn entry(first: &Change, changes: &[&Change]) -> Entry {
    let mut names: Vec<&str> = changes.iter().flat_map(|change| names(change)).collect();
    names.sort_unstable();
    names.dedup();
    let collect = |list: fn(&Change) -> &[String]| {
        let mut all: Vec<String> = changes
            .iter()
            .flat_map(|change| list(change).to_vec())
            .collect();
        all.sort();
        all.dedup();
        all
    };
    let mut notes: Vec<String> = changes
        .iter()
        .filter_map(|change| change.migration.clone())
        .collect();
    notes.dedup();
    Entry {
        breaking: first.breaking,
        text: sentence(first, &names),
        calls: collect(|change| &change.calls),
        items: collect(|change| &change.items),
        notes,
    }
}

/// What a change is told by: a type by its name in Rust, if it has one.
fn names(change: &Change) -> Vec<&str> {
    match change.what {
        What::Type | What::Resource if !change.items.is_empty() => {
            change.items.iter().map(String::as_str).collect()
        }
        _ => vec![&change.name],
    }
}

/// The types that have what changed; a thing without a type of ours is named by the document.
fn owners(change: &Change) -> Vec<String> {
    if matches!(
        change.what,
        What::Type | What::Resource | What::Item | What::Operation
    ) {
        return Vec::new();
    }
    let members = matches!(change.what, What::Field | What::Parameter | What::Limit);
    let owner = |item: &String| {
        let (owner, _) = item.rsplit_once(if members { "." } else { "::" })?;
        Some(owner.to_owned())
    };
    let mut owners: Vec<String> = change.items.iter().filter_map(owner).collect();
    if owners.is_empty() {
        owners = change.places.iter().map(|place| place.of.clone()).collect();
    }
    owners.sort();
    owners.dedup();
    owners
}

fn sentence(change: &Change, names: &[&str]) -> String {
    let them = list(names);
    let on = on(change.how, &owners(change));
    let from_to = match (&change.old, &change.new) {
        (Some(old), Some(new)) => format!(" from `{old}` to `{new}`"),
        _ => String::new(),
    };
    let kind = kind(change.what, names.len());
    match (change.what, change.how) {
        (What::Operation, How::Added | How::Removed) => {
            let endpoint = change.places.first().map_or("", |place| place.of.as_str());
            let verb = if change.how == How::Added {
                "Add"
            } else {
                "Remove"
            };
            format!("{verb} the call {} (`{endpoint}`)", list(&calls(change)))
        }
        (What::Type | What::Resource, How::Added) if change.items.is_empty() => {
            format!("New in the document, with no type of its own: {them}")
        }
        (What::Item, _) => format!("No longer there as it was: {them}"),
        (_, How::Added) => format!("Add {kind} {them}{on}"),
        (_, How::Removed) => format!("Remove {kind} {them}{on}"),
        (_, How::Renamed) => format!("Rename {kind}{from_to}{on}"),
        (What::Operation, How::Retyped) => format!("Send the call {them} another way:{from_to}"),
        (What::Answer, How::Retyped) => format!("Change the answer of {them}{from_to}"),
        (_, How::Retyped) => format!("Change the type of {kind} {them}{on}{from_to}"),
        (_, How::Narrowed | How::Widened) => format!("Change {kind} of {them}{on}{from_to}"),
        (What::Operation, How::Deprecated) => format!("Deprecate the call {them}"),
        (What::Operation, How::Undeprecated) => format!("No longer deprecate the call {them}"),
        (_, How::Deprecated) => format!("Deprecate {kind} {them}{on}"),
        (_, How::Undeprecated) => format!("No longer deprecate {kind} {them}{on}"),
        (what, how) => format!("Make {kind} {them}{on} {}", state(what, how)),
    }
}

/// What a property is now.
const fn state(what: What, how: How) -> &'static str {
    match (what, how) {
        (What::Parameter, How::MadeRequired) => "required",
        (_, How::MadeRequired) => "always present",
        (_, How::MadeOptional) => "optional",
        (What::Parameter, How::MadeNullable) => "clearable",
        (What::Parameter, _) => "not clearable",
        (_, How::MadeNullable) => "nullable",
        _ => "never null",
    }
}

const fn kind(what: What, count: usize) -> &'static str {
    let many = count > 1;
    match (what, many) {
        (What::Operation, _) => "the call",
        (What::Answer, _) => "the answer",
        (What::Resource, false) => "the object",
        (What::Resource, true) => "the objects",
        (What::Type, false) => "the type",
        (What::Type, true) => "the types",
        (What::Field, false) => "the field",
        (What::Field, true) => "the fields",
        (What::Parameter, false) => "the parameter",
        (What::Parameter, true) => "the parameters",
        (What::Value, false) => "the value",
        (What::Value, true) => "the values",
        (What::Event, false) => "the event",
        (What::Event, true) => "the events",
        (What::ErrorCode, false) => "the error code",
        (What::ErrorCode, true) => "the error codes",
        (What::Limit, _) => "the length limit",
        (What::Item, _) => "the item",
    }
}

fn calls(change: &Change) -> Vec<&str> {
    if change.calls.is_empty() {
        return vec![&change.name];
    }
    change.calls.iter().map(String::as_str).collect()
}

/// `a`, `b` and `c`.
fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// How many types are named in a sentence.
const SHOWN: usize = 3;

fn on(how: How, owners: &[String]) -> String {
    let to = match how {
        How::Added => "to",
        How::Removed => "from",
        _ => "of",
    };
    let names: Vec<&str> = owners.iter().map(String::as_str).collect();
    match names.get(SHOWN..) {
        Some(rest) if !rest.is_empty() => {
            let shown: Vec<String> = names
                .iter()
                .take(SHOWN)
                .map(|name| format!("`{name}`"))
                .collect();
            format!(" {to} {} and {} more", shown.join(", "), rest.len())
        }
        _ if names.is_empty() => String::new(),
        _ => format!(" {to} {}", list(&names)),
    }
}

/// The first lines of both pages: what the next version has to be, and how much changed.
pub(super) fn summary(report: &Report) -> String {
    use super::change::Verdict;
    let verdict = match report.verdict {
        Verdict::None => "nothing changed",
        Verdict::Patch => "patch: only texts changed",
        Verdict::Minor => "minor: programs go on as they are",
        Verdict::Major => {
            "major: some programs have to be changed (while the version starts with 0, raise the second number)"
        }
    };
    format!(
        "Semantic versioning: {verdict}. {} changes, {} of them breaking; {} public items added, {} removed or changed; \
         {} descriptions reworded.",
        report.changes.len(),
        report.breaking,
        report.public_items.added,
        report.public_items.removed,
        report.texts
    )
}
