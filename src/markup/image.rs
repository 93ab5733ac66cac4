//! Sizes of pictures, read from their first bytes, so that a page does not jump while they load.

/// Width and height in pixels of a PNG, GIF, JPEG, WebP, AVIF or SVG, as they are shown; none when the bytes do not say.
pub fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let found = match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some((be32(bytes, 16)?, be32(bytes, 20)?)),
        [b'G', b'I', b'F', b'8', ..] => Some((le16(bytes, 6)?, le16(bytes, 8)?)),
        [0xff, 0xd8, ..] => jpeg(bytes),
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', ..] => avif(bytes),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => webp(bytes),
        _ => svg(std::str::from_utf8(bytes).ok()?),
    };
    found.filter(|(width, height)| *width > 0 && *height > 0)
}

fn be16(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?)))
}

fn le16(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?)))
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// The largest of the sizes that an AVIF names: one of its own, others of tiles and previews.
fn avif(bytes: &[u8]) -> Option<(u32, u32)> {
    let head = &bytes[..bytes.len().min(AVIF_HEAD)];
    let boxes = head.windows(4).enumerate().filter(|(_, word)| word == b"ispe").map(|(at, _)| at);
    let sizes = boxes.filter_map(|at| Some((be32(bytes, at + 8)?, be32(bytes, at + 12)?)));
    sizes.max_by_key(|(width, height)| u64::from(*width) * u64::from(*height))
}

/// Where the sizes of an AVIF stand: before its picture.
const AVIF_HEAD: usize = 1 << 16;

/// Whether a photograph is to be turned by a quarter: the orientation that a camera has noted in the segment.
fn is_turned(segment: &[u8]) -> Option<bool> {
    let tiff = segment.strip_prefix(b"Exif\0\0")?;
    let is_little = tiff.starts_with(b"II");
    let pair = |at: usize| if is_little { le16(tiff, at) } else { be16(tiff, at) };
    let four = |at: usize| Some(if is_little { pair(at)? | pair(at + 2)? << 16 } else { be32(tiff, at)? } as usize);
    let directory = four(4)?;
    let entries = (0..pair(directory)? as usize).map(|n| directory + 2 + n * 12);
    let orientation = entries.into_iter().find(|at| pair(*at) == Some(0x0112))?;
    Some((5..=8).contains(&pair(orientation + 8)?))
}

/// Walks the segments up to the first frame header (SOF).
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    let mut turned = false;
    loop {
        let (mark, kind) = (*bytes.get(at)?, *bytes.get(at + 1)?);
        if mark != 0xff {
            return None;
        }
        match kind {
            0xff => at += 1,
            0xc4 | 0xc8 | 0xcc => at += 2 + be16(bytes, at + 2)? as usize,
            0xc0..=0xcf => {
                let (height, width) = (be16(bytes, at + 5)?, be16(bytes, at + 7)?);
                return Some(if turned { (height, width) } else { (width, height) });
            }
            0xe1 => {
                let end = at + 2 + be16(bytes, at + 2)? as usize;
                turned |= bytes.get(at + 4..end).and_then(is_turned).unwrap_or(false);
                at = end;
            }
            0x01 | 0xd0..=0xd8 => at += 2,
            _ => at += 2 + be16(bytes, at + 2)? as usize,
        }
    }
}

fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    match bytes.get(12..16)? {
        b"VP8 " => Some((le16(bytes, 26)? & 0x3fff, le16(bytes, 28)? & 0x3fff)),
        b"VP8L" => {
            let bits = u32::from_le_bytes(bytes.get(21..25)?.try_into().ok()?);
            Some(((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1))
        }
        b"VP8X" => {
            let triple = |at: usize| Some(le16(bytes, at)? | u32::from(*bytes.get(at + 2)?) << 16);
            Some((triple(24)? + 1, triple(27)? + 1))
        }
        _ => None,
    }
}

/// The `width` and `height` of the root, else the size of its `viewBox`.
fn svg(text: &str) -> Option<(u32, u32)> {
    let open = text.find("<svg")?;
    let tag = &text[open..open + text[open..].find('>')?];
    let attribute = |name: &str| {
        let at = tag.find(&format!(" {name}=")).or_else(|| tag.find(&format!("\n{name}=")))?;
        let value = &tag[at + name.len() + 2..];
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        value[1..].split(quote).next()
    };
    let whole = |text: &str| -> Option<u32> {
        let text = text.trim().trim_end_matches("px");
        text.split('.').next()?.parse().ok()
    };
    let stated = attribute("width").and_then(whole).zip(attribute("height").and_then(whole));
    stated.or_else(|| {
        let numbers: Vec<&str> = attribute("viewBox")?.split([' ', ',']).filter(|n| !n.is_empty()).collect();
        Some((whole(numbers.get(2)?)?, whole(numbers.get(3)?)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_from_the_first_bytes() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        png.extend([0, 0, 1, 0x40, 0, 0, 0, 0xc8]);
        assert_eq!(size(&png), Some((320, 200)));
        assert_eq!(size(b"GIF89a\x10\0\x08\0"), Some((16, 8)));
        let jpeg = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 17, 8, 0, 100, 0, 200, 0];
        assert_eq!(size(&jpeg), Some((200, 100)));
        assert_eq!(size(b"<svg xmlns=\"x\" viewBox=\"0 0 640 320.5\">"), Some((640, 320)));
        assert_eq!(size(b"<svg width='12px' height='7'>"), Some((12, 7)));
    }

    #[test]
    fn a_photograph_that_browsers_turn_is_as_high_as_it_was_wide() {
        let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0";
        let mut jpeg = vec![0xff, 0xd8, 0xff, 0xe1, 0, u8::try_from(exif.len() + 2).expect("short")];
        jpeg.extend(exif);
        jpeg.extend([0xff, 0xc0, 0, 17, 8, 0, 100, 0, 200, 0]);
        assert_eq!(size(&jpeg), Some((100, 200)));
    }

    #[test]
    fn an_avif_is_as_large_as_the_largest_it_names() {
        let mut avif = b"\0\0\0\x1cftypavif....meta".to_vec();
        for side in [16_u8, 200] {
            avif.extend(b"\0\0\0\x14ispe\0\0\0\0\0\0\0");
            avif.extend([side, 0, 0, 0, side / 2]);
        }
        assert_eq!(size(&avif), Some((200, 100)));
    }

    #[test]
    fn bytes_that_end_too_soon_have_no_size() {
        for wrong in [b"\x89PNG".as_slice(), b"\xff\xd8\xff", b"<svg", b"", b"RIFF0000WEBPVP8X"] {
            assert_eq!(size(wrong), None);
        }
    }
}
