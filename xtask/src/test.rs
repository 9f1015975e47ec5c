//! `cargo xtask test`: everything CI runs, in order, stopping at the first failure.
//!
//! This file runs steps and tells how they went. Which steps there are stands in `test/steps.rs`.

mod features;
mod fuzz;
mod steps;

use std::env;
use std::ffi::OsStr;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::lowest;
use crate::outcome::{Failure, Outcome};
use crate::terminal::say;
use crate::tools;
use crate::workspace::Workspace;

use steps::{Step, Work};

/// How a step went that did not fail.
enum Ending {
    Passed,
    /// It could not run here, and why.
    Skipped(String),
}

/// Runs every step, then says how long each took.
pub(crate) fn run(workspace: &Workspace) -> Outcome {
    let mut lines = Vec::new();
    for step in steps::all(workspace)? {
        say(&format!("\n=== {}", step.title()));
        let started = Instant::now();
        let ending = run_step(workspace, &step)?;
        let line = account(&step, &ending, started.elapsed());
        say(&line);
        lines.push(line);
    }
    say(&format!(
        "\n=== all {} steps\n{}",
        lines.len(),
        lines.join("\n")
    ));
    Ok(())
}

fn run_step(workspace: &Workspace, step: &Step) -> Result<Ending, Failure> {
    let done = match &step.work {
        Work::Own(function) => function(workspace).map(|()| Ending::Passed),
        Work::Cargo(arguments) => {
            cargo(workspace, arguments, step.environment).map(|()| Ending::Passed)
        }
        Work::WithOfficialSdk(arguments) => with_tool(tools::official_sdk(workspace), |folder| {
            cargo(workspace, arguments, &[("STRIPE_OFFICIAL_SDK", folder)])
        }),
        Work::Lowest => lowest::resolve(workspace)
            .and_then(|resolved| with_tool(resolved, |folder| lowest::build(workspace, folder))),
        Work::Fuzz => with_tool(fuzz::platform(), |platform| {
            fuzz::run(workspace, platform, |command, text| {
                succeed(workspace, command, text)
            })
        }),
    };
    done.map_err(|failure| in_step(&step.name, failure))
}

/// Says which step a failure belongs to; the kind of failure stays.
fn in_step(name: &str, failure: Failure) -> Failure {
    let told = |message: String| format!("step `{name}`: {message}");
    match failure {
        Failure::Found(message) => Failure::Found(told(message)),
        Failure::CouldNotRun(message) => Failure::CouldNotRun(told(message)),
    }
}

fn cargo(
    workspace: &Workspace,
    arguments: &[String],
    environment: &[(&str, impl AsRef<OsStr>)],
) -> Outcome {
    let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.args(arguments);
    for (name, value) in environment {
        command.env(name, value);
    }
    let text = format!("cargo {}", arguments.join(" "));
    succeed(workspace, &mut command, &text)
}

/// Runs what needs a tool, where it can be had. CI has to have it.
fn with_tool<T>(
    tool: Result<T, String>,
    run: impl FnOnce(&T) -> Outcome,
) -> Result<Ending, Failure> {
    match tool {
        Ok(tool) => run(&tool).map(|()| Ending::Passed),
        Err(reason) if in_ci() => Err(Failure::CouldNotRun(format!(
            "{reason}; CI does not go on without it"
        ))),
        Err(reason) => Ok(Ending::Skipped(reason)),
    }
}

/// Whether a check that cannot run is a failure.
pub(crate) fn in_ci() -> bool {
    env::var("CI").is_ok_and(|value| value == "true")
}

/// Runs a program, whose output the reader sees, and expects it to succeed.
fn succeed(workspace: &Workspace, command: &mut Command, text: &str) -> Outcome {
    let status = command.current_dir(workspace.root()).status();
    let status = status
        .map_err(|error| Failure::CouldNotRun(format!("`{text}` does not start: {error}")))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::Found(format!(
        "`{text}` failed ({status}): mend what it says above and run it again"
    )))
}

fn account(step: &Step, ending: &Ending, took: Duration) -> String {
    let seconds = format!("{:.1} s", took.as_secs_f64());
    match ending {
        Ending::Passed => format!("passed   {seconds:>9}  {}", step.name),
        Ending::Skipped(reason) => format!("SKIPPED  {seconds:>9}  {}: {reason}", step.name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step() -> Step {
        Step {
            name: "tidy".to_owned(),
            work: Work::Own(|_| Ok(())),
            environment: &[],
        }
    }

    #[test]
    fn a_skipped_step_is_loud() {
        let took = Duration::from_millis(1_250);
        assert_eq!(
            account(&step(), &Ending::Passed, took),
            "passed       1.2 s  tidy"
        );
        let skipped = account(&step(), &Ending::Skipped("no pip".to_owned()), took);
        assert_eq!(skipped, "SKIPPED      1.2 s  tidy: no pip");
    }

    #[test]
    fn a_failure_names_its_step_and_keeps_its_kind() {
        let found = in_step("tidy", Failure::Found("x".to_owned()));
        assert!(matches!(found, Failure::Found(text) if text == "step `tidy`: x"));
        let could_not = in_step("tidy", Failure::CouldNotRun("x".to_owned()));
        assert!(matches!(could_not, Failure::CouldNotRun(_)));
    }
}
