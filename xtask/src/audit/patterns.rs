//! The gate on patterns of code that leak or weaken: our own rules for semgrep, under `.ci/semgrep`.
//!
//! Each rule stands beside a file of code that it must find and code that it must not; both are tried before the
//! repository is looked at. Neither is compiled, and the rules come from no registry.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Scene;
use super::program::{complaint, run};
use super::verdict::Verdict;
use crate::outcome::Failure;
use crate::tools;
use crate::workspace::{Workspace, cannot};

const RULES: &str = ".ci/semgrep";

/// What is scanned: everything that is published.
const SCANNED: [&str; 2] = ["stripe-core/src", "stripe-generated/src"];

/// Tries the rules, then uses them.
pub(crate) fn gate(scene: &Scene<'_>) -> Result<Verdict, Failure> {
    let program = match tools::program(scene.workspace, tools::SEMGREP) {
        Ok(program) => program,
        Err(reason) => return Ok(Verdict::Skipped(reason)),
    };
    let rules = rules(scene.workspace)?;
    let mut found = Vec::new();
    for rule in &rules {
        let code = rule.with_extension("rs");
        let text = fs::read_to_string(&code).map_err(|error| cannot("read", &code, &error))?;
        found.extend(lacks(&code, &text));
        let mut command = program_of(&program);
        command
            .args(["test", "--experimental", "--config"])
            .arg(rule)
            .arg(&code);
        let said = run(&mut command)?;
        found.extend(complaint(&said));
    }
    let mut scan = program_of(&program);
    scan.args([
        "scan",
        "--experimental",
        "--metrics=off",
        "--disable-version-check",
        "--error",
        "--strict",
        "--quiet",
    ])
    .arg("--config")
    .arg(scene.workspace.path(RULES))
    .args(SCANNED)
    .current_dir(scene.workspace.root());
    found.extend(complaint(&run(&mut scan)?));
    let figure = format!(
        "{} rules, each tried on code that it must find, over {}",
        rules.len(),
        SCANNED.join(" and ")
    );
    Ok(Verdict::of(found, figure))
}

/// The files with rules, in order.
fn rules(workspace: &Workspace) -> Result<Vec<PathBuf>, Failure> {
    let failed = |error| cannot("read", RULES, &error);
    let mut rules = Vec::new();
    for entry in fs::read_dir(workspace.path(RULES)).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|it| it == "yaml") {
            rules.push(path);
        }
    }
    rules.sort();
    if rules.is_empty() {
        return Err(Failure::CouldNotRun(format!("{RULES}: there is no rule")));
    }
    Ok(rules)
}

/// A rule that has not been seen to find, or to leave alone, proves nothing.
fn lacks(code: &Path, text: &str) -> Option<String> {
    let has = |mark: &str| text.contains(mark);
    (!has("// ruleid: ") || !has("// ok: ")).then(|| {
        format!(
            "{}: it needs code with `// ruleid: NAME` above it, and code with `// ok: NAME`",
            code.display()
        )
    })
}

/// The program goes by the name that it was called with: by its own it is only the engine.
#[cfg(unix)]
fn program_of(program: &Path) -> Command {
    use std::os::unix::process::CommandExt;

    let mut command = Command::new(program);
    command.arg0("osemgrep");
    command
}

#[cfg(not(unix))]
fn program_of(program: &Path) -> Command {
    Command::new(program)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s3_a_rule_needs_code_that_it_finds_and_code_that_it_leaves() {
        let lacks = |text| lacks(Path::new("a.rs"), text).is_some();
        assert!(!lacks("// ruleid: a\nx();\n// ok: a\ny();\n"));
        assert!(lacks("// ok: a\ny();\n") && lacks("// ruleid: a\nx();\n") && lacks(""));
    }
}
