//! Reads a packaged crate: a tar archive, packed by gzip. It reads files and their names, and writes nothing to the disk.
//!
//! Not a reader for any archive: links, devices and sparse files are refused, since no crate has them.

use std::io::Read;

use flate2::read::GzDecoder;

const BLOCK: usize = 512;

/// No crate is larger than this when unpacked.
const MOST_BYTES: u64 = 256 << 20;

/// A file of an archive: its path and its bytes.
pub(crate) type Member = (String, Vec<u8>);

/// Every file of a packaged crate.
pub(crate) fn members(packed: &[u8]) -> Result<Vec<Member>, String> {
    let mut bytes = Vec::new();
    GzDecoder::new(packed)
        .take(MOST_BYTES)
        .read_to_end(&mut bytes)
        .map_err(|error| format!("it cannot be unpacked: {error}"))?;
    let mut members = Vec::new();
    let mut long_name = None;
    let mut rest = bytes.as_slice();
    while let Some((head, after)) = rest.split_at_checked(BLOCK) {
        // The archive ends with empty blocks.
        if head.iter().all(|byte| *byte == 0) {
            return Ok(members);
        }
        let size = size(head).ok_or("a file has no size")?;
        let content = after.get(..size).ok_or("it ends inside a file")?;
        match head.get(156) {
            Some(b'L') => long_name = Some(text(content)),
            Some(b'0' | 0) => {
                let name = long_name.take().unwrap_or_else(|| name(head));
                members.push((name, content.to_vec()));
            }
            _ => return Err("it holds something that is no file".to_owned()),
        }
        rest = after
            .get(size.next_multiple_of(BLOCK)..)
            .unwrap_or_default();
    }
    Err("it has no end".to_owned())
}

/// Octal digits.
fn size(head: &[u8]) -> Option<usize> {
    let digits = text(head.get(124..136)?);
    usize::from_str_radix(digits.trim(), 8).ok()
}

fn name(head: &[u8]) -> String {
    text(head.get(..100).unwrap_or_default())
}

/// Up to the first zero byte.
fn text(bytes: &[u8]) -> String {
    let bytes = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
    String::from_utf8_lossy(bytes).into_owned()
}

/// An archive of these files, for tests.
#[cfg(test)]
pub(crate) fn pack(files: &[(&str, &str)]) -> Vec<u8> {
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    let mut archive = Vec::new();
    for (name, text) in files {
        let mut head = [0; BLOCK];
        head[..name.len()].copy_from_slice(name.as_bytes());
        head[124..135].copy_from_slice(format!("{:011o}", text.len()).as_bytes());
        head[156] = b'0';
        archive.extend(head);
        archive.extend(text.as_bytes());
        archive.resize(archive.len().next_multiple_of(BLOCK), 0);
    }
    archive.extend([0; 2 * BLOCK]);
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(&archive).unwrap();
    packer.finish().unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_out_as_they_went_in() {
        let long = "b".repeat(700);
        let packed = pack(&[("a-1/x", "one"), ("a-1/y", &long), ("a-1/z", "")]);
        let members = members(&packed).unwrap();
        let sizes: Vec<_> = members
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.len()))
            .collect();
        assert_eq!(sizes, [("a-1/x", 3), ("a-1/y", 700), ("a-1/z", 0)]);
    }

    #[test]
    fn what_is_no_archive_is_refused() {
        let packed = pack(&[("a-1/x", "one")]);
        assert!(members(b"text").is_err());
        assert!(members(&packed[..packed.len() / 2]).is_err());
    }
}
