//! Plausible values by the name of a property. Fixed, so that the same request has the same answer, and made up.

use super::ids;
use crate::document::Format;

/// The time at which everything happens: 2025-06-15 15:06:40 UTC.
pub(crate) const NOW: i64 = 1_750_000_000;

/// The same as text.
pub(crate) const DATE_TIME: &str = "2025-06-15T15:06:40Z";

/// By the last word of a name: `customer_email` is an email too.
const BY_ENDING: [(&str, &str); 24] = [
    ("email", "jenny.rosen@example.com"),
    ("phone", "+15555550123"),
    ("country", "US"),
    ("city", "San Francisco"),
    ("state", "CA"),
    ("postal_code", "94107"),
    ("line1", "510 Townsend Street"),
    ("line2", "Suite 100"),
    ("last4", "4242"),
    ("brand", "visa"),
    ("funding", "credit"),
    ("currency", "usd"),
    ("ip", "203.0.113.7"),
    ("ip_address", "203.0.113.7"),
    ("first_name", "Jenny"),
    ("last_name", "Rosen"),
    ("name", "Jenny Rosen"),
    ("timezone", "Etc/UTC"),
    ("date", "2025-06-15"),
    ("routing_number", "110000000"),
    ("user_agent", "Mozilla/5.0"),
    ("locale", "en"),
    ("locales", "en"),
    ("version", "1.0"),
];

/// What the document leaves open, and clients have a list of all the same.
const LISTED_ELSEWHERE: [(&str, &str, &str); 3] = [
    ("api_errors", "code", "card_declined"),
    ("event", "type", "customer.created"),
    ("v2.core.event", "type", "v2.core.event_destination.ping"),
];

/// A text for a property of a component that clients know the values of, though the document does not say them.
pub(super) fn listed_elsewhere(component: &str, name: &str) -> Option<&'static str> {
    let mut known = LISTED_ELSEWHERE.iter();
    let found = known.find(|(resource, property, _)| *resource == component && *property == name);
    found.map(|(_, _, text)| *text)
}

/// A text for a property.
pub(crate) fn text(format: Option<Format>, name: &str) -> String {
    match format {
        Some(Format::Currency) => return "usd".to_owned(),
        Some(Format::DateTime) => return DATE_TIME.to_owned(),
        Some(Format::Decimal) => return "12.5".to_owned(),
        Some(Format::Int64 | Format::UnixTime) => return "2000".to_owned(),
        Some(Format::Binary) | None => {}
    }
    if name == "id" || ids::is_known(name) {
        return ids::of(name, "");
    }
    if name == "type" {
        return "card".to_owned();
    }
    if name == "url" || name.ends_with("_url") || name.ends_with("_uri") {
        return format!("https://example.com/{name}");
    }
    if name.ends_with("secret") || name.ends_with("_token") {
        return format!("{name}_FAKE");
    }
    let ends = |ending: &str| {
        let before = name.strip_suffix(ending);
        before.is_some_and(|it| it.is_empty() || it.ends_with('_'))
    };
    let known = BY_ENDING.iter().find(|(ending, _)| ends(ending));
    known.map_or_else(
        || format!("mock {name}").replace('_', " "),
        |(_, text)| (*text).to_owned(),
    )
}

/// An integer for a property.
pub(crate) fn integer(format: Option<Format>, name: &str) -> i64 {
    if format == Some(Format::UnixTime) {
        return NOW;
    }
    match name {
        "exp_year" | "year" => 2034,
        "exp_month" | "month" => 12,
        "day" => 15,
        _ if name.contains("amount") || name.contains("total") || name.contains("balance") => 2000,
        _ => 1,
    }
}

/// A boolean for a property. Nothing is ever live here, and no list inside an object goes on.
pub(crate) fn boolean(name: &str, variant: usize) -> bool {
    !matches!(name, "livemode" | "has_more") && variant % 2 == 0
}

/// A key for a map of this name.
pub(crate) fn key(name: &str) -> &'static str {
    if name == "metadata" {
        "order_id"
    } else {
        "usd"
    }
}
