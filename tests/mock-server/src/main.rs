//! `mock-server`: serves until it is ended, or delivers events and ends. Everything else is in the library.

mod cli;
mod delivery;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use mock_server::{Delivered, Document, MockServer, StartError};

/// The exit code of a program that could not run.
const COULD_NOT_RUN: u8 = 2;

fn main() -> ExitCode {
    let mut options = cli::parse();
    match options.delivery.take() {
        Some(asked) => deliver(&asked, options.spec),
        None => serve(options),
    }
}

fn deliver(asked: &cli::Delivery, spec: Option<PathBuf>) -> ExitCode {
    let told = |line: &Delivered| {
        // If nobody reads it, events are delivered all the same.
        let _ = writeln!(std::io::stdout(), "{line}");
    };
    match delivery::run(asked, spec, told) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => could_not_run(&problem),
    }
}

fn serve(options: cli::Options) -> ExitCode {
    match start(options) {
        Ok(server) => {
            // The line that a script waits for. If nobody reads it, the server serves all the same.
            let _ = writeln!(
                std::io::stdout(),
                "{} serves {} operations of version {}",
                server.url(),
                server.document().operations().len(),
                server.document().version()
            );
            server.wait();
            ExitCode::SUCCESS
        }
        Err(error) => could_not_run(&error.to_string()),
    }
}

fn could_not_run(problem: &str) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "mock-server: {problem}");
    ExitCode::from(COULD_NOT_RUN)
}

fn start(options: cli::Options) -> Result<MockServer, StartError> {
    let mut builder = MockServer::builder().port(options.port);
    if let Some(spec) = options.spec {
        builder = builder.document(Arc::new(Document::load(&spec)?));
    }
    if let Some(items) = options.items {
        builder = builder.items(items);
    }
    let server = builder.start()?;
    options.failures.into_iter().for_each(|it| server.fail(it));
    Ok(server)
}
