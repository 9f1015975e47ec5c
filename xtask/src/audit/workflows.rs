//! The gate on the workflows under `.github`: zizmor as its strictest persona, offline.
//!
//! The house rules on workflows, which need no tool, are `tidy`'s.

use std::path::Path;
use std::process::Command;

use super::Scene;
use super::program::{Said, judge, must_find, plant, run};
use super::verdict::Verdict;
use crate::outcome::Failure;
use crate::tools;

/// An action by its tag, and a stranger's text in a shell.
const PLANTED: (&str, [&str; 2]) = (
    "on: issues\njobs:\n  planted:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      \
     - run: echo ${{ github.event.issue.title }}\n",
    ["unpinned-uses", "template-injection"],
);

/// Asks zizmor.
pub(crate) fn gate(scene: &Scene<'_>) -> Result<Verdict, Failure> {
    let program = match tools::program(scene.workspace, tools::ZIZMOR) {
        Ok(program) => program,
        Err(reason) => return Ok(Verdict::Skipped(reason)),
    };
    plant(
        &scene.scratch,
        "workflows/.github/workflows/planted.yml",
        PLANTED.0,
    )?;
    let said = ask(&program, &scene.scratch.join("workflows"))?;
    for fault in PLANTED.1 {
        must_find(&said, fault)?;
    }
    let said = ask(&program, &scene.workspace.path(".github"))?;
    Ok(judge(&said, "nothing to say, as the persona `auditor`"))
}

fn ask(program: &Path, folder: &Path) -> Result<Said, Failure> {
    let mut command = Command::new(program);
    command
        .args([
            "--persona",
            "auditor",
            "--offline",
            "--no-progress",
            "--quiet",
        ])
        .arg(folder);
    run(&mut command)
}
