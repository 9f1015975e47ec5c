//! Lines for the public items of one source file. It reads syntax, and resolves no name.

use quote::ToTokens;
use syn::{
    Attribute, Fields, File, ImplItem, Item, ItemEnum, ItemImpl, ItemTrait, Signature, TraitItem,
    Visibility,
};

/// Adds the lines of a file that is this module.
pub(super) fn of_file(module: &str, file: &File, lines: &mut Vec<String>) {
    of_items(module, &file.items, lines);
}

fn of_items(module: &str, items: &[Item], lines: &mut Vec<String>) {
    for item in items {
        of_item(module, item, lines);
    }
}

fn of_item(module: &str, item: &Item, lines: &mut Vec<String>) {
    let path = |name: &syn::Ident| within(module, &name.to_string());
    match item {
        Item::Fn(it) if is_public(&it.vis) => {
            lines.push(within(module, &signature(&it.sig)));
        }
        Item::Struct(it) if is_public(&it.vis) => {
            lines.push(format!("{} (struct)", path(&it.ident)));
            lines.extend(fields(&path(&it.ident), &it.fields));
        }
        Item::Enum(it) if is_public(&it.vis) => variants(&path(&it.ident), it, lines),
        Item::Trait(it) if is_public(&it.vis) => methods(&path(&it.ident), it, lines),
        Item::Type(it) if is_public(&it.vis) => {
            lines.push(format!("{} = {}", path(&it.ident), text(&it.ty)));
        }
        Item::Const(it) if is_public(&it.vis) => {
            lines.push(format!("{}: {}", path(&it.ident), text(&it.ty)));
        }
        Item::Use(it) if is_public(&it.vis) => {
            lines.push(within(module, &format!("use {}", text(&it.tree))));
        }
        Item::Mod(it) if is_public(&it.vis) && !is_for_tests(&it.attrs) => {
            lines.push(format!("{} (mod)", path(&it.ident)));
            if let Some((_, items)) = &it.content {
                of_items(&path(&it.ident), items, lines);
            }
        }
        Item::Macro(it) if it.attrs.iter().any(|it| it.path().is_ident("macro_export")) => {
            lines.extend(it.ident.as_ref().map(|name| format!("{name}! (macro)")));
        }
        Item::Impl(it) if !is_for_tests(&it.attrs) => implemented(module, it, lines),
        _ => {}
    }
}

fn within(module: &str, name: &str) -> String {
    if module.is_empty() {
        name.to_owned()
    } else if let Some(used) = name.strip_prefix("use ") {
        format!("{module}: use {used}")
    } else {
        format!("{module}::{name}")
    }
}

fn variants(path: &str, it: &ItemEnum, lines: &mut Vec<String>) {
    lines.push(format!("{path} (enum)"));
    for variant in &it.variants {
        lines.push(format!(
            "{path}::{}{}",
            variant.ident,
            text(&variant.fields)
        ));
    }
}

fn methods(path: &str, it: &ItemTrait, lines: &mut Vec<String>) {
    lines.push(format!("{path} (trait)"));
    for item in &it.items {
        match item {
            TraitItem::Fn(it) => lines.push(format!("{path}::{}", signature(&it.sig))),
            TraitItem::Type(it) => lines.push(format!("{path}::{} (type)", it.ident)),
            TraitItem::Const(it) => lines.push(format!("{path}::{}: {}", it.ident, text(&it.ty))),
            _ => {}
        }
    }
}

fn fields(path: &str, fields: &Fields) -> Vec<String> {
    let public = fields
        .iter()
        .enumerate()
        .filter(|(_, field)| is_public(&field.vis));
    let lines = public.map(|(index, field)| {
        let name = field
            .ident
            .as_ref()
            .map_or_else(|| index.to_string(), ToString::to_string);
        format!("{path}.{name}: {}", text(&field.ty))
    });
    lines.collect()
}

/// The public methods of a type, and the traits that it has. A type that is not public shows too: its trait may be.
fn implemented(module: &str, it: &ItemImpl, lines: &mut Vec<String>) {
    let of = text(&it.self_ty);
    let name = of.split('<').next().unwrap_or_default();
    if let Some((of_trait, _)) = &it.trait_ {
        lines.push(format!("{}: {}", within(module, name), text(of_trait)));
        return;
    }
    for item in &it.items {
        match item {
            ImplItem::Fn(it) if is_public(&it.vis) => {
                lines.push(format!("{}::{}", within(module, name), signature(&it.sig)));
            }
            ImplItem::Const(it) if is_public(&it.vis) => {
                lines.push(format!(
                    "{}::{}: {}",
                    within(module, name),
                    it.ident,
                    text(&it.ty)
                ));
            }
            _ => {}
        }
    }
}

const fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|it| text(it).contains("cfg(test)"))
}

/// `new(size: &T) -> Self`
fn signature(signature: &Signature) -> String {
    let text = text(signature);
    match text.split_once("fn ") {
        Some((before, rest)) if before.contains("async") => format!("async {rest}"),
        Some((_, rest)) => rest.to_owned(),
        None => text,
    }
}

/// Tokens as people write them.
fn text(tokens: &impl ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string();
    text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (wide, narrow) in [
        (" :: ", "::"),
        (":: ", "::"),
        (" ::", "::"),
        (" < ", "<"),
        ("< ", "<"),
        (" <", "<"),
        (" >", ">"),
        (" ,", ","),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        ("& ", "&"),
        (" :", ":"),
        (", )", ")"),
        (",)", ")"),
        (" ;", ";"),
        ("- >", "->"),
        ("# [", "#["),
        (" !", "!"),
        ("[ ", "["),
        (" ]", "]"),
        (" ?", "?"),
    ] {
        text = text.replace(wide, narrow);
    }
    text.replace(">->", "> ->").replace(")->", ") ->")
}
