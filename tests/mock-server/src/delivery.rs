//! What `--deliver` does: each event once, or more often and in another order. It prints nothing.

use std::env;
use std::path::PathBuf;
use std::sync::Arc;

use mock_server::{Delivered, Document, Endpoint, Event, schedule};

use crate::cli;

/// Delivers what is asked for; whether everything was taken. An error says why nothing was delivered.
pub(crate) fn run(
    asked: &cli::Delivery,
    spec: Option<PathBuf>,
    told: impl Fn(&Delivered),
) -> Result<bool, String> {
    let endpoint = endpoint(asked)?;
    let document = match spec {
        Some(file) => Document::load(&file)
            .map(Arc::new)
            .map_err(|it| it.to_string())?,
        None => Document::vendored().map_err(|it| it.to_string())?,
    };
    let events = events(&document, &asked.events)?;
    let mut all_taken = true;
    for event in schedule(&events, asked.times, asked.shuffle) {
        let delivered = endpoint.deliver(event);
        told(&delivered);
        all_taken &= delivered.is_taken();
    }
    Ok(all_taken)
}

fn endpoint(asked: &cli::Delivery) -> Result<Endpoint, String> {
    let variable = &asked.secret;
    // An error of the environment would repeat what the variable holds.
    let secret = env::var(variable).ok();
    let secret = secret.ok_or_else(|| {
        format!("no webhook secret: set {variable} to the one that the endpoint verifies with, or name another variable with --secret-env")
    })?;
    let endpoint = Endpoint::new(&asked.url, &secret).map_err(|it| it.to_string())?;
    Ok(match asked.retries {
        Some(retries) => endpoint.retries(retries),
        None => endpoint,
    })
}

fn events(document: &Document, named: &[String]) -> Result<Vec<Event>, String> {
    if named.is_empty() {
        let all = document.event_types();
        return Ok(all.filter_map(|name| document.event(name)).collect());
    }
    let made = named.iter().map(|name| {
        let event = document.event(name);
        event.ok_or_else(|| format!("--event {name}: the document lists no such type"))
    });
    made.collect()
}
