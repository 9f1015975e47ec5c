//! What only got another name: something gone and something new that are the same in all else.
//!
//! A guess, so a careful one: the texts have to be the same words, and no second candidate may exist.

use super::walk::is_same_shape;
use crate::model::{Field, Type};

/// The fields of one object that were renamed.
pub(super) fn fields<'a>(gone: &[&'a Field], come: &[&'a Field]) -> Vec<(&'a Field, &'a Field)> {
    pairs(gone, come, |one, other| {
        one.docs == other.docs
            && !one.docs.is_empty()
            && one.required == other.required
            && is_same_shape(&one.ty, &other.ty)
    })
}

/// A type that has enough to it to be recognised by, and a text.
pub(super) fn is_telling(docs: &str, ty: &Type) -> bool {
    !docs.is_empty() && !matches!(ty, Type::Object(object) if object.fields.is_empty())
}

/// The pairs of which each is the only partner of the other.
pub(super) fn pairs<'a, T>(
    gone: &[&'a T],
    come: &[&'a T],
    is_pair: impl Fn(&T, &T) -> bool,
) -> Vec<(&'a T, &'a T)> {
    let only = |mut all: Vec<&'a T>| if all.len() == 1 { all.pop() } else { None };
    let pair = |from: &&'a T| {
        let from: &'a T = from;
        let to = only(
            come.iter()
                .copied()
                .filter(|to| is_pair(from, to))
                .collect(),
        )?;
        only(gone.iter().copied().filter(|it| is_pair(it, to)).collect())?;
        Some((from, to))
    };
    gone.iter().filter_map(pair).collect()
}
