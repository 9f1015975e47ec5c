//! Which of Stripe's servers an operation is for. The addresses themselves are part of a client's configuration.

/// One of Stripe's servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Host {
    /// Nearly every operation.
    Api,
    /// Uploads, and the contents of files.
    Files,
    /// OAuth of Connect.
    Connect,
    /// The stream of meter events.
    MeterEvents,
}

impl Host {
    /// The address of Stripe's own server.
    #[must_use]
    pub const fn default_url(self) -> &'static str {
        match self {
            Self::Api => "https://api.stripe.com",
            Self::Files => "https://files.stripe.com",
            Self::Connect => "https://connect.stripe.com",
            Self::MeterEvents => "https://meter-events.stripe.com",
        }
    }
}
