//! Where a new document is from: a file, a URL, or the latest of the pinned repository.
//!
//! The network is left to `curl` and `git`, which every machine that works on this repository has; no HTTP client is
//! built into this program.

use std::path::Path;
use std::process::Command;

use super::read;
use crate::outcome::Failure;
use crate::pin::{Pin, Source};
use crate::terminal::progress;

/// A document that was brought in, and where it is from.
#[derive(Debug)]
pub(super) struct Fetched {
    /// What the user calls it.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    pub(super) source: Source,
}

/// What a pin says where nobody knows the commit. The blob id finds it in a clone of the repository.
pub(super) const UNKNOWN: &str = "unknown";

/// Brings the document in.
pub(super) fn fetch(
    pin: &Pin,
    from: Option<&str>,
    commit: Option<&str>,
) -> Result<Fetched, Failure> {
    let usual = |commit: String| Source {
        repository: pin.repository.clone(),
        path: pin.path.clone(),
        commit,
    };
    let known = commit.map(str::to_owned);
    match from {
        Some(url) if url.contains("://") => {
            let mut source = source_of(url).unwrap_or_else(|| usual(UNKNOWN.to_owned()));
            source.commit = known.unwrap_or(source.commit);
            Ok(Fetched {
                name: url.to_owned(),
                bytes: download(url)?,
                source,
            })
        }
        Some(file) => Ok(Fetched {
            name: file.to_owned(),
            bytes: read::document(Path::new(file))?,
            source: usual(known.unwrap_or_else(|| UNKNOWN.to_owned())),
        }),
        None => {
            let source = usual(known.map_or_else(|| latest(&pin.repository), Ok)?);
            let url = raw(&source)?;
            Ok(Fetched {
                bytes: download(&url)?,
                name: url,
                source,
            })
        }
    }
}

/// The URL of a file at a commit, which is the same for ever.
fn raw(source: &Source) -> Result<String, Failure> {
    let name = source
        .repository
        .strip_prefix("github.com/")
        .ok_or_else(|| {
            Failure::CouldNotRun(format!(
                "{} is not on github.com: download the document, and name it with --from FILE",
                source.repository
            ))
        })?;
    Ok(format!(
        "https://raw.githubusercontent.com/{name}/{}/{}",
        source.commit, source.path
    ))
}

/// What a URL of [`raw`] says about where the document is from; none for other URLs.
fn source_of(url: &str) -> Option<Source> {
    let rest = url.strip_prefix("https://raw.githubusercontent.com/")?;
    let mut parts = rest.splitn(4, '/');
    let (owner, name, commit, path) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let is_commit = commit.len() == 40 && commit.bytes().all(|it| it.is_ascii_hexdigit());
    Some(Source {
        repository: format!("github.com/{owner}/{name}"),
        path: path.to_owned(),
        // A branch moves: its name says nothing about what was there.
        commit: if is_commit { commit } else { UNKNOWN }.to_owned(),
    })
}

/// The commit that the repository's main branch is at.
fn latest(repository: &str) -> Result<String, Failure> {
    let url = format!("https://{repository}");
    progress(&format!("asking {repository} for its latest commit"));
    let text = run(
        "git",
        &["ls-remote", "--exit-code", &url, "HEAD"],
        repository,
    )?;
    let text = String::from_utf8_lossy(&text).into_owned();
    let commit = text.split_whitespace().next().filter(|it| it.len() == 40);
    commit.map(str::to_owned).ok_or_else(|| {
        Failure::CouldNotRun(format!(
            "{repository}: git names no commit: download the document, and name it with --from FILE"
        ))
    })
}

fn download(url: &str) -> Result<Vec<u8>, Failure> {
    if !url.starts_with("https://") {
        return Err(Failure::CouldNotRun(format!(
            "{url}: only https is trusted to bring the document in unchanged"
        )));
    }
    progress(&format!("downloading {url}"));
    let options = [
        "--fail",
        "--silent",
        "--show-error",
        "--location",
        "--proto",
        "=https",
        "--proto-redir",
        "=https",
        "--max-time",
        "300",
        "--max-filesize",
        "100000000",
        "--url",
        url,
    ];
    run("curl", &options, url)
}

fn run(program: &str, arguments: &[&str], what: &str) -> Result<Vec<u8>, Failure> {
    let output = Command::new(program).args(arguments).output().map_err(|error| {
        Failure::CouldNotRun(format!(
            "{program} cannot be run ({error}): install it, or download the document and name it with --from FILE"
        ))
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(Failure::CouldNotRun(format!(
        "{what}: {program} failed: {}: try again, or download the document and name it with --from FILE",
        String::from_utf8_lossy(&output.stderr).trim()
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_say_where_a_document_is_from() {
        let commit = "0123456789".repeat(4);
        let source = Source {
            repository: "github.com/stripe/openapi".to_owned(),
            path: "latest/spec.json".to_owned(),
            commit: commit.clone(),
        };
        let url = raw(&source).unwrap();
        assert_eq!(source_of(&url), Some(source.clone()));
        let branch = source_of(&url.replace(&commit, "master")).unwrap();
        assert_eq!(
            branch,
            Source {
                commit: UNKNOWN.to_owned(),
                ..source.clone()
            }
        );
        assert_eq!(source_of("https://example.com/spec.json"), None);
        let elsewhere = Source {
            repository: "example.com/a".to_owned(),
            ..source
        };
        assert!(
            raw(&elsewhere)
                .unwrap_err()
                .message()
                .contains("--from FILE")
        );
    }

    #[test]
    fn other_protocols_are_refused() {
        for url in [
            "http://example.com/a.json",
            "file:///etc/hostname",
            "ftp://example.com/a",
        ] {
            let message = download(url).unwrap_err().message().to_owned();
            assert!(message.contains("only https"), "{message}");
        }
    }
}
