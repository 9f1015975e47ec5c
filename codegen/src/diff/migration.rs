//! What to do about a change that breaks programs, in a sentence or two.

use super::change::{Change, How, What};

/// The note for a change that breaks.
pub(super) fn note(change: &Change) -> String {
    let name = &change.name;
    let new = change.new.as_deref().unwrap_or_default();
    let old = change.old.as_deref().unwrap_or_default();
    match (change.what, change.how) {
        (What::Operation, How::Removed) => format!(
            "Stripe has no `{}` any more. Remove the call, or stay on this version of the crate, which names its own API \
             version.",
            endpoint(change)
        ),
        (What::Operation, How::Renamed) => format!("Call `{new}` where you called `{old}`."),
        (What::Operation, _) => format!("It goes as {new}, not as {old}: check what you send."),
        (What::Field, How::Removed) => {
            format!("Stop reading `{name}`. Under an older API version it is found in `extra`.")
        }
        (What::Parameter, How::Removed) => {
            format!("Stop setting `{name}`: Stripe refuses it.")
        }
        (What::Value | What::Event, How::Removed) => format!(
            "Use another value than `{name}`. Where Stripe may still answer with it, compare the text: `as_str() == \"{name}\"`."
        ),
        (What::ErrorCode, How::Removed) => {
            format!("Compare the text of the code with \"{name}\" if you still need to.")
        }
        (What::Type | What::Resource, How::Removed) => {
            format!("Stripe has no `{name}` any more. What held it is listed beside this.")
        }
        (What::Item, How::Removed) => {
            format!("`{name}` is gone with the last thing that needed it.")
        }
        (What::Field | What::Parameter | What::Type | What::Resource, How::Renamed) => {
            format!("Write `{new}` where you wrote `{old}`.")
        }
        (_, How::Retyped) => {
            format!(
                "Where you name the type of `{name}`, or take it apart, `{new}` is the one now."
            )
        }
        (_, How::MadeRequired) if change.is_of_calls() => {
            format!("Pass `{name}` to `{}`.", constructor(change))
        }
        (What::Parameter, How::Added) => format!("Pass `{name}` to `{}`.", constructor(change)),
        (_, How::MadeRequired) => format!("`{name}` is not an `Option` any more."),
        (What::Parameter, How::MadeOptional) => {
            format!("`{name}` is no argument of `new` any more: call `.{name}(…)`.")
        }
        (_, How::MadeOptional | How::MadeNullable) => {
            format!("`{name}` is an `Option` now: decide what happens without it.")
        }
        (_, How::MadeNotNullable) => format!("Stop clearing `{name}`: it has to keep a value."),
        (What::Limit, _) => {
            format!("Send at most {new}: longer texts are refused before they are sent.")
        }
        _ => format!("Check your uses of {}.", quoted(&change.items)),
    }
}

fn endpoint(change: &Change) -> &str {
    change.places.first().map_or("", |place| place.of.as_str())
}

fn constructor(change: &Change) -> &str {
    let mut items = change.items.iter();
    items
        .find(|it| it.ends_with("::new"))
        .map_or("new", String::as_str)
}

fn quoted(items: &[String]) -> String {
    let all: Vec<String> = items.iter().map(|it| format!("`{it}`")).collect();
    all.join(", ")
}
