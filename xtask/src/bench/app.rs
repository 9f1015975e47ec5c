//! The apps that are built: their manifests and their one source file. Both make the same two calls.
//!
//! They are never run, only compiled and linked; what they call decides what the linker keeps.

/// An app, as text.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) name: &'static str,
    pub(crate) manifest: String,
    pub(crate) main: &'static str,
    /// The packages whose build time is the SDK's own.
    pub(crate) own: &'static [&'static str],
}

/// The features that give our client its transport and TLS: the same rustls, ring and bundled roots as the peer's. HTTP/2,
/// which the peer always has, is a default feature of ours, and default features are off.
const OUR_TRANSPORT: [&str; 1] = ["ring"];

/// The version that is compared with.
const PEER_VERSION: &str = "=1.0.0-rc.10";

/// The peer's crates that hold resources, each with a feature `full`.
const PEER_DOMAINS: [&str; 12] = [
    "billing", "checkout", "connect", "core", "fraud", "issuing", "misc", "payment", "product",
    "reserve", "terminal", "treasury",
];

/// What opens every manifest: a package that is its own workspace.
const PACKAGE: &str = "[package]\nname = \"app\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
                       [workspace]\n\n[dependencies]\n\
                       tokio = { version = \"1\", default-features = false, features = [\"rt\"] }\n";

const OUR_MAIN: &str = r#"//! Creates a customer and a payment intent.

use stripe_generated::{Client, customer, payment_intent, types::Currency};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(run())
}

async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let stripe = Client::from_env()?;
    let jenny = stripe.customers().create(customer::Create::new().email("jenny@example.com")).await?;
    let create = payment_intent::Create::new(2_000, Currency::USD).customer(&jenny.id);
    let intent = stripe.payment_intents().create(create).await?;
    println!("{} {:?}", intent.id, intent.status);
    Ok(())
}
"#;

const PEER_MAIN: &str = r#"//! Creates a customer and a payment intent.

use stripe_core::customer::CreateCustomer;
use stripe_core::payment_intent::CreatePaymentIntent;
use stripe_types::Currency;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(run())
}

async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let client = stripe::Client::new(std::env::var("STRIPE_SECRET_KEY")?);
    let jenny = CreateCustomer::new().email("jenny@example.com").send(&client).await?;
    let create = CreatePaymentIntent::new(2_000, Currency::USD).customer(jenny.id.as_str());
    let intent = create.send(&client).await?;
    println!("{} {:?}", intent.id, intent.status);
    Ok(())
}
"#;

impl App {
    /// Our app, with these features beside the transport's.
    pub(crate) fn ours(name: &'static str, features: &[&str]) -> Self {
        let features = quoted(features.iter().chain(&OUR_TRANSPORT));
        let dependency = "path = \"../../../stripe-generated\", default-features = false";
        Self {
            name,
            manifest: format!(
                "{PACKAGE}stripe-generated = {{ {dependency}, features = [{features}] }}\n"
            ),
            main: OUR_MAIN,
            own: &["stripe-core", "stripe-generated"],
        }
    }

    /// The peer's app with the two resources.
    pub(crate) fn peer(name: &'static str) -> Self {
        Self::with_peer_crates(name, &peer_crate("core", &["customer", "payment_intent"]))
    }

    /// The peer's app with every resource of every crate.
    pub(crate) fn peer_full(name: &'static str) -> Self {
        let crates = PEER_DOMAINS
            .map(|domain| peer_crate(domain, &["full"]))
            .concat();
        Self::with_peer_crates(name, &crates)
    }

    fn with_peer_crates(name: &'static str, crates: &str) -> Self {
        let client = peer_dependency("async-stripe", &["rustls-ring", "rustls-tls-webpki-roots"]);
        let types = peer_crate("types", &[]);
        Self {
            name,
            manifest: format!("{PACKAGE}{client}{types}{crates}"),
            main: PEER_MAIN,
            own: &["async-stripe*"],
        }
    }

    /// Whether the build time of a package is the SDK's own.
    pub(crate) fn owns(own: &[&str], package: &str) -> bool {
        own.iter().any(|name| match name.strip_suffix('*') {
            Some(start) => package.starts_with(start),
            None => package == *name,
        })
    }
}

fn peer_crate(domain: &str, features: &[&str]) -> String {
    peer_dependency(&format!("async-stripe-{domain}"), features)
}

fn peer_dependency(package: &str, features: &[&str]) -> String {
    let features = quoted(features.iter());
    format!(
        "{package} = {{ version = \"{PEER_VERSION}\", default-features = false, features = [{features}] }}\n"
    )
}

fn quoted<'name>(names: impl Iterator<Item = &'name &'name str>) -> String {
    names
        .map(|name| format!("\"{name}\""))
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manifests_are_valid_and_stand_alone() {
        for app in [
            App::ours("a", &["full"]),
            App::peer("b"),
            App::peer_full("c"),
        ] {
            let manifest: toml::Table = app.manifest.parse().unwrap();
            assert!(manifest.contains_key("workspace"), "{}", app.name);
            let dependencies = manifest["dependencies"].as_table().unwrap();
            for (name, dependency) in dependencies {
                assert_eq!(
                    dependency["default-features"].as_bool(),
                    Some(false),
                    "{name}"
                );
            }
        }
    }

    #[test]
    fn own_packages_are_told_from_foreign_ones() {
        for (own, package, expected) in [
            (["stripe-core"], "stripe-core", true),
            (["stripe-core"], "async-stripe-core", false),
            (["async-stripe*"], "async-stripe", true),
            (["async-stripe*"], "async-stripe-shared", true),
            (["async-stripe*"], "async-trait", false),
        ] {
            assert_eq!(App::owns(&own, package), expected, "{own:?} {package}");
        }
    }
}
