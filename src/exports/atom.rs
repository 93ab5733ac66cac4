//! `feed.xml`: what changed in plans and what was learned, as Atom (RFC 4287). Every date is one that somebody wrote down, or that
//! of a commit.

mod changes;

use crate::base::{Date, Fingerprint};
use crate::markup::html;
use crate::model::alert;
use crate::model::campaign::Campaign;
use crate::model::programme::Programme;
use crate::pages::routes;
use crate::plan::{Cx, Ground, Planned, Route};
use std::fmt::Write as _;

/// One feed for each language.
pub(super) fn plan<'a>(_: &'a Ground<'a>) -> Vec<Planned<'a>> {
    vec![Planned::bytes(routes::atom(), |cx| feed(cx).into_bytes())]
}

/// One piece of news.
struct Entry {
    /// What makes it this one for good.
    id: String,
    title: String,
    day: Date,
    /// The day that its id was minted: the first it was told.
    minted: Date,
    page: Route,
    fragment: String,
    kind: &'static str,
    /// Paragraphs.
    lines: Vec<String>,
    /// Points below them, each with the page it leads to where there is one.
    points: Vec<(String, Option<Route>)>,
    /// Who made it, where that is known.
    author: Option<String>,
}

impl Entry {
    fn new(id: String, kind: &'static str, day: Date, title: String, page: Route) -> Self {
        let (lines, points) = (Vec::new(), Vec::new());
        Self { id, title, day, minted: day, page, fragment: String::new(), kind, lines, points, author: None }
    }
    fn say(mut self, line: impl Into<String>) -> Self {
        let line = line.into();
        self.lines.extend((!line.is_empty()).then_some(line));
        self
    }
    fn at(mut self, fragment: impl Into<String>) -> Self {
        self.fragment = fragment.into();
        self
    }
}

/// The news of a campaign.
fn of_campaign(cx: &Cx<'_>, campaign: &Campaign) -> Vec<Entry> {
    let title = cx.plain(&campaign.title);
    let id = campaign.id.as_str();
    let results = &campaign.results;
    let part = |part: &str| routes::campaign_part(id, part);
    let named = |key: &str| cx.tf(key, &[("campaign", &title)]);
    let mut news: Vec<Entry> = review(cx, campaign, &title).into_iter().collect();
    for revision in &results.revisions {
        let key = if revision.rejected { "atom-rejected" } else { "atom-revision" };
        let entry = Entry::new(format!("revision/{id}"), "revision", revision.date, named(key), part("timeline"));
        news.push(entry.say(cx.plain(&revision.reason)));
    }
    for audit in &results.audits {
        let entry = Entry::new(format!("audit/{id}"), "audit", audit.date.value, named("atom-audit"), part("budget"));
        let action = audit.action.as_ref().map(|a| cx.plain(a)).unwrap_or_default();
        news.push(entry.say(cx.plain(&audit.finding)).say(action));
    }
    for raised in alert::of_campaign(cx.model(), campaign) {
        let (metric, day) = (&raised.kpi.metric.value, raised.first.date.value);
        let words = cx.tf("atom-alert", &[("campaign", &title), ("metric", &cx.plain(&raised.metric.name))]);
        let entry = Entry::new(format!("alert/{id}/{metric}"), "alert", day, words, routes::alerts());
        let value = cx.tf(
            "atom-alert-value",
            &[
                ("level", &cx.plain(&raised.level.1.name)),
                ("value", &raised.first.value.value),
                ("target", &raised.kpi.current()),
            ],
        );
        news.push(entry.say(value));
    }
    for added in &results.scale_ups {
        let entry =
            Entry::new(format!("scale-up/{id}"), "scale-up", added.date.value, named("atom-scale-up"), part("budget"));
        news.push(entry);
    }
    if let Some((off, on)) = campaign.called_off.as_ref().and_then(|off| Some((off, off.on?))) {
        let because = off.because.as_ref().map(|why| cx.plain(why)).unwrap_or_default();
        let entry =
            Entry::new(format!("cancelled/{id}"), "cancelled", on.value, named("atom-cancelled"), routes::campaign(id));
        news.push(entry.say(because));
    }
    if let Some(stop) = &results.early_stop {
        news.push(Entry::new(
            format!("early-stop/{id}"),
            "early-stop",
            stop.on.value,
            named("atom-early-stop"),
            routes::campaign(id),
        ));
    }
    news
}

/// A review is one entry: it is updated with each status that it reaches.
fn review(cx: &Cx<'_>, campaign: &Campaign, title: &str) -> Option<Entry> {
    let review = campaign.postmortem.as_ref()?;
    let reached = review.dates.iter().filter(|(_, date)| date.value <= cx.today());
    let (status, day) = reached.clone().max_by_key(|(_, date)| date.value)?;
    let first = reached.map(|(_, date)| date.value).min()?;
    let rows = cx.model().policy.rows.review.as_ref();
    let name = cx.named(rows.and_then(|r| r.statuses.find(&status.value)).map(|r| &r.name), &status.value).text;
    let words = cx.tf("atom-review", &[("campaign", &title), ("status", &name)]);
    let page = routes::campaign_part(campaign.id.as_str(), "review");
    let mut entry = Entry::new(format!("review/{}", campaign.id), "review", day.value, words, page);
    entry.minted = first;
    entry.points = review.lessons.iter().map(|lesson| (cx.plain(lesson), None)).collect();
    Some(entry.say(if review.lessons.is_empty() { "" } else { cx.t("atom-lessons") }))
}

/// The news of a year: goals changed, money moved.
fn of_programme(cx: &Cx<'_>, programme: &Programme) -> Vec<Entry> {
    let id = programme.id.as_str();
    let mut news = Vec::new();
    for revision in &programme.goals.revisions {
        let Some(decided) = revision.decided else { continue };
        let goal = programme.goals.get(&revision.goal.value);
        let name = cx.named(goal.map(|g| &g.title), &revision.goal.value).text;
        let words = cx.tf("atom-goal", &[("goal", &name), ("old", &revision.old.value), ("new", &revision.new.value)]);
        let entry =
            Entry::new(format!("goal/{id}/{}", revision.goal.value), "goal", decided.value, words, routes::goals(id));
        news.push(entry.say(cx.plain(&revision.basis)).at(format!("_goal-{}", revision.goal.value)));
    }
    let currency = programme.budget.as_ref().map_or(cx.model().settings.currency, |b| b.currency.value);
    for moved in &programme.transfers {
        let amount = cx.money_in(moved.amount.value, currency);
        let words = cx.tf("atom-transfer", &[("amount", &amount)]);
        let entry =
            Entry::new(format!("transfer/{id}"), "transfer", moved.date.value, words, routes::programme_money(id));
        news.push(entry.say(cx.plain(&moved.reason)));
    }
    news
}

/// The latest news in order, as many as policy gives the feed.
fn news(cx: &Cx<'_>) -> Vec<Entry> {
    let model = cx.model();
    let mut all: Vec<Entry> = model.campaigns.iter().flat_map(|c| of_campaign(cx, c)).collect();
    all.extend(model.programmes.iter().flat_map(|p| of_programme(cx, p)));
    all.retain(|entry| entry.day <= cx.today());
    // Two of a kind on one day are told apart by their place in the file.
    all.sort_by(|a, b| (a.minted, &a.id).cmp(&(b.minted, &b.id)));
    let mut last: Option<(Date, String, usize)> = None;
    for entry in &mut all {
        let key = entry.id.clone();
        let times = match &last {
            Some((day, id, times)) if *day == entry.minted && *id == key => times + 1,
            _ => 1,
        };
        last = Some((entry.minted, key, times));
        entry.id = match times {
            1 => format!("{}/{}", entry.id, entry.minted),
            n => format!("{}/{}/{n}", entry.id, entry.minted),
        };
    }
    all.extend(changes::entries(cx));
    all.sort_by(|a, b| (b.day, &a.id).cmp(&(a.day, &b.id)));
    all.truncate(usize::try_from(model.policy.figure("feed-entries")).unwrap_or(usize::MAX));
    all
}

/// Who mints the ids: the site's host, else a name made of its title (RFC 4151).
fn authority(cx: &Cx<'_>) -> (String, String) {
    let settings = &cx.model().settings;
    match settings.base_url.as_deref().and_then(|url| url.split_once("://")) {
        Some((_, rest)) => {
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            let host = host.rsplit('@').next().unwrap_or(host).split(':').next().unwrap_or(host);
            (host.to_lowercase(), if path.is_empty() { String::new() } else { format!("{path}/") })
        }
        None => {
            let default = settings.default_lang();
            let title = settings.title.get(default, default).0;
            (format!("{}.playbook.invalid", Fingerprint::of(title.as_bytes()).short()), String::new())
        }
    }
}

/// The address of a page: whole where the site knows its own, else from the feed.
fn address(cx: &Cx<'_>, page: &Route) -> String {
    cx.absolute(page).or_else(|| cx.href(page)).map(|a| html::encoded(&a)).unwrap_or_default()
}

fn stamp(day: Date) -> String {
    format!("{day}T00:00:00Z")
}

fn feed(cx: &Cx<'_>) -> String {
    let entries = news(cx);
    let (host, path) = authority(cx);
    let tag = |day: Date, id: &str| html::escaped(&html::encoded(&format!("tag:{host},{}:{path}{id}", day.year())));
    let site = html::escaped(&cx.plain(&cx.model().settings.title));
    let name = html::escaped(cx.t("atom-name"));
    let lang = cx.lang().tag();
    let updated = entries.iter().map(|e| e.day).max().unwrap_or(cx.today());
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{lang}\">\n"
    );
    let _ = writeln!(out, "<id>tag:{host},2000:{}feed/{lang}</id>", html::escaped(&html::encoded(&path)));
    let _ = writeln!(out, "<title>{site} · {name}</title>");
    let _ = writeln!(out, "<updated>{}</updated>", stamp(updated));
    let _ = writeln!(out, "<author><name>{site}</name></author>");
    let _ = writeln!(
        out,
        "<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>",
        html::escaped(&address(cx, &routes::atom()))
    );
    let _ = writeln!(
        out,
        "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>",
        html::escaped(&address(cx, &routes::home()))
    );
    for entry in &entries {
        let mut link = address(cx, &entry.page);
        if !entry.fragment.is_empty() && !link.is_empty() {
            let _ = write!(link, "#{}", html::encoded(&entry.fragment));
        }
        let mut body = String::new();
        for line in &entry.lines {
            let _ = write!(body, "<p>{}</p>", html::escaped(line));
        }
        if !entry.points.is_empty() {
            let point = |(text, page): &(String, Option<Route>)| {
                let text = html::escaped(text);
                match page.as_ref().map(|page| address(cx, page)).filter(|address| !address.is_empty()) {
                    Some(address) => format!("<li><a href=\"{}\">{text}</a></li>", html::escaped(&address)),
                    None => format!("<li>{text}</li>"),
                }
            };
            let points: String = entry.points.iter().map(point).collect();
            let _ = write!(body, "<ul>{points}</ul>");
        }
        let _ = writeln!(
            out,
            "<entry>\n<id>{}</id>\n<title>{}</title>",
            tag(entry.minted, &entry.id),
            html::escaped(&entry.title)
        );
        let _ =
            writeln!(out, "<published>{}</published>\n<updated>{}</updated>", stamp(entry.minted), stamp(entry.day));
        if !link.is_empty() {
            let _ = writeln!(out, "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", html::escaped(&link));
        }
        if let Some(author) = &entry.author {
            let _ = writeln!(out, "<author><name>{}</name></author>", html::escaped(author));
        }
        let _ = writeln!(out, "<category term=\"{}\"/>", entry.kind);
        let _ = writeln!(out, "<content type=\"html\">{}</content>\n</entry>", html::escaped(&body));
    }
    out.push_str("</feed>\n");
    out
}
