//! Reads cargo's timing report: how long the units of some packages took. It knows the report, and nothing of builds.

use std::time::Duration;

use serde_json::{Deserializer, Value};

use super::app::App;

/// Where the report's list of units begins.
const UNITS: &str = "const UNIT_DATA = ";

/// The time that cargo spent on the units of the packages named, added up.
pub(crate) fn own_time(report: &str, own: &[&str]) -> Result<Duration, String> {
    let (_, units) = report
        .split_once(UNITS)
        .ok_or("the report lists no units: is this another cargo's format?")?;
    // The list is followed by more script, so only the first value is read.
    let units = Deserializer::from_str(units)
        .into_iter::<Vec<Value>>()
        .next();
    let units = units
        .ok_or("the list of units is empty")?
        .map_err(|error| format!("the list of units: {error}"))?;
    let seconds = units
        .iter()
        .filter(|unit| name(unit).is_some_and(|name| App::owns(own, name)))
        .map(duration);
    let total: f64 = seconds.sum();
    if total > 0.0 {
        Duration::try_from_secs_f64(total).map_err(|error| error.to_string())
    } else {
        Err(format!("no unit of {} took any time", own.join(", ")))
    }
}

fn name(unit: &Value) -> Option<&str> {
    unit.get("name")?.as_str()
}

fn duration(unit: &Value) -> f64 {
    unit.get("duration")
        .and_then(Value::as_f64)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = r#"<script>const UNIT_DATA = [
        {"name": "stripe-core", "duration": 1.5},
        {"name": "stripe-generated", "duration": 2.25},
        {"name": "serde", "duration": 9.0}
    ];
    const CONCURRENCY_DATA = [];</script>"#;

    #[test]
    fn only_own_units_count() {
        let own = own_time(REPORT, &["stripe-core", "stripe-generated"]).unwrap();
        assert_eq!(own, Duration::from_millis(3_750));
    }

    #[test]
    fn a_report_that_says_nothing_is_an_error() {
        assert!(own_time("<html>", &["a"]).unwrap_err().contains("no units"));
        assert!(
            own_time("const UNIT_DATA = [oops", &["a"])
                .unwrap_err()
                .contains("the list of units")
        );
        assert!(
            own_time(REPORT, &["absent"])
                .unwrap_err()
                .contains("absent")
        );
    }
}
