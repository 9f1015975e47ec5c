// ruleid: secret-prints-itself
#[derive(Clone, Debug)]
pub struct ApiKey(Arc<str>);

// ruleid: secret-prints-itself
#[derive(Debug)]
pub(crate) struct WebhookSecret {
    text: String,
}

// ruleid: secret-prints-itself
#[derive(Debug)]
enum ProxyCredentials {
    Basic(String),
}

// ruleid: secret-prints-itself
#[derive(Debug)]
pub struct Wiped {
    text: Zeroizing<String>,
}

// ok: secret-prints-itself
#[derive(Clone)]
pub struct ClientSecret(Arc<str>);

// ok: secret-prints-itself
#[derive(Clone, Debug)]
pub struct KeyKind(u8);

// ok: secret-prints-itself
impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey")
    }
}

// ok: secret-prints-itself
#[derive(Debug)]
pub enum NothingIsASecret {}
