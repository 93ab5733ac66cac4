//! Where pages lie: the site's addresses on one screen.

use crate::plan::Route;

/// Today.
pub fn home() -> Route {
    Route::page("")
}
/// Calendars: the year of today.
pub fn calendar() -> Route {
    Route::page("calendar")
}
/// One year.
pub fn year(year: i16) -> Route {
    Route::page(&format!("calendar/{year:04}"))
}
/// One quarter, 1–4.
pub fn quarter(year: i16, quarter: u8) -> Route {
    Route::page(&format!("calendar/{year:04}-q{quarter}"))
}
/// One month, 1–12.
pub fn month(year: i16, month: u8) -> Route {
    Route::page(&format!("calendar/{year:04}-{month:02}"))
}
/// The ISO week of a day: its year may differ from the day's.
pub fn week(day: crate::base::Date) -> Route {
    let (year, week) = day.iso_week();
    Route::page(&format!("calendar/{year:04}-w{week:02}"))
}
/// A day of a week that is too full for one page.
pub fn day(day: crate::base::Date) -> Route {
    Route::page(&format!("calendar/{day}"))
}
/// Everything dated from today on.
pub fn agenda() -> Route {
    Route::page("calendar/agenda")
}
/// Campaigns side by side along time, around today.
pub fn timeline() -> Route {
    Route::page("calendar/timeline")
}
/// The same for a year, quarter or month: `2026`, `2026-q3`, `2026-09`.
pub fn timeline_of(span: &str) -> Route {
    Route::page(&format!("calendar/timeline/{span}"))
}
/// All campaigns in groups by one of their sides: `owner`, `channel`, `tag` …; or those of one year: `2026`. No part of a
/// campaign is called so, so that even a campaign with the id `by` is not in the way.
pub fn campaigns_by(side: &str) -> Route {
    Route::page(&format!("campaigns/by/{side}"))
}
/// Where the board lay before.
pub fn pipeline() -> Route {
    Route::page("calendar/pipeline")
}
/// All campaigns.
pub fn campaigns() -> Route {
    Route::page("campaigns")
}
/// One campaign.
pub fn campaign(id: &str) -> Route {
    Route::page(&format!("campaigns/{id}"))
}
/// One part of a campaign: `timeline`, `checklist`, `checklist/by-owner`, `run-sheet`, `budget`, `kpis`, `review`.
pub fn campaign_part(id: &str, part: &str) -> Route {
    Route::page(&format!("campaigns/{id}/{part}"))
}
/// What is off its target, and what was done about it.
pub fn alerts() -> Route {
    Route::page("alerts")
}
/// All programmes.
pub fn programmes() -> Route {
    Route::page("programmes")
}
/// One programme.
pub fn programme(id: &str) -> Route {
    Route::page(&format!("programmes/{id}"))
}
/// The money of one programme: its course, its splits, what was moved.
pub fn programme_money(id: &str) -> Route {
    Route::page(&format!("programmes/{id}/money"))
}
/// Computed gauges of the year and of its campaigns (PRG-7).
pub fn health() -> Route {
    Route::page("health")
}
/// Campaigns in preparation or live, with what is missing (MON-8).
pub fn board() -> Route {
    Route::page("board")
}
/// What departments pass to each other (MIL-10).
pub fn handovers() -> Route {
    Route::page("handovers")
}
/// Goals: those of the present year.
pub fn all_goals() -> Route {
    Route::page("goals")
}
/// Goals of a year.
pub fn goals(id: &str) -> Route {
    Route::page(&format!("programmes/{id}/goals"))
}
/// The annual plan: the text of a year by chapters.
pub fn annual_plan(id: &str) -> Route {
    Route::page(&format!("programmes/{id}/plan"))
}
/// Loops and chains of the method.
pub fn loops() -> Route {
    Route::page("loops")
}
/// All procedures.
pub fn sops() -> Route {
    Route::page("sops")
}
/// One procedure.
pub fn sop(id: &str) -> Route {
    Route::page(&format!("sops/{id}"))
}
/// Lessons and actions of all reviews.
pub fn lessons() -> Route {
    Route::page("lessons")
}
/// All actions of all reviews, where they do not fit beside the lessons.
pub fn actions() -> Route {
    Route::page("lessons/actions")
}
/// Every kind of problem with all campaigns it came up in, where they do not fit beside the lessons.
pub fn problems() -> Route {
    Route::page("lessons/problems")
}
/// Months, quarters and years in review.
pub fn reports() -> Route {
    Route::page("reports")
}
/// One of them, by its name: `2026-Q1`.
pub fn report(period: &str) -> Route {
    Route::page(&format!("reports/{}", period.to_lowercase()))
}
/// What comes round again, and its evidence.
pub fn obligations() -> Route {
    Route::page("obligations")
}
/// Everybody, by department.
pub fn people() -> Route {
    Route::page("people")
}
/// One person: everything with their name on it.
pub fn person(id: &str) -> Route {
    Route::page(&format!("people/{id}"))
}
/// One department.
pub fn department(id: &str) -> Route {
    Route::page(&format!("departments/{id}"))
}
/// One role of policy: its work in every campaign.
pub fn role(id: &str) -> Route {
    Route::page(&format!("roles/{id}"))
}
/// Effective policy with origins.
pub fn policy() -> Route {
    Route::page("policy")
}
/// The dictionary of metrics.
pub fn metrics() -> Route {
    Route::page("policy/metrics")
}

/// Policy of alerts, goals and obligations.
pub fn policy_steering() -> Route {
    Route::page("policy/steering")
}

/// Single figures of policy.
pub fn policy_figures() -> Route {
    Route::page("policy/figures")
}
/// Waivers in force and expired.
pub fn waivers() -> Route {
    Route::page("waivers")
}
/// All rules.
pub fn rules() -> Route {
    Route::page("rules")
}
/// One rule, by its code `family/name`.
pub fn rule(code: &str) -> Route {
    Route::page(&format!("rules/{code}"))
}
/// Search, and where to go without it.
pub fn search() -> Route {
    Route::page("search")
}
/// What the checks found.
pub fn check() -> Route {
    Route::page("check")
}
/// Words of the method.
pub fn glossary() -> Route {
    Route::page("glossary")
}
/// The guide to playbook.
pub fn guide() -> Route {
    Route::page("guide")
}
/// A page of it.
pub fn guide_page(id: &str) -> Route {
    Route::page(&format!("guide/{id}"))
}
/// A free page, by its address below the site.
pub fn free(address: &str) -> Route {
    Route::page(address)
}
/// All tags of free pages.
pub fn tags() -> Route {
    Route::page("tags")
}
/// Free pages with a tag.
pub fn tag(tag: &str) -> Route {
    Route::page(&format!("tags/{tag}"))
}

/// The feed of everything.
pub fn feed() -> Route {
    Route::file("calendar.ics")
}
/// The feed of a year.
pub fn programme_feed(id: &str) -> Route {
    programme(id).beside("programme.ics")
}
/// The feed of a campaign.
pub fn campaign_feed(id: &str) -> Route {
    campaign(id).beside("campaign.ics")
}
/// The feed of a department.
pub fn department_feed(id: &str) -> Route {
    department(id).beside("department.ics")
}
/// The feed of a person.
pub fn person_feed(id: &str) -> Route {
    person(id).beside("person.ics")
}
/// The feed of a role.
pub fn role_feed(id: &str) -> Route {
    role(id).beside("role.ics")
}
/// What a page of work tells whoever says "this is me": counts and the next lines, as a script.
pub fn me(page: &Route) -> Route {
    page.beside("me.js")
}
/// Everything as JSON, but for what only one campaign needs.
pub fn model() -> Route {
    Route::shared("model.json")
}
/// The schema of the JSON files.
pub fn schema() -> Route {
    Route::shared("model.schema.json")
}
/// The schema of a kind of file that authors write.
pub fn file_schema(kind: &str) -> Route {
    Route::shared(&format!("schemas/{kind}.schema.json"))
}
/// One campaign as JSON, in full.
pub fn campaign_json(id: &str) -> Route {
    Route::shared(&format!("campaigns/{id}/campaign.json"))
}
/// What changed, and reviews, as Atom.
pub fn atom() -> Route {
    Route::file("feed.xml")
}
/// Feeds and downloads.
pub fn tables() -> Route {
    Route::page("tables")
}
/// A table over all campaigns.
pub fn table(name: &str) -> Route {
    Route::file(&format!("tables/{name}.csv"))
}
/// Readings or spending of a campaign as a table.
pub fn campaign_table(id: &str, name: &str) -> Route {
    Route::shared(&format!("campaigns/{id}/{name}.csv"))
}
/// A campaign's checklist as a table for spreadsheets.
pub fn checklist_table(id: &str) -> Route {
    campaign(id).beside("checklist.csv")
}
