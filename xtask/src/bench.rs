//! `cargo xtask bench build`: build time, binary size and packages, side by side with async-stripe in the same run.
//!
//! A ratio counts, not a time: machines differ. Both apps stand outside this workspace, with cargo's default profiles.
//! This file says what is measured and which bars hold; how an app is made and built stands below it.

mod app;
mod build;
mod table;
mod timings;

use std::time::Duration;

use crate::cli::BenchBuild;
use crate::outcome::{Failure, Outcome};
use crate::terminal::{progress, say};
use crate::workspace::Workspace;

use app::App;
use build::{Project, debug_build, release_size};
use table::{Bar, Row, median, render};

/// What the runs of one app came to.
#[derive(Debug, Default)]
struct Runs {
    own: Vec<Duration>,
    whole: Vec<Duration>,
}

/// Both apps with two resources, ours with more features, and everything against everything.
struct Projects {
    ours: Project,
    ours_default: Project,
    ours_shop: Project,
    ours_full: Project,
    peer: Project,
    peer_full: Project,
}

/// Measures, prints a Markdown table, and fails if a bar is missed.
pub(crate) fn run(workspace: &Workspace, options: &BenchBuild) -> Outcome {
    let projects = Projects::prepare(workspace)?;
    let rows = measure(&projects, options.runs)?;
    say(&render(&rows));
    let missed: Vec<&str> = rows
        .iter()
        .filter(|row| row.is_missed())
        .map(|row| row.what.as_str())
        .collect();
    if missed.is_empty() {
        return Ok(());
    }
    Err(Failure::Found(format!("missed: {}", missed.join("; "))))
}

impl Projects {
    fn prepare(workspace: &Workspace) -> Result<Self, Failure> {
        let prepare = |app: App| Project::prepare(workspace, &app);
        Ok(Self {
            ours: prepare(App::ours("ours", &["customers", "payment-intents"]))?,
            ours_default: prepare(App::ours("ours-default", &["default"]))?,
            ours_shop: prepare(App::ours("ours-shop", &["shop"]))?,
            ours_full: prepare(App::ours("ours-full", &["full"]))?,
            peer: prepare(App::peer("peer"))?,
            peer_full: prepare(App::peer_full("peer-full"))?,
        })
    }

    /// The order of one round: ours and the peer's take turns.
    fn in_turn(&self) -> [&Project; 6] {
        [
            &self.ours,
            &self.peer,
            &self.ours_full,
            &self.peer_full,
            &self.ours_default,
            &self.ours_shop,
        ]
    }
}

fn measure(projects: &Projects, rounds: usize) -> Result<Vec<Row>, Failure> {
    let turns = projects.in_turn();
    let mut runs: [Runs; 6] = Default::default();
    for round in 1..=rounds {
        for (project, runs) in turns.iter().zip(&mut runs) {
            progress(&format!("round {round} of {rounds}: {}", project.name()));
            let built = debug_build(project)?;
            runs.own.push(built.own);
            runs.whole.push(built.whole);
        }
    }
    progress("release builds");
    let sizes = (release_size(&projects.ours)?, release_size(&projects.peer)?);
    let packages = (projects.ours.packages()?, projects.peer.packages()?);
    Ok(rows(&runs, sizes, packages))
}

/// The table of the design: what, the two figures, and the bar on their ratio.
fn rows(runs: &[Runs; 6], sizes: (u64, u64), packages: (usize, usize)) -> Vec<Row> {
    let [ours, peer, full, peer_full, default, shop] = runs;
    let own = |what: &str, ours: &Runs, peer: &Runs, bar| {
        Row::seconds(
            &format!("debug build, own crates: {what}"),
            median(&ours.own),
            median(&peer.own),
            bar,
        )
    };
    vec![
        own("two resources", ours, peer, Bar::ratio(0.10, 0.05)),
        own(
            "our default features, their two resources",
            default,
            peer,
            Bar::aim(0.10),
        ),
        own("our shop, their two resources", shop, peer, Bar::aim(0.20)),
        own("full", full, peer_full, Bar::ratio(0.35, 0.20)),
        Row::seconds(
            "cold debug build, whole app with two resources",
            median(&ours.whole),
            median(&peer.whole),
            Bar::ratio(0.45, 0.30),
        ),
        Row::megabytes(
            "stripped release binary of that app",
            sizes.0,
            sizes.1,
            Bar::ratio(0.30, 0.20),
        ),
        Row::count(
            "packages in its lock file, without own crates",
            packages.0,
            packages.1,
            Bar::most(90.0, 75.0),
        ),
    ]
}
