//! Gates on what the registry says of the locked versions: none yanked, none younger than two weeks, and in the published
//! crates none that needs a newer compiler than they promise.
//!
//! It judges entries of the index; where they are from is not its business.

use std::collections::BTreeSet;

use super::index::Entry;
use super::lock::Locked;
use super::review::Reviewed;
use super::verdict::Verdict;
use crate::date::Day;

/// Most poisoned releases are found within days: a version is left alone until it is this old.
const COOL_DOWN_DAYS: i64 = 14;

/// A locked version, with what the index says of it.
pub(crate) type Known = (Locked, Option<Entry>);

/// A version that its author has taken back.
pub(crate) fn yanked(packages: &[Known]) -> Verdict {
    let yanked = packages
        .iter()
        .filter(|(_, entry)| entry.as_ref().is_some_and(|it| it.yanked));
    let found: Vec<String> = yanked
        .map(|(it, _)| {
            format!(
                "{} {} is yanked: `cargo update -p {}`",
                it.name, it.version, it.name
            )
        })
        .collect();
    judge(packages, found, |_| true, "not yanked")
}

/// A version that is too young, unless somebody has said why it is wanted.
pub(crate) fn cool_down(packages: &[Known], today: Day, wanted: &Reviewed) -> Verdict {
    let young = packages.iter().filter_map(|(it, entry)| {
        let age = today.since(entry.as_ref()?.published?);
        (age < COOL_DOWN_DAYS).then_some((it, age))
    });
    let (wanted, found): (Vec<_>, Vec<_>) =
        young.partition(|(it, _)| wanted.has(&format!("{} {}", it.name, it.version)));
    let found = found.into_iter().map(|(it, age)| {
        format!(
            "{} {} was published {age} days ago, {COOL_DOWN_DAYS} are the least: take an older one \
             (`cargo update -p {} --precise VERSION`), or say in .ci/young-packages.txt why not",
            it.name, it.version, it.name
        )
    });
    let figure = format!(
        "{COOL_DOWN_DAYS} days old or more, but for {} with a reason",
        wanted.len()
    );
    let is_known = |entry: &Entry| entry.published.is_some();
    judge(packages, found.collect(), is_known, &figure)
}

/// A version that needs a newer compiler than the published crates promise.
pub(crate) fn compilers(packages: &[Known], oldest: &str) -> Verdict {
    let too_new = packages.iter().filter_map(|(it, entry)| {
        let needed = entry.as_ref()?.rust_version.as_deref()?;
        (release(needed) > release(oldest)).then(|| {
            format!(
                "{} {} needs Rust {needed}, the published crates promise {oldest}",
                it.name, it.version
            )
        })
    });
    judge(
        packages,
        too_new.collect(),
        |_| true,
        &format!("compile with Rust {oldest}"),
    )
}

/// A release of the compiler as numbers: `1.85` is `[1, 85]`, and `1.85.0` the same.
fn release(text: &str) -> Vec<u32> {
    let mut numbers: Vec<u32> = text.split('.').map_while(|it| it.parse().ok()).collect();
    while numbers.last() == Some(&0) {
        numbers.pop();
    }
    numbers
}

/// What was found; else what could not be looked up; else what holds for all.
fn judge(
    packages: &[Known],
    found: Vec<String>,
    is_enough: impl Fn(&Entry) -> bool,
    holds: &str,
) -> Verdict {
    if !found.is_empty() {
        return Verdict::Found(found);
    }
    let unknown = packages
        .iter()
        .filter(|(_, entry)| !entry.as_ref().is_some_and(&is_enough));
    let unknown: BTreeSet<&str> = unknown.map(|(it, _)| it.name.as_str()).collect();
    if !unknown.is_empty() {
        let names: Vec<&str> = unknown.into_iter().collect();
        return Verdict::Skipped(format!(
            "cargo has kept nothing of the index on {}: run `cargo update --dry-run` with a network",
            names.join(", ")
        ));
    }
    Verdict::Passed(format!("{} packages, {holds}", packages.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: &str = "2026-11-24";

    fn known(published: &str, yanked: bool, compiler: &str) -> Vec<Known> {
        let locked = Locked {
            name: "bytes".to_owned(),
            version: "1.0.0".to_owned(),
            source: String::new(),
        };
        let entry = Entry {
            published: Day::parse(published),
            yanked,
            rust_version: Some(compiler.to_owned()),
        };
        vec![(locked, Some(entry))]
    }

    fn found(verdict: &Verdict) -> &str {
        let Verdict::Found(found) = verdict else {
            panic!("nothing is found: {verdict:?}");
        };
        &found[0]
    }

    fn cooled(published: &str, wanted: &str) -> Verdict {
        let today = Day::parse(TODAY).unwrap();
        let wanted = Reviewed::parse("young", wanted).unwrap();
        cool_down(&known(published, false, "1.60"), today, &wanted)
    }

    #[test]
    fn d1_a_yanked_version_is_found() {
        assert!(matches!(
            yanked(&known(TODAY, false, "1.60")),
            Verdict::Passed(_)
        ));
        let verdict = yanked(&known(TODAY, true, "1.60"));
        assert!(found(&verdict).starts_with("bytes 1.0.0 is yanked"));
    }

    #[test]
    fn d3_a_version_cools_down_for_two_weeks() {
        assert!(matches!(cooled("2026-11-10", ""), Verdict::Passed(_)));
        assert!(
            found(&cooled("2026-11-11", "")).starts_with("bytes 1.0.0 was published 13 days ago")
        );
        // The version counts as well: a reason for one is none for the next.
        assert!(matches!(
            cooled("2026-11-23", "bytes 1.0.0 # a fix"),
            Verdict::Passed(_)
        ));
        found(&cooled("2026-11-23", "bytes 1.0.1 # a fix"));
    }

    #[test]
    fn a_newer_compiler_than_promised_is_found() {
        for (compiler, passes) in [
            ("1.85", true),
            ("1.85.0", true),
            ("1.9", true),
            ("1.86", false),
            ("2.0", false),
        ] {
            let verdict = compilers(&known(TODAY, false, compiler), "1.85");
            assert_eq!(matches!(verdict, Verdict::Passed(_)), passes, "{compiler}");
        }
    }

    #[test]
    fn what_is_not_known_is_not_passed() {
        let mut packages = known("", false, "1.60");
        let skipped = |verdict: &Verdict| matches!(verdict, Verdict::Skipped(_));
        assert!(skipped(&cooled("", "")), "no day of publication");
        packages[0].1 = None;
        assert!(skipped(&yanked(&packages)) && skipped(&compilers(&packages, "1.85")));
    }
}
