//! Files read while they are sent, off the threads that run tasks. A file that is not the same from the first attempt's
//! first byte to the last one's last is an error: Stripe would get a mixture.
//!
//! A body knows it as a [`Source`], and all of it is `#[inline]`: only an application that sends files compiles it.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::task::{Context, Poll};
use std::time::SystemTime;

use bytes::Bytes;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

use super::source::{Opening, Pieces, Source};
use crate::error::Error;

/// Enough that handing pieces over costs little, and little enough to have many uploads under way.
const PIECE: u64 = 128 * 1024;

const CHANGED: &str =
    "the file changed while it was sent: call again once nothing is written to it";

/// A file at a path.
pub(crate) struct FileSource {
    /// The parameter that it stands for.
    param: String,
    path: PathBuf,
    /// What it was like when it was first opened.
    first: OnceLock<Version>,
    /// Opened for the attempt that is about to begin.
    opened: Mutex<Option<File>>,
}

/// What tells one version of a file from another.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Version {
    length: u64,
    /// Not every file system knows.
    modified: Option<SystemTime>,
}

impl Version {
    #[inline]
    fn of(metadata: &Metadata) -> Self {
        Self {
            length: metadata.len(),
            modified: metadata.modified().ok(),
        }
    }
}

impl Source for FileSource {
    /// Its length, once it was opened.
    #[inline]
    fn length(&self) -> Option<u64> {
        self.first.get().map(|version| version.length)
    }

    #[inline]
    fn open(self: Arc<Self>) -> Opening {
        Box::pin(async move {
            let (file, _) = match self.start(None, None)?.await {
                Ok(opened) => opened?,
                Err(error) => return Err(self.fail("it could not be opened").with_source(error)),
            };
            *self.opened() = Some(file);
            Ok(())
        })
    }

    #[inline]
    fn read(self: Arc<Self>) -> Box<dyn Pieces> {
        Box::new(FileReader {
            source: self,
            file: None,
            work: None,
            left: None,
        })
    }
}

impl FileSource {
    /// The file at a path, sent for this parameter.
    #[inline]
    pub(crate) fn at(param: &str, path: PathBuf) -> Arc<dyn Source> {
        Arc::new(Self {
            param: param.to_owned(),
            path,
            first: OnceLock::new(),
            opened: Mutex::new(None),
        })
    }

    /// Reads the next piece of what is `left`, or only opens it if that is unknown, on a thread that may block.
    #[inline]
    fn start(self: &Arc<Self>, file: Option<File>, left: Option<u64>) -> Result<Work, Error> {
        let runtime = Handle::try_current().map_err(|error| {
            let reason = "not in a tokio runtime: files can only be read in one";
            Error::config(reason).with_source(error)
        })?;
        let source = Arc::clone(self);
        Ok(runtime.spawn_blocking(move || match left {
            Some(left) => source.piece(file, left),
            None => Ok((source.open_now()?, Bytes::new())),
        }))
    }

    /// Opens it. This blocks, as all that follows does.
    #[inline]
    fn open_now(&self) -> Result<File, Error> {
        let refuse = |error: io::Error| {
            let reason = "it could not be opened: is it there, and may this program read it?";
            self.fail(reason).with_source(error)
        };
        // Before it is opened: opening a pipe waits for somebody to write to it.
        if !fs::metadata(&self.path).map_err(refuse)?.is_file() {
            return Err(self.fail("it is not a file: a directory, a pipe or a device"));
        }
        let file = File::open(&self.path).map_err(refuse)?;
        self.check(&file)?;
        Ok(file)
    }

    /// The next piece of what is `left` of the file, which is opened anew if it is not at hand.
    #[inline]
    fn piece(&self, file: Option<File>, left: u64) -> Result<(File, Bytes), Error> {
        let mut file = file.map_or_else(|| self.open_now(), Ok)?;
        let wanted = left.min(PIECE);
        let mut piece = vec![0; usize::try_from(wanted).unwrap_or_default()];
        file.read_exact(&mut piece).map_err(|error| {
            let shrunk = error.kind() == io::ErrorKind::UnexpectedEof;
            let reason = if shrunk {
                CHANGED
            } else {
                "it could not be read"
            };
            self.fail(reason).with_source(error)
        })?;
        if wanted == left {
            self.check(&file)?;
        }
        Ok((file, piece.into()))
    }

    /// Whether it is still what it was.
    #[inline]
    fn check(&self, file: &File) -> Result<(), Error> {
        let metadata = file.metadata();
        let metadata =
            metadata.map_err(|error| self.fail("it could not be read").with_source(error))?;
        let now = Version::of(&metadata);
        if *self.first.get_or_init(|| now) == now {
            Ok(())
        } else {
            Err(self.fail(CHANGED))
        }
    }

    #[inline]
    fn opened(&self) -> std::sync::MutexGuard<'_, Option<File>> {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The path is not told: it may hold people's names.
    #[inline]
    fn fail(&self, reason: &'static str) -> Error {
        Error::upload(&self.param, reason)
    }
}

/// A file, and the piece that is read from it.
type Work = JoinHandle<Result<(File, Bytes), Error>>;

/// A file while it is read.
struct FileReader {
    source: Arc<FileSource>,
    /// At hand between two pieces.
    file: Option<File>,
    /// The piece that is being read.
    work: Option<Work>,
    /// How many bytes are left; unknown until the first is asked for.
    left: Option<u64>,
}

impl Pieces for FileReader {
    #[inline]
    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        let left = match self.left.or_else(|| self.source.length()) {
            Some(0) => return Poll::Ready(None),
            Some(left) => left,
            None => return Poll::Ready(Some(Err(self.source.fail("it was not opened")))),
        };
        let work = match &mut self.work {
            Some(work) => work,
            None => {
                let file = self.file.take().or_else(|| self.source.opened().take());
                self.work.insert(self.source.start(file, Some(left))?)
            }
        };
        let done = std::task::ready!(Pin::new(work).poll(context));
        self.work = None;
        let (file, piece) = match done {
            Ok(read) => read?,
            Err(error) => {
                let failed = self.source.fail("it could not be read").with_source(error);
                return Poll::Ready(Some(Err(failed)));
            }
        };
        let length = u64::try_from(piece.len()).unwrap_or(u64::MAX);
        self.left = Some(left.saturating_sub(length));
        self.file = Some(file);
        Poll::Ready(Some(Ok(piece)))
    }
}
