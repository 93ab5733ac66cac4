//! `playbook rename`: one name changed wherever it stands, and its old address kept.

use super::files::quoted;
use crate::base::{FileId, Said, words};
use crate::policy::Policy;
use crate::said;
use crate::schema::names::{self, Symbol};
use crate::schema::{Kind, Refers};
use crate::sources::toml::{self, Kind as Value, Table};
use crate::sources::{Sources, Statement, statements};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What has a name of its own: the word on the command line, what it names, what it is called in English and Chinese.
pub const KINDS: &[(&str, Refers, (&str, &str))] = &[
    ("campaign", Refers::Campaign, ("a campaign, with its folder", "活动及其文件夹")),
    ("sop", Refers::Sop, ("a procedure, with its files", "SOP 及其文件")),
    ("checkpoint", Refers::Done, ("a checkpoint of a procedure: SOP/ID", "SOP 的检查项：SOP/ID")),
    ("programme", Refers::Programme, ("a programme, with its files", "年度方案及其文件")),
    ("goal", Refers::Goal, ("a goal of a year: ID, or PROGRAMME/ID", "年度目标：ID 或 方案/ID")),
    ("page", Refers::Page, ("a page of prose, with its files", "页面及其文件")),
    ("person", Refers::Person, ("a person", "人员")),
    ("department", Refers::Department, ("a department", "部门")),
    ("milestone", Refers::Milestone, ("an own milestone: ID, or CAMPAIGN/ID", "自定的里程碑：ID 或 活动/ID")),
    ("metric", Refers::Metric, ("a metric of your own policy", "自己政策中的指标")),
    ("role", Refers::Role, ("a role of your own policy", "自己政策中的角色")),
];

/// What a new name changes.
#[derive(Debug)]
pub struct Renamed {
    /// New texts of files, by the path they have before anything moves.
    pub texts: BTreeMap<String, String>,
    /// Files and folders that are called otherwise, in the order to move them.
    pub moves: Vec<(String, String)>,
    /// How many places say the new name.
    pub places: usize,
    /// Whether the old address leads to the new one.
    pub redirects: bool,
}

/// Calls something otherwise, everywhere.
///
/// Whoever was stopped half-way, or has moved the file by hand and noted the old name under `aliases`, gets the rest done.
///
/// # Errors
/// What the author should write instead.
pub fn rename(sources: &Sources, policy: &Policy, refers: Refers, old: &str, new: &str) -> Result<Renamed, Said> {
    let (kind, said) = called(refers);
    let earlier = earlier(sources, refers);
    let made = names::made(sources, policy, refers);
    let is_resumed = !made.iter().any(|s| s.word == old) && earlier.get(old).is_some_and(|now| now == new);
    let symbol = if is_resumed {
        Symbol { refers, word: old.to_owned(), scope: None }
    } else {
        wanted(policy, &made, refers, old)?
    };
    if old.rsplit('/').next() == Some(new) {
        return Err(said!("the {kind} is called `{new}` already", "{said}已经叫 `{new}`"));
    }
    if !is_resumed {
        names::renamed(sources, &symbol, new)?;
        if let Some(owner) = earlier.get(new).filter(|owner| **owner != symbol.word) {
            return Err(said!(
                "`{new}` is an earlier name of `{owner}`, and its old address leads there: choose another id",
                "`{new}` 是 `{owner}` 的旧 id，旧网址指向那里：请另选一个 id"
            ));
        }
    }
    let moves = names::moves(sources, &symbol, new);
    if let Some((_, to)) = moves.iter().find(|(_, to)| holds(sources, to)) {
        return Err(said!("there is something at `{to}` already: move it away first", "`{to}` 已经有内容：请先移走"));
    }
    let mut edits: BTreeMap<FileId, Vec<Range<usize>>> = BTreeMap::new();
    let found = names::all(sources, &symbol);
    for place in found.iter().filter(|place| !place.span.range().is_empty()) {
        edits.entry(place.span.file).or_default().push(place.span.range());
    }
    let places = edits.values().map(Vec::len).sum();
    let mut texts = BTreeMap::new();
    for (file, ranges) in edits {
        let mut text = sources.text(file).unwrap_or_default().to_owned();
        for range in ranges.into_iter().rev() {
            text.replace_range(range, new);
        }
        texts.insert(sources.path(file).to_owned(), text);
    }
    let word = symbol.word.as_str();
    let home = if is_resumed { None } else { home(refers, word) };
    if let Some(path) = &home {
        let text = match texts.remove(path) {
            Some(text) => text,
            None => sources.find(path).and_then(|file| sources.text(file)).unwrap_or_default().to_owned(),
        };
        texts.insert(path.clone(), keeping(path, &text, refers, word, new));
    }
    Ok(Renamed { texts, moves, places, redirects: home.is_some() || is_resumed })
}

/// What a kind is called on the command line and in Chinese.
fn called(refers: Refers) -> (&'static str, &'static str) {
    let zh = match refers {
        Refers::Campaign => "活动",
        Refers::Sop => "SOP",
        Refers::Done => "检查项",
        Refers::Programme => "年度方案",
        Refers::Goal => "目标",
        Refers::Page => "页面",
        Refers::Person => "人员",
        Refers::Department => "部门",
        Refers::Milestone => "里程碑",
        Refers::Metric => "指标",
        _ => "角色",
    };
    (KINDS.iter().find(|(_, of, _)| *of == refers).map_or("name", |(word, _, _)| word), zh)
}

/// How an author names a symbol: a milestone or goal with its campaign or year where that is needed.
fn spoken(symbol: &Symbol) -> String {
    match &symbol.scope {
        Some(scope) => {
            let scope = scope.trim_end_matches('/').rsplit('/').next().unwrap_or(scope);
            format!("{scope}/{}", symbol.word)
        }
        None => symbol.word.clone(),
    }
}

/// The name that is meant, among those that the playbook makes.
fn wanted(policy: &Policy, made: &BTreeSet<Symbol>, refers: Refers, old: &str) -> Result<Symbol, Said> {
    let (kind, zh) = called(refers);
    let fits = |symbol: &&Symbol| symbol.word == old || spoken(symbol) == old;
    let mut list: Vec<&Symbol> = made.iter().filter(fits).collect();
    // What policy makes is one thing in all campaigns, also where one of them says it again.
    if let Some(one) = list.iter().find(|symbol| symbol.scope.is_none()) {
        list = vec![one];
    }
    match list.as_slice() {
        [one] => return Ok((*one).clone()),
        [] => {}
        many => {
            let names: Vec<String> = many.iter().map(|symbol| spoken(symbol)).collect();
            let names = words::one_of(names.iter().map(String::as_str));
            let (en, or) = (&names.en, &names.zh);
            return Err(said!("there are several: say which, {en}", "有多个同名：请写明是 {or}"));
        }
    }
    let standard = Symbol { refers, word: old.rsplit('/').next().unwrap_or(old).to_owned(), scope: None };
    if names::is_standard(policy, &standard) {
        return Err(said!(
            "the {kind} `{old}` comes with playbook, so its id stays; what it is called on pages is its `name` or `task` in a policy",
            "{zh} `{old}` 由 playbook 自带，id 不能改；页面上的名称可在政策中用 `name` 或 `task` 改写"
        ));
    }
    let known: Vec<String> = made.iter().map(spoken).collect();
    let bare = made.iter().map(|symbol| symbol.word.as_str());
    Err(match words::nearest(old, known.iter().map(String::as_str).chain(bare)) {
        Some(near) => {
            said!("there is no {kind} `{old}`; did you mean `{near}`?", "没有{zh} `{old}`；是否想写 `{near}`？")
        }
        None => said!("there is no {kind} `{old}`", "没有{zh} `{old}`"),
    })
}

fn holds(sources: &Sources, path: &str) -> bool {
    sources.find(path).is_some() || sources.under(&format!("{path}/")).next().is_some()
}

/// The file that keeps earlier names of something.
fn home(refers: Refers, word: &str) -> Option<String> {
    match refers {
        Refers::Person => Some("content/people.toml".to_owned()),
        Refers::Department => Some("content/departments.toml".to_owned()),
        _ => names::own_path(refers, word),
    }
}

/// Earlier names, and what they are called now.
fn earlier(sources: &Sources, refers: Refers) -> BTreeMap<String, String> {
    let mut list = BTreeMap::new();
    let mut note = |table: &Table, now: &str| {
        list.extend(aliases(table).into_iter().map(|(alias, _)| (alias, now.to_owned())));
    };
    let table = |path: &str| {
        let file = sources.find(path)?;
        let text = sources.text(file)?;
        let range = Kind::of(path)?.toml(text);
        Some(toml::parse(file, &text[range.clone()], range.start).0)
    };
    match refers {
        Refers::Person | Refers::Department => {
            let register = home(refers, "").and_then(|path| table(&path));
            for (id, value) in register.iter().flat_map(|table| &table.entries) {
                if let Value::Table(row) = &value.kind {
                    note(row, &id.value);
                }
            }
        }
        _ => {
            for (path, _) in sources.paths() {
                if let (Some(word), Some(table)) = (names::own_name(refers, path), table(path)) {
                    note(&table, word);
                }
            }
        }
    }
    list
}

/// The earlier names in a table, each with its words.
fn aliases(table: &Table) -> Vec<(String, Range<usize>)> {
    let Some(Value::Array(items)) = table.get("aliases").map(|value| &value.kind) else { return Vec::new() };
    let word = |item: &toml::Value| match &item.kind {
        Value::String(word) => Some((word.clone(), item.span.range())),
        _ => None,
    };
    items.iter().filter_map(word).collect()
}

/// The text of what is called `new` now, with `old` among its earlier names and `new` no more.
fn keeping(path: &str, text: &str, refers: Refers, old: &str, new: &str) -> String {
    let Some(kind) = Kind::of(path) else { return text.to_owned() };
    let front = kind.toml(text);
    let (whole, _) = toml::parse(FileId(0), &text[front.clone()], front.start);
    let is_row = matches!(refers, Refers::Person | Refers::Department);
    // The row has its new name already.
    let table = match whole.get(new).map(|value| &value.kind) {
        Some(Value::Table(row)) if is_row => row,
        _ => &whole,
    };
    let mut text = text.to_owned();
    if let Some(value) = table.get("aliases") {
        let mut list: Vec<String> = aliases(table).into_iter().map(|(alias, _)| alias).collect();
        list.retain(|alias| alias != new && alias != old);
        list.push(old.to_owned());
        let list: Vec<String> = list.iter().map(|alias| quoted(alias)).collect();
        text.replace_range(value.span.range(), &format!("[{}]", list.join(", ")));
        return text;
    }
    let header = is_row.then(|| table.span.range().start.saturating_sub(front.start));
    let list = statements(&text[front.clone()]);
    let mine = |statement: &&Statement| match header {
        Some(at) => statement.range.start == at || statement.header == Some(at),
        None => statement.header.is_none(),
    };
    // Behind the first key, which is what it is called.
    let place = list.iter().filter(mine).take(if is_row { 2 } else { 1 }).last().map(|s| front.start + s.range.end);
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let line = format!("aliases = [{}]", quoted(old));
    match place {
        None if is_row && text[table.span.range()].starts_with('{') => {
            text.insert_str(table.span.range().start + 1, &format!(" {line},"));
        }
        None if is_row => {}
        Some(at) => {
            let at = text[at..].find(['\r', '\n']).map_or(text.len(), |n| at + n);
            text.insert_str(at, &format!("{line_end}{line}"));
        }
        None => text.insert_str(front.start, &format!("{line}{line_end}")),
    }
    text
}
