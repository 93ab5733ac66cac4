//! `programme/orphan`: a campaign that the year does not know.

use crate::base::{Diagnostic, Found};
use crate::checks::Check;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// A campaign hangs from no year, or has no theme in a year whose other campaigns have one.
    ///
    /// ## Why
    /// Firms run 18 campaigns a year, and most of the monthly ones lack an overall design: budgets overlap, ideas repeat, and their return is
    /// half that of the best (PRG-4). Year and theme say what a campaign is for.
    ///
    /// ## Example
    /// ```toml,with path=content/programmes/2027.toml
    /// title = "2027"
    /// year = 2027
    /// ```
    /// ```toml,reports
    /// theme = "A campaign of 2026, of which nobody wrote a plan"
    /// ```
    /// ```toml,passes
    /// programme = "2027"
    /// ```
    pub(crate) static RULE = "programme/orphan", Warning, ["PRG-4"],
    zh: "活动不属于任何年度，或所在年度的其他活动都有主题，唯独它没有。\n\n企业一年平均做 18 场活动，按月做的大多没有整体设计：预算重叠、创意重复，回报只有最好企业的一半（PRG-4）。年度和主题说明一场活动为何存在。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    if model.programmes.is_empty() || campaign.start.is_none() || !campaign.sound {
        return;
    }
    let about = campaign.subject();
    let Some(written) = &campaign.programme else {
        let year = campaign.start.map_or(0, |s| s.value.year());
        let message = said!(
            "the campaign hangs from no year: there is no programme of {year}",
            "活动不属于任何年度：没有 {year} 年的计划"
        );
        let advice = said!(
            "run `playbook new programme {year}`, or add `content/programmes/{year}.toml`",
            "请运行 `playbook new programme {year}`，或添加 `content/programmes/{year}.toml`"
        );
        found.push(Diagnostic::new(&RULE, campaign.span, message).hint(advice).about(about));
        return;
    };
    // A name that leads nowhere is told by `reference/programme`.
    let Some(programme) = model.programme(&written.value) else { return };
    // What cannot be read, or was called off, is no less of the year: its theme counts, and of one that is not known nothing is said.
    let is_known = model.campaigns.iter().all(|c| c.sound);
    let mut sisters = model.campaigns_of(programme).filter(|c| c.id != campaign.id).peekable();
    let have_themes = sisters.peek().is_some() && sisters.all(|c| c.theme.is_some());
    // A missing slot is told by `programme/rhythm`.
    if campaign.written.has("theme") || !is_known || !have_themes {
        return;
    }
    let message =
        said!("all other campaigns of the year have a theme, this one has none", "本年度其他活动都有主题，唯独它没有");
    let advice = said!("add `theme = …`", "请添加 `theme = …`");
    found.push(Diagnostic::new(&RULE, campaign.span, message).hint(advice).about(about));
}
