//! `campaign/shared-goal`: departments that work towards different ends, or prices that nobody signed.

use crate::base::{Diagnostic, Found, words};
use crate::checks::Check;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// Departments of a campaign name different shared goals, or discounts that sales and marketing did not sign.
    ///
    /// ## Why
    /// Goals that pull apart make up nearly half of all delays; a price that one department announced and another did not know of raised returns
    /// by 8 % (PRG-5). One goal of the year stands above what each department does.
    ///
    /// ## Example
    /// ```toml,reports
    /// [[department-goal]]
    /// department = "marketing"
    /// goal = "Participation 65 %"
    /// shared-goal = "repurchase"
    ///
    /// [[department-goal]]
    /// department = "sales"
    /// goal = "Stock turned over in 20 days"
    /// shared-goal = "campaign-sales"
    /// ```
    /// ```toml,passes
    /// [[department-goal]]
    /// department = "marketing"
    /// goal = "Participation 65 %"
    /// shared-goal = "repurchase"
    ///
    /// [[department-goal]]
    /// department = "sales"
    /// goal = "Stock turned over in 20 days"
    /// shared-goal = "repurchase"
    /// ```
    pub(crate) static RULE = "campaign/shared-goal", Warning, ["PRG-5"],
    zh: "同一活动中各部门写了不同的共同目标，或有折扣却没有销售和市场会签。\n\n目标不一致占延误原因的近一半；一个部门公布的价格另一个部门不知道，曾让退货上升 8%（PRG-5）。各部门之上，应有一个年度目标。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let rows = &campaign.department_goals;
    let mut shared = rows.iter().filter_map(|d| d.shared.as_ref());
    if let Some(first) = shared.next() {
        for other in shared.filter(|s| s.value != first.value) {
            let (a, b) = (&first.value, &other.value);
            let message = said!(
                "one department works towards `{b}`, another towards `{a}`",
                "一个部门以 `{b}` 为目标，另一个以 `{a}` 为目标"
            );
            found.push(
                Diagnostic::new(&RULE, other.span, message)
                    .label(first.span, said!("the other goal", "另一个目标"))
                    .hint(said!("agree on one goal of the year above both", "请商定一个共同的年度目标"))
                    .about(campaign.subject()),
            );
        }
    }
    // Signing is written into the rows of departments; a campaign without any has not begun to.
    if rows.is_empty() || rows.iter().any(|d| !d.sound) {
        return;
    }
    let Some(row) = model.policy.rows.line_rules.find("price") else { return };
    let lines = campaign.budget.iter().flat_map(|b| &b.lines);
    let mut priced = lines.filter(|l| l.tag(&row.axis).is_some_and(|t| row.values.contains(&t.value)));
    let Some(line) = priced.next() else { return };
    let has_signed = |id: &str| rows.iter().any(|d| d.department.value == id && d.price_signed.is_some());
    let wanted = row.departments.iter().filter(|id| model.departments.contains_key(id.as_str()));
    let missing: Vec<String> = wanted.filter(|id| !has_signed(id)).map(|id| format!("`{id}`")).collect();
    if missing.is_empty() {
        return;
    }
    let list = words::all_of(missing.iter().map(String::as_str));
    let (name, en, zh) = (crate::checks::words::text(&line.name), &list.en, &list.zh);
    let (name_en, name_zh) = (&name.en, &name.zh);
    let message = said!("{name_en} is a discount that {en} did not sign", "{name_zh} 是折扣，{zh} 没有会签");
    let advice = said!(
        "let them sign, and add `price-signed = …` to their `[[department-goal]]`",
        "请其会签，并在其 `[[department-goal]]` 中添加 `price-signed = …`"
    );
    found.push(Diagnostic::new(&RULE, line.span, message).hint(advice).about(campaign.subject()));
}
