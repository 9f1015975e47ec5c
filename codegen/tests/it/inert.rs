//! Whether output is nothing but what the generator means to write, whatever the document says: files in their place,
//! items of the known kinds, text of the document in string literals and doc attributes only.

use codegen::Generated;
use codegen::diagnostic::is_invisible;
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Expr, Fields, ImplItem, Item, ItemEnum, ItemStruct, Lit, Meta};

/// The only attributes.
const ATTRIBUTES: [&str; 14] = [
    "cfg",
    "cfg_attr",
    "check",
    "deprecated",
    "derive",
    "doc",
    "inline",
    "max",
    "must_use",
    "new",
    "rustfmt :: skip",
    "set",
    "shown",
    "wire",
];

/// What is wrong with the output; nothing, if all is well.
pub(crate) fn faults(generated: &Generated) -> Vec<String> {
    let mut faults = Vec::new();
    for (path, text) in &generated.files {
        faults.extend(
            verdicts(path, text)
                .iter()
                .map(|fault| format!("{path}: {fault}")),
        );
    }
    faults
}

/// What is wrong with one file.
fn verdicts(path: &str, text: &str) -> Vec<String> {
    let verdicts = [
        place(path),
        characters(text),
        comments(path, text),
        code(path, text),
    ];
    verdicts.into_iter().filter_map(Result::err).collect()
}

type Verdict = Result<(), String>;

fn wrong(what: &str, tokens: &impl ToTokens) -> Verdict {
    let text = tokens.to_token_stream().to_string();
    Err(format!(
        "{what}: {}",
        text.chars().take(300).collect::<String>()
    ))
}

/// Below the crate's folder, under a name that every disk can keep.
fn place(path: &str) -> Verdict {
    let plain = |part: &str| {
        let mut bytes = part.bytes();
        bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    };
    let source = path
        .strip_prefix("src/")
        .and_then(|path| path.strip_suffix(".rs"));
    let inside =
        source.is_some_and(|path| path.split('/').all(|part| !part.is_empty() && plain(part)));
    if inside || matches!(path, "Cargo.toml" | "README.md" | "src/expansions.txt") {
        return Ok(());
    }
    Err("a place that nobody expects".to_owned())
}

/// Nothing that hides.
fn characters(text: &str) -> Verdict {
    match text.chars().find(|c| is_invisible(*c) && *c != '\n') {
        Some(found) => Err(format!("{found:?} in the text")),
        None => Ok(()),
    }
}

/// No comment in code but the first line's.
fn comments(path: &str, text: &str) -> Verdict {
    let is_comment = |line: &&str| {
        let is_line =
            line.starts_with("//") && !line.starts_with("///") && !line.starts_with("//!");
        is_line || line.starts_with("/*")
    };
    let mut lines = text.lines().skip(1).map(str::trim_start);
    match lines.find(is_comment).filter(|_| path.ends_with(".rs")) {
        Some(line) => Err(format!("a comment: {line}")),
        None => Ok(()),
    }
}

fn code(path: &str, text: &str) -> Verdict {
    if !path.ends_with(".rs") {
        return Ok(());
    }
    let file = syn::parse_file(text).map_err(|error| error.to_string())?;
    if path != "src/lib.rs" {
        attributes(&file.attrs)?;
    }
    file.items.iter().try_for_each(item)
}

fn item(item: &Item) -> Verdict {
    match item {
        Item::Use(it) => attributes(&it.attrs),
        Item::Type(it) => attributes(&it.attrs),
        Item::Const(it) => match &*it.expr {
            Expr::Lit(_) | Expr::Reference(_) => attributes(&it.attrs),
            Expr::Call(call) if is_error_code(call) => attributes(&it.attrs),
            _ => wrong("a constant that is computed", it),
        },
        Item::Mod(it) => {
            attributes(&it.attrs)?;
            let mut inside = it.content.iter().flat_map(|(_, items)| items);
            inside.try_for_each(|item| match item {
                Item::Enum(mark) if it.ident == "kind" && mark.variants.is_empty() => {
                    attributes(&mark.attrs)
                }
                other => wrong("an item in a module", other),
            })
        }
        Item::Struct(it) => match &it.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => attributes(&it.attrs),
            _ => wrong("a struct outside the core's macros", it),
        },
        Item::Impl(it) => it.items.iter().try_for_each(member),
        Item::Macro(it) => declaration(
            &it.mac.path.to_token_stream().to_string(),
            it.mac.tokens.clone(),
        ),
        other => wrong("an unexpected item", other),
    }
}

/// `ErrorCode::new` of a text.
fn is_error_code(call: &syn::ExprCall) -> bool {
    let function = call.func.to_token_stream().to_string();
    let text = |it: &Expr| matches!(it, Expr::Lit(text) if matches!(text.lit, Lit::Str(_)));
    function == "ErrorCode :: new" && call.args.len() == 1 && call.args.iter().all(text)
}

/// The body of one of the core's macros.
fn declaration(name: &str, body: TokenStream) -> Verdict {
    let Some(name) = name.strip_prefix("stripe_core :: ") else {
        return wrong("a foreign macro", &body);
    };
    let parsed = match name {
        "object" | "params" => syn::parse2::<ItemStruct>(body).map(|it| fields(&it)),
        "open_enum" | "union" | "choice" | "either" => {
            syn::parse2::<ItemEnum>(body).map(|it| arms(&it))
        }
        "any_feature" => {
            syn::parse2::<syn::File>(body).map(|it| it.items.iter().try_for_each(item))
        }
        _ => return wrong("a foreign macro of the core", &body),
    };
    parsed.map_err(|error| format!("{name}!: {error}"))?
}

fn fields(it: &ItemStruct) -> Verdict {
    attributes(&it.attrs)?;
    it.fields.iter().try_for_each(|field| match field.ty {
        syn::Type::Path(_) => attributes(&field.attrs),
        _ => wrong("a type that is no path", field),
    })
}

fn arms(it: &ItemEnum) -> Verdict {
    attributes(&it.attrs)?;
    it.variants.iter().try_for_each(|arm| {
        attributes(&arm.attrs)?;
        match &arm.discriminant {
            None => Ok(()),
            Some((_, Expr::Lit(text))) if matches!(text.lit, Lit::Str(_)) => Ok(()),
            Some(_) => wrong("a value that is no text", arm),
        }
    })
}

/// A method does nothing but call: no block, no macro, no closure.
fn member(member: &ImplItem) -> Verdict {
    match member {
        ImplItem::Type(_) => Ok(()),
        ImplItem::Const(it) if is_table(&it.expr) => attributes(&it.attrs),
        ImplItem::Fn(it) => {
            attributes(&it.attrs)?;
            let calls = it
                .block
                .stmts
                .iter()
                .map(|it| it.to_token_stream().to_string().replace(TABLE, "table"))
                .all(|it| it.parse().is_ok_and(only_calls));
            if calls {
                Ok(())
            } else {
                wrong("a body that does more than call", it)
            }
        }
        other => wrong("an unexpected member", other),
    }
}

/// Texts, paths, and lists of them: nothing that is computed.
fn is_table(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_) | Expr::Path(_) => true,
        Expr::Reference(it) => is_table(&it.expr),
        Expr::Array(it) => it.elems.iter().all(is_table),
        Expr::Tuple(it) => it.elems.iter().all(is_table),
        Expr::Struct(it) => it.rest.is_none() && it.fields.iter().all(|it| is_table(&it.expr)),
        _ => false,
    }
}

fn only_calls(tokens: TokenStream) -> bool {
    tokens.into_iter().all(|token| match token {
        TokenTree::Group(group) => {
            group.delimiter() != proc_macro2::Delimiter::Brace && only_calls(group.stream())
        }
        TokenTree::Ident(word) => word != "unsafe" && word != "extern",
        TokenTree::Punct(mark) => !"!|".contains(mark.as_char()),
        TokenTree::Literal(_) => true,
    })
}

/// The one file that is read in, by a name that is no text of the document.
const TABLE: &str = "include_str ! (\"expansions.txt\")";

/// A path and a rule: texts, numbers, names and lists of them.
fn is_rule(tokens: TokenStream) -> bool {
    tokens.into_iter().all(|token| match token {
        TokenTree::Group(group) => is_rule(group.stream()),
        TokenTree::Punct(mark) => "&:,-".contains(mark.as_char()),
        TokenTree::Ident(_) | TokenTree::Literal(_) => true,
    })
}

fn attributes(all: &[Attribute]) -> Verdict {
    all.iter().try_for_each(|it| {
        let name = it.path().to_token_stream().to_string();
        let text = match &it.meta {
            Meta::NameValue(meta) => matches!(&meta.value, Expr::Lit(_)),
            Meta::List(list) if name == "check" => is_rule(list.tokens.clone()),
            _ => name != "doc",
        };
        if text && ATTRIBUTES.contains(&name.as_str()) {
            return Ok(());
        }
        wrong("an unexpected attribute", it)
    })
}

#[test]
fn the_committed_crate_is_inert() {
    assert_eq!(faults(crate::document::committed()), Vec::<String>::new());
}

#[test]
fn what_should_not_be_there_is_found() {
    let table = [
        ("src/a.rs", "//! Docs.\nfn f() {}\n", "an unexpected item"),
        (
            "src/a.rs",
            "\npub struct A { pub b: u8 }\n",
            "outside the core's macros",
        ),
        (
            "src/a.rs",
            "\nstripe_core::object! { pub struct A { pub b: [u8; { 1 }], } }\n",
            "no path",
        ),
        (
            "src/a.rs",
            "\nstripe_core::open_enum! { pub enum A { B = f(), } }\n",
            "no text",
        ),
        ("src/a.rs", "\nother::object! {}\n", "a foreign macro"),
        (
            "src/a.rs",
            "\nimpl A { fn f(&self) { exit!() } }\n",
            "more than call",
        ),
        (
            "src/a.rs",
            "\n#[path = \"b\"]\nmod b;\n",
            "an unexpected attribute",
        ),
        (
            "src/a.rs",
            "\n#[doc = include_str!(\"x\")]\nmod b;\n",
            "an unexpected attribute",
        ),
        (
            "src/a.rs",
            "\nstripe_core::params! { #[check(\"a\", Min(f!()))] pub struct A { pub a: i64, } }\n",
            "an unexpected attribute",
        ),
        (
            "src/a.rs",
            "\nimpl A { fn f(&self) { g(include_str!(\"other.txt\")) } }\n",
            "more than call",
        ),
        ("src/a.rs", "\n// Hidden.\n", "a comment"),
        ("src/a.rs", "\n/** Long. */\nmod b;\n", "a comment"),
        ("src/a.rs", "\n/// \u{202e}\nmod b;\n", "'\\u{202e}'"),
        ("src/../a.rs", "", "a place that nobody expects"),
        ("/src/a.rs", "", "a place that nobody expects"),
        ("src/A.rs", "", "a place that nobody expects"),
        ("build.rs", "", "a place that nobody expects"),
    ];
    for (path, text, expected) in table {
        let told = verdicts(path, text);
        assert!(
            told.len() == 1 && told[0].contains(expected),
            "{path} {text:?}: {told:?}"
        );
    }
}
