//! The methods of the generated crate, read from its text: Rust has no reflection that could list them.

pub(crate) mod types;

use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use self::types::Types;
use crate::document::repository;

/// One method that makes a request.
#[derive(Clone, Debug)]
pub(crate) struct Method {
    /// The file and the name, for messages.
    pub(crate) place: String,
    /// The arguments but for `self`, with their types and without spaces.
    pub(crate) arguments: Vec<(String, String)>,
    /// The constructor of the operation, such as `post_form`.
    pub(crate) constructor: String,
    /// The path with its parameters in braces.
    pub(crate) path: String,
    /// The host, if one is set.
    pub(crate) host: Option<String>,
    /// What is passed for the parameters of the path, in order.
    pub(crate) ids: Vec<String>,
    /// Whether the argument `params` is passed on.
    pub(crate) has_params: bool,
    /// The types of the file, where those of the parameters are.
    pub(crate) types: Arc<Types>,
}

const OPERATION: &str = "stripe_core::Operation::";

/// All of them.
pub(crate) fn methods() -> &'static [Method] {
    static METHODS: LazyLock<Vec<Method>> = LazyLock::new(read);
    &METHODS
}

fn read() -> Vec<Method> {
    let mut files = Vec::new();
    collect(&repository("stripe-generated/src"), &mut files);
    let mut methods = Vec::new();
    for (name, text) in files {
        let text = without_comments(&text);
        let types = Arc::new(Types::read(&text));
        let code: String = text.split_whitespace().collect();
        for (at, _) in code.match_indices(OPERATION) {
            let (before, after) = code.split_at(at);
            methods.push(method(&name, &types, before, &after[OPERATION.len()..]));
        }
    }
    methods
}

fn collect(folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push((
                path.display().to_string(),
                fs::read_to_string(&path).unwrap(),
            ));
        }
    }
}

/// The code alone.
pub(crate) fn without_comments(text: &str) -> String {
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// `before` ends inside of a method, where `after` goes on with the constructor of its operation.
fn method(file: &str, types: &Arc<Types>, before: &str, after: &str) -> Method {
    let signature = &before[before.rfind("pubfn").unwrap() + "pubfn".len()..];
    let (name, rest) = signature
        .split_once("(&self,")
        .or_else(|| signature.split_once("(&self"))
        .unwrap();
    let (arguments, _) = rest.split_once(")->").unwrap();
    let arguments = arguments
        .split(',')
        .filter_map(|argument| argument.split_once(':'));
    let (constructor, rest) = after.split_once("(\"").unwrap();
    let (path, rest) = rest.split_once('"').unwrap();
    let (operation, rest) = rest.split_once(';').unwrap();
    let host = operation
        .split_once("stripe_core::Host::")
        .map(|(_, host)| host.trim_end_matches(')').to_owned());
    let rest = rest
        .strip_prefix("stripe_core::Request::new(&self.0,operation,&[")
        .unwrap();
    let (ids, rest) = rest.split_once(']').unwrap();
    Method {
        place: format!("{file}: {name}"),
        arguments: arguments
            .map(|(name, ty)| (name.to_owned(), ty.to_owned()))
            .collect(),
        constructor: constructor.to_owned(),
        path: path.to_owned(),
        host,
        ids: ids
            .split(',')
            .filter(|id| !id.is_empty())
            .map(str::to_owned)
            .collect(),
        has_params: rest
            .trim_start_matches([',', ')'])
            .starts_with(".params(params)"),
        types: Arc::clone(types),
    }
}
