//! Rules on the generated crate's sources: that they say so, and that they stay reviewable. What is in them is codegen's.

use super::tree::{File, Finding, Tree};
use crate::workspace::{GENERATED, GENERATED_MARK};

/// The largest generated file. Beyond that, editors and review tools give up.
const LARGEST_FILE: usize = 600_000;

/// The size of all generated sources, in hundredths of the document's size.
const LARGEST_TOTAL: u64 = 200;

/// A generated file says so on its first line.
pub(crate) fn carries_the_header(file: &File) -> Vec<Finding> {
    let first = file.text.lines().next().unwrap_or_default();
    // Data has no place for it. That none is a stranger's is seen by `generate --check`, which knows every file.
    if !file.is_generated() || !file.is_rust() || first.contains(GENERATED_MARK) {
        return Vec::new();
    }
    vec![file.finding(
        1,
        format!(
            "the first line does not say {GENERATED_MARK}: hand-written files do not belong here"
        ),
    )]
}

/// A generated file can be opened and reviewed.
pub(crate) fn is_small_enough_to_open(file: &File) -> Vec<Finding> {
    let bytes = file.text.len();
    if !file.is_generated() || bytes <= LARGEST_FILE {
        return Vec::new();
    }
    vec![file.finding(
        1,
        format!("{bytes} bytes, {LARGEST_FILE} are the limit: let the plan stage split it"),
    )]
}

/// The size of all generated sources against the document's.
pub(crate) fn total_size(tree: &Tree) -> (String, Option<Finding>) {
    let sizes = tree
        .files
        .iter()
        .filter(|file| file.is_generated())
        .map(|file| file.text.len());
    let total = u64::try_from(sizes.sum::<usize>()).unwrap_or(u64::MAX);
    let hundredths = total
        .saturating_mul(100)
        .checked_div(tree.document_bytes)
        .unwrap_or(u64::MAX);
    let (whole, part) = (hundredths / 100, hundredths % 100);
    let figure = format!(
        "generated sources: {total} bytes, {whole}.{part:02} × the document (at most 2.00 ×)"
    );
    let over = hundredths > LARGEST_TOTAL;
    let finding = over.then(|| Finding::whole(GENERATED, format!("too large: {figure}")));
    (figure, finding)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tree::{file, found};

    #[test]
    fn the_header_is_asked_of_generated_files_only() {
        let header = format!("// This file is {GENERATED_MARK} from `coupon`.\n");
        for (path, text, count) in [
            ("stripe-generated/src/fields.txt", "GET /v1/x: >\n", 0),
            ("stripe-generated/src/coupon.rs", header.as_str(), 0),
            ("stripe-generated/src/coupon.rs", "//! Coupons.\n", 1),
            ("stripe-generated/src/coupon.rs", "", 1),
            ("stripe-generated/examples/pay.rs", "//! Pay.\n", 0),
        ] {
            assert_eq!(
                found(carries_the_header, path, text).len(),
                count,
                "{path}: {text}"
            );
        }
    }

    #[test]
    fn giant_files_are_refused() {
        let text = "x".repeat(LARGEST_FILE + 1);
        assert_eq!(
            found(is_small_enough_to_open, "stripe-generated/src/a.rs", &text).len(),
            1
        );
        assert_eq!(
            found(is_small_enough_to_open, "stripe-generated/src/a.rs", "x").len(),
            0
        );
        assert_eq!(
            found(is_small_enough_to_open, "CHANGELOG.md", &text).len(),
            0
        );
    }

    #[test]
    fn the_total_is_measured_against_the_document() {
        for (bytes, figure, over) in [
            (150, "1.50 ×", false),
            (200, "2.00 ×", false),
            (201, "2.01 ×", true),
        ] {
            let files = vec![
                file("stripe-generated/src/a.rs", &"x".repeat(bytes)),
                file("xtask/src/main.rs", "not counted"),
            ];
            let (text, finding) = total_size(&Tree {
                files,
                document_bytes: 100,
            });
            assert!(text.contains(figure), "{text}");
            assert_eq!(finding.is_some(), over, "{bytes}");
        }
    }
}
