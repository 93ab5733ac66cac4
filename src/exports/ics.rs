//! iCalendar (RFC 5545): all-day events as bytes that do not depend on the clock.
//!
//! Written here and not by the crate `icalendar`: that one takes thirteen times as long, puts 76 octets on a line, leaves
//! `NAME` unescaped, and stamps the clock and random ids wherever we forget our own.

use crate::base::{Date, DateRange};

/// One calendar that clients subscribe to.
pub(super) struct Feed {
    /// What clients call it.
    pub(super) name: String,
    /// One sentence under the name.
    pub(super) description: String,
    /// Language of its words.
    pub(super) lang: String,
    /// Hours after which a client should look again.
    pub(super) refresh_hours: i64,
    /// The day the feed tells of: stamped on every event.
    pub(super) as_of: Date,
    /// Events in order.
    pub(super) entries: Vec<Entry>,
}

/// One event of whole days.
pub(super) struct Entry {
    /// Made from ids, so that the same thing stays the same event for good.
    pub(super) uid: String,
    /// First and last day, both inclusive.
    pub(super) days: DateRange,
    /// The words in a calendar's cell.
    pub(super) summary: String,
    /// Lines shown when it is opened.
    pub(super) lines: Vec<String>,
    /// Kinds it is filtered by.
    pub(super) categories: Vec<String>,
    /// Its page, where the site's address is known.
    pub(super) url: Option<String>,
    /// Whether it was called off: clients take back what they showed.
    pub(super) is_cancelled: bool,
}

/// The feed's bytes.
pub(super) fn write(feed: &Feed) -> String {
    let mut out = Lines::default();
    out.plain("BEGIN", "VCALENDAR");
    out.plain("VERSION", "2.0");
    out.plain("PRODID", "-//playbook//campaign playbook//EN");
    out.plain("CALSCALE", "GREGORIAN");
    // The standard's name for it, and the one that clients read.
    out.text(&format!("NAME;LANGUAGE={}", feed.lang), &[&feed.name]);
    out.text("X-WR-CALNAME", &[&feed.name]);
    out.text("X-WR-CALDESC", &[&feed.description]);
    let refresh = format!("PT{}H", feed.refresh_hours);
    out.plain("REFRESH-INTERVAL;VALUE=DURATION", &refresh);
    out.plain("X-PUBLISHED-TTL", &refresh);
    let shared = Shared {
        stamp: format!("{}T000000Z", basic(feed.as_of)),
        sequence: days_since_1970(feed.as_of).to_string(),
        summary: format!("SUMMARY;LANGUAGE={}", feed.lang),
        description: format!("DESCRIPTION;LANGUAGE={}", feed.lang),
    };
    for entry in &feed.entries {
        event(&mut out, entry, &shared);
    }
    if feed.entries.is_empty() {
        nothing(&mut out);
    }
    out.plain("END", "VCALENDAR");
    out.text
}

/// What all events of a feed have in common.
struct Shared {
    stamp: String,
    sequence: String,
    summary: String,
    description: String,
}

fn event(out: &mut Lines, entry: &Entry, shared: &Shared) {
    out.plain("BEGIN", "VEVENT");
    out.text("UID", &[&entry.uid]);
    out.plain("DTSTAMP", &shared.stamp);
    // A client takes a change only with a greater number, and no file counts the changes: the day does.
    out.plain("SEQUENCE", &shared.sequence);
    out.plain("DTSTART;VALUE=DATE", &basic(entry.days.first));
    out.plain("DTEND;VALUE=DATE", &basic(entry.days.last.plus(1)));
    out.text(&shared.summary, &[&entry.summary]);
    if !entry.lines.is_empty() {
        out.text(&shared.description, &[&entry.lines.join("\n")]);
    }
    if let Some(url) = &entry.url {
        out.plain("URL;VALUE=URI", url);
    }
    if !entry.categories.is_empty() {
        let categories: Vec<&str> = entry.categories.iter().map(String::as_str).collect();
        out.text("CATEGORIES", &categories);
    }
    if entry.is_cancelled {
        out.plain("STATUS", "CANCELLED");
    }
    // A milestone does not make a person busy all day.
    out.plain("TRANSP", "TRANSPARENT");
    out.plain("END", "VEVENT");
}

/// A calendar must hold something (3.6), and strict clients refuse one without: the zone that no event names.
fn nothing(out: &mut Lines) {
    for (name, value) in [
        ("BEGIN", "VTIMEZONE"),
        ("TZID", "UTC"),
        ("BEGIN", "STANDARD"),
        ("DTSTART", "19700101T000000"),
        ("TZOFFSETFROM", "+0000"),
        ("TZOFFSETTO", "+0000"),
        ("END", "STANDARD"),
        ("END", "VTIMEZONE"),
    ] {
        out.plain(name, value);
    }
}

/// `20260312`.
fn basic(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

fn days_since_1970(date: Date) -> i64 {
    Date::new(1970, 1, 1).map_or(0, |epoch| epoch.until(date)).max(0)
}

/// Octets a line may have without its end (3.1).
const LINE: usize = 75;

/// Content lines, folded between characters.
#[derive(Default)]
struct Lines {
    text: String,
    /// Octets of the line so far.
    width: usize,
}

impl Lines {
    /// A property whose value is no text: a date, a number, an address. Line ends cannot come through.
    fn plain(&mut self, name: &str, value: &str) {
        self.start(name);
        value.chars().filter(|c| !c.is_control()).for_each(|c| self.push(c));
        self.end();
    }

    /// A property of words, or of a list of words (3.3.11). Control characters, which no text may hold, are left out.
    fn text(&mut self, name: &str, list: &[&str]) {
        self.start(name);
        for (at, words) in list.iter().enumerate() {
            if at > 0 {
                self.push(',');
            }
            for c in words.chars() {
                match c {
                    '\n' => "\\n".chars().for_each(|c| self.push(c)),
                    '\\' | ',' | ';' => ['\\', c].into_iter().for_each(|c| self.push(c)),
                    c if c.is_control() => {}
                    c => self.push(c),
                }
            }
        }
        self.end();
    }

    fn start(&mut self, name: &str) {
        name.chars().chain([':']).for_each(|c| self.push(c));
    }

    fn push(&mut self, c: char) {
        if self.width + c.len_utf8() > LINE {
            self.text.push_str("\r\n ");
            // The space that opens a continuation counts.
            self.width = 1;
        }
        self.text.push(c);
        self.width += c.len_utf8();
    }

    fn end(&mut self) {
        self.text.push_str("\r\n");
        self.width = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(summary: &str, lines: &[&str]) -> String {
        let day = Date::parse("2026-12-31").unwrap();
        let entry = Entry {
            uid: "go-live.2026-12-thank-you@example.org".to_owned(),
            days: DateRange { first: day, last: day },
            summary: summary.to_owned(),
            lines: lines.iter().map(|l| (*l).to_owned()).collect(),
            categories: vec!["Milestone, own".to_owned()],
            url: Some("https://example.org/a,b;c/".to_owned()),
            is_cancelled: false,
        };
        let name = "Tea; cups, \"and\" more".to_owned();
        let as_of = Date::parse("2026-09-17").unwrap();
        write(&Feed {
            name,
            description: String::new(),
            lang: "en".to_owned(),
            refresh_hours: 12,
            as_of,
            entries: vec![entry],
        })
    }

    fn unfold(text: &str) -> String {
        text.replace("\r\n ", "")
    }

    #[test]
    fn the_last_day_of_the_year_ends_on_new_years_day() {
        let text = feed("Closing", &[]);
        assert!(text.contains("DTSTART;VALUE=DATE:20261231\r\n"), "{text}");
        assert!(text.contains("DTEND;VALUE=DATE:20270101\r\n"), "{text}");
        assert!(text.contains("DTSTAMP:20260917T000000Z\r\n"), "{text}");
        assert!(text.contains("SEQUENCE:20713\r\n"), "{text}");
    }

    #[test]
    fn words_cannot_open_a_property_of_their_own() {
        let text = unfold(&feed("a,b;c\\d\r\nEND:VEVENT\u{7}", &["one", "two, three"]));
        assert!(text.contains("SUMMARY;LANGUAGE=en:a\\,b\\;c\\\\d\\nEND:VEVENT\r\n"), "{text}");
        assert!(text.contains("DESCRIPTION;LANGUAGE=en:one\\ntwo\\, three\r\n"), "{text}");
        assert!(text.contains("NAME;LANGUAGE=en:Tea\\; cups\\, \"and\" more\r\n"), "{text}");
        assert!(text.contains("CATEGORIES:Milestone\\, own\r\n"), "{text}");
        assert!(text.contains("URL;VALUE=URI:https://example.org/a,b;c/\r\n"), "{text}");
        assert_eq!(text.matches("\r\nEND:VEVENT\r\n").count(), 1);
    }

    #[test]
    fn no_line_is_longer_than_75_octets_whatever_its_letters() {
        for n in 0..200 {
            for words in ["x".repeat(n), "双十一，".repeat(n), "🍵 a".repeat(n)] {
                let text = feed(&words, &[]);
                assert!(text.split("\r\n").all(|line| line.len() <= 75), "{n}: {text}");
                assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "{n}: {text}");
                assert!(unfold(&text).contains(&format!(":{words}\r\n")), "{n}: {text}");
            }
        }
    }
}
