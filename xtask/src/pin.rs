//! `spec/pin.toml`: which document this repository is generated from, and the proof that a file is that document.
//!
//! It is the only place where a version is written. It does not read the document, only its bytes.

use std::fmt::Write;

use sha1::Sha1;
use sha2::{Digest, Sha256};

use crate::outcome::Failure;
use crate::workspace::{DOCUMENT, PIN, Workspace};

/// What the pin file says.
#[derive(Debug)]
pub(crate) struct Pin {
    pub(crate) api_version: String,
    pub(crate) repository: String,
    pub(crate) path: String,
    pub(crate) commit: String,
    pub(crate) sha256: String,
    pub(crate) git_blob: String,
    pub(crate) bytes: u64,
}

/// Where a document is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) repository: String,
    pub(crate) path: String,
    pub(crate) commit: String,
}

/// What the file opens with.
const HEAD: &str = "\
# The document this repository is generated from. The only place where a version is written, besides the file that is
# generated from it. `cargo xtask spec verify` proves spec/openapi.json against it.
";

impl Pin {
    pub(crate) fn load(workspace: &Workspace) -> Result<Self, Failure> {
        Self::parse(&workspace.read(PIN)?)
    }

    pub(crate) fn parse(text: &str) -> Result<Self, Failure> {
        let table: toml::Table = text
            .parse()
            .map_err(|error| Failure::CouldNotRun(format!("{PIN}: {error}")))?;
        let word = |key: &str| {
            let value = table.get(key).and_then(|value| value.as_str());
            value
                .map(str::to_owned)
                .ok_or_else(|| missing(key, "a string"))
        };
        let bytes = table.get("bytes").and_then(toml::Value::as_integer);
        Ok(Self {
            api_version: word("api_version")?,
            repository: word("repository")?,
            path: word("path")?,
            commit: word("commit")?,
            sha256: word("sha256")?,
            git_blob: word("git_blob")?,
            bytes: bytes
                .and_then(|it| u64::try_from(it).ok())
                .ok_or_else(|| missing("bytes", "a whole number"))?,
        })
    }

    /// The pin of a document, from its bytes and where it is from.
    pub(crate) fn of(document: &[u8], api_version: &str, source: &Source) -> Self {
        Self {
            api_version: api_version.to_owned(),
            repository: source.repository.clone(),
            path: source.path.clone(),
            commit: source.commit.clone(),
            sha256: sha256(document),
            git_blob: git_blob(document),
            bytes: document.len() as u64,
        }
    }

    /// The file, as it is committed.
    pub(crate) fn text(&self) -> String {
        // A text of JSON is one of TOML too.
        let word = |text: &str| serde_json::Value::from(text).to_string();
        let bytes = self.bytes.to_string();
        let mut grouped = String::new();
        for (index, digit) in bytes.chars().enumerate() {
            if index > 0 && (bytes.len() - index).is_multiple_of(3) {
                grouped.push('_');
            }
            grouped.push(digit);
        }
        format!(
            "{HEAD}api_version = {}\nrepository = {}\npath = {}\ncommit = {}\nbytes = {grouped}\nsha256 = {}\n\
             git_blob = {}\n",
            word(&self.api_version),
            word(&self.repository),
            word(&self.path),
            word(&self.commit),
            word(&self.sha256),
            word(&self.git_blob)
        )
    }

    /// Whether these bytes are the pinned document.
    pub(crate) fn is(&self, document: &[u8]) -> bool {
        sha256(document) == self.sha256
    }

    /// Every way in which these bytes differ from the pinned document; empty for the document itself.
    pub(crate) fn mismatches(&self, document: &[u8]) -> Vec<String> {
        let facts = [
            ("bytes", self.bytes.to_string(), document.len().to_string()),
            ("sha256", self.sha256.clone(), sha256(document)),
            ("git_blob", self.git_blob.clone(), git_blob(document)),
        ];
        let wrong = facts
            .into_iter()
            .filter(|(_, pinned, found)| pinned != found);
        wrong
            .map(|(name, pinned, found)| format!("{name}: pinned {pinned}, found {found}"))
            .collect()
    }

    /// The text of a failed proof: where, what, and what to do next.
    pub(crate) fn explain(mismatches: &[String]) -> String {
        format!(
            "{DOCUMENT} is not the document that {PIN} names:\n  {}\n\
             put the pinned file back (`git checkout -- {DOCUMENT} {PIN}`), or bring document and pin up to date together",
            mismatches.join("\n  ")
        )
    }
}

fn missing(key: &str, kind: &str) -> Failure {
    Failure::CouldNotRun(format!(
        "{PIN}: `{key}` is missing or not {kind}: add it, spec/README.md says what it is"
    ))
}

/// The SHA-256 of some bytes, in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The id under which git stores these bytes: `git hash-object FILE`.
pub(crate) fn git_blob(bytes: &[u8]) -> String {
    let mut hash = Sha1::new();
    hash.update(format!("blob {}\0", bytes.len()));
    hash.update(bytes);
    hex(&hash.finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PIN_TEXT: &str = r#"
        api_version = "2020-01-01"
        repository = "someone/openapi"
        path = "spec.json"
        commit = "0000"
        sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        git_blob = "f2ba8f84ab5c1bce84a7b441cb1959cfc7093b7f"
        bytes = 3
    "#;

    #[test]
    fn the_pinned_bytes_are_proved() {
        let pin = Pin::parse(PIN_TEXT).unwrap();
        assert_eq!(pin.mismatches(b"abc"), Vec::<String>::new());
        assert!(pin.is(b"abc"));
    }

    #[test]
    fn what_is_written_reads_as_it_was() {
        let source = Source {
            repository: "github.com/a/b".to_owned(),
            path: "c \"d\".json".to_owned(),
            commit: "e".repeat(40),
        };
        let document = vec![b' '; 1_234_567];
        let text = Pin::of(&document, "2020-01-01.x", &source).text();
        assert!(text.contains("\nbytes = 1_234_567\n"), "{text}");
        let pin = Pin::parse(&text).unwrap();
        assert_eq!(pin.mismatches(&document), Vec::<String>::new());
        assert_eq!((pin.path, pin.commit), (source.path, source.commit));
        assert_eq!(pin.api_version, "2020-01-01.x");
    }

    #[test]
    fn other_bytes_are_told_apart_by_every_fact() {
        let pin = Pin::parse(PIN_TEXT).unwrap();
        let mismatches = pin.mismatches(b"abcd");
        assert_eq!(mismatches.len(), 3, "{mismatches:?}");
        assert!(!pin.is(b"abcd"));
        assert!(Pin::explain(&mismatches).contains("git checkout"));
    }

    #[test]
    fn an_incomplete_pin_names_the_key() {
        let failure = Pin::parse(&PIN_TEXT.replace("commit", "comit")).unwrap_err();
        assert!(
            failure.message().contains("`commit`"),
            "{}",
            failure.message()
        );
        assert!(Pin::parse("= 3").is_err());
    }

    #[test]
    fn git_names_the_empty_file_as_everybody_knows() {
        assert_eq!(git_blob(b""), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
    }
}
