//! The parameters of a request, taken from its query and body: every one by its full name in brackets, whichever way it was
//! sent.

use serde_json::Value;

/// Names and values.
pub(super) type Pairs = Vec<(String, String)>;

/// The pairs of a query or a form.
pub(super) fn pairs(text: &str) -> Pairs {
    let parts = text.split('&').filter(|part| !part.is_empty());
    let pairs = parts.map(|part| part.split_once('=').unwrap_or((part, "")));
    pairs
        .map(|(name, value)| {
            (
                decoded(&name.replace('+', " ")),
                decoded(&value.replace('+', " ")),
            )
        })
        .collect()
}

/// The text behind `%40` and the like. Bytes that are not UTF-8 are replaced.
pub(super) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        let hex = hex.filter(|hex| hex.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match byte.filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The members of a JSON body: `{"a": [{"b": 1}]}` is `a[0][b]` = `1`.
pub(super) fn members(body: &[u8]) -> Pairs {
    let mut pairs = Pairs::new();
    if let Ok(Value::Object(members)) = serde_json::from_slice(body) {
        for (name, value) in members {
            flatten(name, &value, &mut pairs);
        }
    }
    pairs
}

fn flatten(name: String, value: &Value, out: &mut Pairs) {
    match value {
        Value::Object(members) => {
            for (inner, value) in members {
                flatten(format!("{name}[{inner}]"), value, out);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                flatten(format!("{name}[{index}]"), value, out);
            }
        }
        Value::String(text) => out.push((name, text.clone())),
        other => out.push((name, other.to_string())),
    }
}

/// The parts of an upload. Of a file this is the content, as text.
pub(super) fn parts(body: &[u8], content_type: &str) -> Pairs {
    let Some((_, boundary)) = content_type.split_once("boundary=") else {
        return Pairs::new();
    };
    let text = String::from_utf8_lossy(body);
    let delimiter = format!("--{}", boundary.trim_matches('"'));
    let parts = text.split(delimiter.as_str()).filter_map(|part| {
        let (head, content) = part.split_once("\r\n\r\n")?;
        let (_, name) = head.split_once(" name=\"")?;
        let (name, _) = name.split_once('"')?;
        Some((name.to_owned(), content.strip_suffix("\r\n")?.to_owned()))
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pairs: &Pairs) -> String {
        let pairs = pairs.iter().map(|(name, value)| format!("{name}={value}"));
        pairs.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn forms_are_decoded() {
        let form = "email=a%40b&metadata[x%20y]=1+2&flag&100%=%zz&%C3%A4=%ff";
        let expected = "email=a@b; metadata[x y]=1 2; flag=; 100%=%zz; \u{e4}=\u{fffd}";
        assert_eq!(shown(&pairs(form)), expected);
    }

    #[test]
    fn json_is_named_as_a_form_is() {
        let json = r#"{"a":{"b":[{"c":"x"},2]},"d":null,"e":true}"#;
        assert_eq!(
            shown(&members(json.as_bytes())),
            "a[b][0][c]=x; a[b][1]=2; d=null; e=true"
        );
        assert!(members(b"[1]").is_empty() && members(b"{").is_empty());
    }

    #[test]
    fn uploads_are_taken_apart() {
        let body = "--xx\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nlogo\r\n--xx\r\n\
                    Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nHello\r\n--xx--\r\n";
        let pairs = parts(body.as_bytes(), "multipart/form-data; boundary=xx");
        assert_eq!(shown(&pairs), "purpose=logo; file=Hello");
    }
}
