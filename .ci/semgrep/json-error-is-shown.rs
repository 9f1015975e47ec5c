fn shown(cause: &serde_json::Error) -> String {
    // ruleid: json-error-is-shown
    let text = cause.to_string();
    text
}

// ruleid: json-error-is-shown
impl From<serde_json::Error> for Error {
    fn from(cause: serde_json::Error) -> Self {
        Self::new(cause)
    }
}

fn read(text: &str) -> Result<Value, String> {
    // ruleid: json-error-is-shown
    serde_json::from_str(text).map_err(|error| format!("no JSON: {error}"))
}

// ok: json-error-is-shown
fn told(cause: &serde_json::Error) -> String {
    format!("line {}, column {}", cause.line(), cause.column())
}

fn reads(text: &str) -> Result<Value, String> {
    // ok: json-error-is-shown
    serde_json::from_str(text).map_err(|error| format!("no JSON, line {}", error.line()))
}
