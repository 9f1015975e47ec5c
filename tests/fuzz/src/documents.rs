//! Any file that is to be an OpenAPI document: the generator makes a crate of it, or says where it is wrong.

use codegen::diagnostic::Diagnostics;
use codegen::{Settings, spec};

const FILE: &str = "api";

/// Nothing makes the loader or the generator panic or hang; what is refused is refused with words, and what is taken is
/// taken alike as JSON and as YAML. (That the crate is inert code is looked at by the generator's own tests.)
pub fn documents(data: &[u8]) {
    match spec::parse(FILE, data) {
        Ok(document) => {
            walk(&document);
            read_as_yaml(data, &document);
        }
        Err(error) => judge(&error),
    }
    generate(data);
}

/// JSON is YAML, but for what YAML cannot say: that is refused, and never read as something else.
fn read_as_yaml(data: &[u8], document: &spec::Document) {
    if data.trim_ascii_start().starts_with(b"{") {
        let data = data.strip_prefix(b"\xef\xbb\xbf").unwrap_or(data);
        let yaml = [b"# JSON\n", data].concat();
        if let Ok(read) = spec::parse(FILE, &yaml) {
            assert_eq!(read.api, document.api);
        }
    }
}

/// Follows everything in a document that leads somewhere.
fn walk(document: &spec::Document) {
    for (id, schema) in document.schemas() {
        assert_eq!(document.schema(id), Some(schema));
    }
    for operation in document.operations() {
        assert!(operation.path.starts_with('/'), "{}", operation.path);
        std::hint::black_box(operation.parameters().count());
    }
}

fn judge(error: &Diagnostics) {
    assert!(error.is_fatal(), "refused without an error");
    let text = error.to_string();
    assert!(text.len() < 50_000, "{} bytes of complaints", text.len());
    for line in error.iter() {
        assert!(!line.message.is_empty() && !line.help.is_empty(), "{text}");
    }
}

fn generate(data: &[u8]) {
    let settings = Settings {
        core_path: "../stripe-core".to_owned(),
        ..Settings::default()
    };
    match codegen::generate(FILE, data, &settings) {
        Ok(generated) => assert!(generated.files.contains_key("src/lib.rs")),
        Err(error) => judge(&error),
    }
}
