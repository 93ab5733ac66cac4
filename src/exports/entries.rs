//! What a calendar shows of plans: live windows, phases, milestones, and everything with a name on it.

use super::ics::Entry;
use crate::base::{Date, DateRange, Fingerprint, Spanned, Text};
use crate::model::alert::{self, Alert};
use crate::model::cadence::{self, Occurrence};
use crate::model::campaign::Campaign;
use crate::model::milestone::{Absence, Milestone, Schedule};
use crate::model::person::Person;
use crate::model::programme::{Programme, Stretch};
use crate::model::work::{self, Task, Work};
use crate::pages::obligations::period_name;
use crate::pages::routes;
use crate::plan::{Cx, Route};

/// Makes entries in the reader's language.
pub(super) struct Entries<'c, 'a> {
    cx: &'c Cx<'a>,
    /// What makes a uid one of this site: its address without the scheme.
    home: String,
}

impl<'c, 'a> Entries<'c, 'a> {
    pub(super) fn new(cx: &'c Cx<'a>) -> Self {
        let address = cx.model().settings.base_url.as_deref().and_then(|url| url.split_once("://"));
        Self { cx, home: address.map_or_else(|| "playbook".to_owned(), |(_, home)| home.to_owned()) }
    }

    /// A campaign among others: its live window, its phases, its milestones.
    pub(super) fn campaign(&self, campaign: &Campaign) -> Vec<Entry> {
        let Some(schedule) = &campaign.schedule else { return Vec::new() };
        if !self.is_told(campaign) {
            return Vec::new();
        }
        let mut entries: Vec<Entry> = self.window(campaign).into_iter().collect();
        entries.extend(self.phases(campaign, schedule));
        if campaign.called_off.is_some() {
            entries.iter_mut().for_each(|entry| entry.is_cancelled = true);
        }
        let nodes = |w: &Work<'_>| matches!(w.task, Task::Milestone(..));
        entries.extend(work::called_off(campaign).filter(nodes).filter_map(|w| self.called_off(&w, false)));
        entries.extend(self.skipped(campaign, schedule));
        entries.extend(schedule.milestones.iter().map(|m| self.milestone(campaign, m, false)));
        entries.extend(self.alerts(campaign));
        entries
    }

    /// A campaign alone: its actions and duty too.
    pub(super) fn campaign_in_full(&self, campaign: &Campaign) -> Vec<Entry> {
        let mut entries = self.campaign(campaign);
        if !self.is_told(campaign) {
            return entries;
        }
        let others = |w: &Work<'_>| matches!(w.task, Task::Duty(..));
        entries.extend(work::called_off(campaign).filter(others).filter_map(|w| self.called_off(&w, true)));
        let actions = campaign.postmortem.iter().flat_map(|p| &p.actions);
        let actions =
            actions.filter_map(|a| Some((Task::Action(campaign, a), a.owner.as_ref()?, a.due?.value, a.done)));
        for (task, owner, due, done) in actions {
            let days = Some(DateRange { first: due, last: due });
            entries.extend(self.work(&Work { task, owner: &owner.value, days, done: done.map(|d| d.value) }, true));
        }
        for duty in &campaign.duties {
            let (task, days) = (Task::Duty(campaign, duty), DateRange::new(duty.from, duty.to));
            entries.extend(self.work(&Work { task, owner: &duty.person.value, days, done: None }, true));
        }
        entries
    }

    /// Whether calendars show a campaign: one that was called off for some days only, as called off.
    fn is_told(&self, campaign: &Campaign) -> bool {
        let days = self.cx.model().policy.figure("feed-cancelled-days");
        campaign.called_off.as_ref().is_none_or(|off| off.is_told(self.cx.today(), days))
    }

    /// Something that was called off, while it is told.
    pub(super) fn called_off(&self, work: &Work<'_>, names_owner: bool) -> Option<Entry> {
        work.campaign().filter(|c| self.is_told(c))?;
        let mut entry = self.work(work, names_owner && !work.owner.is_empty())?;
        entry.summary = self.cx.tf("feed-cancelled", &[("what", &entry.summary)]);
        entry.is_cancelled = true;
        Some(entry)
    }

    /// Standard nodes that the author left out: who saw them before takes them back. They have no day any more, so they
    /// stand on the first of the campaign, until it is over.
    fn skipped(&self, campaign: &Campaign, schedule: &Schedule) -> Vec<Entry> {
        let cx = self.cx;
        let is_over = schedule.last < cx.today();
        let skipped = schedule.absent.iter().filter(|_| !is_over).filter_map(|(id, why)| match why {
            Absence::Skipped(reason) => Some((id, &reason.value)),
            _ => None,
        });
        let day = schedule.window.first;
        skipped
            .map(|(id, reason)| {
                let task = cx.model().policy.node(id).map(|n| &n.task);
                let what = cx.named(task, id).text;
                let what = cx.tf("feed-entry", &[("what", &what), ("campaign", &cx.plain(&campaign.title))]);
                Entry {
                    uid: self.uid(&["milestone", campaign.id.as_str(), id]),
                    days: DateRange { first: day, last: day },
                    summary: cx.tf("feed-cancelled", &[("what", &what)]),
                    lines: vec![cx.plain(reason)],
                    categories: vec![cx.t("feed-kind-milestone").to_owned()],
                    url: self.url(&routes::campaign_part(campaign.id.as_str(), "timeline")),
                    is_cancelled: true,
                }
            })
            .collect()
    }

    /// The days a campaign is live.
    pub(super) fn window(&self, campaign: &Campaign) -> Option<Entry> {
        let cx = self.cx;
        let schedule = campaign.schedule.as_ref().filter(|_| self.is_told(campaign))?;
        let is_cancelled = campaign.called_off.is_some();
        let mut summary = cx.tf("feed-live", &[("campaign", &cx.plain(&campaign.title))]);
        if is_cancelled {
            summary = cx.tf("feed-cancelled", &[("what", &summary)]);
        }
        let mut lines: Vec<String> = campaign.summary.iter().map(|s| cx.plain(s)).collect();
        lines.extend(campaign.called_off.iter().filter_map(|off| off.because.as_ref()).map(|why| cx.plain(why)));
        lines.extend(self.owner(campaign.owner.as_ref()));
        Some(Entry {
            uid: self.uid(&["live", campaign.id.as_str()]),
            days: schedule.window,
            summary,
            lines,
            categories: vec![cx.t("feed-kind-live").to_owned()],
            url: self.url(&routes::campaign(campaign.id.as_str())),
            is_cancelled,
        })
    }

    /// The phases, but for one that is the live window itself.
    fn phases(&self, campaign: &Campaign, schedule: &Schedule) -> Vec<Entry> {
        let cx = self.cx;
        let title = cx.plain(&campaign.title);
        let phases = schedule.phases.iter().filter(|p| p.days != schedule.window);
        phases
            .map(|phase| Entry {
                uid: self.uid(&["phase", campaign.id.as_str(), &phase.id]),
                days: phase.days,
                summary: cx.tf("feed-entry", &[("what", &cx.plain(&phase.name)), ("campaign", &title)]),
                lines: Vec::new(),
                categories: vec![cx.t("feed-kind-phase").to_owned()],
                url: self.url(&routes::campaign(campaign.id.as_str())),
                is_cancelled: false,
            })
            .collect()
    }

    /// The reports that alerts still ask for, on the day they are due (ALR-2).
    fn alerts(&self, campaign: &Campaign) -> Vec<Entry> {
        let cx = self.cx;
        let alerts = alert::of_campaign(cx.model(), campaign);
        let entry = |alert: &Alert<'_>| {
            let by = alert.report_by;
            let metric = cx.plain(&alert.metric.name);
            let day = cx.date_short(by.day);
            let when = by.hour().map_or_else(|| day.clone(), |h| cx.tf("alert-moment", &[("day", &day), ("hour", &h)]));
            let what = cx.tf("feed-alert", &[("metric", &metric), ("when", &when)]);
            let first = alert.first.date.value.to_string();
            Entry {
                uid: self.uid(&["alert", campaign.id.as_str(), &alert.kpi.metric.value, &first]),
                days: DateRange { first: by.day, last: by.day },
                summary: cx.tf("feed-entry", &[("what", &what), ("campaign", &cx.plain(&campaign.title))]),
                lines: self.owner(alert.answer.and_then(|a| a.owner.as_ref())).into_iter().collect(),
                categories: vec![cx.t("feed-kind-alert").to_owned()],
                url: self.url(&routes::alerts()),
                is_cancelled: false,
            }
        };
        alerts.iter().filter(|a| a.is_open()).map(entry).collect()
    }

    fn milestone(&self, campaign: &Campaign, node: &Milestone, names_owner: bool) -> Entry {
        let owner = node.owner.as_ref().map_or("", |o| o.value.as_str());
        let days = DateRange { first: node.due, last: node.due };
        let done = node.done.map(|d| d.value);
        let work = Work { task: Task::Milestone(campaign, node), owner, days: Some(days), done };
        self.entry(&work, days, names_owner)
    }

    /// The big-promotion dates and stages of a year.
    pub(super) fn programme(&self, programme: &Programme) -> Vec<Entry> {
        let entry = |kind: &str, stretch: &Stretch| {
            Some(Entry {
                uid: self.uid(&[kind, programme.id.as_str(), stretch.id.as_str()]),
                days: DateRange::new(stretch.from.value, stretch.to.value)?,
                summary: self.cx.plain(&stretch.name),
                lines: Vec::new(),
                categories: vec![self.cx.t(&format!("feed-kind-{kind}")).to_owned()],
                url: self.url(&routes::programme(programme.id.as_str())),
                is_cancelled: false,
            })
        };
        let anchors = programme.anchors.iter().filter_map(|a| entry("anchor", a));
        anchors.chain(programme.stages.iter().filter_map(|s| entry("stage", s))).collect()
    }

    /// Obligations of a month or longer, of everybody or of some people, due from a day on.
    pub(super) fn obligations(&self, owners: Option<&[&Person]>, since: Date) -> Vec<Entry> {
        let cx = self.cx;
        let model = cx.model();
        let is_one = |owner: Option<&str>| owners.is_none_or(|list| list.iter().any(|p| Some(p.id.as_str()) == owner));
        let all = cadence::dated(model).filter(|o| o.due >= since && is_one(cadence::owner(model, o.row)));
        all.map(|occurrence| self.obligation(&occurrence)).collect()
    }

    fn obligation(&self, occurrence: &Occurrence<'_>) -> Entry {
        let cx = self.cx;
        let Occurrence { id, row, period, due, held, .. } = *occurrence;
        let words = [("what", &cx.plain(&row.name) as &dyn std::fmt::Display), ("period", &period_name(cx, period))];
        let mut summary = cx.tf("feed-obligation", &words);
        let mut lines: Vec<String> = row.body.iter().map(|b| cx.plain(b)).collect();
        if let Some(held) = held {
            summary = cx.tf("feed-done", &[("what", &summary)]);
            lines.push(cx.tf("feed-done-on", &[("date", &cx.date(held.date.value))]));
        }
        let owner = cadence::owner(cx.model(), row);
        lines.extend(owner.map(|o| cx.tf("feed-owner", &[("owner", &self.name(o))])));
        Entry {
            uid: self.uid(&["obligation", id, &period.to_string().to_lowercase()]),
            days: DateRange { first: due, last: due },
            summary,
            lines,
            categories: vec![cx.t("feed-kind-obligation").to_owned()],
            url: self.url_to(&routes::obligations(), id),
            is_cancelled: false,
        }
    }

    /// Something with a name on it; none without a date.
    pub(super) fn work(&self, work: &Work<'_>, names_owner: bool) -> Option<Entry> {
        work.days.map(|days| self.entry(work, days, names_owner))
    }

    fn entry(&self, work: &Work<'_>, days: DateRange, names_owner: bool) -> Entry {
        let cx = self.cx;
        let (kind, uid, what) = self.what(work);
        let mut summary = match work.campaign() {
            Some(campaign) => cx.tf("feed-entry", &[("what", &what), ("campaign", &cx.plain(&campaign.title))]),
            None => what,
        };
        if names_owner {
            summary = cx.tf("feed-owned", &[("what", &summary), ("owner", &self.name(work.owner))]);
        }
        let mut lines: Vec<String> = Vec::new();
        if let Some(done) = work.done {
            summary = cx.tf("feed-done", &[("what", &summary)]);
            lines.push(cx.tf("feed-done-on", &[("date", &cx.date(done))]));
        }
        if !work.owner.is_empty() {
            lines.push(cx.tf("feed-owner", &[("owner", &self.name(work.owner))]));
        }
        let part = |name: &str| routes::campaign_part(work.campaign().map_or("", |c| c.id.as_str()), name);
        let url = match work.task {
            Task::SopReview(sop) => self.url(&routes::sop(sop.id.as_str())),
            Task::Item(_, item) => self.url_to(&part("checklist"), &item.key()),
            Task::Action(_, action) => self.url_to(&part("review"), action.id.value.as_str()),
            Task::Milestone(_, node) => self.url_to(&part("timeline"), node.id.as_str()),
            Task::Material(campaign, _) | Task::Duty(campaign, _) => self.url(&routes::campaign(campaign.id.as_str())),
        };
        Entry { uid, days, summary, lines, categories: vec![cx.t(kind).to_owned()], url, is_cancelled: false }
    }

    /// Key of its kind, its uid, its words.
    fn what(&self, work: &Work<'_>) -> (&'static str, String, String) {
        let cx = self.cx;
        let campaign = work.campaign().map_or("", |c| c.id.as_str());
        let optional = |text: &Option<Text>| text.as_ref().map(|t| cx.plain(t));
        match work.task {
            Task::Milestone(_, node) => {
                let words = optional(&node.task).unwrap_or_else(|| node.id.as_str().to_owned());
                ("feed-kind-milestone", self.uid(&["milestone", campaign, node.id.as_str()]), words)
            }
            Task::Item(_, item) => {
                let uid = self.uid(&["item", campaign, item.sop.as_str(), item.id.as_str()]);
                ("feed-kind-item", uid, cx.plain(&item.text))
            }
            Task::Material(_, material) => {
                // Materials have no id: their name stands for one.
                let name = material.name.both();
                let uid = self.uid(&["material", campaign, &Fingerprint::of(name.0.as_bytes()).short()]);
                ("feed-kind-material", uid, cx.plain(&material.name))
            }
            Task::Action(_, action) => {
                ("feed-kind-action", self.uid(&["action", campaign, action.id.value.as_str()]), cx.plain(&action.what))
            }
            Task::Duty(_, duty) => {
                let uid = self.uid(&["duty", campaign, work.owner, &duty.from.to_string()]);
                let words = match optional(&duty.shift) {
                    Some(shift) => cx.tf("duty-shift", &[("shift", &shift)]),
                    None => cx.t("duty").to_owned(),
                };
                ("feed-kind-duty", uid, words)
            }
            Task::SopReview(sop) => {
                let words = cx.tf("feed-sop-review", &[("sop", &cx.plain(&sop.title))]);
                ("feed-kind-sop-review", self.uid(&["sop-review", sop.id.as_str()]), words)
            }
        }
    }

    fn owner(&self, owner: Option<&Spanned<String>>) -> Option<String> {
        owner.map(|o| self.cx.tf("feed-owner", &[("owner", &self.name(&o.value))]))
    }

    fn name(&self, person: &str) -> String {
        self.cx.model().person(person).map_or_else(|| person.to_owned(), |p| self.cx.plain(&p.name))
    }

    /// Ids hold no dot, so parts cannot run into each other.
    fn uid(&self, parts: &[&str]) -> String {
        format!("{}@{}", parts.join("."), self.home)
    }

    /// The address of a page, where the site has one.
    fn url(&self, page: &Route) -> Option<String> {
        self.cx.absolute(page)
    }

    /// The same with a fragment.
    fn url_to(&self, page: &Route, fragment: &str) -> Option<String> {
        self.url(page).map(|url| format!("{url}#{fragment}"))
    }
}
