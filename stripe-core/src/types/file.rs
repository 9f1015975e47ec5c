//! Files to send: their bytes, or where these come from once they are sent.
//!
//! Nothing is read here: that is for the body of the request.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::value::{Node, Value};

#[cfg(feature = "client")]
use crate::transport::{FileSource, OnceStream, Source};

/// A file to send to Stripe, <https://docs.stripe.com/file-upload>.
///
/// However large it is, no more than a piece of a file that is [read from a path](Self::from_path) or
/// [from a stream](Self::from_stream) is in memory at a time. The timeout of an attempt includes sending: a large file on a
/// slow line needs a longer one.
#[derive(Clone)]
pub struct FileUpload {
    name: String,
    content: FileContent,
}

/// Where the bytes of a file come from.
#[derive(Clone)]
#[cfg_attr(
    not(feature = "client"),
    allow(dead_code, reason = "they are read by the client alone")
)]
pub(crate) enum FileContent {
    Bytes(Arc<[u8]>),
    /// The path, and what reads it: only who sends a file names that, and compiles it.
    #[cfg(feature = "client")]
    Path(PathBuf, fn(&str, PathBuf) -> Arc<dyn Source>),
    #[cfg(not(feature = "client"))]
    Path(PathBuf),
    #[cfg(feature = "client")]
    Stream(Arc<OnceStream>),
}

impl FileUpload {
    /// A file of this name and content.
    #[must_use]
    pub fn new(name: &str, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self {
            name: name.to_owned(),
            content: FileContent::Bytes(bytes.into()),
        }
    }

    /// The file at a path, which is opened when it is sent and read again for each attempt. Stripe is told the last part of
    /// the path as its name; see [`named`](Self::named).
    ///
    /// The call fails with [`Upload`](crate::ErrorKind::Upload) and sends nothing if there is no file there or it cannot be
    /// read, and breaks off if the file changes while it is sent: half of one version never arrives with half of another.
    ///
    /// ```
    /// use stripe_core::types::FileUpload;
    ///
    /// let evidence = FileUpload::from_path("/var/scans/0815.pdf").named("receipt.pdf");
    /// assert_eq!(evidence.name(), "receipt.pdf");
    /// ```
    #[must_use]
    pub fn from_path(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Self {
            name: name.into_owned(),
            #[cfg(feature = "client")]
            content: FileContent::Path(path.to_owned(), FileSource::at),
            #[cfg(not(feature = "client"))]
            content: FileContent::Path(path.to_owned()),
        }
    }

    /// A file of this name whose content comes from a stream, with its `length` in bytes if it is known. Without one the
    /// request goes out in chunks, which a server may refuse: give it where you can.
    ///
    /// A stream can be read only once. So once the first piece was asked for, a failed attempt is not repeated, however many
    /// retries there may be; and a second call with the same file or a clone of it fails with
    /// [`Upload`](crate::ErrorKind::Upload) and sends nothing. The same error ends a call whose stream fails, or holds more
    /// or less than `length`.
    #[cfg(feature = "client")]
    #[cfg_attr(docsrs, doc(cfg(feature = "client")))]
    #[must_use]
    pub fn from_stream(
        name: &str,
        length: Option<u64>,
        stream: impl futures_core::Stream<Item = std::io::Result<bytes::Bytes>> + Send + 'static,
    ) -> Self {
        Self {
            name: name.to_owned(),
            content: FileContent::Stream(Arc::new(OnceStream::new(length, stream))),
        }
    }

    /// The same file under another name.
    #[inline]
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }

    /// The file name that Stripe is told.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The content, if it was given as bytes.
    #[inline]
    #[must_use]
    pub fn bytes(&self) -> Option<&[u8]> {
        match &self.content {
            FileContent::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    #[cfg(feature = "client")]
    pub(crate) fn content(&self) -> &FileContent {
        &self.content
    }
}

impl fmt::Debug for FileUpload {
    /// Neither the name nor the path: people's names are in them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.content {
            FileContent::Bytes(bytes) => write!(f, "<file of {} bytes>", bytes.len()),
            FileContent::Path(..) => f.write_str("<file at a path>"),
            #[cfg(feature = "client")]
            FileContent::Stream(_) => f.write_str("<file from a stream>"),
        }
    }
}

impl Value for FileUpload {
    #[inline]
    fn node(&self) -> Node<'_> {
        Node::File(self)
    }
}
