//! What can go wrong, as a list to match on.

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Stripe refused the parameters (400, 404).
    InvalidRequest,
    /// Stripe did not accept the API key (401).
    Authentication,
    /// The API key may not do this (403).
    Permission,
    /// The card was declined or is wrong (402). See [`Error::user_message`](crate::Error::user_message).
    Card,
    /// Too many requests (429).
    RateLimited,
    /// An idempotency key was used again with other parameters, or is in use by another request.
    Idempotency,
    /// The short-lived session that the key belongs to is over.
    SessionExpired,
    /// Stripe refused what an OAuth call asked for: see [`Error::code`](crate::Error::code), such as
    /// [`ErrorCode::INVALID_GRANT`](crate::ErrorCode::INVALID_GRANT).
    OAuth,
    /// Stripe answered with any other error, such as a conflict (409) or a failure of its own (5xx).
    Api,
    /// Stripe **did what it was asked**, and the answer was not understood. Do not simply call again: read
    /// [`Error::raw_json`](crate::Error::raw_json), or look the result up by the request id.
    Decode,
    /// The answer is an error, but not one that Stripe writes: a proxy may stand in between.
    InvalidResponse,
    /// The answer is a redirect. They are never followed, as the API key must not go anywhere else.
    UnexpectedRedirect,
    /// The next page cannot be followed: it is said to be on another server, or was read before.
    Paging,
    /// The answer is larger than this client takes.
    BodyTooLarge,
    /// No connection was made: nothing was sent, or nothing more. An earlier attempt may have reached Stripe: see
    /// [`Error::is_outcome_unknown`](crate::Error::is_outcome_unknown).
    Connect,
    /// The server could not prove that it is Stripe, or no secure connection was made otherwise: nothing was sent, or
    /// nothing more, as for [`Connect`](Self::Connect).
    Tls,
    /// The connection broke while a request was under way.
    Connection,
    /// The time ran out. See [`Error::timeout_phase`](crate::Error::timeout_phase).
    Timeout,
    /// A parameter or an option was refused before anything was sent.
    Validation,
    /// A file could not be read to be sent, or was not the same throughout. In this attempt Stripe got nothing, or the
    /// beginning of a request that it cannot act on; [`Error::param`](crate::Error::param) is what the file was for.
    Upload,
    /// The client is not set up right: nothing was sent.
    Config,
}

/// Where the time ran out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeoutPhase {
    /// While connecting: nothing was sent, or nothing more, as for [`ErrorKind::Connect`].
    Connect,
    /// Within one attempt, after the request may have been sent.
    Attempt,
    /// Over all attempts together.
    Deadline,
    /// Between two pieces of a body that is read as a stream.
    Stream,
}

impl TimeoutPhase {
    pub(super) const fn message(self) -> &'static str {
        match self {
            Self::Connect => "no connection was made in time",
            Self::Attempt => "no complete answer came in time",
            Self::Deadline => "the deadline for all attempts passed",
            Self::Stream => "the body stalled: no more of it came in time",
        }
    }
}
