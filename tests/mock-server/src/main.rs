//! `mock-server`: serves until it is ended. Everything else is in the library.

mod cli;

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use mock_server::{Document, MockServer, StartError};

/// The exit code of a program that could not run.
const COULD_NOT_RUN: u8 = 2;

fn main() -> ExitCode {
    match start(cli::parse()) {
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
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "mock-server: {error}");
            ExitCode::from(COULD_NOT_RUN)
        }
    }
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
