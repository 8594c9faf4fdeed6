//! Files compressed once, so that a server need not do it for every visitor.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use flate2::{Compression, write::GzEncoder};

/// Those that get smaller. Not JSON: whoever publishes the folder may edit `config.json` or a provider file,
/// and servers would go on sending the compressed old one.
const ENDINGS: [&str; 5] = ["html", "js", "css", "wasm", "svg"];

/// Writes `name.br` and `name.gz` beside every file of the folder and its folders.
pub fn compress(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            compress(&path)?;
        } else if path.extension().is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known)) {
            let bytes = fs::read(&path)?;
            fs::write(beside(&path, "br"), brotli(&bytes)?)?;
            fs::write(beside(&path, "gz"), gzip(&bytes)?)?;
        }
    }
    Ok(())
}

fn beside(path: &Path, ending: &str) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

fn brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let (quality, window) = (11, 22);
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 4096, quality, window);
    writer.write_all(bytes)?;
    Ok(writer.into_inner())
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::best());
    writer.write_all(bytes)?;
    writer.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn both_forms_unpack_to_the_file() {
        let text = "the same words ".repeat(500);
        let mut unpacked = String::new();
        let brotli = brotli(text.as_bytes()).expect("memory does not fail");
        brotli::Decompressor::new(&brotli[..], 4096).read_to_string(&mut unpacked).expect("valid brotli");
        assert_eq!(unpacked, text);
        unpacked.clear();
        let gzip = gzip(text.as_bytes()).expect("memory does not fail");
        flate2::read::GzDecoder::new(&gzip[..]).read_to_string(&mut unpacked).expect("valid gzip");
        assert_eq!(unpacked, text);
        assert!(brotli.len() < gzip.len());
    }
}
