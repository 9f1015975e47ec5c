//! What the query that an address has already and the parameters of a request become together.
//!
//! Parameters win by name: with `created` among them, a `created[gte]` of the address is dropped as well. What is to be
//! expanded is joined, without doubles, as Stripe refuses to expand the same field twice.

use crate::form;

/// Adds encoded parameters to an address. Without any, the address stays as it is.
pub(crate) fn add(mut target: String, params: &str) -> String {
    if params.is_empty() {
        return target;
    }
    let Some((path, query)) = target.split_once('?') else {
        target.push('?');
        target.push_str(params);
        return target;
    };
    format!("{path}?{}", merge(query, params))
}

/// One name and value, as they are encoded.
struct Pair<'a> {
    text: &'a str,
    /// The name without what is in brackets, decoded.
    root: String,
    value: &'a str,
}

fn pairs(query: &str) -> Vec<Pair<'_>> {
    let mut pairs = Vec::new();
    for text in query.split('&') {
        if !text.is_empty() {
            let (name, value) = text.split_once('=').unwrap_or((text, ""));
            let mut root = form::unescape(name);
            root.truncate(root.find('[').unwrap_or(root.len()));
            pairs.push(Pair { text, root, value });
        }
    }
    pairs
}

fn merge(query: &str, params: &str) -> String {
    let given = pairs(params);
    let mut all = pairs(query);
    all.retain(|pair| pair.root == EXPAND || !given.iter().any(|other| other.root == pair.root));
    all.extend(given);
    let mut merged = String::new();
    let mut expanded: Vec<String> = Vec::new();
    for pair in all {
        if pair.root == EXPAND {
            let path = form::unescape(pair.value);
            if !expanded.contains(&path) {
                expanded.push(path);
            }
        } else {
            merged.push_str(pair.text);
            merged.push('&');
        }
    }
    for (index, path) in expanded.iter().enumerate() {
        merged.push_str(&format!("{EXPAND}[{index}]="));
        form::escape_all(path, &mut merged);
        merged.push('&');
    }
    merged.pop();
    merged
}

const EXPAND: &str = "expand";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_added_to_what_is_there() {
        for (target, params, expected) in [
            ("/v1/x", "", "/v1/x"),
            ("/v1/x?a=b%2", "", "/v1/x?a=b%2"),
            ("/v1/x", "a=1", "/v1/x?a=1"),
            ("/v1/x?", "a=1", "/v1/x?a=1"),
            (
                "/v1/%20x?foo=bar%24&s",
                "baz=6",
                "/v1/%20x?foo=bar%24&s&baz=6",
            ),
            ("/v1/x?a=1&b=2", "a=3", "/v1/x?b=2&a=3"),
            ("/v1/x?%61=1&b=2", "a=3", "/v1/x?b=2&a=3"),
            ("/v1/x?a[gte]=1&a%5Blt%5D=2", "a=3", "/v1/x?a=3"),
            ("/v1/x?a[0]=1&a[1]=2", "a[0]=3", "/v1/x?a[0]=3"),
            ("/v1/x?ab=1", "a=3", "/v1/x?ab=1&a=3"),
        ] {
            assert_eq!(
                add(target.to_owned(), params),
                expected,
                "{target} {params}"
            );
        }
    }

    #[test]
    fn expansions_are_joined_without_doubles() {
        for (target, params, expected) in [
            (
                "/v1/x?expand[]=a&expand%5B%5D=data.b&c=1",
                "d=2&expand[0]=data.b&expand[1]=e",
                "/v1/x?c=1&d=2&expand[0]=a&expand[1]=data.b&expand[2]=e",
            ),
            ("/v1/x?expand[]=a", "d=2", "/v1/x?d=2&expand[0]=a"),
            ("/v1/x?expand[0]=a+b", "d=2", "/v1/x?d=2&expand[0]=a%20b"),
        ] {
            assert_eq!(add(target.to_owned(), params), expected);
        }
    }
}
