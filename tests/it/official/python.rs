//! Starts Python with the official SDK. What its scripts do is said in them.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::json;

use crate::calls::KEY;
use crate::document::repository;

/// Where the official SDK is installed, for Python to import it from.
const SDK: &str = "STRIPE_OFFICIAL_SDK";

/// A script beside this file, whose client finds each host at its base. It runs in a home of its own: the SDK writes an
/// id there.
pub(crate) fn python(script: &str, bases: &BTreeMap<&str, &str>) -> Command {
    let installed = std::env::var_os(SDK).unwrap_or_else(|| {
        panic!("{SDK} is not set: `cargo xtask test` installs it and says where it is")
    });
    let mut python = Command::new(if cfg!(windows) { "python" } else { "python3" });
    python.arg(repository("tests/it/official").join(script));
    python.env("PYTHONPATH", &installed).env("KEY", KEY);
    python.env("BASES", json!(bases).to_string());
    python.env("XDG_CONFIG_HOME", env!("CARGO_TARGET_TMPDIR"));
    // The scripts import each other, and tests write nothing into the tree.
    python.env("PYTHONDONTWRITEBYTECODE", "1");
    for proxy in ["http_proxy", "https_proxy", "all_proxy"] {
        python.env_remove(proxy).env_remove(proxy.to_uppercase());
    }
    python
}
