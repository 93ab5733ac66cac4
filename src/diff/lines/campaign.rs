//! The lines of one campaign: what is late first, then dates, people, money, targets, nodes.

use super::{LISTED, Pen, Piece, code, own};
use crate::base::{Said, words};
use crate::checks::words::share as percent_of;
use crate::diff::campaigns::{CampaignChange, Fact, Kind, Node, OwnerChange, TargetChange};
use crate::diff::dates::{Late, Move, Slackest};
use crate::diff::money::MoneyChange;
use crate::diff::values::{Change, Percent, Sum};
use crate::said;

impl Pen<'_> {
    fn nodes(&mut self, said: &Said, nodes: &[Node]) {
        if nodes.is_empty() {
            return;
        }
        let item = |node: &Node| {
            let mut pieces = vec![Piece::Words(self.t(&node.name))];
            pieces.extend(node.on.map(|on| own(format!(" {on}"))));
            pieces
        };
        let list = self.list(nodes.iter().map(item).collect(), LISTED);
        let mut pieces = vec![own(self.t(said)), own(self.colon())];
        pieces.extend(list);
        self.push(2, pieces);
    }

    pub(super) fn campaign(&mut self, campaign: &CampaignChange) {
        let kind = match campaign.kind {
            Kind::Removed => said!(" — removed", " — 已删除"),
            Kind::CalledOff => said!(" — called off", " — 已取消"),
            Kind::Resumed => said!(" — resumed", " — 已恢复"),
            Kind::Added => said!(" — new", " — 新增"),
            Kind::Changed => Said::default(),
        };
        let mut head = vec![Piece::Strong(self.t(&campaign.name)), own(" "), code(campaign.id.clone())];
        head.push(own(self.t(&kind)));
        if let Some(was) = &campaign.was {
            head.push(own(self.t(&said!(" — was ", " — 原为 "))));
            head.push(code(was.clone()));
        }
        self.push(1, head);
        campaign.late.iter().for_each(|late| self.late(late));
        self.moves(campaign);
        for fact in &campaign.facts {
            match campaign.kind {
                // Of what is gone its days and owner are enough to know it by.
                Kind::Removed if !matches!(fact.key, "days" | "owner") => {}
                kind => self.fact(fact, kind == Kind::Removed),
            }
        }
        campaign.owners.iter().for_each(|owner| self.owner(owner));
        if let Some(money) = &campaign.money {
            let is_whole = matches!(campaign.kind, Kind::Removed | Kind::CalledOff);
            self.total(money);
            if !is_whole {
                self.cuts(money);
            }
            if !is_whole && campaign.kind != Kind::Added {
                self.budget_lines(money);
            }
        }
        campaign.targets.iter().for_each(|target| self.target(target));
        self.nodes(&said!("new nodes", "新增节点"), &campaign.nodes_added);
        self.nodes(&said!("nodes dropped", "删除节点"), &campaign.nodes_removed);
        self.nodes(&said!("done", "已完成"), &campaign.done);
        self.nodes(&said!("no longer done", "不再算完成"), &campaign.undone);
        self.nodes(&said!("checklist items added", "新增检查项"), &campaign.items_added);
        self.nodes(&said!("checklist items dropped", "减少检查项"), &campaign.items_dropped);
    }

    fn late(&mut self, late: &Late) {
        let (days, due) = (late.days, late.due);
        let n = words::count(days, "day");
        let why = match late.reason {
            "overdue" => said!(" was due {due}, {n} ago", " 应于 {due} 完成，已过 {days} 天"),
            "waited-for" => {
                said!(" is due {due}, {n} after what waits for it", " 定于 {due}，比等它的节点晚 {days} 天")
            }
            _ => said!(" is due {due}, {n} too late for the promised day", " 定于 {due}，比承诺日期所需晚 {days} 天"),
        };
        let what = if late.what == "handover" {
            said!("⚠️ now late: hand-over ", "⚠️ 将延误：交接 ")
        } else {
            said!("⚠️ now late: ", "⚠️ 将延误：")
        };
        let name = self.t(&late.name);
        self.push(2, vec![own(self.t(&what)), Piece::Words(name), own(self.t(&why))]);
    }

    fn moved(&self, m: &Move) -> Vec<Piece> {
        let (before, after, days) = (m.before, m.after, self.days(m.days));
        let kind = match m.what {
            "material" => said!("material ", "物料 "),
            "handover" => said!("hand-over ", "交接 "),
            _ => Said::default(),
        };
        let dates = self.t(&said!(" {before} → {after} ({days})", " {before} → {after}（{days}）"));
        vec![own(self.t(&kind)), Piece::Words(self.t(&m.name)), own(dates)]
    }

    fn moves(&mut self, campaign: &CampaignChange) {
        let follows = |id: &str| campaign.moves.iter().filter(|m| m.cause.as_deref() == Some(id)).collect::<Vec<_>>();
        for m in campaign.moves.iter().filter(|m| m.cause.is_none()) {
            let mut pieces = self.moved(m);
            if let Some(Piece::Words(name)) = pieces.get(1) {
                pieces[1] = Piece::Strong(name.clone());
            }
            self.push(2, pieces);
            self.pushed(&follows(&m.id), &said!("pushes", "带动"));
        }
        self.pushed(&follows("policy"), &said!("policy moves", "政策调整带动"));
        if campaign.items_moved > 0 {
            let (n, items) = (campaign.items_moved, words::count(campaign.items_moved as i64, "checklist item"));
            let verb = if n == 1 { "moves" } else { "move" };
            self.point(2, &said!("{items} {verb} along", "{n} 个检查项随之移动"));
        }
        if let Some(slack) = &campaign.slack {
            let side =
                |side: &Option<Slackest>| side.as_ref().map(|s| (self.t(&s.node), words::count(s.days, "day"), s.days));
            let mut pieces = vec![own(self.t(&said!("least slack before go-live: ", "上线前最小浮动时间：")))];
            for (at, side) in [side(&slack.before), side(&slack.after)].into_iter().enumerate() {
                if at > 0 {
                    pieces.push(own(" → "));
                }
                match side {
                    Some((node, en, days)) => {
                        pieces.push(own(self.t(&said!("{en} (", "{days} 天（"))));
                        pieces.push(Piece::Words(node));
                        pieces.push(own(self.t(&said!(")", "）"))));
                    }
                    None => pieces.push(own("–")),
                }
            }
            self.push(2, pieces);
        }
    }

    fn pushed(&mut self, moves: &[&Move], said: &Said) {
        if moves.is_empty() {
            return;
        }
        let n = moves.len();
        let list = self.list(moves.iter().map(|m| self.moved(m)).collect(), LISTED);
        let mut pieces = vec![own(self.t(said)), own(format!(" {n}")), own(self.colon())];
        pieces.extend(list);
        self.push(3, pieces);
    }

    fn fact(&mut self, fact: &Fact, is_gone: bool) {
        let label = match fact.key {
            "title" => said!("title", "标题"),
            "days" => said!("days", "日期"),
            "owner" => said!("owner", "负责人"),
            "called-off" => said!("called off on", "取消日期"),
            "because" => said!("because", "取消原因"),
            "programme" => said!("programme", "年度计划"),
            "slot" => said!("slot", "档位"),
            "scale" => said!("scale", "规模"),
            "mode" => said!("mode", "形式"),
            "tier" => said!("tier", "等级"),
            "channels" => said!("channels", "渠道"),
            _ => said!("theme", "主题"),
        };
        let mut pieces = vec![own(self.t(&label)), own(self.colon())];
        match &fact.value.before {
            Some(value) if is_gone => pieces.push(Piece::Words(value.clone())),
            _ => pieces.extend(self.values(&fact.value)),
        }
        self.push(2, pieces);
    }

    /// Values of authors: `a → b`, or the only one there is.
    fn values(&self, value: &Change<String>) -> Vec<Piece> {
        let word = |w: &String| Piece::Words(w.clone());
        match (&value.before, &value.after) {
            (Some(before), Some(after)) => vec![word(before), own(" → "), word(after)],
            (None, Some(after)) => vec![word(after)],
            (Some(before), None) => vec![word(before), own(" → –")],
            (None, None) => Vec::new(),
        }
    }

    fn owner(&mut self, owner: &OwnerChange) {
        let mut pieces = match owner.what {
            "owner" => vec![own(self.t(&said!("owner", "负责人")))],
            "role" => vec![own(self.t(&said!("role ", "角色 "))), Piece::Words(self.t(&owner.name))],
            "department" => {
                vec![own(self.t(&said!("by department, role ", "按部门，角色 "))), Piece::Words(self.t(&owner.name))]
            }
            _ => vec![own(self.t(&said!("owner of ", "负责人："))), Piece::Words(self.t(&owner.name))],
        };
        pieces.push(own(self.colon()));
        let side = |id: &Option<String>| id.clone().map_or_else(|| own("–"), code);
        pieces.extend([side(&owner.person.before), own(" → "), side(&owner.person.after)]);
        if owner.follows > 0 {
            let (n, things) = (owner.follows, words::count(owner.follows as i64, "node or item"));
            let things = if n == 1 { things } else { format!("{n} nodes and items") };
            pieces.push(own(self.t(&said!(", and with it {things}", "，连带 {n} 个节点和检查项"))));
        }
        self.push(2, pieces);
    }

    pub(super) fn total(&mut self, money: &MoneyChange) {
        if let Some(total) = &money.total {
            let sums = self.sums(total);
            self.point(2, &said!("budget {sums}", "预算 {sums}"));
        }
    }

    pub(super) fn cuts(&mut self, money: &MoneyChange) {
        for axis in &money.axes {
            let mut items = Vec::new();
            for bucket in &axis.buckets {
                let (amount, share) = (&bucket.amount, &bucket.share);
                if amount.before == amount.after && share.before == share.after {
                    continue;
                }
                let percent = |p: Option<Percent>| p.map(|p| self.t(&percent_of(p.0)));
                // Of a budget that is new there is nothing to compare with.
                let is_new = amount.before.is_none();
                let shares = if is_new || share.before == share.after {
                    percent(share.after).unwrap_or_default()
                } else {
                    self.arrow(percent(share.before), percent(share.after))
                };
                let sums = if is_new || amount.before == amount.after {
                    amount.after.map(Sum::words).unwrap_or_default()
                } else {
                    self.arrow(amount.before.map(Sum::words), amount.after.map(Sum::words))
                };
                let text = self.t(&said!(" {shares} ({sums})", " {shares}（{sums}）"));
                items.push(vec![Piece::Words(self.t(&bucket.name)), own(text)]);
            }
            let mut pieces =
                vec![own(self.t(&said!("by ", "按"))), Piece::Words(self.t(&axis.name)), own(self.colon())];
            pieces.extend(self.list(items, usize::MAX));
            self.push(2, pieces);
        }
    }

    fn budget_lines(&mut self, money: &MoneyChange) {
        let lines: Vec<Vec<Piece>> = money
            .lines
            .iter()
            .map(|line| {
                let sums = self.arrow(line.amount.before.map(Sum::words), line.amount.after.map(Sum::words));
                vec![Piece::Words(self.t(&line.name)), own(format!(" {sums}"))]
            })
            .collect();
        if !lines.is_empty() {
            let list = self.list(lines, LISTED);
            let mut pieces = vec![own(self.t(&said!("lines", "明细"))), own(self.colon())];
            pieces.extend(list);
            self.push(2, pieces);
        }
    }

    pub(super) fn target(&mut self, target: &TargetChange) {
        let side = |side: &Option<Said>| side.as_ref().map(|s| self.t(s));
        let text = self.arrow(side(&target.target.before), side(&target.target.after));
        let label = self.t(&said!("target ", "目标 "));
        self.push(2, vec![own(label), Piece::Words(self.t(&target.name)), own(format!("{}{text}", self.colon()))]);
    }
}
