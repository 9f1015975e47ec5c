//! What is generated compiles, without a warning: all golden cases, and a hostile document, in one workspace.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::case::cases;
use crate::document::{self, repository};
use crate::hostile;

/// Names the real core by a path that has no place in a committed file.
const CORE: &str = r#"[package]
name = "stripe-core"
version = "0.1.99"
edition = "2024"

[features]
client = []
ring = []
aws-lc-rs = []
axum = ["core_without_client/axum"]
serde = ["core_without_client/serde"]
tower = ["core_without_client/tower"]
testing = ["core_without_client/testing"]
webhooks = ["core_without_client/webhooks"]
# What follows is the core's alone.
blocking = []
http2 = []
jiff = []
native-roots = []
platform-verifier = []
rust_decimal = []
tracing = []

[dependencies]
core_without_client = { package = "stripe-core", path = 'REAL', default-features = false }
"#;

#[test]
fn what_is_generated_compiles_without_a_warning() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("golden");
    let core = CORE.replace("REAL", repository("stripe-core").to_str().unwrap());
    write(&root, "stripe-core/Cargo.toml", &core);
    write(&root, "stripe-core/src/lib.rs", include_str!("stand_in.rs"));
    let mut members = vec!["stripe-core".to_owned()];
    for case in cases().iter().filter(|case| case.is_accepted()) {
        write_crate(&root, &case.name, &case.generate().unwrap().files);
        members.push(case.name.clone());
    }
    for (index, document) in hostile::mixed().iter().enumerate() {
        let name = format!("hostile_{index}");
        let generated = document::generate(document, &hostile::unreviewed()).unwrap();
        write_crate(&root, &name, &generated.files);
        members.push(name);
    }
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n");
    write(&root, "Cargo.toml", &manifest);
    // The same versions as the repository's, which are there already: nothing is fetched.
    fs::copy(repository("Cargo.lock"), root.join("Cargo.lock")).unwrap();
    let told = check(&root);
    assert!(
        !told.contains("warning") && !told.contains("error"),
        "{told}"
    );
}

/// One crate, under a name of its own.
fn write_crate(root: &Path, name: &str, files: &BTreeMap<String, String>) {
    for (path, text) in files {
        let text = match path.as_str() {
            "Cargo.toml" => text.replacen(
                "name = \"stripe-generated\"",
                &format!("name = {name:?}"),
                1,
            ),
            _ => text.clone(),
        };
        write(root, &format!("{name}/{path}"), &text);
    }
}

/// Writes what is not there yet, so that what did not change is not compiled again.
fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    if fs::read_to_string(&path).is_ok_and(|there| there == text) {
        return;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// What the compiler says. Its own results are kept from one run to the next.
fn check(root: &Path) -> String {
    let kept: PathBuf = root.with_file_name("golden-target");
    let output = Command::new(env!("CARGO"))
        .args([
            "check",
            "--offline",
            "--workspace",
            "--all-features",
            "--keep-going",
            "--quiet",
            "--target-dir",
        ])
        .arg(kept)
        .current_dir(root)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    // One mistake of the generator shows in all the crates.
    let told: String = told.chars().take(6_000).collect();
    assert!(
        output.status.success(),
        "{told}\nif the client is what differs, bring golden/stand_in.rs up to date"
    );
    told
}
