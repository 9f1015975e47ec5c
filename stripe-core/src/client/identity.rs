//! Who is calling, as it stands in headers. It says nothing about the machine.

use super::AppInfo;

/// The texts of the headers that name this crate and the application.
pub(crate) struct Identity {
    v1: String,
    v2: String,
    json: String,
}

impl Identity {
    pub(super) fn new(app: Option<&AppInfo>) -> Self {
        Self {
            v1: user_agent("v1", app),
            v2: user_agent("v2", app),
            json: json(app),
        }
    }

    /// For a request to this version of the API.
    pub(crate) fn user_agent(&self, is_v2: bool) -> &str {
        if is_v2 { &self.v2 } else { &self.v1 }
    }

    pub(crate) fn json(&self) -> &str {
        &self.json
    }
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

fn user_agent(mode: &str, app: Option<&AppInfo>) -> String {
    let own = format!("Stripe/{mode} UnofficialRustBindings/{VERSION}");
    match app {
        Some(app) => format!("{own} {}", app.user_agent()),
        None => own,
    }
}

fn json(app: Option<&AppInfo>) -> String {
    let mut json = String::from("{");
    if let Some(app) = app {
        json.push_str("\"application\":");
        app.json(&mut json);
        json.push(',');
    }
    json.push_str("\"bindings_version\":\"");
    json.push_str(VERSION);
    json.push_str("\",\"httplib\":\"hyper\",\"lang\":\"rust\"}");
    json
}
