//! `cargo xtask tidy`: the house rules and size budgets that no compiler checks.
//!
//! Each rule is a small function over one file, or over the whole tree. It reports, it never mends. Layout inside a line
//! is rustfmt's business, and whatever clippy can see is clippy's.

mod book;
mod code;
mod controls;
mod downloads;
mod generated;
mod layout;
mod links;
mod lock_files;
pub(crate) mod packages;
mod requirements;
mod scorecard;
pub(crate) mod secrets;
mod stages;
pub(crate) mod tree;
mod workflows;

use crate::outcome::{Failure, Outcome};
use crate::terminal::say;
use crate::workspace::Workspace;

use tree::{File, Finding, Tree};

/// A rule over one file.
type Rule = fn(&File) -> Vec<Finding>;

const RULES: [Rule; 18] = [
    layout::opens_with_module_docs,
    layout::is_short,
    layout::is_not_mod_rs,
    layout::has_a_telling_name,
    code::functions_are_short,
    code::has_no_postponed_work,
    code::has_no_let_chain,
    stages::imports_only_to_the_left,
    generated::carries_the_header,
    generated::is_small_enough_to_open,
    secrets::names_no_machine_path,
    secrets::holds_no_key,
    workflows::pins_actions,
    workflows::limits_its_rights,
    workflows::leaves_nothing_behind,
    workflows::concludes_from_every_job,
    downloads::are_pinned,
    downloads::are_locked,
];

/// Checks every rule, prints every finding, then the budgets.
pub(crate) fn run(workspace: &Workspace) -> Outcome {
    let tree = Tree::read(workspace)?;
    let mut findings: Vec<Finding> = tree
        .files
        .iter()
        .flat_map(|file| RULES.iter().flat_map(move |rule| rule(file)))
        .chain(requirements::are_proved(&tree))
        .chain(controls::rest_on_something(&tree))
        .chain(scorecard::finds_all(&tree))
        .chain(book::is_whole(&tree))
        .chain(links::lead_somewhere(&tree))
        .chain(lock_files::are_looked_after(&tree))
        .chain(packages::forbidden(workspace)?)
        .collect();
    findings.sort();
    findings
        .iter()
        .for_each(|finding| say(&finding.to_string()));
    let budgets = [
        generated::total_size(&tree),
        packages::runtime_packages(workspace)?,
    ];
    let mut broken = findings.len();
    for (figure, finding) in budgets {
        say(&figure);
        finding.iter().for_each(|finding| say(&finding.to_string()));
        broken += usize::from(finding.is_some());
    }
    if broken == 0 {
        return Ok(());
    }
    Err(Failure::Found(format!(
        "{broken} finding(s): CONTRIBUTING.md has the house rules"
    )))
}
