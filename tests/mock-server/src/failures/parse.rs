//! Failures as text: `[METHOD ]PATH[@FIRST[-LAST]]=EFFECT[,EFFECT]`. What they do is not known here.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::{Ending, Failure};

const METHODS: [&str; 3] = ["GET", "POST", "DELETE"];

/// A failure that cannot be read, and how one is written.
#[derive(Debug, PartialEq, Eq)]
pub struct ParseFailureError {
    what: String,
}

impl fmt::Display for ParseFailureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}; write [METHOD ]PATH[@FIRST[-LAST]]=EFFECT[,EFFECT], with the effects status:CODE, status-after:CODE, \
             retry, no-retry, latency:MILLISECONDS, drop, drop-after, malformed and truncated",
            self.what
        )
    }
}

impl std::error::Error for ParseFailureError {}

fn error(what: impl Into<String>) -> ParseFailureError {
    ParseFailureError { what: what.into() }
}

impl FromStr for Failure {
    type Err = ParseFailureError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (target, effects) = text
            .split_once('=')
            .ok_or_else(|| error("`=` is missing"))?;
        let (target, calls) = match target.split_once('@') {
            Some((target, calls)) => (target, Some(calls)),
            None => (target, None),
        };
        let mut failure = match target.split_once(' ') {
            Some((method, path)) => Self::on(method, path),
            None => Self::any(target),
        };
        if let Some(method) = failure.method.as_deref().filter(|it| !METHODS.contains(it)) {
            return Err(error(format!("`{method}` is no method of the API")));
        }
        if !failure.path.starts_with(['/', '*']) {
            return Err(error(format!("`{}` is no path", failure.path)));
        }
        if let Some(calls) = calls {
            let (first, last) = calls.split_once('-').unwrap_or((calls, calls));
            let (first, last) = (number(first)?, number(last)?);
            if first == 0 || last < first {
                return Err(error(format!("`{calls}` are no calls; they count from 1")));
            }
            failure = failure.calls(first, last);
        }
        effects.split(',').try_fold(failure, effect)
    }
}

fn number(text: &str) -> Result<u64, ParseFailureError> {
    let parsed = text.parse().ok();
    parsed.ok_or_else(|| error(format!("`{text}` is no number")))
}

fn status(text: &str) -> Result<u16, ParseFailureError> {
    let parsed = text.parse().ok().filter(|code| (400..=599).contains(code));
    parsed.ok_or_else(|| error(format!("`{text}` is no status of an error")))
}

fn effect(failure: Failure, text: &str) -> Result<Failure, ParseFailureError> {
    let (name, argument) = text.split_once(':').unwrap_or((text, ""));
    // Nothing that is asked for may be lost without a word.
    match (name, &failure.plan.ending) {
        ("latency", _) | (_, None) if !name.ends_with("retry") => {}
        ("retry" | "no-retry", Some(Ending::Status { .. })) => {}
        ("retry" | "no-retry", _) => {
            return Err(error(format!("`{text}` stands behind a status")));
        }
        _ => return Err(error(format!("`{text}` would be a second ending"))),
    }
    Ok(match (name, argument) {
        ("status", code) => failure.status(status(code)?),
        ("status-after", code) => failure.status_after_acting(status(code)?),
        ("retry", "") => failure.should_retry(true),
        ("no-retry", "") => failure.should_retry(false),
        ("latency", time) => failure.latency(Duration::from_millis(number(time)?)),
        ("drop", "") => failure.drop_before_acting(),
        ("drop-after", "") => failure.drop_after_acting(),
        ("malformed", "") => failure.malformed_body(),
        ("truncated", "") => failure.truncated_body(),
        _ => return Err(error(format!("`{text}` is no effect"))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_read_from_text() {
        for (text, expected) in [
            (
                "/v1/charges=drop",
                Failure::any("/v1/charges").drop_before_acting(),
            ),
            (
                "POST /v1/charges@2=status:503,no-retry",
                Failure::on("POST", "/v1/charges")
                    .call(2)
                    .status(503)
                    .should_retry(false),
            ),
            (
                "GET *@2-4=latency:250,truncated",
                Failure::on("GET", "*")
                    .calls(2, 4)
                    .latency(Duration::from_millis(250))
                    .truncated_body(),
            ),
            (
                "*=status-after:500",
                Failure::any("*").status_after_acting(500),
            ),
            ("*=malformed", Failure::any("*").malformed_body()),
            (
                "*=status-after:500,retry,latency:1",
                Failure::any("*")
                    .status_after_acting(500)
                    .should_retry(true)
                    .latency(Duration::from_millis(1)),
            ),
        ] {
            assert_eq!(text.parse::<Failure>().unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_failure_says_how_to_write_one() {
        for text in [
            "/v1/charges",
            "v1=drop",
            "*=",
            "*=explode",
            "*=status:200",
            "*=status",
            "*@0=drop",
            "*@3-2=drop",
            "*@x=drop",
            "*=latency:soon",
            "*=drop:1",
            // What would be lost without a word.
            "*=retry",
            "*=drop,retry",
            "*=no-retry,status:500",
            "*=drop,status:500",
            "*=status:500,malformed",
            "post /v1/charges=drop",
            "PUT *=drop",
        ] {
            let error = text.parse::<Failure>().unwrap_err().to_string();
            assert!(error.contains("write [METHOD ]PATH"), "{text}: {error}");
        }
    }
}
