//! The gate on how much an app takes on: the budget of packages, what must not be among them, and nothing twice.
//!
//! `tidy` counts as well, at every change; here it stands beside the rest of the dependencies.

use super::Scene;
use super::verdict::Verdict;
use crate::outcome::Failure;
use crate::tidy::packages;

/// Counts the packages of an app.
pub(crate) fn gate(scene: &Scene<'_>) -> Result<Verdict, Failure> {
    let (figure, too_many) = packages::runtime_packages(scene.workspace)?;
    let forbidden = packages::forbidden(scene.workspace)?;
    let found = too_many.into_iter().chain(forbidden);
    Ok(Verdict::of(
        found.map(|it| it.to_string()).collect(),
        figure,
    ))
}
