//! The command line as a value. What the server does is not here.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, value_parser};

use mock_server::Failure;

/// `mock-server [--port N] [--spec FILE] [--items N] [--fail FAILURE]…`, or with `--deliver URL` what is delivered.
#[derive(Debug)]
pub(crate) struct Options {
    pub(crate) port: u16,
    pub(crate) spec: Option<PathBuf>,
    pub(crate) items: Option<usize>,
    pub(crate) failures: Vec<Failure>,
    pub(crate) delivery: Option<Delivery>,
}

/// `--deliver URL [--event TYPE]… [--secret-env VARIABLE] [--times N] [--shuffle SEED] [--retries N]`
#[derive(Debug)]
pub(crate) struct Delivery {
    pub(crate) url: String,
    /// All that the document lists, if none is named.
    pub(crate) events: Vec<String>,
    /// The environment variable that holds the secret: arguments are for everybody on the machine to read.
    pub(crate) secret: String,
    pub(crate) times: usize,
    pub(crate) shuffle: Option<u64>,
    pub(crate) retries: Option<usize>,
}

const FAIL: &str = "Inject a failure, such as 'POST /v1/charges@2=drop-after'. Can be given several times. \
    Before `=`: [METHOD ]PATH[@FIRST[-LAST]], with `*` for any text in PATH. \
    Behind it, with commas: status:CODE, status-after:CODE, retry, no-retry, latency:MILLISECONDS, drop, drop-after, \
    malformed, truncated";

/// Reads the command line of this process; ends the process on `--help` (exit code 0) and on a mistake (2).
pub(crate) fn parse() -> Options {
    let mut matches = command().get_matches();
    Options {
        delivery: delivery(&mut matches),
        port: matches.remove_one("port").unwrap_or_default(),
        spec: matches.remove_one("spec"),
        items: matches.remove_one("items"),
        failures: matches.remove_many("fail").into_iter().flatten().collect(),
    }
}

fn delivery(matches: &mut ArgMatches) -> Option<Delivery> {
    Some(Delivery {
        url: matches.remove_one("deliver")?,
        events: matches.remove_many("event").into_iter().flatten().collect(),
        secret: matches.remove_one("secret-env").unwrap_or_default(),
        times: matches.remove_one("times").unwrap_or_default(),
        shuffle: matches.remove_one("shuffle"),
        retries: matches.remove_one("retries"),
    })
}

fn command() -> clap::Command {
    clap::Command::new("mock-server")
        .about("A Stripe on this machine, driven and judged by the OpenAPI document alone.")
        .args(serving())
        .args(delivering())
}

fn serving() -> [Arg; 4] {
    let port = "Listen on this port of 127.0.0.1; 0 takes a free one";
    let spec = "Read this OpenAPI document (JSON) instead of spec/openapi.json";
    let items = "How many objects lists have beside those that were created";
    [
        option("port", "N", port)
            .value_parser(value_parser!(u16))
            .default_value("12111"),
        option("spec", "FILE", spec).value_parser(value_parser!(PathBuf)),
        option("items", "N", items).value_parser(value_parser!(usize)),
        option("fail", "FAILURE", FAIL)
            .action(ArgAction::Append)
            .value_parser(|text: &str| text.parse::<Failure>()),
    ]
}

fn delivering() -> [Arg; 6] {
    let deliver = "Do not serve: deliver events to this http:// URL, and end. Prints a line for each delivery; the exit \
        code is 1 if one was not answered with 2xx";
    let event = "Deliver an event of this type; all that the document lists, unless it is given. Can be given several times";
    let secret = "The environment variable that holds the secret that deliveries are signed with";
    let times = "Deliver each event so many times";
    let shuffle = "Deliver in an order that looks random, the same for the same seed";
    let retries = "Try a delivery that is not answered with 2xx so often again; 2 by default";
    let with = |arg: Arg| arg.requires("deliver");
    [
        option("deliver", "URL", deliver).conflicts_with_all(["items", "fail"]),
        with(option("event", "TYPE", event)).action(ArgAction::Append),
        with(option("secret-env", "VARIABLE", secret)).default_value("STRIPE_WEBHOOK_SECRET"),
        with(option("times", "N", times))
            .value_parser(value_parser!(usize))
            .default_value("1"),
        with(option("shuffle", "SEED", shuffle)).value_parser(value_parser!(u64)),
        with(option("retries", "N", retries)).value_parser(value_parser!(usize)),
    ]
}

fn option(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).help(help)
}
