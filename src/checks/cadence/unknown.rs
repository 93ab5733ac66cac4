//! `cadence/unknown`: evidence, or an obligation, that names something that does not exist.

use super::subject;
use crate::base::{Diagnostic, Found, Id};
use crate::checks::Check;
use crate::checks::words::{Written, did_you_mean};
use crate::model::Model;
use crate::{rule, said};

rule! {
    /// Evidence names an obligation that policy does not know, or an obligation a department that does not exist.
    ///
    /// ## Why
    /// The obligation that was meant stays without evidence and is reported as overdue (CAL-11); the obligation without a department is nobody's.
    ///
    /// ## Example
    /// ```toml,reports path=content/obligations.toml as-of=2026-02-10
    /// since = 2026-03-01
    ///
    /// [[held]]
    /// obligation = "kpi-wach"
    /// period = "2026-W06"
    /// date = 2026-02-09
    /// evidence = "https://wiki.example/kpi"
    /// ```
    /// ```toml,passes path=content/obligations.toml as-of=2026-02-10
    /// since = 2026-03-01
    ///
    /// [[held]]
    /// obligation = "kpi-watch"
    /// period = "2026-W06"
    /// date = 2026-02-09
    /// evidence = "https://wiki.example/kpi"
    /// ```
    pub(crate) static RULE = "cadence/unknown", Error, ["CAL-11"],
    zh: "证据引用了政策中没有的例行任务，或例行任务引用了不存在的部门。\n\n真正要写的那项任务就会一直缺证据而被报为过期（CAL-11）；没有部门的任务则无人负责。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    let rows = &model.policy.rows.cadence;
    for held in &model.obligations.held {
        let word = held.obligation.value.as_str();
        if rows.find(word).is_some() {
            continue;
        }
        let diagnostic = Diagnostic::new(
            &RULE,
            held.obligation.span,
            said!("there is no obligation `{word}`", "没有例行任务 `{word}`"),
        );
        let otherwise = said!(
            "add `[cadence.{word}]` to a file in `content/policies/`",
            "请在 `content/policies/` 的文件里添加 `[cadence.{word}]`"
        );
        let diagnostic = diagnostic.about(subject(word));
        found.push(did_you_mean(diagnostic, word, held.obligation.span, Written::Quoted, rows.keys(), otherwise));
    }
    // The pack's own departments need not exist; what a playbook wrote itself must.
    for (id, row) in rows.iter() {
        let Some(department) = row.department.as_ref().filter(|d| model.policy.is_own(d.span)) else { continue };
        let word = department.value.as_str();
        if model.departments.contains_key(word) {
            continue;
        }
        let diagnostic =
            Diagnostic::new(&RULE, department.span, said!("there is no department `{word}`", "没有部门 `{word}`"));
        let known = model.departments.keys().map(Id::as_str);
        let otherwise =
            said!("add `[{word}]` to `content/departments.toml`", "请在 `content/departments.toml` 里添加 `[{word}]`");
        found.push(did_you_mean(
            diagnostic.about(subject(id)),
            word,
            department.span,
            Written::Quoted,
            known,
            otherwise,
        ));
    }
}
