//! Tables of a spreadsheet → the rows a TOML file would hold, with spans; every bad row is reported, none is dropped in silence.

use super::shape::{Field, unknown_key};
use super::toml::{Kind, Table, Value};
use crate::base::{Date, Diagnostic, FileId, Found, Rule, Span, Spanned};
use crate::{rule, said};

rule! {
    /// A row or cell of a table in CSV cannot be read.
    ///
    /// ## Why
    /// Spreadsheet programs write dates as `15/09/26`, amounts as `12,500.00` and quotes that never end. A row that is guessed
    /// or left out makes sums and gates wrong without anyone noticing, so each is reported with its place.
    ///
    /// ## Example
    /// ```csv,reports path=content/campaigns/sample/readings.csv
    /// metric,date,value
    /// participation-rate,10/06/2026,61
    /// ```
    /// ```csv,passes path=content/campaigns/sample/readings.csv
    /// metric,date,value
    /// participation-rate,2026-04-20,61
    /// ```
    pub(crate) static CSV = "shape/csv", Error, ["PMR-5"],
    zh: "CSV 表格中有无法读取的行或单元格。\n\n表格软件会把日期写成 `15/09/26`、金额写成 `12,500.00`，或留下没有结束的引号。猜测或略过这样的行，合计和门槛就会悄悄出错，所以逐处指出。"
}

/// Rules of the CSV reader.
pub static CSV_RULES: &[&Rule] = &[&CSV];

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Words, as they stand.
    Text,
    /// A day.
    Date,
    /// A number or a ratio.
    Number,
}

/// One cell: its words without quotes, and their place.
#[derive(Debug)]
struct Cell {
    text: String,
    from: usize,
    to: usize,
}

/// One line of the table.
#[derive(Debug)]
struct Row {
    cells: Vec<Cell>,
    from: usize,
    to: usize,
}

impl Row {
    fn is_blank(&self) -> bool {
        self.cells.iter().all(|c| c.text.is_empty())
    }
}

/// Reads a table whose columns are keys of a record. `sort` says what a column holds; an empty cell is a key left out.
pub fn parse(file: FileId, text: &str, fields: &[Field], sort: impl Fn(&str) -> Sort, found: &mut Found) -> Vec<Table> {
    let span = |from: usize, to: usize| Span::new(file, from, to);
    let mut rows = split(file, text, found).into_iter().filter(|row| !row.is_blank());
    let Some(header) = rows.next() else { return Vec::new() };
    let keys: Vec<Spanned<String>> =
        header.cells.iter().map(|c| Spanned::new(c.text.clone(), span(c.from, c.to))).collect();
    let is_key = |key: &str| fields.iter().any(|f| f.key == key);
    let mut sound = true;
    for (place, key) in keys.iter().enumerate() {
        if !is_key(&key.value) {
            found.push(unknown_key(key, fields.iter().map(|f| f.key)));
            sound = false;
        } else if let Some(first) = keys[..place].iter().find(|k| k.value == key.value) {
            let word = &key.value;
            let message = said!("there are two columns `{word}`", "有两列 `{word}`");
            let advice = said!("remove one of the two", "请删除其中一列");
            found.push(
                Diagnostic::new(&CSV, key.span, message)
                    .label(first.span, said!("the first is here", "第一列在这里"))
                    .hint(advice),
            );
            sound = false;
        }
    }
    let lacking: Vec<&Field> = fields.iter().filter(|f| f.required && !keys.iter().any(|k| k.value == f.key)).collect();
    // A mistyped column is one mistake, not two.
    if sound && !lacking.is_empty() {
        let names: Vec<&str> = lacking.iter().map(|f| f.key).collect();
        let list = crate::base::words::all_of(names.iter().copied());
        let (en, zh) = (&list.en, &list.zh);
        let message = said!("the table has no column {en}", "表格没有 {zh} 列");
        let all: Vec<&str> = fields.iter().map(|f| f.key).collect();
        let all = all.join(",");
        let advice = said!("write the columns in the first line: `{all}`", "请在第一行写列名：`{all}`");
        found.push(Diagnostic::new(&CSV, span(header.from, header.to), message).hint(advice));
        sound = false;
    }
    if !sound {
        return Vec::new();
    }
    rows.filter_map(|row| table(&row, &keys, &sort, span, found)).collect()
}

/// A row as a table. None after a finding about the row as a whole.
fn table(
    row: &Row,
    keys: &[Spanned<String>],
    sort: &impl Fn(&str) -> Sort,
    span: impl Fn(usize, usize) -> Span,
    found: &mut Found,
) -> Option<Table> {
    let filled = row.cells.iter().rposition(|c| !c.text.is_empty()).map_or(0, |last| last + 1);
    if filled > keys.len() {
        let extra = &row.cells[keys.len()];
        let (have, want) = (filled, keys.len());
        let message =
            said!("this row has {have} cells, the first line {want}", "这一行有 {have} 个单元格，第一行只有 {want} 列");
        let advice = said!(
            "put words that hold a comma into quotes, or remove what is too much",
            "含逗号的文字请加引号，或删除多余的部分"
        );
        found.push(Diagnostic::new(&CSV, span(extra.from, row.cells[filled - 1].to), message).hint(advice));
        return None;
    }
    let mut table = Table { span: span(row.from, row.to), entries: Vec::new(), broken: Vec::new() };
    for (key, cell) in keys.iter().zip(&row.cells).filter(|(_, cell)| !cell.text.is_empty()) {
        let place = span(cell.from, cell.to);
        match value(cell, sort(&key.value)) {
            Ok(kind) => table.entries.push((Spanned::new(key.value.clone(), place), Value { kind, span: place })),
            Err(wrong) => {
                found.push(wrong(place));
                table.broken.push(key.value.clone());
            }
        }
    }
    Some(table)
}

/// What is wrong with a cell, once its place is known.
type Wrong = Box<dyn Fn(Span) -> Diagnostic>;

fn value(cell: &Cell, sort: Sort) -> Result<Kind, Wrong> {
    let text = cell.text.clone();
    match sort {
        Sort::Text => Ok(Kind::String(text)),
        Sort::Date => match Date::parse(&text) {
            Some(date) => Ok(Kind::Date(date)),
            None => Err(Box::new(move |place| {
                let message = said!("`{text}` is no date", "`{text}` 不是日期");
                let diagnostic = Diagnostic::new(&CSV, place, message);
                match guess(&text) {
                    Some(date) => diagnostic.fix(said!("write `{date}`", "请写 `{date}`"), place, date.to_string()),
                    None => {
                        diagnostic.hint(said!("write year, month and day: `2026-03-12`", "请写年月日：`2026-03-12`"))
                    }
                }
            })),
        },
        Sort::Number if text.contains([':', '：']) => Ok(Kind::String(text)),
        Sort::Number if is_number(&text) => {
            Ok(if text.contains('.') { Kind::Float(text) } else { Kind::Integer(text) })
        }
        Sort::Number => Err(Box::new(move |place| {
            let message = said!("`{text}` is no plain number", "`{text}` 不是普通数字");
            let diagnostic = Diagnostic::new(&CSV, place, message);
            match plain_number(&text) {
                Some(plain) => diagnostic.fix(said!("write `{plain}`", "请写 `{plain}`"), place, plain),
                None => diagnostic.hint(said!("write it in digits, such as `1299.50`", "请用数字写，如 `1299.50`")),
            }
        })),
    }
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    plain(whole) && plain(fraction)
}

/// The number that is surely meant: without a sign of percent, commas between thousands, or with a comma for the point.
fn plain_number(text: &str) -> Option<String> {
    let number = text.trim_end_matches(['%', '％']).trim().replace(['，', ' '], ",");
    let parts: Vec<&str> = number.split(',').collect();
    let of_three = |part: &str| part.split('.').next().is_some_and(|whole| whole.len() == 3);
    let plain = match parts.as_slice() {
        [first, rest @ ..] if first.trim_start_matches(['-', '+']).len() <= 3 && rest.iter().all(|p| of_three(p)) => {
            parts.concat()
        }
        [whole, fraction] => format!("{whole}.{fraction}"),
        _ => return None,
    };
    is_number(&plain).then_some(plain)
}

/// The day that is surely meant: year first, with other signs or without leading zeros.
fn guess(text: &str) -> Option<Date> {
    let mut parts = text.split(['/', '.', '-', '年', '月', '日']).filter(|p| !p.is_empty());
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || parts.next().is_some() {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// The sign between cells: the one of comma, semicolon and tab that the first line has most of.
fn separator(text: &str) -> char {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |sign: char| first.matches(sign).count();
    [',', ';', '\t'].into_iter().rev().max_by_key(|sign| count(*sign)).unwrap_or(',')
}

fn split(file: FileId, text: &str, found: &mut Found) -> Vec<Row> {
    let separator = separator(text);
    let mut rows = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let start = at;
        let mut cells = Vec::new();
        loop {
            let (cell, next) = cell(file, text, at, separator, found);
            cells.push(cell);
            at = next;
            match text[at..].chars().next() {
                Some(sign) if sign == separator => at += sign.len_utf8(),
                _ => break,
            }
        }
        let to = at;
        at += if text[at..].starts_with("\r\n") { 2 } else { 1 };
        rows.push(Row { cells, from: start, to });
    }
    rows
}

/// The cell that starts at a place, and the place of the sign that ends it.
fn cell(file: FileId, text: &str, start: usize, separator: char, found: &mut Found) -> (Cell, usize) {
    let ends = |c: char| c == separator || c == '\n' || c == '\r';
    let blank = |s: &str| s.len() - s.trim_start_matches([' ', '\u{3000}']).len();
    let from = start + blank(&text[start..]);
    if !text[from..].starts_with('"') {
        let to = text[from..].find(ends).map_or(text.len(), |n| from + n);
        let words = text[from..to].trim_end();
        return (Cell { text: words.to_owned(), from, to: from + words.len() }, to);
    }
    let inside = from + 1;
    let mut words = String::new();
    let mut at = inside;
    loop {
        let Some(quote) = text[at..].find('"').map(|n| at + n) else {
            let line = text[from..].find(['\n', '\r']).map_or(text.len(), |n| from + n);
            let message = said!("this quote is never closed", "这个引号没有结束");
            let advice =
                said!("close it with `\"`; write `\"\"` for a quote inside", "请用 `\"` 结束；文字里的引号写成 `\"\"`");
            found.push(Diagnostic::new(&CSV, Span::new(file, from, line), message).hint(advice));
            return (Cell { text: String::new(), from, to: line }, line);
        };
        words.push_str(&text[at..quote]);
        if !text[quote + 1..].starts_with('"') {
            let after = text[quote + 1..].find(ends).map_or(text.len(), |n| quote + 1 + n);
            let rest = text[quote + 1..after].trim();
            if !rest.is_empty() {
                let message = said!("`{rest}` stands behind the closing quote", "`{rest}` 写在结束引号之后");
                let advice = said!("put the whole cell into quotes", "请把整个单元格放进引号");
                found.push(Diagnostic::new(&CSV, Span::new(file, from, after), message).hint(advice));
            }
            return (Cell { text: words.trim().to_owned(), from: inside, to: quote }, after);
        }
        words.push('"');
        at = quote + 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Said;

    const FIELDS: &[Field] = &[
        Field {
            key: "line",
            docs: "",
            required: true,
            wanted: text,
            form: <String as crate::sources::shape::Decode>::form,
        },
        Field {
            key: "date",
            docs: "",
            required: true,
            wanted: text,
            form: <String as crate::sources::shape::Decode>::form,
        },
        Field {
            key: "amount",
            docs: "",
            required: true,
            wanted: text,
            form: <String as crate::sources::shape::Decode>::form,
        },
        Field {
            key: "note",
            docs: "",
            required: false,
            wanted: text,
            form: <String as crate::sources::shape::Decode>::form,
        },
    ];

    fn text() -> Said {
        said!("text", "文字")
    }

    fn read(text: &str) -> (Vec<String>, Vec<(String, String)>) {
        let sort = |key: &str| match key {
            "date" => Sort::Date,
            "amount" => Sort::Number,
            _ => Sort::Text,
        };
        let mut found = Found::new();
        let tables = parse(FileId(0), text, FIELDS, sort, &mut found);
        let cell = |(k, v): &(Spanned<String>, Value)| format!("{}={:?}", k.value, v.kind);
        let rows = tables.iter().map(|t| t.entries.iter().map(cell).collect::<Vec<_>>().join(" ")).collect();
        let words = |d: &Diagnostic| {
            let span = d.span.unwrap();
            (text[span.range()].to_owned(), d.message.en.clone())
        };
        (rows, found.iter().map(words).collect())
    }

    #[test]
    fn quotes_line_ends_blank_lines_and_other_separators_are_read() {
        let (rows, found) =
            read("line,date,amount,note\r\nfilm,2026-01-02,-10.50,\"a, \"\"b\"\"\"\r\n\r\n,,,\r\nmedia,2026-01-03,7");
        assert_eq!(found, []);
        assert_eq!(rows.len(), 2);
        assert!(rows[0].ends_with(r#"note=String("a, \"b\"")"#), "{rows:?}");
        let (rows, found) = read("line;date;amount\nfilm;2026-01-02;3\n");
        assert_eq!((rows.len(), found.len()), (1, 0));
    }

    #[test]
    fn every_bad_row_is_reported_at_its_words() {
        let (rows, found) = read(
            "line,date,amount\nfilm,2026/1/2,3\nmedia,soon,\"1,200\"\nfilm,2026-01-02,3,4\nfilm,2026-01-05,6\n\"open,2026-01-06,1\n",
        );
        let words: Vec<&str> = found.iter().map(|(words, _)| words.as_str()).collect();
        assert_eq!(words, ["\"open,2026-01-06,1", "2026/1/2", "soon", "1,200", "4"]);
        assert_eq!(rows.len(), 3);
    }

    #[test]
    fn only_a_number_that_is_surely_meant_is_offered() {
        let offered = ["1,200", "1,234,567.50", "58,8", "12 %", "-1 200", "1,2,3", "12a", "1,20,300"].map(plain_number);
        let offered: Vec<&str> = offered.iter().map(|o| o.as_deref().unwrap_or("–")).collect();
        assert_eq!(offered, ["1200", "1234567.50", "58.8", "12", "-1200", "–", "–", "–"]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_to_its_end(text in "[a,;\"\n\r\t 1é茶-]{0,60}") {
            let (rows, found) = read(&format!("line,date,amount\n{text}"));
            let lines = text.lines().filter(|l| l.contains('1')).count();
            proptest::prop_assert!(rows.len() + found.len() >= lines.min(1));
        }
    }

    #[test]
    fn a_wrong_header_is_one_finding_and_no_row_is_taken() {
        let (rows, found) = read("line,day,amount\nfilm,2026-01-02,3\n");
        assert_eq!((rows.len(), found.len()), (0, 1));
        let (rows, found) = read("line,date\nfilm,2026-01-02\n");
        assert_eq!((rows.len(), found.len()), (0, 1));
        assert_eq!(read(""), (vec![], vec![]));
    }
}
