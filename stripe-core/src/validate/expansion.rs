//! Which fields of an answer `expand` may name: a table of the generated crate, and the way through it.
//!
//! The table is text, since code for each of a thousand schemas would be compiled by everybody. It has a line for each
//! operation and each schema, sorted: `charge: customer>customer refunds>data/refund outcome`. After a name stands what is
//! found there, with `data/` before what a page holds, and `*` for what is not known; an operation has what it answers
//! with after a name of nothing.

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
pub(super) fn violations(table: &str, operation: &str, paths: &[String]) -> Vec<Violation> {
    let Some(answer) = line(table, operation).and_then(|line| targets(line, "")) else {
        return Vec::new();
    };
    let paths = paths.iter().enumerate();
    let found = paths.filter_map(|(index, path)| {
        let at = || format!("expand[{index}]");
        let depth = path.split('.').count();
        if u32::try_from(depth).is_ok_and(|depth| depth > DEEPEST) {
            let measure = i64::try_from(depth).ok();
            return Some(Violation::new(at(), Rule::MaxDepth(DEEPEST), measure));
        }
        if leads(table, answer, path) {
            return None;
        }
        let suggestion = near::suggestion(table, answer, path);
        Some(Violation::new(at(), Rule::Expandable, None).suggest(suggestion))
    });
    found.collect()
}

/// Whether a path leads from any of these targets to a field.
fn leads(table: &str, targets: &str, path: &str) -> bool {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    each(targets).any(|target| match step(table, target, name) {
        Some(_) if rest.is_empty() => !path.ends_with('.'),
        Some(further) => leads(table, further, rest),
        None => false,
    })
}

fn each(targets: &str) -> impl Iterator<Item = &str> {
    targets.split('|').filter(|target| !target.is_empty())
}

/// What is found under a name of a target.
fn step<'t>(table: &'t str, target: &'t str, name: &str) -> Option<&'t str> {
    match target.strip_prefix(PAGE) {
        _ if target == ANYTHING => Some(ANYTHING),
        Some(item) => (name == "data").then_some(item),
        None => targets(line(table, target)?, name),
    }
}

/// The names that a target has.
fn names<'t>(table: &'t str, target: &'t str) -> impl Iterator<Item = &'t str> {
    let line = if target.starts_with(PAGE) {
        "data"
    } else {
        line(table, target).unwrap_or_default()
    };
    words(line).map(|(name, _)| name)
}

fn targets<'t>(line: &'t str, name: &str) -> Option<&'t str> {
    let mut words = words(line);
    words.find_map(|(known, targets)| (known == name).then_some(targets))
}

fn words(line: &str) -> impl Iterator<Item = (&str, &str)> {
    let words = line.split(' ').filter(|word| !word.is_empty());
    words.map(|word| word.split_once('>').unwrap_or((word, "")))
}

/// The line of this key, without it: by halves, as the table has thousands.
fn line<'t>(table: &'t str, key: &str) -> Option<&'t str> {
    let mut rest = table;
    while !rest.is_empty() {
        let middle = rest.len() / 2;
        let before = rest.get(..middle).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |end| end.saturating_add(1));
        let (above, from) = rest.split_at_checked(start)?;
        let (line, below) = from.split_once('\n').unwrap_or((from, ""));
        let (known, words) = line.split_once(": ").unwrap_or((line, ""));
        rest = match known.cmp(key) {
            std::cmp::Ordering::Equal => return Some(words),
            std::cmp::Ordering::Less => below,
            std::cmp::Ordering::Greater => above,
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "\
GET /v1/charges: >data/charge
GET /v1/sources/{id}: >bank_account|card
POST /v1/charges: >charge
bank_account: account>account customer>customer
card: account>account customer>customer
charge: customer>customer error>* outcome refunds>data/refund
customer: default_source>bank_account|card
refund: charge>charge
";

    fn told(operation: &str, path: &str) -> Option<(Rule, Option<String>)> {
        let found = violations(TABLE, operation, &[path.to_owned()]);
        let first = found.first()?;
        assert_eq!(first.param(), "expand[0]");
        Some((first.rule(), first.suggestion().map(str::to_owned)))
    }

    #[test]
    fn lines_are_found_by_their_key() {
        for whole in TABLE.lines() {
            let (key, words) = whole.split_once(": ").unwrap();
            assert_eq!(line(TABLE, key), Some(words));
        }
        for key in [
            "",
            "A",
            "charg",
            "charges",
            "zebra",
            "customer: default_source",
        ] {
            assert_eq!(line(TABLE, key), None, "{key}");
        }
        assert_eq!(line("", "a"), None);
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
