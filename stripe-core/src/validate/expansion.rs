//! Which fields of an answer `expand` may name: a table of the generated crate, and the way through it.
//!
//! The table is text, since code for each of a thousand schemas would be compiled by everybody. It has an entry for each
//! operation and each schema, sorted: a line with its name, and below it the lines of its fields, after a blank, so that
//! what is new is a new line. After a field stands what is found there (`refunds>data/refund`), on a line for each kind of
//! object, with `data/` before what a page holds, and `*` for what is not known; an operation has what it answers with
//! after a name of nothing.
//!
//! All of it is compiled where [`Request::expand`](crate::Request::expand) is called, and nowhere else.

mod near;

use super::rule::Rule;
use super::violation::Violation;

/// Stripe's limit, <https://docs.stripe.com/expand>: `property1.property2.property3.property4`.
const DEEPEST: u32 = 4;

/// What is before the objects of a page.
const PAGE: &str = "data/";

/// What may lead anywhere.
const ANYTHING: &str = "*";

/// Everything that is wrong with the paths to expand in the answer of an operation, such as `GET /v1/charges`. An
/// operation that is not in the table takes any.
#[inline]
pub(super) fn violations(table: &str, operation: &str, paths: &[String]) -> Vec<Violation> {
    let Some(answer) = entry(table, operation).map(|entry| under(entry, "")) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (index, path) in paths.iter().enumerate() {
        let at = || format!("expand[{index}]");
        let depth = path.split('.').count();
        if u32::try_from(depth).is_ok_and(|depth| depth > DEEPEST) {
            let measure = i64::try_from(depth).ok();
            found.push(Violation::new(at(), Rule::MaxDepth(DEEPEST), measure));
        } else if !leads(table, &answer, path) {
            let suggestion = near::suggestion(table, &answer, path);
            found.push(Violation::new(at(), Rule::Expandable, None).suggest(suggestion));
        }
    }
    found
}

/// Whether a path leads from any of these targets to a field.
#[inline]
fn leads(table: &str, targets: &[&str], path: &str) -> bool {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    targets
        .iter()
        .any(|target| match step(table, target, name) {
            Some(_) if rest.is_empty() => !path.ends_with('.'),
            Some(further) => leads(table, &further, rest),
            None => false,
        })
}

/// What is found under a name of a target; none, if it has no such name.
#[inline]
fn step<'t>(table: &'t str, target: &'t str, name: &str) -> Option<Vec<&'t str>> {
    match target.strip_prefix(PAGE) {
        _ if target == ANYTHING => Some(vec![ANYTHING]),
        Some(item) => (name == "data").then(|| vec![item]),
        None => {
            let entry = entry(table, target)?;
            let is_known = fields(entry).iter().any(|(known, _)| *known == name);
            is_known.then(|| under(entry, name))
        }
    }
}

/// The names that a target has.
#[inline]
fn names<'t>(table: &'t str, target: &'t str) -> Vec<&'t str> {
    if target.starts_with(PAGE) {
        return vec!["data"];
    }
    let mut names = Vec::new();
    for (name, _) in fields(entry(table, target).unwrap_or_default()) {
        names.push(name);
    }
    names
}

/// What is found under a name of an entry.
#[inline]
fn under<'t>(entry: &'t str, name: &str) -> Vec<&'t str> {
    let mut found = Vec::new();
    for (known, target) in fields(entry) {
        if known == name && !target.is_empty() {
            found.push(target);
        }
    }
    found
}

/// The lines of an entry: a name, and what is found there. In loops, here and around it: chains of iterators are five times
/// as much to compile, for what runs when a path is to be expanded.
#[inline]
fn fields(entry: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    for line in entry.lines() {
        if let Some(field) = line.strip_prefix(' ') {
            found.push(field.split_once('>').unwrap_or((field, "")));
        }
    }
    found
}

/// The lines below this name: by halves, as the table has thousands.
#[inline]
fn entry<'t>(table: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = table;
    while !rest.is_empty() {
        let before = rest.get(..rest.len() / 2).unwrap_or_default();
        let mut ends = before.rmatch_indices('\n').map(|(end, _)| end);
        let start = ends.find_map(|end| start_after(rest, end)).unwrap_or(0);
        let (above, from) = rest.split_at_checked(start)?;
        let mut ends = from.match_indices('\n').map(|(end, _)| end);
        let end = ends.find_map(|end| start_after(from, end));
        let (whole, below) = from.split_at_checked(end.unwrap_or(from.len()))?;
        let (known, fields) = whole.split_once('\n').unwrap_or((whole, ""));
        rest = match known.cmp(name) {
            std::cmp::Ordering::Equal => return Some(fields),
            std::cmp::Ordering::Less => below,
            std::cmp::Ordering::Greater => above,
        };
    }
    None
}

/// Where the next entry starts, if the line that ends here is the last of one.
#[inline]
fn start_after(text: &str, end: usize) -> Option<usize> {
    let start = end.saturating_add(1);
    text.get(start..)
        .filter(|rest| !rest.starts_with(' '))
        .map(|_| start)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "\
GET /v1/charges
 >data/charge
GET /v1/sources/{id}
 >bank_account
 >card
POST /v1/charges
 >charge
bank_account
 account>account
 customer>customer
card
 account>account
 customer>customer
charge
 customer>customer
 error>*
 outcome>charge_outcome
 refunds>data/refund
customer
 default_source>bank_account
 default_source>card
refund
 charge>charge
";

    fn told(operation: &str, path: &str) -> Option<(Rule, Option<String>)> {
        let found = violations(TABLE, operation, &[path.to_owned()]);
        let first = found.first()?;
        assert_eq!(first.param(), "expand[0]");
        Some((first.rule(), first.suggestion().map(str::to_owned)))
    }

    #[test]
    fn entries_are_found_by_their_name() {
        let names = TABLE.lines().filter(|line| !line.starts_with(' '));
        for name in names.clone() {
            let below = TABLE.lines().skip_while(|line| *line != name).skip(1);
            let below: Vec<&str> = below.take_while(|line| line.starts_with(' ')).collect();
            let found = entry(TABLE, name).unwrap();
            assert_eq!(found.lines().collect::<Vec<_>>(), below, "{name}");
        }
        assert_eq!(names.count(), 8);
        for name in ["", "A", "charg", "charges", "zebra", " >charge", "account"] {
            assert_eq!(entry(TABLE, name), None, "{name}");
        }
        assert_eq!(entry("", "a"), None);
        assert_eq!(entry("a\n b", "a"), Some(" b"));
    }

    #[test]
    fn a_path_leads_to_a_field_that_may_be_expanded() {
        for (operation, path) in [
            ("POST /v1/charges", "customer"),
            ("POST /v1/charges", "outcome"),
            ("POST /v1/charges", "refunds"),
            ("POST /v1/charges", "refunds.data"),
            ("POST /v1/charges", "refunds.data.charge.customer"),
            ("POST /v1/charges", "customer.default_source.account"),
            ("GET /v1/charges", "data"),
            ("GET /v1/charges", "data.customer"),
            ("GET /v1/sources/{id}", "customer"),
            ("POST /v1/charges", "error.any.thing"),
            ("GET /v1/unknown", "any.thing"),
        ] {
            assert_eq!(told(operation, path), None, "{operation} {path}");
        }
    }

    #[test]
    fn what_leads_nowhere_is_told_with_what_may_be_meant() {
        for (operation, path, suggestion) in [
            ("POST /v1/charges", "custmer", Some("customer")),
            (
                "POST /v1/charges",
                "customer.default_sorce",
                Some("customer.default_source"),
            ),
            (
                "POST /v1/charges",
                "refunds.charge",
                Some("refunds.data.charge"),
            ),
            ("POST /v1/charges", "data.customer", Some("customer")),
            ("GET /v1/charges", "customer", Some("data.customer")),
            ("GET /v1/charges", "dat.customer", Some("data.customer")),
            ("GET /v1/charges", "dat.x", Some("data")),
            ("GET /v1/charges", "data.nothing_alike", None),
            ("POST /v1/charges", "outcome.reason", None),
            ("POST /v1/charges", "", None),
            ("POST /v1/charges", "customer.", Some("customer")),
        ] {
            let expected = Some((Rule::Expandable, suggestion.map(str::to_owned)));
            assert_eq!(told(operation, path), expected, "{operation} {path}");
        }
    }

    #[test]
    fn four_names_are_the_most() {
        let deep = "refunds.data.charge.refunds.data";
        assert_eq!(
            told("POST /v1/charges", deep),
            Some((Rule::MaxDepth(4), None))
        );
        let found = violations(TABLE, "POST /v1/charges", &[deep.to_owned()]);
        assert_eq!(found.first().unwrap().measure(), Some(5));
    }
}
