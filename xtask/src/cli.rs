//! The command line as a value. What the commands do is not here.

mod supply;

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, value_parser};

pub(crate) use supply::{Audit, Release, VerifyRelease};

/// One command, with everything it was given.
#[derive(Debug)]
pub(crate) enum Command {
    Generate(Generate),
    Ops(Ops),
    SpecVerify,
    SpecDiff(SpecDiff),
    SpecUpdate(SpecUpdate),
    Test,
    Tidy,
    BenchBuild(BenchBuild),
    Audit(Audit),
    Lowest,
    Sbom,
    Release(Release),
    VerifyRelease(VerifyRelease),
}

/// `generate [--spec FILE] [--out DIR] [--only A,B] [--check]`
#[derive(Debug, Default)]
pub(crate) struct Generate {
    pub(crate) spec: Option<PathBuf>,
    pub(crate) out: Option<PathBuf>,
    pub(crate) only: Vec<String>,
    pub(crate) check: bool,
}

/// `spec diff OLD NEW [--format md,html,json] [--out DIR]`
#[derive(Debug)]
pub(crate) struct SpecDiff {
    pub(crate) old: PathBuf,
    pub(crate) new: PathBuf,
    pub(crate) format: Vec<Format>,
    pub(crate) out: Option<PathBuf>,
}

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Markdown,
    Html,
    Json,
}

impl Format {
    const ALL: [Self; 3] = [Self::Markdown, Self::Html, Self::Json];

    /// The name on the command line, and the ending of a file.
    pub(crate) const fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Json => "json",
        }
    }
}

/// `spec update [--from FILE or URL] [--commit ID] [--older]`
#[derive(Debug, Default)]
pub(crate) struct SpecUpdate {
    pub(crate) from: Option<String>,
    pub(crate) commit: Option<String>,
    pub(crate) older: bool,
}

/// `ops [--spec FILE] [--json]`
#[derive(Debug, Default)]
pub(crate) struct Ops {
    pub(crate) spec: Option<PathBuf>,
    pub(crate) json: bool,
}

/// `bench build [--runs N]`
#[derive(Debug)]
pub(crate) struct BenchBuild {
    pub(crate) runs: usize,
}

/// Reads the command line of this process; ends the process on `--help` (exit code 0) and on a mistake (2).
pub(crate) fn parse() -> Command {
    select(&command_line().get_matches())
}

fn command_line() -> clap::Command {
    clap::Command::new("xtask")
        .bin_name("cargo xtask")
        .about("The repository's own commands. Exit codes: 0 fine, 1 found something, 2 could not run.")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(generate())
        .subcommand(ops())
        .subcommand(
            group("spec", "The vendored OpenAPI document")
                .subcommand(leaf("verify", "Prove spec/openapi.json against spec/pin.toml"))
                .subcommand(spec_diff())
                .subcommand(spec_update()),
        )
        .subcommand(leaf("test", "Everything CI runs, in order, stopping at the first failure"))
        .subcommand(leaf("tidy", "Check the house rules and the size budgets"))
        .subcommand(group("bench", "Budgets that are measured").subcommand(bench_build()))
        .subcommands(supply::commands())
}

fn group(name: &'static str, about: &'static str) -> clap::Command {
    leaf(name, about)
        .subcommand_required(true)
        .arg_required_else_help(true)
}

fn leaf(name: &'static str, about: &'static str) -> clap::Command {
    clap::Command::new(name).about(about)
}

fn generate() -> clap::Command {
    leaf("generate", "Write stripe-generated/, spec/names.txt and the feature table of README.md from the document")
        .arg(file("spec", "FILE", "Read this OpenAPI document (JSON or YAML) instead of the pinned one; needs --out"))
        .arg(file("out", "DIR", "Write a complete crate there, and nothing else"))
        .arg(list("only", "A,B", "Only these services, such as customers,checkout.sessions, and the types they need; needs --out"))
        .arg(flag("check", "Change nothing; exit 1 if anything would change"))
}

fn spec_diff() -> clap::Command {
    let document = |name: &'static str, help: &'static str| {
        Arg::new(name)
            .value_name(name)
            .help(help)
            .required(true)
            .value_parser(value_parser!(PathBuf))
    };
    leaf(
        "diff",
        "Say what changed between two documents, and exit 1 if programs that use the crate break",
    )
    .arg(document(
        "OLD",
        "The older OpenAPI document: JSON or YAML, packed by gzip or not",
    ))
    .arg(document("NEW", "The newer one"))
    .arg(
        list(
            "format",
            "FORMATS",
            "md, html or json; one is printed, several are written as files",
        )
        .default_value("md")
        .value_parser(Format::ALL.map(Format::extension)),
    )
    .arg(file(
        "out",
        "DIR",
        "Write the pages there, not to target/spec-diff",
    ))
}

fn spec_update() -> clap::Command {
    let text = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    leaf(
        "update",
        "Pin another document, regenerate, and say what changed; all of it, or nothing",
    )
    .arg(text(
        "from",
        "FILE or URL",
        "The document, instead of the latest of the pinned repository",
    ))
    .arg(text(
        "commit",
        "ID",
        "The commit of Stripe's repository that the document is from",
    ))
    .arg(flag(
        "older",
        "Take it even if it is older than the pinned one",
    ))
}

fn ops() -> clap::Command {
    leaf("ops", "List every operation and what it became")
        .arg(file(
            "spec",
            "FILE",
            "Read this OpenAPI document instead of the pinned one",
        ))
        .arg(flag("json", "Print a JSON array"))
}

fn bench_build() -> clap::Command {
    leaf(
        "build",
        "Measure build time, binary size and packages side by side with async-stripe",
    )
    .arg(
        Arg::new("runs")
            .long("runs")
            .value_name("N")
            .help("Alternating runs per row; the median counts")
            .default_value("3")
            .value_parser(value_parser!(u8).range(1..)),
    )
}

fn file(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name(value)
        .help(help)
        .value_parser(value_parser!(PathBuf))
}

fn list(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name(value)
        .help(help)
        .value_delimiter(',')
}

fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .help(help)
        .action(ArgAction::SetTrue)
}

fn select(matches: &ArgMatches) -> Command {
    match matches.subcommand() {
        Some(("generate", given)) => Command::Generate(Generate {
            spec: given.get_one("spec").cloned(),
            out: given.get_one("out").cloned(),
            only: words(given, "only").cloned().collect(),
            check: given.get_flag("check"),
        }),
        Some(("ops", given)) => Command::Ops(Ops {
            spec: given.get_one("spec").cloned(),
            json: given.get_flag("json"),
        }),
        Some(("spec", given)) => select_spec(given),
        Some(("tidy", _)) => Command::Tidy,
        Some(("bench", given)) => {
            let build = given.subcommand_matches("build");
            let runs = build
                .and_then(|given| given.get_one::<u8>("runs"))
                .copied()
                .unwrap_or(3);
            Command::BenchBuild(BenchBuild {
                runs: usize::from(runs),
            })
        }
        // The parser lets no name through that is not ours.
        Some((name, given)) => supply::select(name, given).unwrap_or(Command::Test),
        None => Command::Test,
    }
}

fn select_spec(matches: &ArgMatches) -> Command {
    match matches.subcommand() {
        Some(("diff", given)) => {
            let path = |name| given.get_one::<PathBuf>(name).cloned();
            Command::SpecDiff(SpecDiff {
                // The parser lets neither be missing.
                old: path("OLD").unwrap_or_default(),
                new: path("NEW").unwrap_or_default(),
                format: Format::ALL
                    .into_iter()
                    .filter(|format| words(given, "format").any(|it| it == format.extension()))
                    .collect(),
                out: path("out"),
            })
        }
        Some(("update", given)) => Command::SpecUpdate(SpecUpdate {
            from: given.get_one("from").cloned(),
            commit: given.get_one("commit").cloned(),
            older: given.get_flag("older"),
        }),
        _ => Command::SpecVerify,
    }
}

fn words<'a>(matches: &'a ArgMatches, name: &str) -> impl Iterator<Item = &'a String> {
    matches.get_many::<String>(name).into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(line: &str) -> Result<Command, clap::Error> {
        command_line()
            .try_get_matches_from(line.split(' '))
            .map(|matches| select(&matches))
    }

    #[test]
    fn the_definition_is_sound() {
        command_line().debug_assert();
    }

    #[test]
    fn lines_become_commands() {
        for (line, expected) in [
            (
                "xtask generate",
                r#"Generate(Generate { spec: None, out: None, only: [], check: false })"#,
            ),
            (
                "xtask generate --spec a.json --out b --only a,b.c --check",
                r#"Generate(Generate { spec: Some("a.json"), out: Some("b"), only: ["a", "b.c"], check: true })"#,
            ),
            ("xtask ops --json", r#"Ops(Ops { spec: None, json: true })"#),
            ("xtask spec verify", "SpecVerify"),
            (
                "xtask spec diff a.json b.gz",
                r#"SpecDiff(SpecDiff { old: "a.json", new: "b.gz", format: [Markdown], out: None })"#,
            ),
            (
                "xtask spec diff a b --format json,md --out c",
                r#"SpecDiff(SpecDiff { old: "a", new: "b", format: [Markdown, Json], out: Some("c") })"#,
            ),
            (
                "xtask spec update --from a --commit b --older",
                r#"SpecUpdate(SpecUpdate { from: Some("a"), commit: Some("b"), older: true })"#,
            ),
            ("xtask test", "Test"),
            ("xtask tidy", "Tidy"),
            (
                "xtask audit --advisory-db a",
                r#"Audit(Audit { advisory_db: Some("a") })"#,
            ),
            ("xtask sbom", "Sbom"),
            (
                "xtask release --dry-run",
                "Release(Release { dry_run: true, secret_key: None })",
            ),
            (
                "xtask release --secret-key a",
                r#"Release(Release { dry_run: false, secret_key: Some("a") })"#,
            ),
            (
                "xtask verify-release a --public-key b",
                r#"VerifyRelease(VerifyRelease { folder: "a", public_key: "b" })"#,
            ),
            ("xtask bench build", "BenchBuild(BenchBuild { runs: 3 })"),
            (
                "xtask bench build --runs 1",
                "BenchBuild(BenchBuild { runs: 1 })",
            ),
        ] {
            assert_eq!(format!("{:?}", given(line).unwrap()), expected, "{line}");
        }
    }

    #[test]
    fn mistakes_are_refused_with_exit_code_2() {
        for line in [
            "xtask",
            "xtask generate extra",
            "xtask generate --out",
            "xtask nothing",
            "xtask spec",
            "xtask spec diff a",
            "xtask spec diff a b --format pdf",
            "xtask bench build --runs 0",
            "xtask release --dry-run --secret-key a",
            "xtask verify-release a",
            "xtask verify-release --public-key b",
        ] {
            assert_eq!(given(line).unwrap_err().exit_code(), 2, "{line}");
        }
    }
}
