//! Tables for spreadsheets: UTF-8 with a byte order mark, CRLF, and no cell that a spreadsheet would compute.

/// Rows as CSV, the first of them the header.
pub(super) fn write(rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    // Excel reads UTF-8 only behind a byte order mark.
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    let mut writer =
        ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).flexible(true).from_writer(&mut bytes);
    for row in rows {
        writer.write_record(row.into_iter().map(guarded)).expect("bug: writing to memory failed");
    }
    drop(writer);
    bytes
}

/// Signs that make a spreadsheet compute a cell; East Asian ones read the full-width forms too.
const COMPUTED: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The words, behind an apostrophe where a spreadsheet would take them for a formula. Numbers stay numbers.
fn guarded(cell: String) -> String {
    if cell.starts_with(COMPUTED) && !is_number(&cell) { format!("'{cell}") } else { cell }
}

/// Whether a cell is a sign, digits and at most one point: nothing that could be computed.
fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix(['-', '+']).unwrap_or(cell);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    plain(whole) && plain(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cells: &[&str]) -> String {
        let row = cells.iter().map(|c| (*c).to_owned()).collect();
        String::from_utf8(write([row])).unwrap()
    }

    #[test]
    fn a_cell_is_never_a_formula() {
        assert_eq!(of(&["=1+1", "+1-1", "-1-", "@a", "＝1"]), "\u{feff}'=1+1,'+1-1,'-1-,'@a,'＝1\r\n");
        assert_eq!(of(&["-1", "+12.5", "-", "-1.", "--1"]), "\u{feff}-1,+12.5,'-,'-1.,'--1\r\n");
        assert_eq!(of(&["\t=1", "\r=1"]), "\u{feff}'\t=1,\"'\r=1\"\r\n");
        assert_eq!(of(&["a=1", "≥ 95 %", "双十一"]), "\u{feff}a=1,≥ 95 %,双十一\r\n");
    }

    #[test]
    fn commas_quotes_and_line_feeds_stay_in_their_cell() {
        assert_eq!(of(&["a,b", "\"c\"", "d\ne", ""]), "\u{feff}\"a,b\",\"\"\"c\"\"\",\"d\ne\",\r\n");
    }
}
