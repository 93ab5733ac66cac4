//! `reference/campaign`: a campaign or procedure that does not exist.

use super::subject_of;
use crate::base::{Diagnostic, FileId, Found, Span, Spanned, Subject};
use crate::checks::Check;
use crate::checks::words::{Written, did_you_mean};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};
use std::collections::{BTreeMap, BTreeSet};

rule! {
    /// A campaign is named that does not exist: whose lessons are used, where an action was applied, what a waiver is for.
    ///
    /// ## Why
    /// Lessons travel along these names. A broken one loses the trail, and a waiver for nothing waives nothing.
    ///
    /// ## Example
    /// ```toml,with path=content/campaigns/2026-04-garden/campaign.toml
    /// title = "Garden week"
    /// owner = "lin"
    /// start = 2026-04-08
    /// end = 2026-04-12
    /// ```
    /// ```toml,reports
    /// lessons-from = ["2026-04-gardens"]
    /// ```
    /// ```toml,passes
    /// lessons-from = ["2026-04-garden"]
    /// ```
    pub(crate) static RULE = "reference/campaign", Error, ["PMR-3", "PMR-4", "CAL-12"],
    zh: "写了不存在的活动：借鉴其经验、应用改进或豁免对象。\n\n经验靠这些名称传递；名称断了，线索就丢了，对象不存在的豁免也不起作用。"
}

pub(crate) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    let names = Names::of(model);
    for campaign in &model.campaigns {
        let home = campaign.subject();
        for id in &campaign.lessons_from {
            judge(&names, id, home.clone(), found);
        }
        if let Some(to) = campaign.results.early_stop.as_ref().and_then(|s| s.to.as_ref()) {
            judge(&names, to, home.clone(), found);
        }
        for action in campaign.postmortem.iter().flat_map(|p| &p.actions) {
            if let Some(id) = &action.applied_in {
                judge(&names, id, home.clone().item(action.id.value.as_str()), found);
            }
        }
    }
    for waiver in &model.waivers {
        // In a campaign's own file the target is a part of that campaign.
        let Some(span) = waiver.target_span.filter(|span| !names.files.contains(&span.file)) else { continue };
        target(model, &names, &waiver.target, span, found);
    }
}

/// What campaigns are called: looked up once, for many references.
struct Names<'a> {
    /// Ids in order.
    ids: BTreeSet<&'a str>,
    /// Earlier ids, and what they became.
    earlier: BTreeMap<&'a str, &'a str>,
    /// Their files.
    files: BTreeSet<FileId>,
}

impl<'a> Names<'a> {
    fn of(model: &'a Model) -> Self {
        let earlier = |c: &'a Campaign| c.aliases.iter().map(move |a| (a.value.as_str(), c.id.as_str()));
        Self {
            ids: model.campaigns.iter().map(|c| c.id.as_str()).collect(),
            earlier: model.campaigns.iter().flat_map(earlier).collect(),
            files: model.campaigns.iter().map(|c| c.file).collect(),
        }
    }
}

fn judge(names: &Names<'_>, id: &Spanned<String>, subject: Subject, found: &mut Found) {
    let word = id.value.as_str();
    if names.ids.contains(word) {
        return;
    }
    let diagnostic =
        Diagnostic::new(&RULE, id.span, said!("there is no campaign `{word}`", "没有活动 `{word}`")).about(subject);
    if let Some(now) = names.earlier.get(word) {
        let advice = said!("write `{now}`, as it is called now", "请写现在的 id `{now}`");
        found.push(diagnostic.fix(advice, id.span, Written::Quoted.put(now)));
        return;
    }
    let known = names.ids.iter().copied();
    let otherwise = said!("write the folder name of a campaign, or remove it", "请写某个活动的文件夹名，或删除");
    found.push(did_you_mean(diagnostic, word, id.span, Written::Quoted, known, otherwise));
}

/// A waiver's target in a policy file.
fn target(model: &Model, names: &Names<'_>, target: &str, span: Span, found: &mut Found) {
    let subject = subject_of(target);
    let (kind, id) = subject.thing.split_once('/').unwrap_or(("", ""));
    let is_there = match kind {
        "campaigns" => names.ids.contains(id),
        "sops" => model.sop(id).is_some(),
        // `reference/programme` speaks of those.
        "programmes" => true,
        _ => false,
    };
    if is_there {
        return;
    }
    let campaigns = names.ids.iter().map(|id| format!("campaigns/{id}"));
    let known: Vec<String> = campaigns.chain(model.sops.iter().map(|s| format!("sops/{}", s.id))).collect();
    let thing = &subject.thing;
    let message = said!("there is no `{thing}` to waive a rule for", "没有可豁免的 `{thing}`");
    let diagnostic = Diagnostic::new(&RULE, span, message).about(subject.clone());
    let otherwise = said!(
        "write `campaigns/<id>`, `sops/<id>` or `programmes/<id>`",
        "请写 `campaigns/<id>`、`sops/<id>` 或 `programmes/<id>`"
    );
    match crate::base::words::nearest(thing, known.iter().map(String::as_str)) {
        Some(near) => {
            let whole = subject.item.as_ref().map_or_else(|| near.to_owned(), |item| format!("{near}#{item}"));
            found.push(diagnostic.fix(
                said!("did you mean `{whole}`?", "是否想写 `{whole}`？"),
                span,
                Written::Quoted.put(&whole),
            ));
        }
        None => found.push(diagnostic.hint(otherwise)),
    }
}
