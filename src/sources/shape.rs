//! Decoding with spans: every wrong, missing and unknown key of a file is reported in one run.
//!
//! [`shape!`](crate::shape) declares a record once; from it come the struct, its decoder, and the table of
//! its keys ([`Record::FIELDS`]) that unknown-key suggestions and documentation use.

use super::toml::{Kind, Table, Value};
use crate::base::{
    Date, Diagnostic, Due, Found, Id, Lang, Moment, Offset, Quantity, Rule, Said, Share, Span, Spanned, Text, words,
};
use crate::{rule, said};

rule! {
    /// A key is not known here.
    ///
    /// ## Why
    /// A mistyped key would otherwise be ignored in silence, and the plan would not say what its author thinks it says.
    ///
    /// ## Example
    /// ```toml,reports
    /// sumary = "Two weeks of spring tea"
    /// ```
    /// ```toml,passes
    /// summary = "Two weeks of spring tea"
    /// ```
    pub(crate) static UNKNOWN_KEY = "shape/unknown-key", Error, [],
    zh: "这里没有这个键。\n\n写错的键若被悄悄忽略，方案就和作者以为的不一样。"
}

rule! {
    /// A key that must be written is missing.
    ///
    /// ## Why
    /// Without it the rest of the table has no meaning: a milestone without an id cannot be named, a line without an amount not be added.
    ///
    /// ## Example
    /// ```toml,reports
    /// [[kpi]]
    /// metric = "roi"
    /// ```
    /// ```toml,passes
    /// [[kpi]]
    /// metric = "roi"
    /// target = 4
    /// ```
    pub(crate) static MISSING_KEY = "shape/missing-key", Error, [],
    zh: "缺少必填的键。\n\n没有它，这张表就没有意义：没有 id 的里程碑无法被引用，没有金额的预算行无法相加。"
}

rule! {
    /// A value is of the wrong kind.
    ///
    /// ## Why
    /// A date in quotes is a string to TOML, a number in quotes is text: neither can be computed with.
    ///
    /// ## Example
    /// ```toml,reports
    /// [[milestone]]
    /// id = "theme-decided"
    /// done = "2026-05-11"
    /// ```
    /// ```toml,passes
    /// [[milestone]]
    /// id = "theme-decided"
    /// done = 2026-05-11
    /// ```
    pub(crate) static WRONG_TYPE = "shape/wrong-type", Error, [],
    zh: "值的类型不对。\n\n加了引号的日期在 TOML 里是字符串，加了引号的数字是文字，都无法计算。"
}

rule! {
    /// A value is of the right kind, but not one that can stand here.
    ///
    /// ## Why
    /// Words such as `scale = "big"` would mean nothing; ids become addresses and must be plain ASCII; money has no tenth of a cent.
    ///
    /// ## Example
    /// ```toml,reports
    /// scale = "lage"
    /// ```
    /// ```toml,passes
    /// scale = "large"
    /// ```
    pub(crate) static BAD_VALUE = "shape/bad-value", Error, [],
    zh: "值的类型正确，但不能写在这里。\n\n例如 `scale = \"big\"` 没有含义；id 会成为网址，只能用 ASCII；金额没有“厘”。"
}

/// Rules of decoding.
pub static SHAPE_RULES: &[&Rule] = &[&UNKNOWN_KEY, &MISSING_KEY, &WRONG_TYPE, &BAD_VALUE];

/// A type that can be read from a TOML value. `None` means a finding was pushed.
pub trait Decode: Sized {
    /// Reads one value.
    fn decode(value: &Value, found: &mut Found) -> Option<Self>;
    /// What was wanted, with an article: for "is a string, wanted a date".
    fn wanted() -> Said;
}

/// One key of a record.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The key as authors write it.
    pub key: &'static str,
    /// Its documentation.
    pub docs: &'static str,
    /// Whether it must be written.
    pub required: bool,
    /// What its value must be.
    pub wanted: fn() -> Said,
}

/// A table with known keys. Implemented by [`shape!`](crate::shape).
pub trait Record: Sized {
    /// Its keys in order of declaration.
    const FIELDS: &'static [Field];
    /// Reads a table.
    fn read(table: &Table, found: &mut Found) -> Self;
}

/// The finding for a value of another kind than wanted.
pub fn wrong_type(value: &Value, wanted: &Said, found: &mut Found) {
    let is = value.describe();
    let (is_en, is_zh, en, zh) = (&is.en, &is.zh, &wanted.en, &wanted.zh);
    let message = said!("this is {is_en}, wanted {en}", "这里是{is_zh}，应为{zh}");
    let mut diagnostic = Diagnostic::new(&WRONG_TYPE, value.span, message);
    if let Kind::String(s) = &value.kind {
        let number = !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        if (en.contains("date") && Date::parse(s).is_some()) || (en.contains("number") && number) {
            let text = said!("remove the quotes: `{s}`", "去掉引号：`{s}`");
            diagnostic = diagnostic.fix(text, value.span, s.clone());
        }
    } else if let (Kind::Date(d), true) = (&value.kind, en.contains("string")) {
        let text = said!("put it in quotes: `\"{d}\"`", "加上引号：`\"{d}\"`");
        diagnostic = diagnostic.fix(text, value.span, format!("\"{d}\""));
    }
    if diagnostic.hints.is_empty() {
        diagnostic = diagnostic.hint(said!("write {en} here", "请在这里写{zh}"));
    }
    found.push(diagnostic);
}

/// The finding for a value that cannot stand here, with the nearest that can.
pub fn bad_value<'a>(
    span: Span,
    word: &str,
    what: &Said,
    allowed: impl IntoIterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let (en, zh) = (&what.en, &what.zh);
    let diagnostic = Diagnostic::new(&BAD_VALUE, span, said!("`{word}` is no {en}", "`{word}` 不是{zh}"));
    match words::nearest(word, allowed.clone()) {
        Some(near) => {
            diagnostic.fix(said!("did you mean `{near}`?", "是否想写 `{near}`？"), span, format!("\"{near}\""))
        }
        None => {
            let list = words::one_of(allowed);
            let (en, zh) = (&list.en, &list.zh);
            diagnostic.hint(said!("write {en}", "请写 {zh}"))
        }
    }
}

impl<T: Decode> Decode for Spanned<T> {
    fn decode(value: &Value, found: &mut Found) -> Option<Self> {
        T::decode(value, found).map(|inner| Self::new(inner, value.span))
    }
    fn wanted() -> Said {
        T::wanted()
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(value: &Value, found: &mut Found) -> Option<Self> {
        let Kind::Array(items) = &value.kind else {
            wrong_type(value, &Self::wanted(), found);
            return None;
        };
        Some(items.iter().filter_map(|item| T::decode(item, found)).collect())
    }
    fn wanted() -> Said {
        let inner = T::wanted();
        let (en, zh) = (inner.en, inner.zh);
        said!("a list, each {en}", "列表，每项是{zh}")
    }
}

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
}

impl Decode for Text {
    fn decode(value: &Value, found: &mut Found) -> Option<Self> {
        match &value.kind {
            Kind::String(s) => Some(Self::plain(s.clone())),
            Kind::Table(table) => {
                let mut text = Self::default();
                for (key, value) in &table.entries {
                    if Lang::is_tag(&key.value) {
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
}

impl<T: Decode> Entries<T> {
    /// Every entry of a table.
    pub fn of(table: &Table, found: &mut Found) -> Self {
        let entry = |(k, v): &(Spanned<String>, Value)| T::decode(v, found).map(|t| (k.clone(), t));
        Self(table.entries.iter().filter_map(entry).collect())
    }
}

/// Reads the keys of one table. Used by the code that [`shape!`](crate::shape) makes.
#[derive(Debug)]
pub struct Reader<'a> {
    table: &'a Table,
}

impl<'a> Reader<'a> {
    /// Starts on a table.
    pub fn new(table: &'a Table) -> Self {
        Self { table }
    }

    /// The value of a key that may be left out.
    pub fn optional<T: Decode>(&self, key: &str, found: &mut Found) -> Option<T> {
        self.table.get(key).and_then(|value| T::decode(value, found))
    }

    /// The value of a key that must be written.
    pub fn required<T: Decode>(&self, key: &str, found: &mut Found) -> Option<T> {
        if self.table.get(key).is_none() && self.table.broken.iter().all(|b| b != key) {
            let wanted = T::wanted();
            let (en, zh) = (&wanted.en, &wanted.zh);
            let message = said!("`{key}` is missing", "缺少 `{key}`");
            let advice = said!("add `{key} = …`, {en}", "请添加 `{key} = …`，{zh}");
            found.push(Diagnostic::new(&MISSING_KEY, self.table.span, message).hint(advice));
        }
        self.optional(key, found)
    }

    /// The values of a list, or none.
    pub fn list<T: Decode>(&self, key: &str, found: &mut Found) -> Vec<T> {
        self.optional::<Vec<T>>(key, found).unwrap_or_default()
    }

    /// The keys that are written, whether or not their values could be read.
    pub fn keys(&self) -> Vec<String> {
        self.table.entries.iter().map(|(key, _)| key.value.clone()).collect()
    }

    /// Entries whose key is not among `fields`.
    pub fn rest<T: Decode>(&self, fields: &[Field], found: &mut Found) -> Entries<T> {
        let free = |k: &str| fields.iter().all(|f| f.key != k);
        let mut entries = Vec::new();
        for (key, value) in self.table.entries.iter().filter(|(k, _)| free(&k.value)) {
            if let Some(value) = T::decode(value, found) {
                entries.push((key.clone(), value));
            }
        }
        Entries(entries)
    }

    /// Reports keys that are not among `fields`.
    pub fn finish(&self, fields: &[Field], found: &mut Found) {
        for (key, _) in &self.table.entries {
            if fields.iter().all(|f| f.key != key.value) {
                found.push(unknown_key(key, fields.iter().map(|f| f.key)));
            }
        }
    }
}

/// The finding for a key that is not known, with the nearest that is.
pub fn unknown_key<'a>(key: &Spanned<String>, known: impl IntoIterator<Item = &'a str> + Clone) -> Diagnostic {
    let word = &key.value;
    let diagnostic =
        Diagnostic::new(&UNKNOWN_KEY, key.span, said!("`{word}` is no key here", "这里没有 `{word}` 这个键"));
    match words::nearest(word, known.clone()) {
        Some(near) => diagnostic.fix(said!("did you mean `{near}`?", "是否想写 `{near}`？"), key.span, near),
        None => {
            let list = words::one_of(known);
            let (en, zh) = (&list.en, &list.zh);
            diagnostic.hint(said!("remove it, or write one of {en}", "请删除，或写 {zh} 之一"))
        }
    }
}

/// Declares a record read from a TOML table: the struct, its decoder, and the table of its keys.
///
/// Modes: `required` and `optional` make `Option<T>`; `needed` (must be written) and `default` make `T`, its
/// default where the file has none; `list` makes `Vec<T>`; `rest` takes all other keys; `keys` lists those that
/// are written, so that a check can tell a broken value from a missing one.
/// Keys are the words in quotes; every record has `span`, the words of its header, and `sound`.
#[macro_export]
macro_rules! shape {
    ($(#[doc = $doc:literal])* $vis:vis struct $name:ident {
        $( $(#[doc = $fdoc:literal])* $key:literal $field:ident: $mode:ident $ty:ty ),* $(,)?
    }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug)]
        $vis struct $name {
            /// The words of its header.
            $vis span: $crate::base::Span,
            /// Whether reading found nothing wrong in it: what is missing in an unsound record may only be mistyped.
            $vis sound: bool,
            $( $(#[doc = $fdoc])* $vis $field: $crate::shape!(@type $mode $ty), )*
        }

        impl $crate::sources::shape::Record for $name {
            const FIELDS: &'static [$crate::sources::shape::Field] = $crate::shape!(@fields [] $( ($mode, $key, $ty, concat!($($fdoc, "\n"),*)) )*);

            #[allow(unused_mut, unused_variables, unused_assignments)]
            fn read(table: &$crate::sources::toml::Table, found: &mut $crate::base::Found) -> Self {
                let reader = $crate::sources::shape::Reader::new(table);
                let mut open = false;
                let before = found.len();
                $( let $field = $crate::shape!(@read $mode $ty, $key, reader, found, open, Self); )*
                if !open {
                    reader.finish(Self::FIELDS, found);
                }
                Self { span: table.span, sound: found.len() == before, $($field),* }
            }
        }

        impl $crate::sources::shape::Decode for $name {
            fn decode(value: &$crate::sources::toml::Value, found: &mut $crate::base::Found) -> Option<Self> {
                match &value.kind {
                    $crate::sources::toml::Kind::Table(table) => {
                        Some(<Self as $crate::sources::shape::Record>::read(table, found))
                    }
                    _ => {
                        $crate::sources::shape::wrong_type(value, &Self::wanted(), found);
                        None
                    }
                }
            }
            fn wanted() -> $crate::base::Said {
                $crate::said!("a table", "表")
            }
        }
    };
    (@type required $ty:ty) => { Option<$ty> };
    (@type optional $ty:ty) => { Option<$ty> };
    (@type needed $ty:ty) => { $ty };
    (@type default $ty:ty) => { $ty };
    (@type list $ty:ty) => { Vec<$ty> };
    (@type keys $ty:ty) => { Vec<$ty> };
    (@type rest $ty:ty) => { $crate::sources::shape::Entries<$ty> };
    (@read required $ty:ty, $key:literal, $r:ident, $f:ident, $o:ident, $s:ident) => { $r.required::<$ty>($key, $f) };
    (@read optional $ty:ty, $key:literal, $r:ident, $f:ident, $o:ident, $s:ident) => { $r.optional::<$ty>($key, $f) };
    (@read needed $ty:ty, $key:literal, $r:ident, $f:ident, $o:ident, $s:ident) => { $r.required::<$ty>($key, $f).unwrap_or_default() };
    (@read default $ty:ty, $key:literal, $r:ident, $f:ident, $o:ident, $s:ident) => { $r.optional::<$ty>($key, $f).unwrap_or_default() };
    (@read list $ty:ty, $key:literal, $r:ident, $f:ident, $o:ident, $s:ident) => { $r.list::<$ty>($key, $f) };
    (@read keys $ty:ty, $key:literal, $r:ident, $f:ident, $o:ident, $s:ident) => { $r.keys() };
    (@read rest $ty:ty, $key:literal, $r:ident, $f:ident, $o:ident, $s:ident) => {{
        $o = true;
        $r.rest::<$ty>(<$s as $crate::sources::shape::Record>::FIELDS, $f)
    }};
    (@fields [$($done:tt)*]) => { &[$($done)*] };
    (@fields [$($done:tt)*] (keys, $key:literal, $ty:ty, $docs:expr) $($more:tt)*) => {
        $crate::shape!(@fields [$($done)*] $($more)*)
    };
    (@fields [$($done:tt)*] (rest, $key:literal, $ty:ty, $docs:expr) $($more:tt)*) => {
        $crate::shape!(@fields [$($done)*] $($more)*)
    };
    (@fields [$($done:tt)*] (required, $key:literal, $ty:ty, $docs:expr) $($more:tt)*) => {
        $crate::shape!(@fields [$($done)* $crate::sources::shape::Field {
            key: $key, docs: $docs, required: true, wanted: <$ty as $crate::sources::shape::Decode>::wanted,
        },] $($more)*)
    };
    (@fields [$($done:tt)*] (optional, $key:literal, $ty:ty, $docs:expr) $($more:tt)*) => {
        $crate::shape!(@fields [$($done)* $crate::sources::shape::Field {
            key: $key, docs: $docs, required: false, wanted: <$ty as $crate::sources::shape::Decode>::wanted,
        },] $($more)*)
    };
    (@fields [$($done:tt)*] (needed, $key:literal, $ty:ty, $docs:expr) $($more:tt)*) => {
        $crate::shape!(@fields [$($done)* $crate::sources::shape::Field {
            key: $key, docs: $docs, required: true, wanted: <$ty as $crate::sources::shape::Decode>::wanted,
        },] $($more)*)
    };
    (@fields [$($done:tt)*] (default, $key:literal, $ty:ty, $docs:expr) $($more:tt)*) => {
        $crate::shape!(@fields [$($done)* $crate::sources::shape::Field {
            key: $key, docs: $docs, required: false, wanted: <$ty as $crate::sources::shape::Decode>::wanted,
        },] $($more)*)
    };
    (@fields [$($done:tt)*] (list, $key:literal, $ty:ty, $docs:expr) $($more:tt)*) => {
        $crate::shape!(@fields [$($done)* $crate::sources::shape::Field {
            key: $key, docs: $docs, required: false, wanted: <Vec<$ty> as $crate::sources::shape::Decode>::wanted,
        },] $($more)*)
    };
}

/// Declares a closed set of words: the enum, its decoder with "did you mean", `ALL` and `word()`.
#[macro_export]
macro_rules! vocabulary {
    ($(#[doc = $doc:literal])* $vis:vis enum $name:ident, $en:literal / $zh:literal {
        $( $(#[doc = $vdoc:literal])* $variant:ident = $word:literal ),* $(,)?
    }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        $vis enum $name { $( $(#[doc = $vdoc])* #[serde(rename = $word)] $variant ),* }

        impl $name {
            /// All of them, in order.
            $vis const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// The word authors write.
            $vis fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
            /// Reads the word back.
            $vis fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }

        impl $crate::sources::shape::Decode for $name {
            fn decode(value: &$crate::sources::toml::Value, found: &mut $crate::base::Found) -> Option<Self> {
                let word = <String as $crate::sources::shape::Decode>::decode(value, found)?;
                let known = Self::from_word(&word);
                if known.is_none() {
                    let what = $crate::base::Said { en: $en.to_owned(), zh: $zh.to_owned() };
                    let words = [$($word),*];
                    found.push($crate::sources::shape::bad_value(value.span, &word, &what, words));
                }
                known
            }
            fn wanted() -> $crate::base::Said {
                $crate::base::words::one_of([$($word),*])
            }
        }
    };
}
