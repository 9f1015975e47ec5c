//! Rules on the workflows under `.github`: what a stranger could otherwise change or reach through them.
//!
//! They read lines, not YAML; a workflow that hides from them is refused by a review.

use super::tree::{File, Finding};

/// Ways to run a stranger's code with our rights, or to hand on all secrets.
const REFUSED: [&str; 3] = ["pull_request_target", "workflow_run", "secrets: inherit"];

/// Foreign actions are named by commit: a tag can be moved to other code, a commit cannot.
pub(crate) fn pins_actions(file: &File) -> Vec<Finding> {
    if !is_workflow(file) {
        return Vec::new();
    }
    let uses = file.lines().filter_map(|(number, line)| {
        let step = line.trim_start().trim_start_matches("- ");
        Some((number, step.strip_prefix("uses: ")?.trim()))
    });
    uses.filter(|(_, action)| !action.starts_with("./") && !is_pinned(action))
        .map(|(number, action)| {
            file.finding(
                number,
                format!("`{action}`: name it by its commit, with `# vX.Y.Z` behind it"),
            )
        })
        .collect()
}

/// `owner/name@<40 hexadecimal digits> # v1.2.3`
fn is_pinned(action: &str) -> bool {
    let Some((_, version)) = action.split_once('@') else {
        return false;
    };
    let Some((commit, comment)) = version.split_once(" # ") else {
        return false;
    };
    commit.len() == 40
        && commit.bytes().all(|it| it.is_ascii_hexdigit())
        && comment.starts_with('v')
}

/// A workflow says what it may do, and never runs a stranger's code with more than that.
pub(crate) fn limits_its_rights(file: &File) -> Vec<Finding> {
    if !is_workflow(file) {
        return Vec::new();
    }
    let hits = file.lines().flat_map(|(number, line)| {
        REFUSED
            .iter()
            .filter(move |it| line.contains(**it))
            .map(move |it| (number, it))
    });
    let refused = hits.map(|(number, it)| {
        file.finding(
            number,
            format!("`{it}`: strangers reach our rights through it"),
        )
    });
    let limited = file
        .lines()
        .any(|(_, line)| line.starts_with("permissions:"));
    let missing =
        (!limited).then(|| file.finding(1, "say at the top which `permissions:` the workflow has"));
    refused.chain(missing).chain(writes_for_all(file)).collect()
}

/// What stands at the top goes for every job; a right to write belongs to the one that needs it.
fn writes_for_all(file: &File) -> impl Iterator<Item = Finding> {
    let lines = file
        .lines()
        .skip_while(|(_, line)| !line.starts_with("permissions:"));
    let top = lines
        .enumerate()
        .take_while(|(at, (_, line))| *at == 0 || line.starts_with(' '));
    let writes = top.filter(|(_, (_, line))| line.contains("write"));
    writes.map(|(_, (number, _))| {
        file.finding(
            number,
            "give the right to write to the one job that needs it",
        )
    })
}

/// The token that fetches the repository is not left behind for whatever runs after, and no job runs for hours.
pub(crate) fn leaves_nothing_behind(file: &File) -> Vec<Finding> {
    if !is_workflow(file) {
        return Vec::new();
    }
    let lines: Vec<_> = file.lines().collect();
    let after = |number: usize, count: usize| lines.iter().skip(number).take(count);
    let kept = lines.iter().filter(|(number, line)| {
        let forgets = |(_, it): &&(usize, &str)| it.trim() == "persist-credentials: false";
        line.contains("uses: actions/checkout@") && after(*number, 3).find(forgets).is_none()
    });
    let kept = kept.map(|(number, _)| {
        file.finding(
            *number,
            "say `persist-credentials: false` below it, before anything else",
        )
    });
    let is_limit = |line: &str| line.starts_with("    timeout-minutes: ");
    let jobs = jobs(file);
    let ends = jobs.iter().skip(1).map(|(number, _)| *number);
    let ends = ends.chain([lines.len() + 1]);
    let endless = jobs
        .iter()
        .zip(ends)
        .filter(|((start, _), end)| !after(*start, end - start).any(|(_, line)| is_limit(line)));
    let endless = endless.map(|((number, job), _)| {
        file.finding(*number, format!("`{job}`: say its `timeout-minutes`"))
    });
    kept.chain(endless).collect()
}

/// The job that branch protection asks for, which waits for all others.
const CONCLUSION: &str = "conclusion";

/// A job that the conclusion does not wait for could fail unseen.
pub(crate) fn concludes_from_every_job(file: &File) -> Vec<Finding> {
    let jobs: Vec<_> = if is_workflow(file) {
        jobs(file)
    } else {
        Vec::new()
    };
    if !jobs.iter().any(|(_, job)| *job == CONCLUSION) {
        return Vec::new();
    }
    let needs = file.text.split("needs: [").nth(1);
    let needs = needs
        .and_then(|rest| rest.split(']').next())
        .unwrap_or_default();
    let is_awaited = |job: &str| job == CONCLUSION || needs.split(", ").any(|it| it == job);
    let forgotten = jobs.into_iter().filter(|(_, job)| !is_awaited(job));
    forgotten
        .map(|(line, job)| {
            let what = format!("`{job}`: add it to what `{CONCLUSION}` needs");
            file.finding(line, what)
        })
        .collect()
}

/// Every job, as `ci/test` is for the job `test` of `ci.yml`.
pub(super) fn all_jobs(files: &[File]) -> impl Iterator<Item = String> {
    let workflows = files.iter().filter(|file| is_workflow(file));
    workflows.flat_map(|file| {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        let name = name.split('.').next().unwrap_or_default();
        jobs(file)
            .into_iter()
            .map(move |(_, job)| format!("{name}/{job}"))
    })
}

/// The names of the jobs, and where they begin.
fn jobs(file: &File) -> Vec<(usize, &str)> {
    let below = file.lines().skip_while(|(_, line)| *line != "jobs:");
    let names = below.filter_map(|(number, line)| {
        let name = line.strip_prefix("  ")?.strip_suffix(':')?;
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        name.chars().all(is_name).then_some((number, name))
    });
    names.collect()
}

pub(super) fn is_workflow(file: &File) -> bool {
    file.path.starts_with(".github/workflows/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tree::found;

    const WORKFLOW: &str = ".github/workflows/ci.yml";

    #[test]
    fn actions_are_named_by_commit() {
        let commit = "0123456789".repeat(4);
        for (line, count) in [
            (
                format!("      - uses: actions/checkout@{commit} # v7.0.1"),
                0,
            ),
            (format!("        uses: actions/checkout@{commit}"), 1),
            ("      - uses: actions/checkout@v7".to_owned(), 1),
            ("      - uses: actions/checkout".to_owned(), 1),
            ("      - uses: ./.github/actions/own".to_owned(), 0),
            ("      - run: echo uses".to_owned(), 0),
        ] {
            assert_eq!(found(pins_actions, WORKFLOW, &line).len(), count, "{line}");
        }
        assert!(found(pins_actions, "README.md", "uses: a@v1").is_empty());
    }

    #[test]
    fn rights_are_limited_and_strangers_kept_out() {
        let limited = "permissions:\n  contents: read\n";
        for (text, count) in [
            (limited.to_owned(), 0),
            (String::new(), 1),
            (format!("on: {}_target\n{limited}", "pull_request"), 1),
            (
                format!("{limited}jobs:\n  a:\n    secrets: {}\n", "inherit"),
                1,
            ),
            ("permissions: write-all\n".to_owned(), 1),
            (format!("{limited}  packages: write\n"), 1),
            (
                format!("{limited}jobs:\n  a:\n    permissions:\n      issues: write\n"),
                0,
            ),
        ] {
            assert_eq!(
                found(limits_its_rights, WORKFLOW, &text).len(),
                count,
                "{text}"
            );
        }
    }

    #[test]
    fn b1_no_token_is_left_behind_and_no_job_is_endless() {
        let job = |checkout: &str, limit: &str| {
            format!(
                "jobs:\n  a:\n{limit}    steps:\n      - uses: actions/checkout@x\n        with:\n{checkout}  b:\n    timeout-minutes: 5\n"
            )
        };
        let (forgets, limit) = (
            "          persist-credentials: false\n",
            "    timeout-minutes: 5\n",
        );
        for (text, count) in [
            (job(forgets, limit), 0),
            (job("", limit), 1),
            (job("          persist-credentials: true\n", limit), 1),
            (job(forgets, ""), 1),
            (job("", ""), 2),
        ] {
            let found = found(leaves_nothing_behind, WORKFLOW, &text);
            assert_eq!(found.len(), count, "{text}: {found:?}");
        }
    }

    #[test]
    fn the_conclusion_waits_for_every_job() {
        let text = |needs: &str| {
            format!(
                "on:\n  push:\njobs:\n  test:\n    name: a\n  deny:\n  conclusion:\n    needs: [{needs}]\n"
            )
        };
        for (needs, count) in [("test, deny", 0), ("test", 1), ("tests, deny", 1), ("", 2)] {
            let found = found(concludes_from_every_job, WORKFLOW, &text(needs));
            assert_eq!(found.len(), count, "{needs}: {found:?}");
        }
        let without = "jobs:\n  test:\n";
        assert!(found(concludes_from_every_job, WORKFLOW, without).is_empty());
    }
}
