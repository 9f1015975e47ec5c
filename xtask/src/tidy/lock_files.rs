//! That no lock file is forgotten: each is one that the audit looks at, and one that updates are proposed for.
//!
//! It looks for the files; what is in them is the audit's business.

use super::tree::{File, Finding, Tree};
use crate::workspace::{LOCKED, LockedFolder};

const UPDATES: &str = ".github/dependabot.yml";

/// Lock files that the audit does not know, or that get no updates.
pub(crate) fn are_looked_after(tree: &Tree) -> Vec<Finding> {
    let updates = tree.files.iter().find(|file| file.path == UPDATES);
    let locks = tree.files.iter().filter(|file| is_lock(&file.path));
    locks.flat_map(|file| faults(file, updates)).collect()
}

fn is_lock(path: &str) -> bool {
    path.rsplit('/').next() == Some("Cargo.lock")
}

fn faults(lock: &File, updates: Option<&File>) -> Vec<Finding> {
    let is_audited = LOCKED.map(LockedFolder::lock).contains(&lock.path);
    let audit =
        (!is_audited).then(|| "the audit does not look at it: add it to `LOCKED`".to_owned());
    let folder = lock
        .path
        .trim_end_matches("Cargo.lock")
        .trim_end_matches('/');
    let entry = format!("  - package-ecosystem: cargo\n    directory: /{folder}\n");
    let is_updated = updates.is_some_and(|file| file.text.contains(&entry));
    let update =
        (!is_updated).then(|| format!("nobody proposes updates: add /{folder} to {UPDATES}"));
    let faults = audit.into_iter().chain(update);
    faults.map(|what| lock.finding(1, what)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tree::file;

    #[test]
    fn d5_every_lock_file_is_audited_and_updated() {
        let entry =
            |folder: &str| format!("  - package-ecosystem: cargo\n    directory: {folder}\n");
        let updates = ["/", "/tests/fuzz", "/tests/other"].map(entry).concat();
        for (path, faults) in [
            ("Cargo.lock", 0),
            ("tests/fuzz/Cargo.lock", 0),
            ("tests/actix/Cargo.lock", 1),
            ("tests/other/Cargo.lock", 1),
            ("tests/new/Cargo.lock", 2),
            ("tests/new/NoCargo.lock", 0),
        ] {
            let tree = Tree {
                files: vec![file(UPDATES, &updates), file(path, "")],
                document_bytes: 0,
            };
            assert_eq!(are_looked_after(&tree).len(), faults, "{path}");
        }
    }
}
