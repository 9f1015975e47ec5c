//! Reads a document from a file, packed or not. Whether it is JSON or YAML, and what it says, is not looked at.

use std::fs;
use std::io::Read;
use std::path::Path;

use crate::outcome::Failure;
use crate::workspace::cannot;

/// The largest document that is read, many times Stripe's: a packed file may unpack to anything.
const MOST: u64 = 256 * 1024 * 1024;

/// The bytes of the document; a file that starts as gzip does is unpacked.
pub(super) fn document(file: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = fs::read(file).map_err(|error| cannot("read", file, &error))?;
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes);
    }
    let mut unpacked = Vec::new();
    let mut reader = flate2::read::GzDecoder::new(bytes.as_slice()).take(MOST + 1);
    reader
        .read_to_end(&mut unpacked)
        .map_err(|error| cannot("unpack", file, &error))?;
    if unpacked.len() as u64 > MOST {
        return Err(Failure::CouldNotRun(format!(
            "{}: it unpacks to more than {MOST} bytes: that is no document of Stripe's",
            file.display()
        )));
    }
    Ok(unpacked)
}
