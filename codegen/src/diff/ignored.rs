//! What two documents may differ in without a change being reported: each kind with the reason.

/// Keys of the document, and why a difference in them is none.
pub const NOT_COMPARED: &[(&str, &str)] = &[
    ("description, summary, title", "texts: counted, not listed"),
    (
        "encoding, style, explode",
        "how parameters are written follows from the path: v1 is a form, v2 is JSON",
    ),
    (
        "expand",
        "offered on every request, whatever its parameters",
    ),
    (
        "nullable, where a parameter can be cleared anyhow",
        "it is beside an empty value, or in an update of v2",
    ),
    ("operationId, tags", "calls are named by their path"),
    (
        "pattern",
        "not checked before sending: Stripe's answer says more",
    ),
    (
        "the frame of a page",
        "`has_more`, `url` and the like are the same on all pages",
    ),
    (
        "the order of lists",
        "of values, parameters and required names",
    ),
    ("x-expandableFields", "follows from the fields themselves"),
    (
        "x-stripeBypassValidation",
        "lists of values are open anyhow",
    ),
];
