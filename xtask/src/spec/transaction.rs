//! Many files of the repository changed at once: all of them, or none.
//!
//! Everything new is written below `target/` first, and everything old kept there; only then files are moved into place.
//! An error on the way undoes what was done. A process that was killed cannot: the next command finds its journal and
//! undoes it then. What the files say is not looked at.

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::outcome::Failure;
use crate::terminal::note;
use crate::workspace::cannot;

/// Where drafts, backups and the journal are.
const STATE: &str = "target/spec-update";
/// The list of files that are being changed, one a line. While it exists, some of them may be changed already.
const JOURNAL: &str = "journal";

/// Files to write, and files to remove (no content), by path relative to the root.
pub(crate) type Files = BTreeMap<String, Option<Vec<u8>>>;

/// Changes all the files, or none.
pub(crate) fn run(root: &Path, files: &Files) -> Result<(), Failure> {
    let _lock = lock(root)
        .map_err(|error| cannot("lock", root.join(STATE), &error))?
        .ok_or_else(|| {
            Failure::CouldNotRun("another update is running: wait for it to end".to_owned())
        })?;
    attempt(root, files, &mut |_| Ok(()))
}

/// Undoes what an interrupted run has done, if there was one.
pub(crate) fn recover(root: &Path) -> Result<(), Failure> {
    if !journal(root).exists() {
        return Ok(());
    }
    let Some(_lock) = lock(root).map_err(|error| cannot("lock", root.join(STATE), &error))? else {
        // It is not interrupted, it is under way.
        return Ok(());
    };
    undo(root).map_err(|error| cannot("restore files from", root.join(STATE), &error))?;
    note("an update that was interrupted has been undone");
    Ok(())
}

/// Held while files are changed; none, if somebody else has it.
fn lock(root: &Path) -> io::Result<Option<File>> {
    let state = root.join(STATE);
    fs::create_dir_all(&state)?;
    let file = File::create(state.join("lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// `before` is asked ahead of every step that changes the tree.
fn attempt(
    root: &Path,
    files: &Files,
    before: &mut dyn FnMut(usize) -> io::Result<()>,
) -> Result<(), Failure> {
    let staged = stage(root, files).and_then(|()| commit(root, files, before));
    let Err(error) = staged else { return Ok(()) };
    let undone = if journal(root).exists() {
        undo(root)
    } else {
        Ok(())
    };
    Err(match undone {
        Ok(()) => Failure::CouldNotRun(format!("{error}: nothing was changed")),
        Err(second) => Failure::CouldNotRun(format!(
            "{error}; and undoing it failed: {second}: run any command of `cargo xtask` to try that again"
        )),
    })
}

fn journal(root: &Path) -> PathBuf {
    root.join(STATE).join(JOURNAL)
}

/// The draft and the backup of a file, by its place in the list.
fn kept(root: &Path, index: usize) -> (PathBuf, PathBuf) {
    let state = root.join(STATE);
    (
        state.join(format!("{index}.new")),
        state.join(format!("{index}.old")),
    )
}

/// Writes drafts and backups, then the journal. Nothing of the tree changes.
fn stage(root: &Path, files: &Files) -> io::Result<()> {
    clear(root)?;
    for (index, (path, content)) in files.iter().enumerate() {
        let (draft, backup) = kept(root, index);
        match fs::copy(root.join(path), backup) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(at(path, &error)),
            _ => {}
        }
        if let Some(content) = content {
            fs::write(draft, content).map_err(|error| at(path, &error))?;
        }
    }
    let list: Vec<&str> = files.keys().map(String::as_str).collect();
    let draft = journal(root).with_extension("new");
    fs::write(&draft, list.join("\n"))?;
    File::open(&draft)?.sync_all()?;
    fs::rename(draft, journal(root))
}

/// Moves drafts into place. When the journal is gone, it has happened.
fn commit(
    root: &Path,
    files: &Files,
    before: &mut dyn FnMut(usize) -> io::Result<()>,
) -> io::Result<()> {
    for (index, (path, content)) in files.iter().enumerate() {
        before(index)?;
        let place = root.join(path);
        let changed = match content {
            Some(_) => put(&kept(root, index).0, &place),
            None => remove(root, &place),
        };
        changed.map_err(|error| at(path, &error))?;
    }
    before(files.len())?;
    fs::remove_file(journal(root))?;
    clear(root)
}

/// Puts everything back as the journal and the backups have it.
fn undo(root: &Path) -> io::Result<()> {
    for (index, path) in fs::read_to_string(journal(root))?.lines().enumerate() {
        let (_, backup) = kept(root, index);
        let place = root.join(path);
        let same = || Ok::<_, io::Error>(fs::read(&place)? == fs::read(&backup)?);
        match backup.exists() {
            true if same().unwrap_or(false) => {}
            true => put(&backup, &place)?,
            false => remove(root, &place)?,
        }
    }
    fs::remove_file(journal(root))?;
    clear(root)
}

/// Replaces a file in one step, also from another disk.
fn put(from: &Path, place: &Path) -> io::Result<()> {
    let folder = place.parent().unwrap_or_else(|| Path::new(""));
    fs::create_dir_all(folder)?;
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let draft = folder.join(format!(".{name}.new"));
    let moved = fs::copy(from, &draft).and_then(|_| fs::rename(&draft, place));
    moved.inspect_err(|_| drop(fs::remove_file(&draft)))
}

/// Removes a file, if it is there, and the folders that it leaves empty.
fn remove(root: &Path, place: &Path) -> io::Result<()> {
    match fs::remove_file(place) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    for folder in place
        .ancestors()
        .skip(1)
        .take_while(|folder| *folder != root)
    {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}

/// Forgets drafts and backups.
fn clear(root: &Path) -> io::Result<()> {
    for entry in fs::read_dir(root.join(STATE))? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|it| it == "new" || it == "old")
        {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

fn at(path: &str, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{path}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    fn scratch(name: &str) -> Scratch {
        let scratch = Scratch::new(name);
        fs::create_dir_all(scratch.path(STATE)).unwrap();
        for path in ["a.txt", "deep/b.txt", "deep/gone.txt", "other.txt"] {
            scratch.write(path, &format!("old {path}"));
        }
        scratch
    }

    fn files() -> Files {
        let text = |text: &str| Some(text.as_bytes().to_vec());
        [
            ("a.txt", text("new a")),
            ("deep/b.txt", text("new b")),
            ("deep/gone.txt", None),
            ("new/folder/c.txt", text("new c")),
        ]
        .map(|(path, content)| (path.to_owned(), content))
        .into()
    }

    /// Everything outside the folder for drafts.
    fn tree(scratch: &Scratch) -> Vec<(PathBuf, String)> {
        let state = scratch.path(STATE);
        let all = scratch.content().into_iter();
        all.filter(|(path, _)| !path.starts_with(&state)).collect()
    }

    #[test]
    fn all_files_are_changed() {
        let scratch = scratch("all");
        run(&scratch.path(""), &files()).unwrap();
        let text = |path: &str| fs::read_to_string(scratch.path(path)).ok();
        for (path, expected) in [
            ("a.txt", Some("new a")),
            ("deep/b.txt", Some("new b")),
            ("deep/gone.txt", None),
            ("new/folder/c.txt", Some("new c")),
            ("other.txt", Some("old other.txt")),
        ] {
            assert_eq!(text(path).as_deref(), expected, "{path}");
        }
        assert!(!journal(&scratch.path("")).exists());
    }

    #[test]
    fn a_failure_at_any_step_leaves_the_tree_as_it_was() {
        for step in 0..=files().len() {
            let scratch = scratch(&format!("fails-{step}"));
            let before = tree(&scratch);
            let failure = attempt(&scratch.path(""), &files(), &mut |now| {
                if now == step {
                    Err(io::Error::other("the disk is full"))
                } else {
                    Ok(())
                }
            });
            let message = failure.unwrap_err().message().to_owned();
            assert!(message.contains("nothing was changed"), "{message}");
            assert_eq!(tree(&scratch), before, "{step}");
            assert!(!scratch.path("new").exists());
        }
    }

    #[test]
    fn an_interruption_at_any_step_is_undone_by_the_next_command() {
        for step in 0..=files().len() {
            let scratch = scratch(&format!("interrupted-{step}"));
            let (root, before) = (scratch.path(""), tree(&scratch));
            stage(&root, &files()).unwrap();
            assert_eq!(tree(&scratch), before, "{step}");
            // As if the process had been killed: nobody undoes anything.
            commit(&root, &files(), &mut |now| {
                if now == step {
                    Err(io::Error::other("killed"))
                } else {
                    Ok(())
                }
            })
            .unwrap_err();
            assert_eq!(tree(&scratch) == before, step == 0);
            recover(&root).unwrap();
            assert_eq!(tree(&scratch), before, "{step}");
            recover(&root).unwrap();
        }
    }

    #[test]
    fn what_is_under_way_is_not_undone() {
        let scratch = scratch("under-way");
        let root = scratch.path("");
        let lock = lock(&root).unwrap().unwrap();
        stage(&root, &files()).unwrap();
        recover(&root).unwrap();
        assert!(journal(&root).exists());
        assert!(
            run(&root, &files())
                .unwrap_err()
                .message()
                .contains("another update")
        );
        drop(lock);
    }

    #[test]
    fn a_file_that_cannot_be_written_changes_nothing() {
        let scratch = scratch("blocked");
        let before = tree(&scratch);
        let mut files = files();
        // A file stands where a folder would have to be.
        files.insert("other.txt/below.txt".to_owned(), Some(Vec::new()));
        run(&scratch.path(""), &files).unwrap_err();
        assert_eq!(tree(&scratch), before);
    }
}
