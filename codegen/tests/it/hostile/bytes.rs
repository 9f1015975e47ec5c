//! Files that are no OpenAPI 3.0 document: one message that says what the file is, and where it goes wrong.

use std::fmt::Write;

use super::unreviewed;
use crate::document::pinned;

/// What is said of a file.
fn refusal(file: &str, bytes: &[u8]) -> String {
    let error = codegen::generate(file, bytes, &unreviewed()).unwrap_err();
    let text = error.to_string();
    assert!(text.starts_with(file), "{text}");
    assert!(text.len() < 2_000, "{text}");
    text
}

#[test]
fn what_is_no_openapi_3_0_document_is_refused_by_name() {
    let table: [(&[u8], &str); 14] = [
        (b"", "api: the file is empty"),
        (b" \n\t", "api: the file is empty"),
        (b"\xef\xbb\xbf", "api: the file is empty"),
        (b"\x7fELF\x00\x01", "api: the file is binary"),
        (b"\xff\xfe{\x00}\x00", "api: "),
        (b"<!DOCTYPE html><html></html>", "api: "),
        (b"null", "the document is null, not an object"),
        (b"[1, 2]", "the document is an array, not an object"),
        (b"{\"openapi\": \"3.0.0\"", "the file is cut short"),
        (b"{\"openapi\": 3}", "api#/openapi: "),
        (b"{\"swagger\": \"2.0\", \"paths\": {}}", "api#/swagger: "),
        (
            b"{\"openapi\": \"3.1.0\", \"paths\": {}}",
            "api#/openapi: OpenAPI `3.1.0` is not supported",
        ),
        (b"openapi: 3.0.0\n", "api: a document needs `info`"),
        (
            b"{\"openapi\": \"3.0.0\", \"openapi\": \"3.0.0\"}",
            "the key `openapi` stands twice",
        ),
    ];
    for (bytes, expected) in table {
        let text = refusal("api", bytes);
        assert!(text.contains(expected), "{text}\n  expected {expected}");
    }
}

#[test]
fn a_document_that_is_cut_short_is_refused_wherever_it_is_cut() {
    let bytes = pinned();
    for part in 1..20 {
        let text = refusal("api", &bytes[..bytes.len() * part / 20]);
        assert!(text.contains("cut short"), "{text}");
    }
}

#[test]
fn a_small_file_cannot_become_a_large_document() {
    let mut wide = "x0: &x0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    let mut deep = "x0: &x0 {type: string}\n".to_owned();
    for level in 1..40 {
        let below = level - 1;
        writeln!(
            wide,
            "x{level}: &x{level} [{}]",
            vec![format!("*x{below}"); 10].join(", ")
        )
        .unwrap();
        writeln!(
            deep,
            "x{level}: &x{level} {{type: object, properties: {{a: *x{below}, b: *x{below}}}}}"
        )
        .unwrap();
    }
    for bomb in [
        wide,
        deep,
        "a: &a {b: *a}\n".to_owned(),
        "[".repeat(100_000),
        "{\"a\":".repeat(100_000),
    ] {
        refusal("api", bomb.as_bytes());
    }
}
