//! The core without the client, and in the client's place what generated services need of it: so that goldens compile
//! in seconds, with no HTTP and TLS under them. The real client is under the committed crate.

pub use core_without_client::*;

/// The client.
#[derive(Clone, Debug)]
pub struct Client(());

impl Client {
    /// Starts a client.
    pub fn builder(_: ApiKey) -> ClientBuilder {
        ClientBuilder(())
    }

    /// Starts a client that asks for its key.
    pub fn builder_with_key_provider(_: impl KeyProvider) -> ClientBuilder {
        ClientBuilder(())
    }
}

/// A client's settings.
#[derive(Debug)]
pub struct ClientBuilder(());

impl ClientBuilder {
    /// Sets the version of the generated crate.
    pub fn default_api_version(self, _: &str) -> Self {
        self
    }

    /// Sets what can be expanded.
    pub fn expansions(self, _: &'static str) -> Self {
        self
    }

    /// Builds the client.
    pub fn build(self) -> Result<Client, Error> {
        Ok(Client(()))
    }
}

/// A key.
#[derive(Debug)]
pub struct ApiKey(());

impl ApiKey {
    /// Takes a key.
    pub fn new(_: impl Into<String>) -> Result<Self, Error> {
        Ok(Self(()))
    }

    /// Reads a key.
    pub fn from_env() -> Result<Self, Error> {
        Ok(Self(()))
    }
}

/// Gives keys.
pub trait KeyProvider {}

/// A key to come.
#[derive(Debug)]
pub struct KeyFuture(());

/// A context.
#[derive(Debug)]
pub struct StripeContext(());

/// A server.
#[derive(Debug)]
pub enum Host {
    /// The usual one.
    Api,
    /// OAuth.
    Connect,
    /// Files.
    Files,
    /// Meter events.
    MeterEvents,
}

/// An operation.
#[derive(Debug)]
pub struct Operation(pub &'static str, pub Host);

macro_rules! constructors {
    ($($name:ident)*) => {
        impl Operation {
            $(#[doc = stringify!($name)] pub const fn $name(path: &'static str) -> Self { Self(path, Host::Api) })*
        }
    };
}

constructors!(get delete post_form post_json post_multipart);

impl Operation {
    /// On another server.
    pub fn host(self, host: Host) -> Self {
        Self(self.0, host)
    }
}

/// A request.
#[derive(Debug)]
pub struct Request<T>(std::marker::PhantomData<fn() -> T>);

/// A response.
#[derive(Debug)]
pub struct Response<T>(pub T);

impl<T: decode::Decode> Request<T> {
    /// A request; as many ids as the path has parameters.
    pub fn new(_: &Client, operation: Operation, ids: &[&str]) -> Self {
        assert_eq!(operation.0.matches('{').count(), ids.len());
        Self(std::marker::PhantomData)
    }

    /// With parameters.
    pub fn params(self, _: impl value::Params) -> Self {
        self
    }
}
