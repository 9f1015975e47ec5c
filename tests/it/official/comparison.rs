//! Both SDKs make every call, and what arrives is compared. Which calls, and with what, is decided elsewhere.

mod coverage;
mod differences;
mod facts;

use std::collections::BTreeMap;
use std::future::Future;
use std::io::Write;
use std::pin::Pin;
use std::process::Stdio;

use serde_json::json;
use stripe_generated::stripe_core::{Host, Reply};
use stripe_generated::types::{Clearable, FileUpload, Map, Metadata, RangeQuery, Timestamp};
use stripe_generated::{Client, Error, Request};
use tests::server::Server;

use self::coverage::Coverage;
use self::facts::{Facts, facts};
use super::arguments::{Call, calls};
use super::python::python;
use crate::calls::{base, builder};

/// The names of hosts, in the official SDK's words and ours.
const HOSTS: [(&str, Host); 4] = [
    ("api", Host::Api),
    ("connect", Host::Connect),
    ("files", Host::Files),
    ("meter_events", Host::MeterEvents),
];

type Sending = Pin<Box<dyn Future<Output = Option<Error>>>>;

/// The same for requests of any type: sends one as the call of this number, and gives the error.
fn send<T: Reply + 'static>(request: Request<T>, number: usize) -> Sending {
    let request = request.header("x-call", &number.to_string());
    Box::pin(async move { request.await.err() })
}

macro_rules! call {
    ($name:literal, $stripe:ident, $($module:ident)::+, $request:expr) => {
        ($name, |$stripe, number| {
            use stripe_generated::$($module)::+ as t;
            send($request, number)
        })
    };
}

/// Makes one call of the generated crate, with the arguments of this number.
type Make = fn(&Client, usize) -> Sending;

/// The calls that `source` writes.
#[allow(
    deprecated,
    unused_imports,
    reason = "some operations are on their way out, and some take no parameters"
)]
const CALLS: &[(&str, Make)] = &include!("calls.in");

/// A server for each host, so that it shows which one a request was meant for.
struct Servers(Vec<(&'static str, Host, Server)>);

impl Servers {
    fn start() -> Self {
        let start = |(name, host)| (name, host, Server::start([]));
        Self(HOSTS.into_iter().map(start).collect())
    }

    /// What each call sent, by its number.
    fn recorded(&self) -> BTreeMap<usize, Facts> {
        let mut all = BTreeMap::new();
        for (host, _, server) in &self.0 {
            for request in server.recorded() {
                let number = request.header("x-call").unwrap().parse().unwrap();
                let former = all.insert(number, facts(host, &request));
                assert_eq!(former, None, "call {number} was sent twice");
            }
        }
        all
    }
}

/// What our client sends.
async fn ours() -> BTreeMap<usize, Facts> {
    let servers = Servers::start();
    let add = |builder, (_, host, server): &(_, Host, _)| {
        stripe_generated::ClientBuilder::base_url(builder, *host, base(server))
    };
    // What the document says of a value is not what is compared: the arguments are made up.
    let unchecked = builder().skip_validation();
    let stripe = Client::build(servers.0.iter().fold(unchecked, add)).unwrap();
    for (number, (name, call)) in CALLS.iter().enumerate() {
        let error = call(&stripe, number).await;
        let status = error.as_ref().and_then(Error::status);
        assert_eq!(status, Some(599), "{name}: {error:?}");
    }
    servers.recorded()
}

/// What the official SDK sends.
fn official(calls: &[Call]) -> BTreeMap<usize, Facts> {
    let servers = Servers::start();
    let bases = servers
        .0
        .iter()
        .map(|(name, _, server)| (*name, server.address()));
    let mut python = python("sdk.py", &bases.collect());
    let mut child = python.stdin(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    for (number, call) in calls.iter().enumerate() {
        let line = json!({
            "number": number, "name": call.name, "ids": call.ids, "params": call.params, "options": call.options,
        });
        writeln!(input, "{line}").unwrap();
    }
    drop(input);
    assert!(child.wait().unwrap().success(), "Python failed");
    servers.recorded()
}

#[tokio::test]
async fn the_official_sdk_sends_the_same() {
    let calls = calls();
    let (official, ours) = (official(&calls), ours().await);
    assert_eq!((official.len(), ours.len()), (calls.len(), CALLS.len()));
    let coverage = Coverage::of(&calls, &official);
    println!("{coverage:?}");
    coverage.assert_wide();
    let found = calls.iter().enumerate().flat_map(|(number, call)| {
        differences::between(&call.name, &official[&number], &ours[&number])
    });
    let complaints = differences::unexplained(found.collect(), &differences::reviewed());
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
