//! Every operation of the document through its typed method: each request is judged by a server that shares nothing with
//! the generator, each answer is compared field by field with what was sent, and what no call used of the document fails
//! the run.
//!
//! Without `STRIPE_MOCK_URL` the server is this repository's own. With it, it is any other that speaks the API, such as
//! Stripe's stripe-mock; then nothing is asked of it that only ours does, and operations that it does not know are counted.

pub(crate) mod call;
mod expansion;
mod held;
mod hidden;
mod read_back;
mod run;
mod schema;
mod table;
mod wish;

use std::collections::BTreeSet;
use std::io::Write;

use mock_server::{Missing, MockServer};

use run::{Run, Server};
use schema::operations;

/// As many lines as anybody reads.
const MOST_LINES: usize = 200;

#[test]
fn conformance_of_every_operation() {
    let foreign = std::env::var("STRIPE_MOCK_URL").ok();
    let own = foreign
        .is_none()
        .then(|| MockServer::builder().items(2).start().unwrap());
    let url = foreign.or_else(|| own.as_ref().map(|it| it.url().to_owned()));
    let server = Server::new(&url.unwrap(), own.is_some());
    let mut run = Run::new(server);
    for operation in operations() {
        run.operation(operation);
    }
    let mut complaints = run.complaints();
    if let Some(own) = &own {
        complaints.extend(unused(&own.ledger().missing()));
        complaints.extend(never_read(&run));
    }
    let table = table::table(&run.results);
    // Not `println!`, which a test that passes does not show.
    let requests = &run.requests;
    writeln!(std::io::stderr(), "\n{table}requests: {requests:?}\n").unwrap();
    let shown: Vec<_> = complaints.iter().take(MOST_LINES).cloned().collect();
    assert!(
        complaints.is_empty(),
        "{} complaints:\n{}",
        complaints.len(),
        shown.join("\n")
    );
    assert_eq!(run.results.len(), 619);
}

fn unused(missing: &[Missing]) -> Vec<String> {
    missing
        .iter()
        .map(|it| format!("never used: {it}"))
        .collect()
}

fn never_read(run: &Run) -> BTreeSet<String> {
    let missing = run.coverage.missing(operations());
    missing
        .iter()
        .map(|it| format!("never read back: property {it}"))
        .collect()
}
