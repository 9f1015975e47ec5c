//! The gate on versions that must not come back: below each there is an advisory that concerns how we use the package.
//!
//! The advisory database says the same of most, where there is one. This list needs none, and it holds for the lowest
//! versions that an app may lock as well, which `cargo xtask lowest` resolves.

use super::Scene;
use super::lock::Locked;
use super::verdict::Verdict;
use crate::outcome::Failure;

/// A package, the lowest version that is sound, and what is wrong with those below.
const FLOORS: [(&str, &str, &str); 9] = [
    (
        "aws-lc-sys",
        "0.39.0",
        "RUSTSEC-2026-0044 to -0048: certificates, signatures, timing",
    ),
    (
        "bytes",
        "1.11.1",
        "RUSTSEC-2026-0007: an overflow in `reserve`",
    ),
    (
        "h2",
        "0.4.16",
        "RUSTSEC-2026-0258: empty frames without end",
    ),
    ("ring", "0.17.12", "RUSTSEC-2025-0009: a panic in AES"),
    (
        "rustls",
        "0.23.18",
        "RUSTSEC-2024-0399: a panic that the network reaches",
    ),
    (
        "rustls-webpki",
        "0.103.13",
        "RUSTSEC-2026-0049, -0098, -0099, -0104: certificates",
    ),
    (
        "time",
        "0.3.47",
        "RUSTSEC-2026-0009: a stack that overflows",
    ),
    (
        "tokio",
        "1.44.2",
        "RUSTSEC-2025-0023: a race in broadcast channels",
    ),
    (
        "tracing-subscriber",
        "0.3.20",
        "RUSTSEC-2025-0055: text that moves the cursor",
    ),
];

/// Compares every lock file with the list.
pub(crate) fn gate(scene: &Scene<'_>) -> Result<Verdict, Failure> {
    let packages = scene.locked()?;
    let figure = format!(
        "none of {} packages is below the version that mended it",
        FLOORS.len()
    );
    Ok(Verdict::of(below(&packages), figure))
}

/// What is below its floor.
pub(crate) fn below(packages: &[Locked]) -> Vec<String> {
    let found = packages.iter().filter_map(|it| {
        let floor = FLOORS.iter().find(|(name, ..)| *name == it.name);
        let (name, lowest, why) = floor?;
        (numbers(&it.version) < numbers(lowest)).then(|| {
            format!(
                "{name} {} is below {lowest} ({why}): `cargo update -p {name}`",
                it.version
            )
        })
    });
    found.collect()
}

/// `0.103.13` as numbers; what follows a `+` or `-` is no part of the order here.
fn numbers(version: &str) -> Vec<u64> {
    let plain = version.split(['+', '-']).next().unwrap_or_default();
    plain.split('.').map_while(|it| it.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d7_a_version_from_before_its_advisory_is_found() {
        for (name, version, count) in [
            ("h2", "0.4.15", 1),
            ("h2", "0.4.16", 0),
            ("h2", "0.3.27", 1),
            ("rustls-webpki", "0.103.9", 1),
            ("rustls-webpki", "0.103.13", 0),
            ("aws-lc-sys", "0.38.9+x", 1),
            ("aws-lc-sys", "0.40.0", 0),
            ("hyper", "0.1.0", 0),
        ] {
            let locked = Locked {
                name: name.to_owned(),
                version: version.to_owned(),
                source: "registry+a".to_owned(),
            };
            assert_eq!(below(&[locked]).len(), count, "{name} {version}");
        }
    }
}
