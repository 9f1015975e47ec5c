//! How an error is printed: where, what, and what to ask Stripe about. A log may hold all of it.

use std::fmt;

use super::message::head;
use super::param::ParamName;
use super::text::Escaped;
use super::{ApiError, Error};

impl Error {
    fn write_details(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.code().map(|code| Escaped(code.as_str()));
        let decline_code = self.decline_code().map(|code| Escaped(code.as_str()));
        // Violations name their parameters themselves.
        let param = self.param().filter(|_| self.violations().is_empty());
        let param = param.map(ParamName);
        let request = self.request_id().map(Escaped);
        let details: [(&str, Option<&dyn fmt::Display>); 4] = [
            ("code", code.as_ref().map(|it| it as _)),
            ("decline code", decline_code.as_ref().map(|it| it as _)),
            ("param", param.as_ref().map(|it| it as _)),
            ("request", request.as_ref().map(|it| it as _)),
        ];
        let mut open = " (";
        for (name, value) in details {
            if let Some(value) = value {
                write!(f, "{open}{name} {value}")?;
                open = ", ";
            }
        }
        if open == ", " {
            f.write_str(")")
        } else {
            Ok(())
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((method, path)) = self.inner.exchange.route {
            write!(f, "{method} {path}: ")?;
        }
        if let Some(status) = self.status() {
            write!(f, "{status} ")?;
        }
        f.write_str(&self.inner.message)?;
        let said = self.message().map(head).unwrap_or_default();
        if !said.is_empty() {
            write!(f, ": {said}")?;
        }
        self.write_details(f)?;
        if self.inner.exchange.may_have_acted && !self.may_have_acted() {
            f.write_str("; an earlier attempt may have reached Stripe")?;
        }
        for violation in self.violations() {
            write!(f, "\n  {violation}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Error");
        out.field("kind", &self.kind());
        if let Some((method, path)) = self.inner.exchange.route {
            out.field("route", &format_args!("{method} {path}"));
        }
        if let Some(status) = self.status() {
            out.field("status", &status);
        }
        out.field("reason", &self.inner.message);
        self.debug_api(&mut out);
        if !self.violations().is_empty() {
            out.field("violations", &self.violations());
        } else if let Some(param) = self.param() {
            out.field("param", &format_args!("{}", ParamName(param)));
        }
        if let Some(id) = self.request_id() {
            out.field("request_id", &id);
        }
        out.field("outcome_unknown", &self.is_outcome_unknown());
        out.field("hint", &self.developer_hint());
        if let Some(source) = &self.inner.source {
            out.field("source", source);
        }
        out.finish_non_exhaustive()
    }
}

impl Error {
    fn debug_api(&self, out: &mut fmt::DebugStruct<'_, '_>) {
        let Some(api) = self.api() else { return };
        let ApiError {
            error_type,
            code,
            decline_code,
            advice_code,
            ..
        } = api;
        for (name, value) in [
            ("type", error_type),
            ("code", code),
            ("decline_code", decline_code),
            ("advice_code", advice_code),
        ] {
            if let Some(value) = value {
                out.field(name, value);
            }
        }
        if let Some(message) = &api.message {
            let length = message.chars().count();
            out.field("message", &format_args!("<{length} characters>"));
        }
    }
}
