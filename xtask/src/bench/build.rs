//! Lays out an app under `target/bench` and builds it from nothing. It measures, and judges nothing.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::app::App;
use super::timings::own_time;
use crate::outcome::Failure;
use crate::workspace::{Workspace, cannot};

/// An app on disk, with its lock file and everything it needs fetched.
#[derive(Debug)]
pub(crate) struct Project {
    name: &'static str,
    own: &'static [&'static str],
    folder: PathBuf,
}

/// One debug build.
#[derive(Debug)]
pub(crate) struct Built {
    /// The build time of the SDK's own crates.
    pub(crate) own: Duration,
    /// From the start of cargo to its end.
    pub(crate) whole: Duration,
}

impl Project {
    /// Writes the app, resolves its dependencies once, and fetches them, so that no build waits for a network.
    pub(crate) fn prepare(workspace: &Workspace, app: &App) -> Result<Self, Failure> {
        let folder = workspace.path("target/bench").join(app.name);
        let write = |path: &str, text: &str| {
            let path = folder.join(path);
            fs::write(&path, text).map_err(|error| cannot("write", &path, &error))
        };
        let sources = folder.join("src");
        fs::create_dir_all(&sources).map_err(|error| cannot("create", &sources, &error))?;
        write("Cargo.toml", &app.manifest)?;
        write("src/main.rs", app.main)?;
        let project = Self {
            name: app.name,
            own: app.own,
            folder,
        };
        project.cargo(&["fetch"])?;
        Ok(project)
    }

    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    /// The foreign packages in the lock file: neither the app nor the SDK's own crates.
    pub(crate) fn packages(&self) -> Result<usize, Failure> {
        let path = self.folder.join("Cargo.lock");
        let text = fs::read_to_string(&path).map_err(|error| cannot("read", &path, &error))?;
        let names = text
            .lines()
            .filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'));
        Ok(names
            .filter(|name| *name != "app" && !App::owns(self.own, name))
            .count())
    }

    fn target(&self) -> PathBuf {
        self.folder.join("target")
    }

    fn empty_target(&self) -> Result<(), Failure> {
        match fs::remove_dir_all(self.target()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(cannot("empty", self.target(), &error))
            }
            _ => Ok(()),
        }
    }

    fn cargo(&self, arguments: &[&str]) -> Result<(), Failure> {
        let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir(&self.folder)
            .stdin(Stdio::null());
        // The settings of this process are cargo's for this workspace; the app is built as a stranger would build it.
        for name in [
            "RUSTFLAGS",
            "CARGO_ENCODED_RUSTFLAGS",
            "CARGO_BUILD_TARGET",
            "CARGO_BUILD_JOBS",
        ] {
            command.env_remove(name);
        }
        command
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_TARGET_DIR", self.target());
        command.env("CARGO_PROFILE_RELEASE_STRIP", "symbols");
        let output = command.output();
        let failed = |complaint: &str| {
            let (name, line) = (self.name, arguments.join(" "));
            Failure::CouldNotRun(format!("target/bench/{name}: `cargo {line}`: {complaint}"))
        };
        let output = output.map_err(|error| failed(&error.to_string()))?;
        if output.status.success() {
            Ok(())
        } else {
            Err(failed(&String::from_utf8_lossy(&output.stderr)))
        }
    }
}

/// Builds the app in debug from an empty target folder.
pub(crate) fn debug_build(project: &Project) -> Result<Built, Failure> {
    project.empty_target()?;
    let started = Instant::now();
    project.cargo(&["build", "--offline", "--locked", "--timings"])?;
    let whole = started.elapsed();
    let report = project.target().join("cargo-timings/cargo-timing.html");
    let text = fs::read_to_string(&report).map_err(|error| cannot("read", &report, &error))?;
    let own = own_time(&text, project.own)
        .map_err(|complaint| Failure::CouldNotRun(format!("{}: {complaint}", report.display())))?;
    Ok(Built { own, whole })
}

/// The size of the app's stripped release binary, in bytes.
pub(crate) fn release_size(project: &Project) -> Result<u64, Failure> {
    project.empty_target()?;
    project.cargo(&["build", "--offline", "--locked", "--release"])?;
    let name = format!("app{}", env::consts::EXE_SUFFIX);
    size(&project.target().join("release").join(name))
}

fn size(path: &Path) -> Result<u64, Failure> {
    let metadata = fs::metadata(path).map_err(|error| cannot("read", path, &error))?;
    Ok(metadata.len())
}
