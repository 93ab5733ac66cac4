//! Long lines: the part around the words that matter.

/// What stands for the part left out.
const DOTS: &str = "...";

/// A line as it is shown, and how its bytes moved.
#[derive(Debug)]
pub(super) struct Cropped {
    /// The text to show.
    pub(super) text: String,
    from: usize,
    to: usize,
    lead: usize,
}

impl Cropped {
    /// Shows at most about `room` columns of `line`, with the byte `focus` among them.
    pub(super) fn new(line: &str, focus: usize, room: usize) -> Self {
        if fits(line, room) {
            return Self { text: line.to_owned(), from: 0, to: line.len(), lead: 0 };
        }
        let (before, after) = line.split_at(line.floor_char_boundary(focus));
        let room = room.saturating_sub(2 * DOTS.len());
        let ahead = take(after.chars(), room * 2 / 3);
        let behind = take(before.chars().rev(), room - ahead.columns);
        let ahead = take(after.chars(), room - behind.columns);
        let (from, to) = (before.len() - behind.bytes, before.len() + ahead.bytes);
        let lead = if from > 0 { DOTS } else { "" };
        let trail = if to < line.len() { DOTS } else { "" };
        Self { text: format!("{lead}{}{trail}", &line[from..to]), from, to, lead: lead.len() }
    }

    /// Where a span that starts at this byte starts now: on the dots if it was left out.
    pub(super) fn start(&self, byte: usize) -> usize {
        match byte {
            b if b < self.from => 0,
            b => self.lead + b.min(self.to) - self.from,
        }
    }

    /// Where a span that ends at this byte ends now: behind the dots if it was left out.
    pub(super) fn end(&self, byte: usize) -> usize {
        match byte {
            b if b > self.to => self.text.len(),
            b => self.lead + b.max(self.from) - self.from,
        }
    }
}

/// The first `room` columns of a line.
pub(super) fn head(line: &str, room: usize) -> String {
    Cropped::new(line, 0, room).text
}

struct Taken {
    bytes: usize,
    columns: usize,
}

/// As many characters as fit into `room` columns.
fn take(chars: impl Iterator<Item = char>, room: usize) -> Taken {
    let mut taken = Taken { bytes: 0, columns: 0 };
    for c in chars {
        if taken.columns + columns(c) > room {
            break;
        }
        taken.columns += columns(c);
        taken.bytes += c.len_utf8();
    }
    taken
}

fn fits(line: &str, room: usize) -> bool {
    let mut left = room;
    line.chars().all(|c| {
        let fits = columns(c) <= left;
        left = left.saturating_sub(columns(c));
        fits
    })
}

/// The most columns a character may take. Decides only where a line is cut; alignment is the renderer's.
fn columns(c: char) -> usize {
    match c {
        '\t' => 4,
        c if c.is_ascii() => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_that_matter_stay_and_keep_their_bytes() {
        let line = format!("{}here{}", "双十一".repeat(1_000), "后来".repeat(1_000));
        let at = line.find("here").unwrap();
        let cropped = Cropped::new(&line, at, 40);
        assert_eq!(cropped.text, "...双十一双十一here后来后来后来后来后...");
        assert_eq!(&cropped.text[cropped.start(at)..cropped.end(at + 4)], "here");
        assert_eq!(&cropped.text[cropped.start(0)..cropped.end(at + 4)], "...双十一双十一here");
        assert_eq!(&cropped.text[cropped.start(at)..cropped.end(line.len())], "here后来后来后来后来后...");
    }

    #[test]
    fn a_line_that_fits_is_left_alone() {
        assert_eq!(head("双十一", 6), "双十一");
        assert_eq!(head("a", 0), "...");
        assert_eq!(head("", 0), "");
    }
}
