//! Chinese, Japanese and Korean text: emphasis beside full-width marks, and line ends that are no space.

use std::borrow::Cow;
use std::ops::Range;

/// Text with an invisible sign put beside each emphasis run that CommonMark would not see, and the way back.
///
/// CommonMark decides by spaces and punctuation whether `**` opens or closes, so `**重点：**内容` prints its
/// asterisks. One character that is neither, on the punctuated side of such a run, makes it count. The signs
/// are dropped from all that is read, and offsets are counted without them.
#[derive(Debug)]
pub(crate) struct Guarded<'t> {
    text: Cow<'t, str>,
    /// Offsets in the original text before which a sign stands, ascending.
    at: Vec<usize>,
    sign: char,
}

impl<'t> Guarded<'t> {
    /// The text as it is, for plain CommonMark.
    pub(crate) fn plain(text: &'t str) -> Self {
        Self { text: Cow::Borrowed(text), at: Vec::new(), sign: '\u{2060}' }
    }

    /// Puts the signs where they are needed; most texts are borrowed as they are.
    pub(crate) fn new(text: &'t str) -> Self {
        let at = places(text);
        if at.is_empty() {
            return Self::plain(text);
        }
        // A sign the author uses would vanish from their text; a private character that is not in it does as well.
        let free = |c: &char| !text.contains(*c);
        let sign = std::iter::once('\u{2060}').chain('\u{e000}'..='\u{f8ff}').find(free).unwrap_or('\u{2060}');
        let mut guarded = String::with_capacity(text.len() + at.len() * sign.len_utf8());
        let mut from = 0;
        for &place in &at {
            guarded.push_str(&text[from..place]);
            guarded.push(sign);
            from = place;
        }
        guarded.push_str(&text[from..]);
        Self { text: Cow::Owned(guarded), at, sign }
    }

    /// What the parser reads.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether any sign was put in.
    pub(crate) fn is_changed(&self) -> bool {
        !self.at.is_empty()
    }

    /// The sign, to be dropped from what the parser hands on.
    pub(crate) fn sign(&self) -> char {
        self.sign
    }

    /// The place in the original text of a place in [`text`](Self::text).
    pub(crate) fn back(&self, offset: usize) -> usize {
        if self.at.is_empty() {
            return offset;
        }
        let len = self.sign.len_utf8();
        // The i-th sign stands at `at[i] + i * len`; binary search for those wholly before `offset`.
        let (mut low, mut high) = (0, self.at.len());
        while low < high {
            let mid = usize::midpoint(low, high);
            if self.at[mid] + (mid + 1) * len <= offset { low = mid + 1 } else { high = mid }
        }
        let place = offset - low * len;
        self.at.get(low).map_or(place, |&next| place.min(next))
    }

    /// A range in the original text.
    pub(crate) fn back_range(&self, range: Range<usize>) -> Range<usize> {
        self.back(range.start)..self.back(range.end)
    }
}

/// A run of `*`, or `~~`.
struct Run {
    start: usize,
    end: usize,
    before: Before,
    after: char,
    /// Whether a sign stands before it, and after it.
    signs: (bool, bool),
}

impl Run {
    /// Whether it may open under the friendly rule.
    fn opens(&self) -> bool {
        let Before { sign, is_punctuation: is_marked, is_cjk: is_wide } = self.before;
        let fits = || is_marked || is_wide || sign.is_whitespace() || is_cjk(self.after);
        !self.after.is_whitespace() && (!is_punctuation(self.after) || fits())
    }

    /// Whether it may close under the friendly rule.
    fn closes(&self) -> bool {
        let Before { sign, is_punctuation: is_marked, is_cjk: is_wide } = self.before;
        let fits = || is_wide || is_cjk(self.after) || self.after.is_whitespace() || is_punctuation(self.after);
        !sign.is_whitespace() && (!is_marked || fits())
    }
}

/// Where signs are needed: the rule of `markdown-cjk-friendly` against CommonMark's, for `*` and `~~`.
fn places(text: &str) -> Vec<usize> {
    if text.is_ascii() {
        return Vec::new();
    }
    let bytes = text.as_bytes();
    let mut runs: Vec<Run> = Vec::new();
    let mut i = 0;
    while let Some(step) = bytes[i..].iter().position(|b| matches!(b, b'*' | b'~' | b'\\')) {
        let start = i + step;
        let mark = bytes[start];
        if mark == b'\\' {
            i = start + if bytes.get(start + 1).is_some_and(u8::is_ascii_punctuation) { 2 } else { 1 };
            continue;
        }
        let length = bytes[start..].iter().take_while(|&&b| b == mark).count();
        let end = start + length;
        i = end;
        if mark == b'*' || length == 2 {
            let (before, after) = neighbours(text, start, end);
            let mut run = Run { start, end, before, after, signs: (false, false) };
            // A sign on one side makes a run open or close whatever stands on the other; bars stay bare for tables.
            if is_punctuation(after) && !run.before.is_punctuation && !run.before.sign.is_whitespace() {
                run.signs.1 = run.opens() && after != '|';
            } else if run.before.is_punctuation && !is_punctuation(after) && !after.is_whitespace() {
                run.signs.0 = run.closes() && run.before.sign != '|';
            }
            runs.push(run);
        }
    }
    share(&mut runs);
    let places = |run: &Run| [run.signs.0.then_some(run.start), run.signs.1.then_some(run.end)];
    let mut found: Vec<usize> = runs.iter().flat_map(places).flatten().collect();
    found.dedup();
    found
}

/// A sign between two runs is both runs' neighbour: what it takes from one, a sign on its other side gives back.
fn share(runs: &mut [Run]) {
    for i in 1..runs.len() {
        if runs[i - 1].end == runs[i].start && runs[i - 1].signs.1 {
            let run = &mut runs[i];
            run.signs.0 = true;
            run.signs.1 |= is_punctuation(run.after) && run.opens();
        }
    }
    for i in (1..runs.len()).rev() {
        if runs[i - 1].end == runs[i].start && runs[i].signs.0 {
            let run = &mut runs[i - 1];
            run.signs.1 = true;
            run.signs.0 |= run.before.is_punctuation && run.closes();
        }
    }
}

/// The character before a run, as emphasis sees it.
struct Before {
    sign: char,
    is_punctuation: bool,
    is_cjk: bool,
}

/// The characters around a run, a space at the edges of a text and of a quote's lines.
fn neighbours(text: &str, start: usize, end: usize) -> (Before, char) {
    let after = text[end..].chars().next().unwrap_or('\n');
    let mut back = text[..start].chars().rev();
    let sign = back.next().unwrap_or('\n');
    if sign == '>' {
        // The marker of a quote is the start of a line to the author.
        let before = text[..start].trim_end_matches(['>', ' ', '\t']);
        if before.is_empty() || before.ends_with('\n') {
            return (Before { sign: '\n', is_punctuation: false, is_cjk: false }, after);
        }
    }
    // A variation selector belongs to the sign before it; a mark under one still lets emphasis open or close.
    if ('\u{fe00}'..='\u{fe0e}').contains(&sign) {
        let base = back.next().unwrap_or('\n');
        let is_cjk = is_cjk(base) || is_punctuation(base);
        return (Before { sign, is_punctuation: false, is_cjk }, after);
    }
    let is_ideograph_selector = ('\u{e0100}'..='\u{e01ef}').contains(&sign);
    (Before { sign, is_punctuation: is_punctuation(sign), is_cjk: is_cjk(sign) || is_ideograph_selector }, after)
}

/// Unicode punctuation and symbols, as far as emphasis needs it.
///
/// Without a table: what is neither letter, digit, space, mark nor control. Taking another character for
/// punctuation only puts a sign where it changes nothing.
fn is_punctuation(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    let is_mark = matches!(u32::from(c),
        0x0300..=0x036f | 0x1ab0..=0x1aff | 0x1dc0..=0x1dff | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x2064
        | 0x20d0..=0x20ff | 0x302a..=0x302f | 0x3099..=0x309a | 0xe000..=0xf8ff | 0xfe00..=0xfe0f | 0xfe20..=0xfe2f
        | 0xfeff | 0xe0000..=0xe01ef);
    !c.is_alphanumeric() && !c.is_whitespace() && !c.is_control() && !is_mark
}

/// Characters of Chinese, Japanese and Korean writing, their full-width marks included.
///
/// Source: the ranges of `markdown-cjk-friendly`, East Asian Width W, F and H without emoji (Unicode 18).
pub(crate) fn is_cjk(c: char) -> bool {
    c >= '\u{1100}'
        && matches!(u32::from(c),
            0x1100..=0x11ff | 0x20a9 | 0x2329..=0x232a | 0x2630..=0x2637 | 0x268a..=0x268f | 0x2e80..=0x2e99
            | 0x2e9b..=0x2ef3 | 0x2f00..=0x2fd5 | 0x2ff0..=0x303e | 0x3041..=0x3096 | 0x3099..=0x30ff | 0x3105..=0x312f
            | 0x3131..=0x318e | 0x3190..=0x31e5 | 0x31ef..=0x321e | 0x3220..=0x3247 | 0x3250..=0xa48c | 0xa490..=0xa4c6
            | 0xa960..=0xa97c | 0xac00..=0xd7a3 | 0xd7b0..=0xd7c6 | 0xd7cb..=0xd7fb | 0xf900..=0xfaff | 0xfe10..=0xfe19
            | 0xfe30..=0xfe52 | 0xfe54..=0xfe66 | 0xfe68..=0xfe6b | 0xff01..=0xffbe | 0xffc2..=0xffc7 | 0xffca..=0xffcf
            | 0xffd2..=0xffd7 | 0xffda..=0xffdc | 0xffe0..=0xffe6 | 0xffe8..=0xffee | 0x16fe0..=0x16fe4
            | 0x16ff0..=0x16ff6 | 0x17000..=0x18cda | 0x18cff..=0x18d20 | 0x18d80..=0x18df2 | 0x18e00..=0x19191
            | 0x191a0..=0x191d2 | 0x1aff0..=0x1aff3 | 0x1aff5..=0x1affb | 0x1affd..=0x1affe | 0x1b000..=0x1b128
            | 0x1b132 | 0x1b150..=0x1b152 | 0x1b155 | 0x1b164..=0x1b168 | 0x1b170..=0x1b2fb | 0x1d300..=0x1d356
            | 0x1d360..=0x1d376 | 0x1f1ae | 0x1f200 | 0x1f202 | 0x1f210..=0x1f219 | 0x1f21b..=0x1f22e
            | 0x1f230..=0x1f231 | 0x1f237 | 0x1f23b | 0x1f240..=0x1f248 | 0x1f260..=0x1f265 | 0x1f7da
            | 0x20000..=0x3fffd)
}

/// Whether a line end between two characters is no space: both are full-width and neither is Hangul, which
/// parts its words by spaces. Quotes, dashes and dots that both scripts share go with the other side.
///
/// Source: CSS Text 4, segment break transformation rules.
pub(crate) fn joins(before: char, after: char) -> bool {
    let is_hangul = |c: char| matches!(u32::from(c), 0x1100..=0x11ff | 0x3131..=0x318e | 0xa960..=0xa97c | 0xac00..=0xd7fb | 0xffa0..=0xffdc);
    let wide = |c: char| is_cjk(c) && !is_hangul(c);
    let shared = |c: char| matches!(c, '‘' | '’' | '“' | '”' | '…' | '—' | '·');
    let fits = |c: char| wide(c) || shared(c);
    (wide(before) && fits(after)) || (wide(after) && fits(before))
}

/// Plain words gathered from inline events, lines joined as their script asks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plain {
    /// The words so far.
    pub(crate) text: String,
    is_broken: bool,
}

impl Plain {
    /// Adds words.
    pub(crate) fn push(&mut self, words: &str) {
        let Some(first) = words.chars().next() else { return };
        if std::mem::take(&mut self.is_broken) {
            let before = self.text.chars().next_back();
            if !before.is_some_and(|b| joins(b, first) || b.is_whitespace()) {
                self.text.push(' ');
            }
        }
        self.text.push_str(words);
    }

    /// A line ends here.
    pub(crate) fn line(&mut self) {
        self.is_broken = !self.text.is_empty();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_runs_beside_cjk_are_guarded() {
        for (text, guarded) in [
            ("**重点：**内容", "**重点：\u{2060}**内容"),
            ("前文**“加粗”**后文", "前文**\u{2060}“加粗”\u{2060}**后文"),
            ("~~删除，~~继续", "~~删除，\u{2060}~~继续"),
            ("a **b:** c", "a **b:** c"),
            ("a**b:**c", "a**b:**c"),
            ("> > **重点**", "> > **重点**"),
            (">**重点**：", ">**重点**\u{2060}："),
        ] {
            assert_eq!(Guarded::new(text).text(), guarded, "{text}");
        }
    }

    #[test]
    fn a_sign_of_the_authors_own_is_kept() {
        let guarded = Guarded::new("**重\u{2060}点：**内容");
        assert_eq!(guarded.sign(), '\u{e000}');
        assert_eq!(guarded.text(), "**重\u{2060}点：\u{e000}**内容");
    }

    #[test]
    fn offsets_lead_back_to_the_original() {
        let text = "前**“重”**后**“点”**。";
        let guarded = Guarded::new(text);
        let mut original = 0;
        for (at, c) in guarded.text().char_indices() {
            assert_eq!(guarded.back(at), original);
            if c != guarded.sign() {
                assert!(text[original..].starts_with(c));
                original += c.len_utf8();
            }
        }
        assert_eq!(guarded.back(guarded.text().len()), text.len());
    }

    #[test]
    fn lines_join_by_script() {
        assert!(joins('中', '文') && joins('，', '文') && joins('中', '“') && joins('”', '中'));
        assert!(!joins('中', 'a') && !joins('a', '中') && !joins('한', '국') && !joins('”', '“'));
    }
}
