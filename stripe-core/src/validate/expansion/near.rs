//! What may have been meant by a path that leads nowhere.

use super::{leads, names, step};

/// A path that leads somewhere and is close to `path`.
#[inline]
pub(super) fn suggestion(table: &str, answer: &[&str], path: &str) -> Option<String> {
    let mut before = String::new();
    let mut targets = answer.to_vec();
    let mut rest = path;
    loop {
        let (name, after) = rest.split_once('.').unwrap_or((rest, ""));
        let mut next = Vec::new();
        for target in &targets {
            next.append(&mut step(table, target, name).unwrap_or_default());
        }
        if next.is_empty() || after.is_empty() {
            let meant = with_or_without_data(table, &targets, rest);
            let meant = meant.or_else(|| {
                let mut known = Vec::new();
                for target in &targets {
                    known.append(&mut names(table, target));
                }
                let near = nearest(name, &known)?;
                let whole = format!("{near}.{after}");
                let is_right = leads(table, &targets, &whole);
                Some(if is_right { whole } else { near.to_owned() })
            });
            return meant.map(|meant| before + &meant);
        }
        before.push_str(name);
        before.push('.');
        targets = next;
        rest = after;
    }
}

/// In a page the objects are under `data`, which is forgotten, and written where there is no page.
#[inline]
fn with_or_without_data(table: &str, targets: &[&str], rest: &str) -> Option<String> {
    let with = format!("data.{rest}");
    if leads(table, targets, &with) {
        return Some(with);
    }
    let without = rest.strip_prefix("data.")?;
    leads(table, targets, without).then(|| without.to_owned())
}

/// The name that takes the fewest changes, if they are few for its length.
#[inline]
fn nearest<'n>(name: &str, names: &[&'n str]) -> Option<&'n str> {
    let mut best: Option<(usize, &str)> = None;
    for known in names {
        let candidate = (distance(name, known), *known);
        if best.is_none_or(|best| candidate < best) {
            best = Some(candidate);
        }
    }
    let (changes, known) = best?;
    (changes <= known.len().div_ceil(4)).then_some(known)
}

/// How many letters have to be added, taken away or replaced to make one text of another.
#[inline]
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (index, letter) in one.chars().enumerate() {
        let mut diagonal = index;
        let mut left = index.saturating_add(1);
        let mut next = vec![left];
        let above = row.get(1..).unwrap_or_default();
        for (above, other) in above.iter().zip(other.chars()) {
            let replaced = diagonal.saturating_add(usize::from(letter != other));
            left = replaced
                .min(above.saturating_add(1))
                .min(left.saturating_add(1));
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_counted() {
        for (one, other, changes) in [
            ("", "", 0),
            ("", "abc", 3),
            ("abc", "", 3),
            ("customer", "customer", 0),
            ("custmer", "customer", 1),
            ("costumer", "customer", 2),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(distance(one, other), changes, "{one} {other}");
        }
    }

    #[test]
    fn a_name_is_near_if_a_quarter_of_it_or_less_is_wrong() {
        for (name, near) in [
            ("costumer", Some("customer")),
            ("chrge", Some("charge")),
            ("char", Some("charge")),
            ("cha", None),
            ("nothing", None),
        ] {
            assert_eq!(nearest(name, &["customer", "charge"]), near, "{name}");
        }
    }
}
