//! What the stage promises about a disk, with real folders.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use super::*;

/// A folder of its own for each test, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path =
            std::env::temp_dir().join(format!("codegen-write-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn with(self, name: &str, content: &str) -> Self {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    fn has(&self, name: &str) -> bool {
        fs::symlink_metadata(self.0.join(name)).is_ok()
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

fn files(names: &[(&str, &str)]) -> BTreeMap<String, String> {
    names
        .iter()
        .map(|(name, content)| ((*name).to_owned(), (*content).to_owned()))
        .collect()
}

#[test]
fn compare_tells_added_stale_and_orphan_and_changes_nothing() {
    let folder = Folder::new()
        .with("README.md", "by hand")
        .with("examples/a.rs", "by hand")
        .with("Cargo.toml", "old")
        .with("src/lib.rs", "same")
        .with("src/gone/a.rs", "old")
        .with("src/gone/b.rs", "old");
    let files = files(&[
        ("Cargo.toml", "new"),
        ("src/lib.rs", "same"),
        ("src/a/b.rs", "new"),
    ]);
    let changes = compare(&folder.0, &files).unwrap();
    assert_eq!(changes.added, ["src/a/b.rs"]);
    assert_eq!(changes.stale, ["Cargo.toml"]);
    assert_eq!(changes.orphan, ["src/gone/a.rs", "src/gone/b.rs"]);
    assert_eq!(
        changes.to_string(),
        "1 added (`src/a/b.rs`), 1 stale (`Cargo.toml`), 2 orphan (`src/gone/a.rs`, `src/gone/b.rs`)"
    );
    assert!(!folder.has("src/a") && folder.read("Cargo.toml") == "old");

    apply(&folder.0, &files, &changes).unwrap();
    assert_eq!(
        compare(&folder.0, &files).unwrap().to_string(),
        "nothing to change"
    );
    assert!(!folder.has("src/gone") && folder.read("src/a/b.rs") == "new");
    assert!(folder.has("README.md") && folder.has("examples/a.rs"));
}

#[test]
fn equal_files_keep_their_time() {
    let folder = Folder::new()
        .with("src/same.rs", "same")
        .with("src/stale.rs", "old");
    let past = UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    for name in ["src/same.rs", "src/stale.rs"] {
        let file = OpenOptions::new()
            .write(true)
            .open(folder.0.join(name))
            .unwrap();
        file.set_modified(past).unwrap();
    }
    let files = files(&[("src/same.rs", "same"), ("src/stale.rs", "new")]);
    let changes = compare(&folder.0, &files).unwrap();
    apply(&folder.0, &files, &changes).unwrap();
    let time = |name: &str| {
        fs::metadata(folder.0.join(name))
            .unwrap()
            .modified()
            .unwrap()
    };
    assert_eq!(time("src/same.rs"), past);
    assert!(time("src/stale.rs") > past);
    assert_eq!(list(&folder.0).unwrap().len(), 2, "a draft is left");
}

#[test]
fn a_root_that_does_not_exist_is_made() {
    let folder = Folder::new();
    let root = folder.0.join("deep/er");
    let files = files(&[("Cargo.toml", "a"), ("src/lib.rs", "b")]);
    let changes = compare(&root, &files).unwrap();
    assert_eq!(changes.added.len(), 2);
    apply(&root, &files, &changes).unwrap();
    assert!(compare(&root, &files).unwrap().is_empty());
}

#[test]
fn a_file_takes_the_place_of_a_folder_and_the_other_way_round() {
    let folder = Folder::new().with("src/a/b.rs", "1").with("src/c", "2");
    let files = files(&[("src/a", "3"), ("src/c/d.rs", "4")]);
    let changes = compare(&folder.0, &files).unwrap();
    apply(&folder.0, &files, &changes).unwrap();
    assert!(compare(&folder.0, &files).unwrap().is_empty());
}

#[test]
fn no_name_reaches_outside_the_root() {
    let folder = Folder::new();
    let table = [
        "",
        "/etc/x",
        "../x",
        "src/../../x",
        "src//x",
        "src/./x",
        ".",
        "src/",
        "src\\..\\x",
        "C:x",
        "C:/x",
        "src/a\n.rs",
        "src/a\u{202e}.rs",
        "src/..",
        "src/...",
        "src/a.",
        "src/a ",
        "src/\0",
    ];
    for name in table {
        let files = files(&[(name, "x")]);
        let error = compare(&folder.0, &files).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{name}");
        let changes = Changes {
            added: vec![name.to_owned()],
            ..Changes::default()
        };
        assert!(apply(&folder.0, &files, &changes).is_err(), "{name}");
    }
    for name in [
        "../x",
        "Cargo.toml",
        "src/../../x",
        "src",
        "/etc/x",
        "src//x",
    ] {
        let changes = Changes {
            orphan: vec![name.to_owned()],
            ..Changes::default()
        };
        assert!(
            apply(&folder.0, &BTreeMap::new(), &changes).is_err(),
            "{name}"
        );
    }
    let changes = Changes {
        added: vec!["src/a.rs".to_owned()],
        ..Changes::default()
    };
    assert!(apply(&folder.0, &BTreeMap::new(), &changes).is_err());
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 0);
}

#[test]
fn names_that_some_disk_cannot_keep_apart_are_refused() {
    let folder = Folder::new();
    for pair in [["src/a.rs", "src/A.rs"], ["src/a", "src/a/b.rs"]] {
        let files = files(&[(pair[0], "x"), (pair[1], "x")]);
        assert!(compare(&folder.0, &files).is_err(), "{pair:?}");
    }
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_refused_and_never_followed() {
    use std::os::unix::fs::symlink;
    let outside = Folder::new().with("kept.rs", "kept");
    let files = files(&[("src/a/kept.rs", "new")]);
    let changes = Changes {
        added: vec!["src/a/kept.rs".to_owned()],
        ..Changes::default()
    };
    for link in ["src", "src/a", "src/a/kept.rs", "src/b"] {
        let folder = Folder::new();
        let path = folder.0.join(link);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        symlink(
            if link.ends_with(".rs") {
                outside.0.join("kept.rs")
            } else {
                outside.0.clone()
            },
            &path,
        )
        .unwrap();
        let error = compare(&folder.0, &files).unwrap_err();
        assert!(error.to_string().contains("is a symbolic link"), "{error}");
        if link != "src/b" {
            assert!(apply(&folder.0, &files, &changes).is_err());
        }
        let orphan = Changes {
            orphan: vec![format!("{link}/kept.rs")],
            ..Changes::default()
        };
        assert!(apply(&folder.0, &files, &orphan).is_err());
    }
    assert_eq!(outside.read("kept.rs"), "kept");
    let root = Folder::new();
    symlink(&outside.0, root.0.join("link")).unwrap();
    assert!(
        compare(&root.0.join("link"), &files).is_ok(),
        "the root may be a link"
    );
}

#[test]
fn many_changes_are_counted_not_listed() {
    let changes = Changes {
        stale: (0..10).map(|i| format!("src/{i}.rs")).collect(),
        ..Changes::default()
    };
    assert_eq!(
        changes.to_string(),
        "10 stale (`src/0.rs`, `src/1.rs`, `src/2.rs` and 7 more)"
    );
}
