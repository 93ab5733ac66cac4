//! iCalendar (RFC 5545): all-day events as bytes that do not depend on the clock.

use crate::base::{Date, DateRange};
use icalendar::{Calendar, Component, Event, EventLike, Property};

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
}

/// Who made the feed; required by the format.
const PRODUCT: &str = "-//playbook//campaign playbook//EN";

/// A calendar must hold something (RFC 5545, 3.6), and strict clients refuse one without: the zone no event names.
const NOTHING: &str = "BEGIN:VTIMEZONE\r\nTZID:UTC\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n\
    TZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";

/// The feed's bytes.
pub(super) fn write(feed: &Feed) -> String {
    let mut calendar = Calendar::empty();
    let mut set = |property: Property| {
        calendar.append_property(property);
    };
    set(Property::new("VERSION", "2.0"));
    set(Property::new("PRODID", PRODUCT));
    set(Property::new("CALSCALE", "GREGORIAN"));
    set(text("NAME", &feed.name, &feed.lang));
    set(text("X-WR-CALNAME", &feed.name, ""));
    set(text("X-WR-CALDESC", &feed.description, ""));
    let refresh = format!("PT{}H", feed.refresh_hours);
    set(Property::new("REFRESH-INTERVAL", &refresh).add_parameter("VALUE", "DURATION").done());
    set(Property::new("X-PUBLISHED-TTL", &refresh));
    for entry in &feed.entries {
        calendar.push(event(entry, feed));
    }
    let mut text = calendar.to_string();
    if feed.entries.is_empty() {
        let end = text.rfind("END:VCALENDAR").expect("bug: a calendar without an end");
        text.insert_str(end, NOTHING);
    }
    refold(&text)
}

fn event(entry: &Entry, feed: &Feed) -> Event {
    let day = |key: &str, date: Date| Property::new(key, basic(date)).add_parameter("VALUE", "DATE").done();
    let stamp = format!("{}T000000Z", basic(feed.as_of));
    let mut event = Event::new();
    event
        .uid(&entry.uid)
        .add_property("DTSTAMP", &stamp)
        // A client takes a change only with a greater number, and no file counts the changes: the day does.
        .add_property("SEQUENCE", days_since_1970(feed.as_of).to_string())
        .append_property(day("DTSTART", entry.days.first))
        .append_property(day("DTEND", entry.days.last.plus(1)))
        .append_property(text("SUMMARY", &entry.summary, &feed.lang))
        // A milestone does not make a person busy all day.
        .add_property("TRANSP", "TRANSPARENT");
    if !entry.lines.is_empty() {
        event.append_property(text("DESCRIPTION", &entry.lines.join("\n"), &feed.lang));
    }
    if let Some(url) = &entry.url {
        event.append_property(Property::new("URL", url).add_parameter("VALUE", "URI").done());
    }
    if !entry.categories.is_empty() {
        event.categories(entry.categories.iter().map(|c| clean(c)));
    }
    event.done()
}

/// A property of words; the crate escapes it, and control characters, which no text may hold, are left out.
fn text(key: &str, words: &str, lang: &str) -> Property {
    let mut property = Property::new(key, clean(words));
    // `NAME` is younger than the crate's table of types: without this it would not be escaped.
    if key == "NAME" {
        property.add_parameter("VALUE", "TEXT");
    }
    if !lang.is_empty() {
        property.add_parameter("LANGUAGE", lang);
    }
    property.done()
}

/// Characters of a property that are kept: clients show no more, and the crate folds long lines in quadratic time.
const LONGEST: usize = 2_000;

fn clean(words: &str) -> String {
    let mut kept = words.chars().filter(|c| *c == '\n' || !c.is_control());
    let mut text: String = kept.by_ref().take(LONGEST).collect();
    if kept.next().is_some() {
        text.push('…');
    }
    text
}

/// `20260312`.
fn basic(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

fn days_since_1970(date: Date) -> i64 {
    Date::new(1970, 1, 1).map_or(0, |epoch| epoch.until(date)).max(0)
}

/// Octets a line may have without its end (RFC 5545, 3.1).
const LINE: usize = 75;

/// Folds what the crate leaves one octet too long: it does not count the space that opens a last continuation.
fn refold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_terminator("\r\n") {
        let (mut rest, mut room) = (line, LINE);
        while rest.len() > room {
            let at = rest.floor_char_boundary(room);
            out.push_str(&rest[..at]);
            out.push_str("\r\n ");
            // The space counts.
            (rest, room) = (&rest[at..], LINE - 1);
        }
        out.push_str(rest);
        out.push_str("\r\n");
    }
    out
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
        assert!(text.contains("NAME;LANGUAGE=en;VALUE=TEXT:Tea\\; cups\\, \"and\" more\r\n"), "{text}");
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
