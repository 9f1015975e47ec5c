//! The server as a value: started in a test or by the command line, stopped when it is dropped.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use tokio::sync::oneshot;

use crate::connection;
use crate::document::{Document, DocumentError};
use crate::event::Event;
use crate::failures::Failure;
use crate::ledger::Ledger;
use crate::synthesise::{Fill, Style};
use crate::world::World;

/// How many objects every list has that nobody created: three pages of the usual length.
const ITEMS: usize = 25;

/// A mock of Stripe on this machine, in a thread of its own.
///
/// It can be started within any async runtime, or none. Dropping it ends it.
///
/// ```
/// use mock_server::{Failure, MockServer};
///
/// # fn main() -> Result<(), mock_server::StartError> {
/// let stripe = MockServer::builder().items(3).start()?;
/// stripe.fail(Failure::on("POST", "/v1/charges").call(1).status(503));
/// assert!(stripe.url().starts_with("http://127.0.0.1:"));
/// assert!(!stripe.ledger().missing().is_empty());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct MockServer {
    address: SocketAddr,
    url: String,
    world: Arc<World>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Why a server does not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The document cannot be served.
    Document(DocumentError),
    /// There is no `spec/openapi.json` above the current folder, and no other document was named.
    NoDocument,
    /// The port is taken, or the system gives no socket or thread.
    Io(io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document(error) => error.fmt(f),
            Self::NoDocument => f.write_str(
                "no spec/openapi.json in this folder or above it; name a document, as `--spec FILE` does",
            ),
            Self::Io(error) => write!(f, "cannot listen on this machine: {error}"),
        }
    }
}

impl std::error::Error for StartError {}

impl From<io::Error> for StartError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<DocumentError> for StartError {
    fn from(error: DocumentError) -> Self {
        Self::Document(error)
    }
}

/// What a server is started with.
#[derive(Clone, Debug)]
pub struct Builder {
    port: u16,
    document: Option<Arc<Document>>,
    style: Style,
    items: usize,
}

impl Builder {
    /// Listens on this port of 127.0.0.1; 0, the default, takes a free one.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Serves this document in place of the repository's own.
    #[must_use]
    pub fn document(mut self, document: Arc<Document>) -> Self {
        self.document = Some(document);
        self
    }

    /// How many objects every list has beside those that were created; 25 by default. With 0, lists hold exactly what
    /// was created.
    #[must_use]
    pub fn items(mut self, items: usize) -> Self {
        self.items = items;
        self
    }

    /// Which arm of unions and which value of enums answers have; 0 by default. The header `Mock-Variant` does it for
    /// one request.
    #[must_use]
    pub fn variant(mut self, variant: usize) -> Self {
        self.style.variant = variant;
        self
    }

    /// How much of an object answers fill. The header `Mock-Fill` does it for one request.
    #[must_use]
    pub fn fill(mut self, fill: Fill) -> Self {
        self.style.fill = fill;
        self
    }

    /// Adds a member that the document does not name to every object. The header `Mock-Unknown-Members` does it for one
    /// request.
    #[must_use]
    pub fn unknown_members(mut self, add: bool) -> Self {
        self.style.unknown_members = add;
        self
    }

    /// Starts the server. It listens when this returns.
    ///
    /// # Errors
    ///
    /// If the document cannot be read, or the port cannot be had.
    pub fn start(self) -> Result<MockServer, StartError> {
        let document = match self.document {
            Some(document) => document,
            None => default_document()?,
        };
        let runtime = connection::runtime()?;
        let listener = connection::listen(&runtime, self.port)?;
        let address = listener.local_addr()?;
        let world = Arc::new(World::new(document, self.style, self.items));
        let (stop, stopped) = oneshot::channel();
        let serving = Arc::clone(&world);
        let thread = std::thread::Builder::new().name("mock-server".to_owned());
        let thread =
            thread.spawn(move || connection::serve(&runtime, &listener, &serving, stopped))?;
        Ok(MockServer {
            url: format!("http://{address}"),
            address,
            world,
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}

impl MockServer {
    /// A server that is not started yet.
    #[must_use]
    pub fn builder() -> Builder {
        Builder {
            port: 0,
            document: None,
            style: Style::default(),
            items: ITEMS,
        }
    }

    /// Starts a server with the repository's document on a free port.
    ///
    /// # Errors
    ///
    /// As [`Builder::start`].
    pub fn start() -> Result<Self, StartError> {
        Self::builder().start()
    }

    /// The base URL, without a slash at the end. All of Stripe's hosts are served there.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The address.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The document that is served.
    #[must_use]
    pub fn document(&self) -> &Arc<Document> {
        &self.world.document
    }

    /// What was used of the document so far.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.world.ledger
    }

    /// Makes happen to an object what no call can, such as `checkout.session.completed`: its status becomes what the
    /// event says. [`Endpoint::deliver`](crate::Endpoint::deliver) delivers the event.
    ///
    /// `None` if no such object was created here, for the account of the key itself, or if events of this type are about
    /// others.
    #[must_use]
    pub fn event(&self, name: &str, object: &str) -> Option<Event> {
        self.world.event(name, object)
    }

    /// Injects a failure from now on. Several hold at once: their latencies add up, and the first ending holds.
    pub fn fail(&self, failure: Failure) {
        self.world.failures.add(failure);
    }

    /// Injects no failure any more.
    pub fn clear_failures(&self) {
        self.world.failures.clear();
    }

    /// Forgets objects, idempotency keys and the ledger; the calls of failures are counted from the start.
    pub fn reset(&self) {
        self.world.reset();
    }

    /// Serves until the process ends.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            // A panic was printed by the thread itself.
            let _ = thread.join();
        }
    }
}

impl Drop for MockServer {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Document {
    /// The repository's own document, which is read once in a process.
    ///
    /// # Errors
    ///
    /// If there is none here, or it cannot be served.
    pub fn vendored() -> Result<Arc<Self>, StartError> {
        default_document()
    }
}

/// The repository's document, read once in a process.
pub(crate) fn default_document() -> Result<Arc<Document>, StartError> {
    static DOCUMENT: Mutex<Option<Arc<Document>>> = Mutex::new(None);
    let mut known = DOCUMENT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(document) = &*known {
        return Ok(Arc::clone(document));
    }
    let file = default_file().ok_or(StartError::NoDocument)?;
    let document = Arc::new(Document::load(&file)?);
    *known = Some(Arc::clone(&document));
    Ok(document)
}

/// `spec/openapi.json` of the workspace that this was built in, or in a folder around the current one.
fn default_file() -> Option<PathBuf> {
    let name = "spec/openapi.json";
    let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
    let current = std::env::current_dir().unwrap_or_default();
    let folders = built_in.into_iter().chain(current.ancestors());
    let mut files = folders.map(|folder| folder.join(name));
    files.find(|file| file.is_file())
}
