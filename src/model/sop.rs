//! Standard operating procedures: front matter, prose, and checkpoints with role and offset.

use super::prose::{self, Prose};
use crate::base::{Date, Diagnostic, Due, FileId, Found, Id, Lang, Offset, Span, Spanned, Text};
use crate::policy::{Mode, SopPhase};
use crate::sources::Sources;
use crate::sources::markdown::{Attr, Task};
use crate::sources::shape::{Record, bad_id, bad_offset, unknown_key};
use crate::{rule, said, shape};

rule! {
    /// A procedure has no front matter, or an item has an attribute that is not known.
    ///
    /// ## Why
    /// Phase, owner and version stand between the two `+++` lines; without them no campaign can be given the procedure.
    ///
    /// ## Example
    /// ```markdown,reports path=content/sops/example.md
    /// # Call the venue
    /// ```
    /// ```markdown,passes path=content/sops/example.md
    /// +++
    /// title = "Call the venue"
    /// phase = "preparation"
    /// owner = "lin-yue"
    /// version = "1.0"
    /// +++
    ///
    /// - [ ] Call the venue {#call role=sales due=T-12 must measure="contract signed"}
    /// ```
    pub(crate) static FRONT_MATTER = "shape/front-matter", Error, ["SOP-1"],
    zh: "文件缺少前言（front matter）。\n\n阶段、责任人、版本写在两行 `+++` 之间；没有它们，流程无法用于任何活动。"
}

shape! {
    /// Front matter of an SOP.
    pub struct RawSop {
        /// Name.
        "title" title: needed Text,
        /// Phase.
        "phase" phase: required Spanned<SopPhase>,
        /// Who keeps it.
        "owner" owner: required Spanned<String>,
        /// Version.
        "version" version: needed String,
        /// One or two sentences.
        "summary" summary: optional Text,
        /// Scales it is for; all when empty.
        "scale" scales: list Spanned<String>,
        /// Modes it is for; all when empty.
        "mode" modes: list Mode,
        /// When it was last reviewed.
        "reviewed" reviewed: optional Spanned<Date>,
        /// When it must be reviewed again.
        "review-by" review_by: optional Spanned<Date>,
        /// Earlier ids.
        "aliases" aliases: list Spanned<Id>,
    }
}

/// A standard operating procedure.
#[derive(Debug)]
pub struct Sop {
    /// Id, its file's name.
    pub id: Id,
    /// Its file.
    pub file: FileId,
    /// Its front matter.
    pub span: Span,
    /// Name.
    pub title: Text,
    /// Phase; none when it could not be read.
    pub phase: Option<Spanned<SopPhase>>,
    /// Who keeps it.
    pub owner: Option<Spanned<String>>,
    /// Version.
    pub version: String,
    /// One or two sentences.
    pub summary: Option<Text>,
    /// Scales it is for; all when empty.
    pub scales: Vec<Spanned<String>>,
    /// Modes it is for; all when empty.
    pub modes: Vec<Mode>,
    /// When it was last reviewed.
    pub reviewed: Option<Spanned<Date>>,
    /// When it must be reviewed again.
    pub review_by: Option<Spanned<Date>>,
    /// Earlier ids.
    pub aliases: Vec<Spanned<Id>>,
    /// Checkpoints in order.
    pub items: Vec<SopItem>,
    /// Its prose.
    pub prose: Prose,
}

/// A checkpoint of a procedure.
#[derive(Clone, Debug)]
pub struct SopItem {
    /// Id, unique in the procedure.
    pub id: Spanned<Id>,
    /// The words by language.
    pub text: Text,
    /// Role that does it.
    pub role: Option<Spanned<String>>,
    /// When.
    pub due: Option<Spanned<Due>>,
    /// Whether the campaign may not go on without it.
    pub must: bool,
    /// Group.
    pub group: Option<Spanned<String>>,
    /// What of the group it covers.
    pub covers: Option<Spanned<String>>,
    /// What makes it measurable.
    pub measure: Option<String>,
    /// Hour on the run sheet.
    pub at: Option<Spanned<String>>,
    /// Whether reading found nothing wrong in it: what it lacks may only be mistyped.
    pub sound: bool,
    /// The whole item.
    pub span: Span,
}

impl Sop {
    /// Whether it is for campaigns of this scale and mode.
    pub fn is_for(&self, scale: &str, mode: Mode) -> bool {
        let scale_fits = self.scales.is_empty() || self.scales.iter().any(|s| s.value == scale);
        scale_fits && (self.modes.is_empty() || self.modes.contains(&mode))
    }
}

/// Attributes an item may carry.
pub(crate) const ATTRIBUTES: [&str; 7] = ["role", "due", "must", "group", "covers", "measure", "at"];

/// The procedures, and whether every file was one.
pub(crate) fn sops(sources: &Sources, default: &Lang, found: &mut Found) -> (Vec<Sop>, bool) {
    let mut sops = Vec::new();
    let mut complete = true;
    let folder = "content/sops/";
    for (path, file) in sources.under(folder) {
        let Some((name, None)) = path.strip_prefix(folder).and_then(prose::stem) else { continue };
        let top = Span::new(file, 0, 0);
        let Some(id) = Id::new(name) else {
            found.push(bad_id(name, top, false));
            complete = false;
            continue;
        };
        let Some(read) = prose::read(sources, folder, name, default, found) else { continue };
        let Some(front) = read.front else {
            found.push(no_front_matter(read.top, "title, phase, owner, version"));
            complete = false;
            continue;
        };
        let raw = RawSop::read(front, found);
        sops.push(Sop {
            id,
            file: read.file,
            span: front.span,
            title: raw.title,
            phase: raw.phase,
            owner: raw.owner,
            version: raw.version,
            summary: raw.summary,
            scales: raw.scales,
            modes: raw.modes,
            reviewed: raw.reviewed,
            review_by: raw.review_by,
            aliases: raw.aliases,
            items: items(&read.prose, found),
            prose: read.prose,
        });
    }
    (sops, complete)
}

/// The finding for a prose file that must have front matter and has none.
pub(crate) fn no_front_matter(top: Span, keys: &str) -> Diagnostic {
    let message = said!("the file has no front matter", "文件没有前言（front matter）");
    let advice = said!("begin it with `+++`, then {keys}, then `+++`", "请以 `+++` 开头，写上 {keys}，再写一行 `+++`");
    Diagnostic::new(&FRONT_MATTER, top, message).hint(advice)
}

/// An attribute's value and its words.
fn spanned(attr: &Attr) -> Option<Spanned<String>> {
    attr.value.clone().map(|value| Spanned::new(value, attr.value_span))
}

/// The checkpoints: from the file without suffix, with the words of the translations joined by id.
fn items(prose: &Prose, found: &mut Found) -> Vec<SopItem> {
    let Some(main) = prose.main() else { return Vec::new() };
    let mut items: Vec<SopItem> = Vec::new();
    for task in &main.document.tasks {
        let heading = task.heading.and_then(|h| main.document.headings.get(h));
        let group = heading.and_then(|h| h.get("group")).and_then(spanned);
        if let Some(item) = item(task, group, &main.lang, found) {
            items.push(item);
        }
    }
    for version in prose.versions.iter().skip(1) {
        for task in &version.document.tasks {
            let Some(id) = &task.id else { continue };
            if let Some(item) = items.iter_mut().find(|i| i.id.value.as_str() == id.value) {
                item.text.by_lang.insert(version.lang.clone(), task.text.clone());
            }
        }
    }
    items
}

fn item(task: &Task, group: Option<Spanned<String>>, lang: &Lang, found: &mut Found) -> Option<SopItem> {
    let word = task.id.as_ref()?;
    let before = found.len();
    let Some(id) = Id::new(&word.value) else {
        found.push(bad_id(&word.value, word.span, false));
        return None;
    };
    for attr in task.attrs.iter().filter(|a| !ATTRIBUTES.contains(&a.key.as_str())) {
        let key = attr.span.part(0, attr.key.len());
        found.push(unknown_key(&Spanned::new(attr.key.clone(), key), ATTRIBUTES));
    }
    let attr = |key: &str| task.get(key).and_then(spanned);
    let due = attr("due").and_then(|word| {
        if let Some(date) = Date::parse(&word.value) {
            return Some(Spanned::new(Due::On(date), word.span));
        }
        let offset = Offset::parse(&word.value);
        if offset.is_none() {
            found.push(bad_offset(&word.value, word.span, false));
        }
        offset.map(|o| Spanned::new(Due::At(o), word.span))
    });
    Some(SopItem {
        id: Spanned::new(id, word.span),
        text: Text { plain: None, by_lang: [(lang.clone(), task.text.clone())].into() },
        role: attr("role"),
        due,
        must: task.get("must").is_some(),
        group: attr("group").or(group),
        covers: attr("covers"),
        measure: attr("measure").map(|m| m.value),
        at: attr("at"),
        sound: found.len() == before,
        span: task.span,
    })
}
