//! The gate on the bills of materials: each published crate has one, and it can be used.
//!
//! What a release carries is checked again by `cargo xtask verify-release`.

use super::Scene;
use super::verdict::Verdict;
use crate::outcome::Failure;
use crate::sbom::{self, check};

/// Makes them and checks them.
pub(crate) fn gate(scene: &Scene<'_>) -> Result<Verdict, Failure> {
    let bills = sbom::all(scene.workspace)?;
    let found = bills.iter().flat_map(|bill| {
        let faults = check::faults(&bill.text).into_iter();
        faults.map(|fault| format!("{}: {fault}", bill.file))
    });
    Ok(Verdict::of(
        found.collect(),
        format!("{} in CycloneDX 1.5", bills.len()),
    ))
}
