//! What is in the generated files: types with their fields, values and arms, and what each call answers with. Read from
//! the text alone, with nothing of the generator.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::{
    Expr, Fields, GenericArgument, ImplItem, Item, ItemEnum, ItemStruct, Lit, PathArguments,
    ReturnType,
};

/// A type as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ty {
    pub(super) path: String,
    pub(super) arguments: Vec<Self>,
}

/// What a name stands for.
#[derive(Clone, Debug)]
pub(super) enum Type {
    /// Fields by their names at Stripe.
    Struct(BTreeMap<String, Ty>),
    /// Texts, of a list that is open.
    List(BTreeSet<String>),
    /// Several kinds of values.
    Union(Vec<Ty>, BTreeSet<String>),
}

/// The types of a module, by name.
pub(super) type Module = BTreeMap<String, Type>;

/// All of the crate.
#[derive(Clone, Default)]
pub(super) struct Emitted {
    /// The types of all schemas, which are seen side by side.
    pub(super) schemas: Module,
    /// The type of each component schema.
    pub(super) of_schema: BTreeMap<String, String>,
    /// The types of each service, by file.
    pub(super) services: BTreeMap<String, Module>,
    /// The file of each call and what it answers with, by method and path.
    pub(super) answers: BTreeMap<(String, String), (String, Ty)>,
}

impl Ty {
    pub(super) fn name(&self) -> &str {
        self.path.rsplit("::").next().unwrap()
    }

    fn read(ty: &syn::Type) -> Self {
        let syn::Type::Path(ty) = ty else {
            return Self {
                path: ty.to_token_stream().to_string(),
                arguments: Vec::new(),
            };
        };
        let names: Vec<String> = ty
            .path
            .segments
            .iter()
            .map(|it| it.ident.to_string())
            .collect();
        let arguments = match &ty.path.segments.last().unwrap().arguments {
            PathArguments::AngleBracketed(it) => it.args.iter().filter_map(argument).collect(),
            _ => Vec::new(),
        };
        Self {
            path: names.join("::"),
            arguments,
        }
    }
}

fn argument(argument: &GenericArgument) -> Option<Ty> {
    match argument {
        GenericArgument::Type(ty) => Some(Ty::read(ty)),
        _ => None,
    }
}

impl Emitted {
    /// Reads the files; the table says which type is whose.
    pub(super) fn read(files: &BTreeMap<String, String>, names: &str) -> Self {
        let mut emitted = Self::default();
        for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".rs")) {
            emitted.add(path, text);
        }
        emitted.of_schema = schemas(names);
        emitted
            .of_schema
            .retain(|_, name| emitted.schemas.contains_key(name));
        emitted
    }

    /// Reads one file, in the place of what it said before.
    pub(super) fn add(&mut self, path: &str, text: &str) {
        let items = syn::parse_file(text).unwrap().items;
        let declared = items.iter().filter_map(declaration);
        if path.starts_with("src/schema/") {
            self.schemas.extend(declared);
            return;
        }
        self.services.insert(path.to_owned(), declared.collect());
        let answers = items.iter().flat_map(answers);
        self.answers
            .extend(answers.map(|(call, ty)| (call, (path.to_owned(), ty))));
    }
}

/// The names of component schemas, as the table has them: what is in them has a path after the id.
fn schemas(names: &str) -> BTreeMap<String, String> {
    let lines = names
        .lines()
        .filter_map(|line| line.strip_prefix("schema ")?.split_once(" -> "));
    let whole = lines.filter(|(id, _)| !id.contains(' '));
    whole
        .map(|(id, name)| (id.to_owned(), name.to_owned()))
        .collect()
}

fn declaration(item: &Item) -> Option<(String, Type)> {
    let Item::Macro(it) = item else { return None };
    if let Ok(it) = it.mac.parse_body::<ItemStruct>() {
        return Some((it.ident.to_string(), Type::Struct(fields(&it))));
    }
    let body = it.mac.parse_body::<ItemEnum>().ok()?;
    let texts = body
        .variants
        .iter()
        .filter_map(|arm| literal(&arm.discriminant.as_ref()?.1))
        .collect();
    let kinds = body.variants.iter().filter_map(|arm| match &arm.fields {
        Fields::Unnamed(fields) => Some(Ty::read(&fields.unnamed.first()?.ty)),
        _ => None,
    });
    let kinds: Vec<Ty> = kinds.collect();
    let open = it.mac.path.segments.last()?.ident == "open_enum";
    Some((
        body.ident.to_string(),
        if open {
            Type::List(texts)
        } else {
            Type::Union(kinds, texts)
        },
    ))
}

fn fields(it: &ItemStruct) -> BTreeMap<String, Ty> {
    let named = it.fields.iter().map(|field| {
        let wire = field.attrs.iter().find(|it| it.path().is_ident("wire"));
        let wire = wire.and_then(|it| literal(&it.meta.require_name_value().ok()?.value));
        (
            wire.unwrap_or_else(|| field.ident.as_ref().unwrap().to_string()),
            Ty::read(&field.ty),
        )
    });
    named.collect()
}

fn literal(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(it) => match &it.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// The calls of a service, told by what their bodies say.
fn answers(item: &Item) -> Vec<((String, String), Ty)> {
    let Item::Impl(it) = item else {
        return Vec::new();
    };
    let methods = it.items.iter().filter_map(|member| {
        let ImplItem::Fn(method) = member else {
            return None;
        };
        let ReturnType::Type(_, ty) = &method.sig.output else {
            return None;
        };
        let body = method.block.to_token_stream().to_string();
        let (_, call) = body.split_once("Operation :: ")?;
        let (constructor, rest) = call.split_once(" (")?;
        let verb = constructor.split('_').next()?.to_uppercase();
        let path = rest.split('"').nth(1)?.to_owned();
        Some(((verb, path), Ty::read(ty).arguments.pop()?))
    });
    methods.collect()
}
