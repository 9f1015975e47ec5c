//! The part of the command line that is about the supply chain: what comes in, and what goes out.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, value_parser};

use super::{Command, file, flag, leaf};

/// `audit [--advisory-db DIR]`
#[derive(Debug, Default)]
pub(crate) struct Audit {
    pub(crate) advisory_db: Option<PathBuf>,
}

impl Audit {
    /// What holds where no command line says otherwise.
    pub(crate) fn from_environment() -> Self {
        let named = std::env::var_os("ADVISORY_DB").filter(|it| !it.is_empty());
        Self {
            advisory_db: named.map(PathBuf::from),
        }
    }
}

/// `release [--dry-run] [--secret-key FILE]`
#[derive(Debug, Default)]
pub(crate) struct Release {
    pub(crate) dry_run: bool,
    pub(crate) secret_key: Option<PathBuf>,
}

/// `verify-release DIR --public-key KEY`
#[derive(Debug)]
pub(crate) struct VerifyRelease {
    pub(crate) folder: PathBuf,
    pub(crate) public_key: String,
}

/// What the commands take.
pub(super) fn commands() -> [clap::Command; 5] {
    [
        audit(),
        leaf(
            "lowest",
            "Build the published crates with the lowest versions that they allow",
        ),
        leaf(
            "sbom",
            "Write what each published crate is made of to target/sbom, as CycloneDX",
        ),
        release(),
        verify_release(),
    ]
}

/// The command of a name; none, if the name is not here.
pub(super) fn select(name: &str, given: &ArgMatches) -> Option<Command> {
    Some(match name {
        "audit" => Command::Audit(Audit {
            advisory_db: given
                .get_one("advisory-db")
                .cloned()
                .or_else(|| Audit::from_environment().advisory_db),
        }),
        "lowest" => Command::Lowest,
        "sbom" => Command::Sbom,
        "release" => Command::Release(Release {
            dry_run: given.get_flag("dry-run"),
            secret_key: given.get_one("secret-key").cloned(),
        }),
        "verify-release" => Command::VerifyRelease(VerifyRelease {
            // The parser lets neither be missing.
            folder: given.get_one("DIR").cloned().unwrap_or_default(),
            public_key: given.get_one("public-key").cloned().unwrap_or_default(),
        }),
        _ => return None,
    })
}

fn audit() -> clap::Command {
    leaf(
        "audit",
        "Check what we build on, and what we might give away",
    )
    .arg(file(
        "advisory-db",
        "DIR",
        "The advisory database, instead of that of ADVISORY_DB or the live one",
    ))
}

fn release() -> clap::Command {
    leaf(
        "release",
        "Put a release together under target/dist; upload nothing",
    )
    .arg(flag(
        "dry-run",
        "Do it twice with a key that is thrown away, compare, and verify",
    ))
    .arg(
        file(
            "secret-key",
            "FILE",
            "Sign with this key of minisign; without one it is left to sign",
        )
        .conflicts_with("dry-run"),
    )
}

fn verify_release() -> clap::Command {
    leaf(
        "verify-release",
        "Say whether a folder is a release of ours, whole and unchanged",
    )
    .arg(
        Arg::new("DIR")
            .value_name("DIR")
            .help("Where the files of the release are, and nothing else")
            .required(true)
            .value_parser(value_parser!(PathBuf)),
    )
    .arg(
        Arg::new("public-key")
            .long("public-key")
            .value_name("KEY")
            .help("The public key, as a file or as the word in it")
            .required(true),
    )
}
