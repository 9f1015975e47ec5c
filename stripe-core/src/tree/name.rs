//! Names that lead into a tree: `items[0][price]` as in Stripe's forms, or `items.0.price`.

/// Deeper than any parameter of the API.
const DEEPEST: usize = 32;

/// One step down.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step<'a> {
    Name(&'a str),
    Position(usize),
}

/// The outermost name, and the steps below it.
#[inline]
pub(super) fn parse(name: &str) -> Result<(&str, Vec<Step<'_>>), &'static str> {
    let end = name.find(['[', ']', '.']).unwrap_or(name.len());
    let (root, mut rest) = name.split_at(end);
    if root.is_empty() {
        return Err("its name is empty");
    }
    let mut steps = Vec::new();
    while !rest.is_empty() {
        if steps.len() >= DEEPEST {
            return Err("it is nested too deeply");
        }
        let (step, after) = if let Some(inner) = rest.strip_prefix('[') {
            inner.split_once(']').ok_or(UNBALANCED)?
        } else {
            let inner = rest.strip_prefix('.').ok_or(UNBALANCED)?;
            inner.split_at(inner.find(['[', ']', '.']).unwrap_or(inner.len()))
        };
        steps.push(read(step)?);
        rest = after;
    }
    Ok((root, steps))
}

const UNBALANCED: &str = "its name has a bracket too many or too few";

#[inline]
fn read(step: &str) -> Result<Step<'_>, &'static str> {
    if step.is_empty() {
        return Err("a part of its name is empty: a list needs positions, as in `a[0]`");
    }
    if step.contains('[') {
        return Err(UNBALANCED);
    }
    let is_position =
        step.bytes().all(|byte| byte.is_ascii_digit()) && (step == "0" || !step.starts_with('0'));
    match step.parse() {
        Ok(index) if is_position => Ok(Step::Position(index)),
        _ => Ok(Step::Name(step)),
    }
}

#[cfg(test)]
mod tests {
    use super::Step::{Name, Position};
    use super::*;

    #[test]
    fn brackets_and_dots_lead_down() {
        for (name, root, steps) in [
            ("a", "a", vec![]),
            ("a[b]", "a", vec![Name("b")]),
            (
                "a[b][0][c d]",
                "a",
                vec![Name("b"), Position(0), Name("c d")],
            ),
            ("a.b.10.c", "a", vec![Name("b"), Position(10), Name("c")]),
            ("a[b.c].d", "a", vec![Name("b.c"), Name("d")]),
            ("a[01]", "a", vec![Name("01")]),
            (
                "a[99999999999999999999]",
                "a",
                vec![Name("99999999999999999999")],
            ),
        ] {
            assert_eq!(parse(name), Ok((root, steps)), "{name}");
        }
    }

    #[test]
    fn row_11_names_that_lead_nowhere_are_refused() {
        for name in [
            "",
            "[a]",
            ".a",
            "a[",
            "a]",
            "a[]",
            "a[b",
            "a[b]]",
            "a[[b]]",
            "a[b]c",
            "a..b",
            "a.",
            "a[b]]c[d]",
        ] {
            assert!(parse(name).is_err(), "{name}");
        }
        assert!(parse(&format!("a{}", "[b]".repeat(32))).is_ok());
        assert!(parse(&format!("a{}", "[b]".repeat(33))).is_err());
    }
}
