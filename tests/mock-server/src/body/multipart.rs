//! `multipart/form-data` (RFC 7578), read strictly and by hand: a library that forgives would not be a judge.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::{Value, json};

use super::form::Form;
use crate::fault::Fault;

/// Marks the stand-in of a file. No name in a form has this letter in it.
const FILE: &str = "\0file";

/// What is known of a file that was uploaded, if a value stands for one.
pub(crate) fn file_of(value: &Value) -> Option<&Value> {
    value.get(FILE)
}

/// What stands for a file with this content.
pub(crate) fn as_file(content: &Value) -> Value {
    json!({ FILE: content })
}

/// Decodes the parts: texts as in a form, files as a stand-in with name, size and hash.
pub(crate) fn decode(content_type: &str, body: &[u8]) -> Result<Value, Fault> {
    let boundary = boundary(content_type)
        .ok_or_else(|| bad("`boundary` is missing in its content type, or is not valid"))?;
    let mut form = Form::default();
    let opening = format!("--{boundary}");
    let between = format!("\r\n--{boundary}");
    let mut rest = body
        .strip_prefix(opening.as_bytes())
        .ok_or_else(|| bad("the body does not start with the boundary"))?;
    loop {
        if let Some(end) = rest.strip_prefix(b"--") {
            let ends = matches!(end, b"" | b"\r\n");
            return ends
                .then(|| form.finish())
                .ok_or_else(|| bad("something follows the last boundary"));
        }
        let part = rest
            .strip_prefix(b"\r\n")
            .ok_or_else(|| bad("a boundary is not followed by a line end"))?;
        let end = find(part, between.as_bytes())
            .ok_or_else(|| bad("the last part has no boundary behind it"))?;
        let (content, after) = part.split_at(end);
        add(&mut form, content)?;
        rest = after.get(between.len()..).unwrap_or_default();
    }
}

fn bad(what: &str) -> Fault {
    Fault::invalid(format!("Invalid multipart/form-data: {what}."))
}

fn boundary(content_type: &str) -> Option<String> {
    let parameters = content_type.split(';').skip(1);
    let mut named = parameters.filter_map(|it| it.trim().split_once('='));
    let (_, value) = named.find(|(name, _)| name.eq_ignore_ascii_case("boundary"))?;
    let value = value
        .strip_prefix('"')
        .map_or(Some(value), |it| it.strip_suffix('"'))?;
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"'()+_,-./:=? ".contains(&byte);
    let good = (1..=70).contains(&value.len()) && value.bytes().all(allowed);
    good.then(|| value.to_owned())
}

/// Adds a part: head, empty line, content.
fn add(form: &mut Form, part: &[u8]) -> Result<(), Fault> {
    let split =
        find(part, b"\r\n\r\n").ok_or_else(|| bad("a part has no empty line after its head"))?;
    let (head, content) = part.split_at(split);
    let content = content.get(4..).unwrap_or_default();
    let head = std::str::from_utf8(head);
    let head = head
        .ok()
        .ok_or_else(|| bad("the head of a part is not UTF-8"))?;
    let disposition = head.split("\r\n").find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-disposition")
            .then(|| value.trim())
    });
    let disposition = disposition.ok_or_else(|| bad("a part has no Content-Disposition"))?;
    let (name, file_name) = names(disposition)
        .ok_or_else(|| bad("a Content-Disposition is not `form-data` with a quoted name"))?;
    match file_name {
        Some(file_name) => form.leaf(&name, file(&file_name, content)),
        None => {
            let text = std::str::from_utf8(content);
            let text = text
                .ok()
                .ok_or_else(|| bad("a part without a file name is not UTF-8"))?;
            form.text(&name, text.to_owned())
        }
    }
}

fn file(name: &str, content: &[u8]) -> Value {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    json!({ FILE: { "filename": name, "size": content.len(), "hash": hasher.finish() } })
}

/// `form-data; name="a"; filename="b"` as `a` and `b`.
fn names(disposition: &str) -> Option<(String, Option<String>)> {
    let mut rest = disposition.strip_prefix("form-data")?;
    let (mut name, mut file_name) = (None, None);
    while !rest.is_empty() {
        let (key, after) = rest.strip_prefix(';')?.trim_start().split_once("=\"")?;
        // Quotes inside are percent-encoded, as the living standard of HTML has it.
        let (value, after) = after.split_once('"')?;
        let value = value
            .replace("%22", "\"")
            .replace("%0D", "\r")
            .replace("%0A", "\n");
        match key {
            "name" => name = Some(value),
            "filename" => file_name = Some(value),
            _ => return None,
        }
        rest = after.trim_start();
    }
    Some((name?, file_name))
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack
        .windows(needle.len())
        .position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPE: &str = "multipart/form-data; boundary=B";
    const GOOD: &str = "--B\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\ndispute_evidence\r\n\
        --B\r\nContent-Disposition: form-data; name=\"file_link_data[create]\"\r\n\r\ntrue\r\n\
        --B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a%22b.txt\"\r\n\
        Content-Type: application/octet-stream\r\n\r\n\r\n--x\r\n--B--\r\n";

    #[test]
    fn parts_are_parameters_and_files() {
        let decoded = decode(TYPE, GOOD.as_bytes()).unwrap();
        assert_eq!(decoded["purpose"], "dispute_evidence");
        assert_eq!(decoded["file_link_data"]["create"], "true");
        let file = file_of(&decoded["file"]).unwrap();
        assert_eq!(
            (&file["filename"], &file["size"]),
            (&json!("a\"b.txt"), &json!(5))
        );
        let quoted = decode(
            "multipart/form-data; charset=x; boundary=\"B\"",
            GOOD.as_bytes(),
        );
        assert_eq!(quoted.unwrap(), decoded);
    }

    #[test]
    fn bodies_that_are_not_quite_multipart_are_refused() {
        for (from, to) in [
            ("--B--", "--B"),
            ("--B--", ""),
            ("--B--\r\n", "--B--\r\nmore"),
            ("name=\"purpose\"", "name=purpose"),
            ("form-data; name=\"purpose\"", "form-data"),
            (
                "form-data; name=\"purpose\"",
                "attachment; name=\"purpose\"",
            ),
            ("Content-Disposition: form-data; name=\"purpose\"", "X: y"),
            ("\"\r\n\r\ndispute", "\"\r\ndispute"),
            ("--B\r\nContent", "--B\nContent"),
            ("name=\"purpose\"", "name=\"file\""),
        ] {
            let body = GOOD.replacen(from, to, 1);
            assert_eq!(
                decode(TYPE, body.as_bytes()).unwrap_err().status,
                400,
                "{from} -> {to}"
            );
        }
        let broken = [GOOD.as_bytes(), b"\xff"].concat();
        assert!(decode(TYPE, &broken).is_err());
        for content_type in [
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "x; boundary=\"B",
        ] {
            assert!(
                decode(content_type, GOOD.as_bytes()).is_err(),
                "{content_type}"
            );
        }
    }
}
