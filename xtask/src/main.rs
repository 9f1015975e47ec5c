//! `cargo xtask`: the repository's own commands.
//!
//! This file only turns the command line into a call and its outcome into an exit code. It is not a place for work:
//! each command has its own file, and everything that knows OpenAPI or Rust lives in `codegen`.

mod audit;
mod bench;
mod cli;
mod committed;
mod date;
mod document;
mod examples;
mod generate;
mod lowest;
mod metadata;
mod ops;
mod outcome;
mod permissions;
mod pin;
mod public;
mod readme;
mod release;
mod sbom;
#[cfg(test)]
mod scratch;
mod spec;
mod terminal;
mod test;
mod tidy;
mod tools;
mod workspace;

use std::process::ExitCode;

use cli::Command;
use outcome::Outcome;
use workspace::Workspace;

fn main() -> ExitCode {
    match run(&cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            terminal::complain(failure.message());
            failure.exit_code()
        }
    }
}

fn run(command: &Command) -> Outcome {
    let workspace = Workspace::find()?;
    spec::transaction::recover(workspace.root())?;
    match command {
        Command::Generate(options) => generate::run(&workspace, options),
        Command::Ops(options) => ops::run(&workspace, options),
        Command::SpecVerify => spec::verify(&workspace),
        Command::SpecDiff(options) => spec::diff::run(&workspace, options),
        Command::SpecUpdate(options) => spec::update::run(&workspace, options),
        Command::Test => test::run(&workspace),
        Command::Tidy => tidy::run(&workspace),
        Command::BenchBuild(options) => bench::run(&workspace, options),
        Command::Audit(options) => audit::run(&workspace, options),
        Command::Lowest => lowest::run(&workspace),
        Command::Sbom => sbom::run(&workspace),
        Command::Release(options) => release::run(&workspace, options),
        Command::VerifyRelease(options) => release::verify::run(options),
    }
}
