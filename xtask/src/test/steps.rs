//! The steps of `cargo xtask test`, in order: what is quick and fails often comes first.
//!
//! It lists commands, and runs none. The workflow under `.github/` runs these checks as parallel jobs, with another
//! sample of features, and adds the oldest compiler and other systems.

use super::features;
use crate::cli;
use crate::outcome::{Failure, Outcome};
use crate::workspace::{CORE, GENERATED, Workspace};
use crate::{audit, generate, spec, tidy};

/// One step.
pub(crate) struct Step {
    pub(crate) name: String,
    pub(crate) work: Work,
    pub(crate) environment: &'static [(&'static str, &'static str)],
}

/// What a step does.
pub(crate) enum Work {
    /// Another command of this program.
    Own(fn(&Workspace) -> Outcome),
    Cargo(Vec<String>),
    /// Cargo, with Stripe's Python SDK, which has to be installed first.
    WithOfficialSdk(Vec<String>),
    /// The published crates with the lowest versions they allow, where the registry can be asked for them.
    Lowest,
    /// The fuzz targets, where they can be built.
    Fuzz,
}

/// rustdoc's warnings are broken links, most of them in text from the document.
const STRICT_DOCS: &[(&str, &str)] = &[("RUSTDOCFLAGS", "-Dwarnings")];

impl Step {
    /// The name, and the command to run it alone.
    pub(crate) fn title(&self) -> String {
        match &self.work {
            Work::Own(_) => format!("{} (cargo xtask {})", self.name, self.name),
            Work::Cargo(arguments) | Work::WithOfficialSdk(arguments) => {
                format!("{} (cargo {})", self.name, arguments.join(" "))
            }
            Work::Lowest => format!("{} (cargo xtask lowest)", self.name),
            Work::Fuzz => format!("{} (the targets of tests/fuzz)", self.name),
        }
    }
}

/// Every step.
pub(crate) fn all(workspace: &Workspace) -> Result<Vec<Step>, Failure> {
    let mut steps = house();
    steps.extend(lints());
    steps.extend(tests());
    steps.push(Step {
        environment: STRICT_DOCS,
        ..cargo(
            "doc",
            "doc --locked --no-deps --all-features -p stripe-core -p stripe-generated",
        )
    });
    for sample in features::sample(&workspace.read(&format!("{GENERATED}/Cargo.toml"))?)? {
        let command = format!("check --locked -p {GENERATED} {sample}");
        steps.push(cargo(&format!("features {sample}"), command.trim_end()));
    }
    for single in features::each(&workspace.read(&format!("{CORE}/Cargo.toml"))?)? {
        let command = format!("check --locked -p {CORE} {single}");
        steps.push(cargo(&format!("features of the core {single}"), &command));
    }
    Ok(steps)
}

/// What is looked at without building the SDK.
fn house() -> Vec<Step> {
    vec![
        cargo("fmt", "fmt --all --check"),
        own("tidy", tidy::run),
        own("spec verify", spec::verify),
        own("generate --check", |workspace| {
            generate::run(
                workspace,
                &cli::Generate {
                    check: true,
                    ..cli::Generate::default()
                },
            )
        }),
    ]
}

/// Dependencies and lints.
fn lints() -> Vec<Step> {
    vec![
        // What follows is offline, and a new machine has nothing yet.
        cargo("fetch", "fetch --locked"),
        cargo(
            "fetch, fuzz",
            "fetch --locked --manifest-path tests/fuzz/Cargo.toml",
        ),
        cargo(
            "fetch, actix-web",
            "fetch --locked --manifest-path tests/actix/Cargo.toml",
        ),
        own("audit", |workspace| {
            audit::run(workspace, &cli::Audit::from_environment())
        }),
        Step {
            name: "lowest versions".to_owned(),
            work: Work::Lowest,
            environment: &[],
        },
        cargo(
            "clippy",
            "clippy --locked --workspace --all-targets --all-features -- -D warnings",
        ),
        cargo(
            "clippy, fuzz",
            "clippy --locked --manifest-path tests/fuzz/Cargo.toml --target-dir target/fuzz --no-default-features \
                --all-targets -- -D warnings",
        ),
        cargo(
            "clippy, actix-web",
            "clippy --locked --manifest-path tests/actix/Cargo.toml --target-dir target/actix --all-targets -- -D warnings",
        ),
        cargo(
            "clippy, core alone",
            "clippy --locked -p stripe-core --no-default-features -- -D warnings",
        ),
        cargo(
            "clippy, webhooks alone",
            "clippy --locked -p stripe-core --no-default-features --features webhooks -- -D warnings",
        ),
    ]
}

/// What is run.
fn tests() -> Vec<Step> {
    vec![
        cargo("test codegen", "test --locked -p codegen"),
        cargo("test core", "test --locked -p stripe-core --all-features"),
        // With all features, aws-lc-rs is the provider and HTTP/2 is preferred: here it is ring, and HTTP/1.1 over TLS.
        cargo(
            "test core, with ring",
            "test --locked -p stripe-core --features ring",
        ),
        // The provider of the process counts where no feature brings one.
        cargo(
            "test core, without a provider",
            "test --locked -p stripe-core --features client --test own_provider",
        ),
        cargo(
            "test core alone",
            "test --locked -p stripe-core --no-default-features",
        ),
        cargo("test xtask", "test --locked -p xtask"),
        cargo("test mock-server", "test --locked -p mock-server"),
        cargo("test everything together", "test --locked -p tests"),
        cargo(
            "test actix-web",
            "test --locked --manifest-path tests/actix/Cargo.toml --target-dir target/actix",
        ),
        Step {
            name: "compare with the official SDK".to_owned(),
            work: Work::WithOfficialSdk(words(
                "test --locked -p tests --features official official -- --show-output",
            )),
            environment: &[],
        },
        cargo(
            "test properties",
            "test --locked --manifest-path tests/fuzz/Cargo.toml --target-dir target/fuzz --no-default-features",
        ),
        Step {
            name: "fuzz".to_owned(),
            work: Work::Fuzz,
            environment: &[],
        },
    ]
}

fn own(name: &str, function: fn(&Workspace) -> Outcome) -> Step {
    Step {
        name: name.to_owned(),
        work: Work::Own(function),
        environment: &[],
    }
}

fn cargo(name: &str, command: &str) -> Step {
    Step {
        name: name.trim_end().to_owned(),
        work: Work::Cargo(words(command)),
        environment: &[],
    }
}

fn words(command: &str) -> Vec<String> {
    command.split_whitespace().map(str::to_owned).collect()
}
