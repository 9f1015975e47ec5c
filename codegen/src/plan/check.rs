//! Rules that a parameter type states beside the limits of its fields: what single fields have to be, and where an
//! operation is stricter than the types that it shares with others.

use super::item::Check;
use super::types::{ITEM, Module};
use crate::diagnostic::is_invisible;
use crate::model::{Field, Object, Rule, Type};

/// What a field states of itself; `path` leads to it in the module.
pub(super) fn of_field(module: &Module<'_>, field: &Field, path: &[String]) -> Vec<Rule> {
    let mut rules = field.rules.clone();
    // What has to be given and cannot be cleared is an argument of `new`.
    if field.required && field.clearable {
        rules.push(Rule::Required);
    }
    rules.extend(not_listed(module, field, path));
    rules.sort();
    rules
}

/// The values that the type of a field has and the document does not list here.
fn not_listed(module: &Module<'_>, field: &Field, path: &[String]) -> Option<Rule> {
    let (path, listed) = listed(&field.ty, path.to_vec())?;
    let of_type = module.values.get(&path)?;
    others(of_type, listed, field.open)
}

fn others(all: &[String], listed: &[String], open: bool) -> Option<Rule> {
    let others = all.iter().filter(|value| !listed.contains(value));
    let others: Vec<String> = others.cloned().collect();
    (!open && !others.is_empty()).then_some(Rule::NotListed(others))
}

/// The list of values of a type, and the path to where it is declared.
fn listed(ty: &Type, mut path: Vec<String>) -> Option<(Vec<String>, &[String])> {
    match ty {
        Type::Enum(values) => Some((path, values)),
        Type::Nullable(inner) => listed(inner, path),
        Type::List(item) | Type::Map(item) => {
            path.last_mut()?.push_str(ITEM);
            listed(item, path)
        }
        _ => None,
    }
}

/// The rules of a type for itself: for its own fields, and for what is in them.
pub(super) fn all(
    own: impl Iterator<Item = (String, Vec<Rule>)>,
    inside: Vec<Check>,
) -> Vec<Check> {
    let own = own.flat_map(|(wire, rules)| {
        rules.into_iter().map(move |rule| Check {
            path: vec![wire.clone()],
            rule,
        })
    });
    let mut all: Vec<Check> = own.chain(inside).collect();
    // A dot is what separates the names of a path.
    all.retain(|check| !check.path.iter().any(|name| name.contains('.')));
    all.sort();
    all
}

/// Where what an operation has at `path` is stricter than the shared type there.
pub(super) fn departures(own: &Type, shared: &Type, path: &[String], found: &mut Vec<Check>) {
    match (own, shared) {
        (Type::Object(own), Type::Object(shared)) => of_objects(own, shared, path, found),
        (
            Type::List(own) | Type::Map(own) | Type::Nullable(own),
            Type::List(shared) | Type::Map(shared) | Type::Nullable(shared),
        ) => {
            departures(own, shared, path, found);
        }
        (own, Type::Nullable(shared)) => departures(own, shared, path, found),
        (Type::Choice(arms), shared) => {
            for own in arms {
                departures(own, shared, path, found);
            }
        }
        // Of each kind there is one arm.
        (own, Type::Choice(arms)) => {
            for shared in arms {
                departures(own, shared, path, found);
            }
        }
        _ => {}
    }
}

/// Where an operation can clear nothing at all, that is one rule, with no path.
pub(super) fn stated_once(mut found: Vec<Check>, params: &Object) -> Vec<Check> {
    let clears = |check: &Check| check.rule == Rule::NotCleared;
    if found.iter().any(clears) && !has_clearable(params) {
        found.retain(|check| !clears(check));
        found.push(Check {
            path: Vec::new(),
            rule: Rule::NotCleared,
        });
    }
    found
}

fn has_clearable(object: &Object) -> bool {
    let mut fields = object.fields.iter();
    fields.any(|field| {
        let mut inside = false;
        field.ty.walk(&mut |ty| {
            let Type::Object(object) = ty else { return };
            inside |= object.fields.iter().any(|field| field.clearable);
        });
        field.clearable || inside
    })
}

fn of_objects(own: &Object, shared: &Object, path: &[String], found: &mut Vec<Check>) {
    for shared in &shared.fields {
        let path = [path, std::slice::from_ref(&shared.wire)].concat();
        let own = own.fields.iter().find(|own| own.wire == shared.wire);
        let rules = match own {
            Some(own) => stricter(own, shared),
            None => vec![Rule::Unknown],
        };
        found.extend(rules.into_iter().map(|rule| Check {
            path: path.clone(),
            rule,
        }));
        if let Some(own) = own {
            departures(&own.ty, &shared.ty, &path, found);
        }
    }
}

fn stricter(own: &Field, shared: &Field) -> Vec<Rule> {
    let new = own.rules.iter().filter(|rule| !shared.rules.contains(rule));
    let mut rules: Vec<Rule> = new.cloned().collect();
    if own.required && !shared.required {
        rules.push(Rule::Required);
    }
    if shared.clearable && !own.clearable {
        rules.push(Rule::NotCleared);
    }
    if own.max > 0 && own.max != shared.max {
        rules.push(Rule::MaxLength(own.max));
    }
    let values = listed(&own.ty, vec![String::new()]).zip(listed(&shared.ty, vec![String::new()]));
    rules.extend(values.and_then(|((_, own_values), (_, all))| others(all, own_values, own.open)));
    rules
}

/// A rule in words, of which the subject is missing.
fn in_words(rule: &Rule) -> String {
    match rule {
        Rule::Required => "has to be given".into(),
        Rule::Unknown => "is no parameter of this operation".into(),
        Rule::NotCleared => "cannot be cleared".into(),
        Rule::MaxLength(most) => format!("has {most} characters at most"),
        Rule::MinLength(least) => format!("has {least} characters or more"),
        Rule::Min(least) => format!("is {least} or more"),
        Rule::Max(most) => format!("is {most} or less"),
        Rule::MinItems(least) => format!("has {least} items or more"),
        Rule::MaxItems(most) => format!("has {most} items at most"),
        Rule::Pattern(pattern) => format!("is of the pattern {}", code(&pattern.text)),
        Rule::NotListed(values) => {
            let values: Vec<String> = values.iter().map(|value| code(value)).collect();
            format!("is not {}", values.join(" or "))
        }
        Rule::Email => "is an email address".into(),
        Rule::Country => "is a country code of two letters".into(),
        Rule::Without(other) => format!("does not go together with {}", code(other)),
    }
}

/// Text of the document as code in Markdown, of which it cannot break out.
fn code(text: &str) -> String {
    let inert = text.chars().map(|c| match c {
        '`' => '\'',
        c if is_invisible(c) => '?',
        c => c,
    });
    format!("`{}`", inert.collect::<String>())
}

/// The same about a field, in sentences.
pub(super) fn sentences(rules: &[Rule]) -> Vec<String> {
    let bound = |of: fn(&Rule) -> Option<i64>| rules.iter().find_map(of);
    let least = bound(|rule| match rule {
        Rule::Min(least) => Some(*least),
        _ => None,
    });
    let most = bound(|rule| match rule {
        Rule::Max(most) => Some(*most),
        _ => None,
    });
    let range = least.zip(most);
    let rest = rules
        .iter()
        .filter(|rule| range.is_none() || !matches!(rule, Rule::Min(_) | Rule::Max(_)));
    let range = range.map(|(least, most)| format!("is {least} to {most}"));
    let all = range.into_iter().chain(rest.map(in_words));
    all.map(|words| sentence(&words)).collect()
}

fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(chars).chain(['.']).collect()
}

/// The same about what stands inside a field.
pub(super) fn about_inside(check: &Check) -> String {
    if check.path.is_empty() {
        return "Here nothing can be cleared.".to_owned();
    }
    let path = code(&check.path.join("."));
    format!("Here {path} {}.", in_words(&check.rule))
}
