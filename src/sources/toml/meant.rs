//! What an author meant who wrote a value as people write it: full-width signs, `2026/3/5`, `1.2万`, `27,5`, `¥3,200`.

use crate::base::{Date, Said};
use crate::said;

/// A value that TOML does not know, and how it is written.
pub(super) struct Meant {
    pub(super) message: Said,
    pub(super) advice: Said,
    /// The value as TOML knows it, where nothing else can have been meant.
    pub(super) edit: Option<String>,
}

/// What a value is that stands without quotes; none where it is no date and no number.
pub(super) fn meant(value: &str) -> Option<Meant> {
    let plain = plain(value.trim());
    date(value, &plain).or_else(|| number(value, &plain))
}

/// The signs of a full-width keyboard and the dashes of a word processor as those of TOML.
fn plain(text: &str) -> String {
    let one = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        '−' | '–' | '—' | '‐' | '‑' => '-',
        '￥' => '¥',
        other => other,
    };
    text.chars().map(one).collect()
}

fn date(value: &str, plain: &str) -> Option<Meant> {
    let message = said!("`{value}` is no date", "`{value}` 不是日期");
    let day = |text: &str| text.strip_suffix(['日', '号', '號']).unwrap_or(text).trim().to_owned();
    // Without a year nobody knows which is meant.
    if let Some((month, rest)) = plain.split_once('月')
        && let (Ok(month), Ok(day)) = (month.trim().parse::<u8>(), day(rest).parse::<u8>())
    {
        let like = format!("2026-{month:02}-{day:02}");
        Date::parse(&like)?;
        let advice = said!("write the year too, as in `{like}`", "请连同年份写成 `{like}` 这样的形式");
        return Some(Meant { message, advice, edit: None });
    }
    let parts: Vec<String> = plain.split(['-', '/', '.', '年', '月']).map(day).collect();
    let [year, month, day] = parts.as_slice() else { return None };
    let is_number = |text: &String, most| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if year.len() != 4 || !is_number(year, 4) || !is_number(month, 2) || !is_number(day, 2) {
        return None;
    }
    let right = format!("{year}-{month:0>2}-{day:0>2}");
    Date::parse(&right)?;
    let advice = said!("write `{right}`", "请写成 `{right}`");
    // With dots it may be a version too.
    let edit = (!plain.contains('.')).then_some(right);
    Some(Meant { message, advice, edit })
}

fn number(value: &str, plain: &str) -> Option<Meant> {
    let message = said!("`{value}` is no number", "`{value}` 不是数字");
    let bare = plain.trim_start_matches(['¥', '$', '€', '£']).trim();
    let bare = ["元", "块", "CNY", "RMB"].iter().find_map(|unit| bare.strip_suffix(unit)).unwrap_or(bare).trim();
    let (bare, is_percent) = bare.strip_suffix('%').map_or((bare, false), |bare| (bare.trim(), true));
    let tens = [('万', 4), ('萬', 4), ('千', 3), ('亿', 8), ('億', 8)];
    let (bare, zeros) =
        tens.iter().find_map(|(sign, zeros)| Some((bare.strip_suffix(*sign)?.trim(), *zeros))).unwrap_or((bare, 0));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (whole, part) = bare.split_once('.').unwrap_or((bare, ""));
    let groups: Vec<&str> = whole.split([',', '_', ' ']).collect();
    if !groups.iter().all(|group| is_digits(group)) || !(part.is_empty() || is_digits(part)) {
        return None;
    }
    let are_thousands = groups.iter().skip(1).all(|group| group.len() == 3) && groups[0].len() <= 3;
    if let ([whole, part], false, "") = (groups.as_slice(), are_thousands, part)
        && bare.contains(',')
    {
        let advice =
            said!("write a decimal point instead of the comma: `{whole}.{part}`", "小数请用点号：`{whole}.{part}`");
        return Some(Meant { message, advice, edit: None });
    }
    let right = shifted(&groups.concat(), part, zeros);
    if right == value {
        return None;
    }
    if is_percent {
        let advice = said!(
            "write the number alone: `{right}`; that it is a percentage, its metric says",
            "只写数字：`{right}`；单位由指标决定"
        );
        return Some(Meant { message, advice, edit: None });
    }
    if groups.len() > 1 && zeros == 0 {
        let advice = said!("write it without commas: `{right}`", "请去掉逗号：`{right}`");
        return Some(Meant { message, advice, edit: None });
    }
    let advice = said!("write `{right}`", "请写成 `{right}`");
    Some(Meant { message, advice, edit: Some(right) })
}

/// A decimal number with its point some places further right: `1`, `2` and 4 are `12000`.
fn shifted(whole: &str, part: &str, zeros: usize) -> String {
    let part = format!("{part:0<zeros$}");
    let (moved, rest) = part.split_at(zeros);
    let number = format!("{whole}{moved}");
    let number = match number.trim_start_matches('0') {
        "" => "0",
        number => number,
    };
    if rest.is_empty() { number.to_owned() } else { format!("{number}.{rest}") }
}

/// A line with the signs of TOML instead of full-width and curly ones, outside of its texts.
pub(super) fn with_plain_signs(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    // What ends the text that is open.
    let mut open: Option<&[char]> = None;
    for c in line.chars() {
        if let Some(ends) = open {
            let is_end = ends.contains(&c);
            out.push(if is_end { '"' } else { c });
            if is_end {
                open = None;
            }
            continue;
        }
        match c {
            '"' => {
                open = Some(&['"']);
                out.push(c);
            }
            '“' | '”' | '＂' => {
                open = Some(&['“', '”', '＂']);
                out.push('"');
            }
            '【' => out.push('['),
            '】' => out.push(']'),
            '、' => out.push(','),
            c => out.push_str(&plain(c.encode_utf8(&mut [0; 4]))),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(value: &str) -> Option<(String, Option<String>)> {
        meant(value).map(|meant| (meant.advice.en, meant.edit))
    }

    #[test]
    fn what_can_only_mean_one_thing_is_an_edit() {
        for (value, right) in [
            ("2026－11－05", "2026-11-05"),
            ("２０２６-11-05", "2026-11-05"),
            ("2026-11-5", "2026-11-05"),
            ("2026/11/05", "2026-11-05"),
            ("2026年11月5日", "2026-11-05"),
            ("2026 年 11 月 5 号", "2026-11-05"),
            ("１２０００", "12000"),
            ("1.2万", "12000"),
            ("1.25 万元", "12500"),
            ("0.00005亿", "5000"),
            ("¥3200", "3200"),
            ("3200元", "3200"),
        ] {
            assert_eq!(told(value).and_then(|(_, edit)| edit).as_deref(), Some(right), "{value}");
        }
    }

    #[test]
    fn what_can_mean_two_things_is_advice() {
        for (value, right) in [
            ("27,5", "`27.5`"),
            ("3,200", "`3200`"),
            ("1,234,567", "`1234567`"),
            ("30%", "`30`"),
            ("30 ％", "`30`"),
            ("10月15日", "`2026-10-15`"),
            ("2026.11.5", "`2026-11-05`"),
        ] {
            let (advice, edit) = told(value).unwrap_or_else(|| panic!("{value}"));
            assert!(advice.contains(right) && edit.is_none(), "{value}: {advice}");
        }
        for value in ["large", "2026-13-05", "5/11/2026", "1.2.3.4", "2026-11-31", ""] {
            assert_eq!(told(value), None, "{value}");
        }
    }

    #[test]
    fn signs_are_made_plain_and_texts_left_alone() {
        assert_eq!(with_plain_signs("title ＝ “春，茶”"), "title = \"春，茶\"");
        assert_eq!(with_plain_signs("tags = 【\"a：b\"，“c”】"), "tags = [\"a：b\",\"c\"]");
    }
}
