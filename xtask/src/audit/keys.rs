//! The gate on leaked keys: everything that was ever committed, on any branch, and the files as they are.
//!
//! A key that was committed once is leaked, whether or not it is still there: it has to be rolled at Stripe.
//! What looks like a key is `tidy`'s to say; the few that are public on purpose are listed by their checksum.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{ChildStdout, Command, Stdio};
use std::thread;

use super::Scene;
use super::review::Reviewed;
use super::verdict::Verdict;
use crate::outcome::Failure;
use crate::pin::sha256;
use crate::tidy::secrets::{is_private_key, keys};
use crate::tidy::tree::Tree;

const LIST: &str = ".ci/known-keys.txt";

/// A thing that git keeps: its id, and the path it had when it was met.
type Object = (String, String);

/// Looks through the history, then through the tree.
pub(crate) fn gate(scene: &Scene<'_>) -> Result<Verdict, Failure> {
    let known = Reviewed::read(scene.workspace, LIST)?;
    let git = Git { scene };
    let objects = git.objects()?;
    let mut found = BTreeSet::new();
    let mut looked_at = 0_usize;
    git.read(&objects, |path, text| {
        looked_at += 1;
        found.extend(leaks(text, &known).map(|leak| format!("{path}, as it was once: {leak}")));
    })?;
    let tree = Tree::read(scene.workspace)?;
    for file in &tree.files {
        found.extend(leaks(&file.text, &known).map(|leak| format!("{}: {leak}", file.path)));
    }
    let figure = format!(
        "{looked_at} files of the history, {} of the tree",
        tree.files.len()
    );
    let is_shallow = git.ask(&["rev-parse", "--is-shallow-repository"])?;
    if found.is_empty() && is_shallow.trim() != "false" {
        return Ok(Verdict::Limited(format!(
            "the history is cut off here (`git fetch --unshallow`); there is nothing in the rest: {figure}"
        )));
    }
    Ok(Verdict::of(found.into_iter().collect(), figure))
}

/// What a text gives away, without repeating it.
fn leaks<'a>(text: &'a str, known: &'a Reviewed) -> impl Iterator<Item = String> + 'a {
    let keys = keys(text)
        .into_iter()
        .map(|(start, key)| (start, sha256(key.as_bytes())));
    let unknown = keys.filter(|(_, checksum)| !known.has(checksum));
    let unknown = unknown.map(|(start, checksum)| {
        format!(
            "`{start}…` looks like a real key: roll it at Stripe; if it is public on purpose, add to {LIST}: \
             {checksum} # reason"
        )
    });
    let private = text.lines().filter(|line| is_private_key(line));
    unknown.chain(private.map(|_| "a private key: whoever trusts it must not".to_owned()))
}

struct Git<'a> {
    scene: &'a Scene<'a>,
}

impl Git<'_> {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut git = Command::new("git");
        git.args(arguments).current_dir(self.scene.workspace.root());
        git
    }

    fn ask(&self, arguments: &[&str]) -> Result<String, Failure> {
        let output = self
            .command(arguments)
            .output()
            .map_err(|error| cannot_start(&error))?;
        if !output.status.success() {
            let complaint = String::from_utf8_lossy(&output.stderr);
            return Err(Failure::CouldNotRun(format!(
                "`git {}` failed: {}",
                arguments.join(" "),
                complaint.trim_end()
            )));
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Everything that any branch or tag has or had, each once.
    fn objects(&self) -> Result<Vec<Object>, Failure> {
        let list = self.ask(&["rev-list", "--all", "--objects"])?;
        let objects = list.lines().filter_map(|line| {
            let (id, path) = line.split_once(' ')?;
            // Commits have no path.
            (!path.is_empty()).then(|| (id.to_owned(), path.to_owned()))
        });
        Ok(objects.collect())
    }

    /// Hands over the text of each object that is a file.
    fn read(&self, objects: &[Object], mut look: impl FnMut(&str, &str)) -> Result<(), Failure> {
        let mut git = self.command(&["cat-file", "--batch"]);
        let mut child = git
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| cannot_start(&error))?;
        let (Some(mut questions), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(Failure::CouldNotRun(
                "`git cat-file` has no pipes".to_owned(),
            ));
        };
        // Questions and answers at the same time: either pipe can be full.
        let ids: String = objects.iter().map(|(id, _)| format!("{id}\n")).collect();
        let asking = thread::spawn(move || questions.write_all(ids.as_bytes()));
        let mut answers = BufReader::new(answers);
        for (_, path) in objects {
            let bytes = next(&mut answers).ok_or_else(cut_off)?;
            if let Some(text) = bytes.and_then(|bytes| String::from_utf8(bytes).ok()) {
                look(path, &text);
            }
        }
        let asked = asking.join().is_ok_and(|written| written.is_ok());
        let ended = child.wait().is_ok_and(|status| status.success());
        if asked && ended {
            Ok(())
        } else {
            Err(cut_off())
        }
    }
}

/// The next answer of `cat-file --batch`: `<id> <kind> <size>`, the bytes, a line break. `Some(None)` for what is no file.
fn next(answers: &mut BufReader<ChildStdout>) -> Option<Option<Vec<u8>>> {
    let mut head = String::new();
    answers.read_line(&mut head).ok()?;
    let mut words = head.split_whitespace().skip(1);
    let kind = words.next()?;
    let size: usize = words.next()?.parse().ok()?;
    let mut bytes = vec![0; size + 1];
    answers.read_exact(&mut bytes).ok()?;
    bytes.pop();
    Some((kind == "blob").then_some(bytes))
}

fn cannot_start(error: &std::io::Error) -> Failure {
    Failure::CouldNotRun(format!("git does not start: {error}"))
}

fn cut_off() -> Failure {
    Failure::CouldNotRun("`git cat-file` ended before it had answered".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    // In two parts, so that this file passes its own rule.
    const START: &str = "sk_live_";
    const BODY: &str = "4eC39HqLyjWDarjtT1zdp7dc";

    fn git(scratch: &Scratch, line: &str) {
        let status = Command::new("git")
            .args(["-c", "user.name=a", "-c", "user.email=a@example.com"])
            .args(line.split(' '))
            .current_dir(scratch.path(""))
            .status();
        assert!(status.unwrap().success(), "git {line}");
    }

    fn verdict(scratch: &Scratch) -> Verdict {
        let workspace = scratch.workspace();
        gate(&Scene::of_test(&workspace)).unwrap()
    }

    #[test]
    fn b6_a_key_that_was_committed_once_is_found() {
        let scratch = Scratch::repository("keys", "{}");
        scratch.write(LIST, "# none\n");
        scratch.write("a.txt", &format!("key = {START}FAKE{BODY}\n"));
        git(&scratch, "init --quiet");
        git(&scratch, "add .");
        git(&scratch, "commit --quiet --message one");
        assert!(matches!(verdict(&scratch), Verdict::Passed(_)));

        scratch.write("a.txt", &format!("key = {START}{BODY}\n"));
        git(&scratch, "commit --quiet --all --message two");
        scratch.write("a.txt", "gone\n");
        git(&scratch, "commit --quiet --all --message three");
        let Verdict::Found(found) = verdict(&scratch) else {
            panic!("the key is in the second commit");
        };
        assert!(
            found.len() == 1 && found[0].starts_with("a.txt, as it was once: "),
            "{found:?}"
        );
        assert!(
            !found[0].contains(BODY),
            "a finding does not repeat the key"
        );

        let checksum = sha256(format!("{START}{BODY}").as_bytes());
        scratch.write(LIST, &format!("{checksum} # of the documentation\n"));
        assert!(matches!(verdict(&scratch), Verdict::Passed(_)));
    }

    #[test]
    fn b6_a_history_that_is_cut_off_is_not_passed() {
        let scratch = Scratch::repository("keys-whole", "{}");
        scratch.write(LIST, "# none\n");
        git(&scratch, "init --quiet");
        git(&scratch, "add .");
        for message in ["one", "two"] {
            git(
                &scratch,
                &format!("commit --quiet --allow-empty --message {message}"),
            );
        }
        let whole = format!("file://{}", scratch.path("").display());
        let cut = Scratch::new("keys-cut");
        git(&cut, &format!("clone --quiet --depth 1 {whole} ."));
        assert!(matches!(verdict(&cut), Verdict::Limited(why) if why.contains("cut off")));
    }

    #[test]
    fn b6_a_key_in_a_file_that_is_not_committed_is_found() {
        let scratch = Scratch::repository("keys-tree", "{}");
        scratch.write(LIST, "");
        git(&scratch, "init --quiet");
        scratch.write("b.pem", &format!("-----BEGIN {} KEY-----\n", "PRIVATE"));
        assert!(
            matches!(verdict(&scratch), Verdict::Found(found) if found[0].starts_with("b.pem: a private key"))
        );
    }
}
