//! The command line as a value. What the server does is not here.

use std::path::PathBuf;

use clap::{Arg, ArgAction, value_parser};

use mock_server::Failure;

/// `mock-server [--port N] [--spec FILE] [--items N] [--fail FAILURE]…`
#[derive(Debug)]
pub(crate) struct Options {
    pub(crate) port: u16,
    pub(crate) spec: Option<PathBuf>,
    pub(crate) items: Option<usize>,
    pub(crate) failures: Vec<Failure>,
}

const FAIL: &str = "Inject a failure, such as 'POST /v1/charges@2=drop-after'. Can be given several times. \
    Before `=`: [METHOD ]PATH[@FIRST[-LAST]], with `*` for any text in PATH. \
    Behind it, with commas: status:CODE, status-after:CODE, retry, no-retry, latency:MILLISECONDS, drop, drop-after, \
    malformed, truncated";

/// Reads the command line of this process; ends the process on `--help` (exit code 0) and on a mistake (2).
pub(crate) fn parse() -> Options {
    let mut matches = command().get_matches();
    Options {
        port: matches.remove_one("port").unwrap_or_default(),
        spec: matches.remove_one("spec"),
        items: matches.remove_one("items"),
        failures: matches.remove_many("fail").into_iter().flatten().collect(),
    }
}

fn command() -> clap::Command {
    clap::Command::new("mock-server")
        .about("A Stripe on this machine, driven and judged by the OpenAPI document alone.")
        .arg(
            option(
                "port",
                "N",
                "Listen on this port of 127.0.0.1; 0 takes a free one",
            )
            .value_parser(value_parser!(u16))
            .default_value("12111"),
        )
        .arg(
            option(
                "spec",
                "FILE",
                "Serve this OpenAPI document (JSON) instead of spec/openapi.json",
            )
            .value_parser(value_parser!(PathBuf)),
        )
        .arg(
            option(
                "items",
                "N",
                "How many objects lists have beside those that were created",
            )
            .value_parser(value_parser!(usize)),
        )
        .arg(
            option("fail", "FAILURE", FAIL)
                .action(ArgAction::Append)
                .value_parser(|text: &str| text.parse::<Failure>()),
        )
}

fn option(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).help(help)
}
