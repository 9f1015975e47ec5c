//! The part of the generated crate's manifest that is about its examples. They are written by people, and each says in its
//! first lines which features it needs; whether that is true is for the tests of all crates together.

use std::fs;

use crate::outcome::Failure;
use crate::workspace::{GENERATED, Workspace, cannot};

/// What the examples share: a module, and no example.
const SHARED: &str = "client";

/// The line of an example that names its features.
const FEATURES: &str = "//! Features: ";

/// What the examples need beside the crate, and each with the features that it needs.
pub(crate) fn manifest(workspace: &Workspace) -> Result<String, Failure> {
    let mut text = String::from(
        "\n# Of the examples.\n[dev-dependencies]\n\
         tokio = { version = \"1.49\", default-features = false, features = [\"macros\", \"rt\", \"time\"] }\n",
    );
    for name in names(workspace)? {
        let path = format!("{GENERATED}/examples/{name}.rs");
        let source = workspace.read(&path)?;
        let features = features(&source).ok_or_else(|| {
            Failure::CouldNotRun(format!(
                "{path}: it does not say which features it needs: add a line such as `{FEATURES}`customers`.`"
            ))
        })?;
        text.push_str(&format!(
            "\n[[example]]\nname = \"{name}\"\nrequired-features = {features:?}\n"
        ));
    }
    Ok(text)
}

/// The names of the examples, sorted.
fn names(workspace: &Workspace) -> Result<Vec<String>, Failure> {
    let folder = format!("{GENERATED}/examples");
    let failed = |error| cannot("read", &folder, &error);
    if !workspace.path(&folder).exists() {
        return Ok(Vec::new());
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(workspace.path(&folder)).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name();
        let name = name.to_string_lossy();
        let name = name.strip_suffix(".rs").filter(|name| *name != SHARED);
        names.extend(name.map(str::to_owned));
    }
    names.sort();
    Ok(names)
}

/// The features that an example says it needs.
fn features(source: &str) -> Option<Vec<&str>> {
    let line = source
        .lines()
        .find_map(|line| line.strip_prefix(FEATURES))?;
    let features: Vec<_> = line.split('`').skip(1).step_by(2).collect();
    (!features.is_empty()).then_some(features)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    const EXAMPLE: &str = "//! A call.\n//!\n//! Features: `customers`, `payment-intents`.\n";

    #[test]
    fn each_example_has_the_features_that_it_names() {
        let scratch = Scratch::new("examples");
        scratch.write("stripe-generated/examples/pay.rs", EXAMPLE);
        scratch.write("stripe-generated/examples/client.rs", "//! Shared.\n");
        let text = manifest(&scratch.workspace()).unwrap();
        let (_, examples) = text.split_once("[[example]]").unwrap();
        assert_eq!(
            examples,
            "\nname = \"pay\"\nrequired-features = [\"customers\", \"payment-intents\"]\n"
        );
    }

    #[test]
    fn an_example_that_names_none_is_refused() {
        for source in ["//! A call.\n", "//! Features: none.\n"] {
            let scratch = Scratch::new("no-features");
            scratch.write("stripe-generated/examples/pay.rs", source);
            let failure = manifest(&scratch.workspace()).unwrap_err();
            assert!(failure.message().contains("examples/pay.rs"), "{failure:?}");
        }
    }
}
