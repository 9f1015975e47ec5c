//! Whatever a document holds, the output is inert code inside the target, or there is a located error; never a panic.

use codegen::{Diagnostics, Generated, Settings};
use serde_json::Value;

use crate::document::generate;
use crate::inert::faults;

mod bytes;
mod fuzz;
mod structure;
mod texts;
mod unseen;

pub(crate) use texts::mixed;

/// No reviewed data, and a place for the crate.
pub(crate) fn unreviewed() -> Settings {
    Settings {
        core_path: "../stripe-core".to_owned(),
        ..Settings::default()
    }
}

/// Runs the generator; what comes out is inert, and the same once its names are in the table.
pub(crate) fn survives(document: &Value) -> Result<Generated, Diagnostics> {
    let generated =
        generate(document, &unreviewed()).inspect_err(|error| is_located(error, document))?;
    let found = faults(&generated);
    assert!(found.is_empty(), "{}\n{document}", found.join("\n"));
    let names = generated.names.clone();
    let again = generate(
        document,
        &Settings {
            names,
            ..unreviewed()
        },
    )
    .unwrap();
    assert_eq!(generated.names, again.names, "{document}");
    assert_eq!(generated.files, again.files, "{document}");
    Ok(generated)
}

/// An error says where it is, what it is and what to do, in a few lines.
fn is_located(error: &Diagnostics, document: &Value) {
    let text = error.to_string();
    assert!(
        error.is_fatal() && text.len() < 50_000,
        "{} bytes",
        text.len()
    );
    for line in error.iter() {
        let told = format!("{line:?}\n{document}");
        assert!(!line.message.is_empty() && !line.help.is_empty(), "{told}");
        assert!(
            !line.pointer.is_root() || line.message.contains("document"),
            "{told}"
        );
        assert!(!line.help.contains("bug of the generator"), "{told}");
    }
}
