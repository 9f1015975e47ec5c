//! Why a parameter is refused, in Stripe's words. Values are never repeated: they may be somebody's data.

use crate::fault::Fault;

/// A parameter that is not as the document wants it.
#[derive(Debug)]
pub(crate) struct Refusal {
    code: Option<&'static str>,
    message: String,
    /// As Stripe writes it: `line_items[0][price_data][currency]`.
    param: String,
    /// Whether the value was at least of the right kind. Of the arms of a union, such a one is what the client meant.
    fits: bool,
}

impl Refusal {
    /// A value of the right kind that is wrong for another reason.
    pub(crate) fn new(message: impl Into<String>, param: &str) -> Self {
        Self {
            code: None,
            message: message.into(),
            param: param.to_owned(),
            fits: true,
        }
    }

    /// A value of another kind: `Invalid array: must be …`.
    pub(crate) fn kind(kind: &str, expected: &str, param: &str) -> Self {
        Self {
            fits: false,
            ..Self::new(
                format!("Invalid {kind}: {param} must be {expected}."),
                param,
            )
        }
    }

    pub(crate) fn unknown(param: &str) -> Self {
        Self::new(format!("Received unknown parameter: {param}"), param).code("parameter_unknown")
    }

    pub(crate) fn missing(param: &str) -> Self {
        Self::new(format!("Missing required param: {param}."), param).code("parameter_missing")
    }

    pub(crate) fn empty(param: &str) -> Self {
        let message = format!(
            "You passed an empty string for '{param}'. We assume empty values are an attempt to unset a field; however \
             '{param}' cannot be unset. You should remove '{param}' from your request or supply a non-empty value."
        );
        Self::new(message, param).code("parameter_invalid_empty")
    }

    pub(crate) fn code(mut self, code: &'static str) -> Self {
        self.code = Some(code);
        self
    }

    /// Ranks it behind every other: nobody meant this arm.
    pub(crate) fn unlikely(mut self) -> Self {
        self.fits = false;
        self
    }

    /// How close the value came: the deeper a mistake lies, the more was right before it.
    pub(crate) fn closeness(&self) -> (bool, usize) {
        let depth = self.param.matches(['[', '.']).count();
        (self.fits, depth)
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        let fault = Self::invalid(refusal.message).param(&refusal.param);
        match refusal.code {
            Some(code) => fault.code(code),
            None => fault,
        }
    }
}
