//! Values that authors write: words, numbers, dates, offsets, texts, each decoded with what was wanted in its place.

use super::{BAD_VALUE, Decode, Form, Leaf, wrong_type};
use crate::base::{Date, Diagnostic, Due, Found, Id, Lang, Moment, Offset, Quantity, Said, Share, Span, Spanned, Text};
use crate::said;
use crate::sources::toml::{Kind, Table, Value};

impl Decode for String {
    fn decode(value: &Value, found: &mut Found) -> Option<Self> {
        match &value.kind {
            Kind::String(s) => Some(s.clone()),
            _ => {
                wrong_type(value, &Self::wanted(), found);
                None
            }
        }
    }
    fn wanted() -> Said {
        said!("a string in quotes", "加引号的文字")
    }
    fn form() -> Form {
        Form::Leaf(Leaf::Text)
    }
}

impl Decode for bool {
    fn decode(value: &Value, found: &mut Found) -> Option<Self> {
        match &value.kind {
            Kind::Boolean(b) => Some(*b),
            _ => {
                wrong_type(value, &Self::wanted(), found);
                None
            }
        }
    }
    fn wanted() -> Said {
        said!("`true` or `false`", " `true` 或 `false`")
    }
    fn form() -> Form {
        Form::Leaf(Leaf::Boolean)
    }
}

impl Decode for i64 {
    fn decode(value: &Value, found: &mut Found) -> Option<Self> {
        if let Kind::Integer(text) = &value.kind {
            match text.replace('_', "").parse() {
                Ok(n) => return Some(n),
                Err(_) => {
                    let message = said!("`{text}` is too large a number", "`{text}` 数字过大");
                    let advice = said!("write a smaller number", "请写小一些的数字");
                    found.push(Diagnostic::new(&BAD_VALUE, value.span, message).hint(advice));
                    return None;
                }
            }
        }
        wrong_type(value, &Self::wanted(), found);
        None
    }
    fn wanted() -> Said {
        said!("a whole number", "整数")
    }
    fn form() -> Form {
        Form::Leaf(Leaf::Integer)
    }
}

/// A number of days that work takes or that stay free: 0 to 999.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days(pub i64);

impl Decode for Days {
    fn decode(value: &Value, found: &mut Found) -> Option<Self> {
        let days = i64::decode(value, found)?;
        if (0..1_000).contains(&days) {
            return Some(Self(days));
        }
        let message = said!("`{days}` is no number of days", "`{days}` 不是天数");
        let advice = said!("write a number from 0 to 999", "请写 0 到 999 之间的数");
        found.push(Diagnostic::new(&BAD_VALUE, value.span, message).hint(advice));
        None
    }
    fn wanted() -> Said {
        said!("a whole number of days", "整数天数")
    }
    fn form() -> Form {
        Form::Leaf(Leaf::Days)
    }
}

/// Years a playbook can speak of. Outside them a date is a slip of the keyboard, and a calendar of the years between
/// it and now would fill the disk.
const YEARS: std::ops::RangeInclusive<i16> = 1970..=2199;

/// The date, unless its year is a slip.
fn plausible(date: Date, span: Span, found: &mut Found) -> Option<Date> {
    if YEARS.contains(&date.year()) {
        return Some(date);
    }
    let (first, last) = (YEARS.start(), YEARS.end());
    let message = said!("`{date}` is in no year a campaign can be in", "`{date}` 的年份不可能有活动");
    let advice = said!("write a year from {first} to {last}", "请写 {first} 至 {last} 之间的年份");
    found.push(Diagnostic::new(&BAD_VALUE, span, message).hint(advice));
    None
}

impl Decode for Date {
    fn decode(value: &Value, found: &mut Found) -> Option<Self> {
        match &value.kind {
            Kind::Date(d) => plausible(*d, value.span, found),
            _ => {
                wrong_type(value, &Self::wanted(), found);
                None
            }
        }
    }
    fn wanted() -> Said {
        said!("a date such as 2026-03-12, without quotes", "不加引号的日期，如 2026-03-12")
    }
    fn form() -> Form {
        Form::Leaf(Leaf::Date)
    }
}

impl Decode for Moment {
    fn decode(value: &Value, found: &mut Found) -> Option<Self> {
        let text = match &value.kind {
            Kind::Date(d) => return plausible(*d, value.span, found).map(Self::from),
            Kind::Time(text) => text,
            _ => {
                wrong_type(value, &Self::wanted(), found);
                return None;
            }
        };
        let Some(moment) = Self::parse(text) else {
            let message = said!("`{text}` is no day with a local time", "`{text}` 不是带当地时间的日期");
            let advice = said!(
                "write a day and an hour without a zone: `2026-03-12T10:30:00`",
                "请写日期和不带时区的时刻：`2026-03-12T10:30:00`"
            );
            found.push(Diagnostic::new(&BAD_VALUE, value.span, message).hint(advice));
            return None;
        };
        plausible(moment.day, value.span, found).map(|_| moment)
    }
    fn wanted() -> Said {
        said!(
            "a date such as 2026-03-12 or 2026-03-12T10:30:00, without quotes",
            "不加引号的日期，如 2026-03-12 或 2026-03-12T10:30:00"
        )
    }
    fn form() -> Form {
        Form::Leaf(Leaf::Moment)
    }
}

impl Decode for Id {
    fn decode(value: &Value, found: &mut Found) -> Option<Self> {
        let text = String::decode(value, found)?;
        let id = Self::new(&text);
        if id.is_none() {
            found.push(bad_id(&text, value.span, true));
        }
        id
    }
    fn wanted() -> Said {
        said!("an id in quotes", "加引号的 id")
    }
    fn form() -> Form {
        Form::Leaf(Leaf::Id)
    }
}

/// The finding for a word that is no id; `quoted` when the edit must write the quotes again.
pub fn bad_id(text: &str, span: Span, quoted: bool) -> Diagnostic {
    let message = said!("`{text}` is no id", "`{text}` 不能作为 id");
    let diagnostic = Diagnostic::new(&BAD_VALUE, span, message);
    match Id::suggest(text) {
        Some(id) => {
            let new = if quoted { format!("\"{id}\"") } else { id.to_string() };
            diagnostic.fix(said!("write `{id}`", "请写 `{id}`"), span, new)
        }
        None => {
            diagnostic.hint(said!("use lower-case ASCII letters, digits and `-`", "请用小写 ASCII 字母、数字和 `-`"))
        }
    }
}

/// A number as it was written; whoever knows its unit makes money, a share or a quantity of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number(pub String);

impl Decode for Number {
    fn decode(value: &Value, found: &mut Found) -> Option<Self> {
        match &value.kind {
            Kind::Integer(text) => Some(Self(text.replace('_', ""))),
            Kind::Float(text) if text.bytes().any(|b| b.is_ascii_digit()) && !text.contains(['e', 'E']) => {
                Some(Self(text.replace('_', "")))
            }
            Kind::Float(text) => {
                let message = said!("`{text}` is no plain number", "`{text}` 不是普通数字");
                let advice = said!("write it in digits, such as `1299.50`", "请用数字写，如 `1299.50`");
                found.push(Diagnostic::new(&BAD_VALUE, value.span, message).hint(advice));
                None
            }
            _ => {
                wrong_type(value, &Self::wanted(), found);
                None
            }
        }
    }
    fn wanted() -> Said {
        said!("a number without quotes", "不加引号的数字")
    }
    fn form() -> Form {
        Form::Leaf(Leaf::Number)
    }
}

/// A number, or a string such as `"1:4"` or `"target"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberOrWord(pub String);

impl Decode for NumberOrWord {
    fn decode(value: &Value, found: &mut Found) -> Option<Self> {
        match &value.kind {
            Kind::String(s) => Some(Self(s.clone())),
            Kind::Integer(_) | Kind::Float(_) => Number::decode(value, found).map(|n| Self(n.0)),
            _ => {
                wrong_type(value, &Self::wanted(), found);
                None
            }
        }
    }
    fn wanted() -> Said {
        said!("a number, or a ratio such as \"1:4\"", "数字，或 \"1:4\" 这样的比值")
    }
    fn form() -> Form {
        Form::Leaf(Leaf::NumberOrWord)
    }
}

impl Decode for Share {
    fn decode(value: &Value, found: &mut Found) -> Option<Self> {
        let number = Number::decode(value, found)?;
        let share = Self::parse_percent(&number.0);
        if share.is_none() {
            let text = &number.0;
            let message = said!("`{text}` has more than two decimals", "`{text}` 超过两位小数");
            let advice = said!("write percent with at most two decimals", "百分数最多写两位小数");
            found.push(Diagnostic::new(&BAD_VALUE, value.span, message).hint(advice));
        }
        share
    }
    fn wanted() -> Said {
        said!("a number of percent", "百分数")
    }
    fn form() -> Form {
        Form::Leaf(Leaf::Share)
    }
}

impl Decode for Quantity {
    fn decode(value: &Value, found: &mut Found) -> Option<Self> {
        let word = NumberOrWord::decode(value, found)?;
        let quantity = Self::parse(&word.0);
        if quantity.is_none() {
            let text = &word.0;
            let message = said!("`{text}` is no quantity", "`{text}` 不是数值");
            let advice = said!(
                "write a number with at most four decimals, or a ratio such as \"1:4\"",
                "请写最多四位小数的数字，或 \"1:4\" 这样的比值"
            );
            found.push(Diagnostic::new(&BAD_VALUE, value.span, message).hint(advice));
        }
        quantity
    }
    fn wanted() -> Said {
        NumberOrWord::wanted()
    }
    fn form() -> Form {
        Form::Leaf(Leaf::Quantity)
    }
}

impl Decode for Offset {
    fn decode(value: &Value, found: &mut Found) -> Option<Self> {
        let text = String::decode(value, found)?;
        let offset = Self::parse(&text);
        if offset.is_none() {
            found.push(bad_offset(&text, value.span, true));
        }
        offset
    }
    fn wanted() -> Said {
        said!("an offset such as \"T-18\"", "\"T-18\" 这样的偏移")
    }
    fn form() -> Form {
        Form::Leaf(Leaf::Offset)
    }
}

/// The finding for a text that is no offset; `quoted` when the edit must write the quotes again.
pub fn bad_offset(text: &str, span: Span, quoted: bool) -> Diagnostic {
    let message = said!("`{text}` is no offset", "`{text}` 不是偏移");
    let diagnostic = Diagnostic::new(&BAD_VALUE, span, message);
    match Offset::suggest(text) {
        Some(near) => {
            let new = if quoted { format!("\"{near}\"") } else { near.to_string() };
            diagnostic.fix(said!("did you mean `{near}`?", "是否想写 `{near}`？"), span, new)
        }
        None => diagnostic.hint(said!(
            "write an anchor (`T`, `Z`, `P` or a milestone), a sign, a number and `d`, `wd` or `w`: `T-18`, `plan-review+5wd`",
            "请写锚点（`T`、`Z`、`P` 或里程碑）、正负号、数字和单位 `d`、`wd`、`w`：`T-18`、`plan-review+5wd`"
        )),
    }
}

impl Decode for Due {
    fn decode(value: &Value, found: &mut Found) -> Option<Self> {
        match &value.kind {
            Kind::Date(d) => plausible(*d, value.span, found).map(Self::On),
            Kind::String(s) if Date::parse(s.trim()).is_none() => Offset::decode(value, found).map(Self::At),
            _ => {
                wrong_type(value, &Self::wanted(), found);
                None
            }
        }
    }
    fn wanted() -> Said {
        said!("a date without quotes or an offset such as \"T-18\"", "不加引号的日期，或 \"T-18\" 这样的偏移")
    }
    fn form() -> Form {
        Form::Leaf(Leaf::Due)
    }
}

impl Decode for Text {
    fn decode(value: &Value, found: &mut Found) -> Option<Self> {
        match &value.kind {
            Kind::String(s) => Some(Self::plain(s.clone())),
            Kind::Table(table) => {
                let mut text = Self::default();
                for (key, value) in &table.entries {
                    if let Some(meant) = Lang::meant_by(&key.value) {
                        let word = &key.value;
                        let message = said!("`{word}` is no language tag", "`{word}` 不是语言标签");
                        let advice = said!("write `{meant}`", "请写 `{meant}`");
                        found.push(Diagnostic::new(&BAD_VALUE, key.span, message).fix(advice, key.span, meant));
                    } else if Lang::is_tag(&key.value) {
                        if let Some(words) = String::decode(value, found) {
                            text.by_lang.insert(Lang(key.value.clone()), words);
                        }
                    } else {
                        let word = &key.value;
                        let message = said!("`{word}` is no language tag", "`{word}` 不是语言标签");
                        let advice =
                            said!("write a tag such as `en` or `zh-Hans`", "请写 `en` 或 `zh-Hans` 这样的标签");
                        found.push(Diagnostic::new(&BAD_VALUE, key.span, message).hint(advice));
                    }
                }
                Some(text)
            }
            _ => {
                wrong_type(value, &Self::wanted(), found);
                None
            }
        }
    }
    fn wanted() -> Said {
        said!("text in quotes, or a table by language", "加引号的文字，或按语言写的表")
    }
    fn form() -> Form {
        Form::Leaf(Leaf::Translated)
    }
}

/// A table whose keys are free: every entry, in order.
#[derive(Clone, Debug)]
pub struct Entries<T>(pub Vec<(Spanned<String>, T)>);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Decode> Decode for Entries<T> {
    fn decode(value: &Value, found: &mut Found) -> Option<Self> {
        let Kind::Table(table) = &value.kind else {
            wrong_type(value, &Self::wanted(), found);
            return None;
        };
        Some(Self::of(table, found))
    }
    fn wanted() -> Said {
        said!("a table", "表")
    }
    fn form() -> Form {
        Form::Entries(Box::new(T::form()))
    }
}

impl<T: Decode> Entries<T> {
    /// Every entry of a table.
    pub fn of(table: &Table, found: &mut Found) -> Self {
        let entry = |(k, v): &(Spanned<String>, Value)| T::decode(v, found).map(|t| (k.clone(), t));
        Self(table.entries.iter().filter_map(entry).collect())
    }
}
