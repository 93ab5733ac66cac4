//! The year's money as accounts: every budget line of the programme and of its campaigns, and what is moved between
//! them. Moving never makes money: what the accounts hold adds up to what was planned, whatever is moved.

use super::Model;
use super::budget::Line;
use super::budget::money;
use super::campaign::Campaign;
use super::programme::Programme;
use crate::base::{Currency, Date, Found, Money, Share, Span, Spanned, Text};
use crate::sources::shape::Number;
use crate::{shape, vocabulary};

vocabulary! {
    /// Why money is moved.
    pub enum Kind, "kind" / "类型" {
        /// It is needed more elsewhere (BUD-11).
        Transfer = "transfer",
        /// A campaign that returns much is given more (BUD-3).
        TopUp = "top-up",
    }
}

shape! {
    /// `[[transfer]]` as written.
    pub struct RawTransfer {
        /// When.
        "date" date: required Spanned<Date>,
        /// The line it leaves: an id of the programme, or `campaign/line`.
        "from" from: required Spanned<String>,
        /// The line it reaches.
        "to" to: required Spanned<String>,
        /// How much.
        "amount" amount: required Spanned<Number>,
        /// Transfer or top-up.
        "kind" kind: optional Kind,
        /// Why.
        "reason" reason: needed Text,
        /// What shows it.
        "evidence" evidence: optional Text,
        /// Who signed.
        "approver" approver: required Spanned<String>,
    }
}

/// Money moved from one line to another.
#[derive(Clone, Debug)]
pub struct Transfer {
    /// Its header.
    pub span: Span,
    /// When.
    pub date: Spanned<Date>,
    /// The line it leaves; may name one that does not exist.
    pub from: Spanned<String>,
    /// The line it reaches; may name one that does not exist.
    pub to: Spanned<String>,
    /// How much.
    pub amount: Spanned<Money>,
    /// Transfer or top-up.
    pub kind: Kind,
    /// Why.
    pub reason: Text,
    /// What shows it.
    pub evidence: Option<Text>,
    /// Who signed; may name a person who does not exist.
    pub approver: Spanned<String>,
}

impl Transfer {
    pub(crate) fn lower(raw: RawTransfer, currency: Currency, found: &mut Found) -> Option<Self> {
        let amount = raw.amount.and_then(|a| money(&a, currency, found));
        Some(Self {
            span: raw.span,
            date: raw.date?,
            from: raw.from?,
            to: raw.to?,
            amount: amount?,
            kind: raw.kind.unwrap_or(Kind::Transfer),
            reason: raw.reason,
            evidence: raw.evidence,
            approver: raw.approver?,
        })
    }
}

/// One budget line, and what was moved to it and from it.
#[derive(Clone, Copy, Debug)]
pub struct Account<'a> {
    /// The campaign it belongs to; none for a line of the programme.
    pub campaign: Option<&'a Campaign>,
    /// The line.
    pub line: &'a Line,
    /// Money that reached it.
    pub received: Money,
    /// Money that left it.
    pub given: Money,
}

impl Account<'_> {
    /// What it holds now.
    pub fn holds(&self) -> Money {
        self.line.amount.value + self.received - self.given
    }
    fn is(&self, word: &str) -> bool {
        match (self.campaign, word.split_once('/')) {
            (None, None) => self.line.is_named(word),
            (Some(campaign), Some((id, line))) => campaign.id.as_str() == id && self.line.is_named(line),
            _ => false,
        }
    }
}

/// What is wrong with a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// `from` names no line.
    NoSource,
    /// `to` names no line.
    NoTarget,
    /// Both are one line.
    Same,
    /// Nothing, or less than nothing, is moved.
    NotPositive,
    /// More than the line holds on that day.
    TooMuch(Money),
}

/// The accounts of a year after all transfers that can be made, and those that cannot, by place.
#[derive(Debug)]
pub struct Ledger<'a> {
    /// The lines of the programme, then those of its campaigns in order.
    pub accounts: Vec<Account<'a>>,
    /// What was not moved, and why.
    pub faults: Vec<(usize, Fault)>,
}

impl<'a> Ledger<'a> {
    /// The accounts of a programme with every sound transfer made, in order of date.
    pub fn of(model: &'a Model, programme: &'a Programme) -> Self {
        let open = |campaign, line| Account { campaign, line, received: Money::ZERO, given: Money::ZERO };
        let own = programme.budget.iter().flat_map(|b| &b.lines).map(|line| open(None, line));
        let of_campaigns = model
            .campaigns_of(programme)
            // Of a campaign called off as planned: what it does not need can be moved on.
            .flat_map(|c| c.plan().into_iter().flat_map(move |b| b.lines.iter().map(move |line| open(Some(c), line))));
        let mut ledger = Self { accounts: own.chain(of_campaigns).collect(), faults: Vec::new() };
        let mut order: Vec<(usize, &Transfer)> = programme.transfers.iter().enumerate().collect();
        order.sort_by_key(|(place, t)| (t.date.value, *place));
        for (place, transfer) in order {
            if let Err(fault) = ledger.make(transfer) {
                ledger.faults.push((place, fault));
            }
        }
        ledger.faults.sort_by_key(|(place, _)| *place);
        ledger
    }

    /// Moves money; on a fault nothing moves.
    fn make(&mut self, transfer: &Transfer) -> Result<(), Fault> {
        let find = |word: &str| self.accounts.iter().position(|a| a.is(word));
        let from = find(&transfer.from.value).ok_or(Fault::NoSource)?;
        let to = find(&transfer.to.value).ok_or(Fault::NoTarget)?;
        let amount = transfer.amount.value;
        let held = self.accounts[from].holds();
        match () {
            () if from == to => return Err(Fault::Same),
            () if amount <= Money::ZERO => return Err(Fault::NotPositive),
            () if amount > held => return Err(Fault::TooMuch(held)),
            () => {}
        }
        self.accounts[from].given = self.accounts[from].given + amount;
        self.accounts[to].received = self.accounts[to].received + amount;
        Ok(())
    }

    /// The account that an author's words name.
    pub fn account(&self, word: &str) -> Option<&Account<'a>> {
        self.accounts.iter().find(|a| a.is(word))
    }

    /// The campaign that a transfer reaches.
    pub fn receiver(&self, transfer: &Transfer) -> Option<&'a Campaign> {
        self.account(&transfer.to.value).and_then(|a| a.campaign)
    }

    /// What all accounts hold: always what was planned.
    pub fn sum(&self) -> Money {
        self.accounts.iter().map(Account::holds).sum()
    }

    /// Words that name each account, for advice.
    pub fn names(&self) -> Vec<String> {
        let name = |a: &Account<'_>| {
            let line = a.line.id.as_ref()?.value.as_str();
            Some(a.campaign.map_or_else(|| line.to_owned(), |c| format!("{}/{line}", c.id)))
        };
        self.accounts.iter().filter_map(name).collect()
    }
}

/// The pool from which campaigns that return much are given more (BUD-3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Incentive {
    /// Total × floating share × share held back, in force by policy; rounded down.
    pub pool: Money,
    /// What was granted.
    pub drawn: Money,
}

impl Incentive {
    /// What is left.
    pub fn left(&self) -> Money {
        self.pool - self.drawn
    }
}

/// The incentive pool of a year: of its total, the floating share that policy plans, of this the part held back. None
/// without a total or without a preset for the axis that tells floating money from base.
pub fn incentive(model: &Model, programme: &Programme) -> Option<Incentive> {
    let total = programme.budget.as_ref()?.total?.value;
    let floating = model.policy.rows.presets.iter().find_map(|(_, p)| p.shares.find("floating"))?.value;
    let part = |of: Money, share: Share| Money(of.0 * i128::from(share.0) / i128::from(Share::WHOLE.0));
    let pool = part(part(total, floating), model.policy.share("incentive-share"));
    let granted = programme.transfers.iter().filter(|t| t.kind == Kind::TopUp);
    Some(Incentive { pool, drawn: granted.map(|t| t.amount.value).sum() })
}
