//! Runs a foreign checker and takes what it says. It trusts no checker that has not just found a planted fault.

use std::path::Path;
use std::process::Command;

use super::verdict::Verdict;
use crate::outcome::Failure;
use crate::workspace::cannot;

/// What a program said, and whether it was content.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) is_content: bool,
    pub(crate) text: String,
}

/// Runs a program to its end.
pub(crate) fn run(command: &mut Command) -> Result<Said, Failure> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .env("NO_COLOR", "1")
        .output()
        .map_err(|error| Failure::CouldNotRun(format!("`{name}` does not start: {error}")))?;
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    Ok(Said {
        is_content: output.status.success(),
        text,
    })
}

/// A fault that was planted has to be refused, and named: a checker that refuses for another reason has not seen it.
pub(crate) fn must_find(said: &Said, fault: &str) -> Result<(), Failure> {
    if !said.is_content && said.text.contains(fault) {
        return Ok(());
    }
    Err(Failure::CouldNotRun(format!(
        "a planted fault, `{fault}`, was not found, so that the gate proves nothing; what the checker said:\n{}",
        said.text.trim_end()
    )))
}

/// What a checker has to say about the repository.
pub(crate) fn judge(said: &Said, looked_at: impl Into<String>) -> Verdict {
    Verdict::of(complaint(said).into_iter().collect(), looked_at)
}

/// What a checker that is not content says.
pub(crate) fn complaint(said: &Said) -> Option<String> {
    (!said.is_content).then(|| said.text.trim_end().to_owned())
}

/// Writes a file of a planted fault.
pub(crate) fn plant(folder: &Path, file: &str, text: &str) -> Result<(), Failure> {
    let path = folder.join(file);
    let parent = path.parent().unwrap_or(folder);
    std::fs::create_dir_all(parent).map_err(|error| cannot("create", parent, &error))?;
    std::fs::write(&path, text).map_err(|error| cannot("write", &path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(is_content: bool, text: &str) -> Said {
        Said {
            is_content,
            text: text.to_owned(),
        }
    }

    #[test]
    fn a_checker_that_misses_a_planted_fault_is_not_trusted() {
        assert!(must_find(&said(false, "error: GPL-3.0 is not allowed"), "GPL-3.0").is_ok());
        for blind in [said(true, "GPL-3.0 is fine"), said(false, "no such option")] {
            assert!(must_find(&blind, "GPL-3.0").is_err(), "{blind:?}");
        }
    }

    #[test]
    fn a_checker_that_is_not_content_is_quoted() {
        assert!(matches!(judge(&said(true, ""), "x"), Verdict::Passed(_)));
        assert!(
            matches!(judge(&said(false, "bad\n"), "x"), Verdict::Found(found) if found == ["bad"])
        );
    }
}
