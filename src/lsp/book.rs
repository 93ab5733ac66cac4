//! A playbook as it was judged last, with unsaved texts laid over its files, and what is found while somebody types.
//!
//! A whole judgement takes as long as there are campaigns. So the model stays as it was judged last, and with each key
//! that is pressed one campaign is read again and judged against it; what only the whole can say stays where its words
//! have gone, until the whole has been judged again behind.

use super::text::moved;
use crate::base::{Diagnostic, FileId, Found, Span};
use crate::checks::{self, Judged};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::schema::Kind;
use crate::sources::markdown::{Document, split_front_matter};
use crate::sources::{Sources, toml};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What came of judging everything.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) model: Model,
    pub(super) sources: Sources,
    pub(super) judged: Judged,
}

/// A finding on the finished site: rarely judged, so it is kept by the words it was found in.
#[derive(Debug)]
pub(super) struct Late {
    pub(super) path: String,
    pub(super) text: Arc<str>,
    pub(super) finding: Diagnostic,
}

/// The playbook that an editor has open.
#[derive(Debug)]
pub(super) struct Book {
    pub(super) model: Model,
    pub(super) sources: Sources,
    findings: Vec<Diagnostic>,
    by_file: BTreeMap<FileId, Vec<usize>>,
    /// Texts that the whole was judged on, of files that have changed since.
    before: BTreeMap<FileId, Arc<str>>,
    /// The campaign that was read again last, by folder.
    pub(super) fresh: Option<(String, Campaign)>,
    late: Vec<Late>,
}

impl Book {
    pub(super) fn new(whole: Whole, late: Vec<Late>) -> Self {
        let findings = whole.judged.findings;
        let mut by_file: BTreeMap<FileId, Vec<usize>> = BTreeMap::new();
        for (at, finding) in findings.iter().enumerate() {
            if let Some(span) = finding.span {
                by_file.entry(span.file).or_default().push(at);
            }
        }
        let (model, sources) = (whole.model, whole.sources);
        Self { model, sources, findings, by_file, before: BTreeMap::new(), fresh: None, late }
    }

    /// Findings on the finished site, for the next whole.
    pub(super) fn take_late(&mut self) -> Vec<Late> {
        std::mem::take(&mut self.late)
    }

    /// Lays an unsaved text over a file.
    pub(super) fn lay(&mut self, path: &str, text: &str) {
        let old = self.sources.find(path);
        if let Some(id) = old
            && let Some(was) = self.sources.text(id)
        {
            if was == text {
                return;
            }
            let was: Arc<str> = was.into();
            self.before.entry(id).or_insert(was);
        }
        self.sources.lay(path, text);
        if let Some((folder, _)) = &self.fresh
            && path.starts_with(folder.as_str())
        {
            self.fresh = None;
        }
    }

    /// The folder of the campaign that a file belongs to.
    pub(super) fn folder(path: &str) -> Option<String> {
        let rest = path.strip_prefix("content/campaigns/")?;
        let (name, file) = rest.split_once('/')?;
        (!file.contains('/')).then(|| format!("content/campaigns/{name}/"))
    }

    /// The campaign of a file: as it stands in the editor where it was read again, else as it was judged.
    pub(super) fn campaign(&mut self, path: &str) -> Option<&Campaign> {
        let folder = Self::folder(path)?;
        if self.fresh.as_ref().is_none_or(|(of, _)| *of != folder) {
            let (campaign, _) = self.model.reread(&self.sources, &folder);
            self.fresh = campaign.map(|campaign| (folder.clone(), campaign));
        }
        match &self.fresh {
            Some((of, campaign)) if *of == folder => Some(campaign),
            _ => {
                let id = folder.trim_end_matches('/').rsplit('/').next()?;
                self.model.campaign(id)
            }
        }
    }

    /// Everything that is known to be wrong in a file: what it says itself now, and what the whole said of words that still stand.
    pub(super) fn findings(&mut self, path: &str) -> Vec<Diagnostic> {
        let Some(file) = self.sources.find(path) else { return Vec::new() };
        let changed = match Self::folder(path) {
            Some(folder) => self.sources.under(&folder).any(|(_, file)| self.before.contains_key(&file)),
            None => self.before.contains_key(&file),
        };
        let mut list = Found::new();
        let near = if changed { self.near(path, file) } else { None };
        let is_near = near.is_some();
        let is_campaign = Self::folder(path).is_some();
        list.extend(near.into_iter().flatten().filter(|d| d.span.is_some_and(|s| s.file == file)));
        let text = self.sources.text(file).unwrap_or_default();
        for at in self.by_file.get(&file).into_iter().flatten() {
            let finding = &self.findings[*at];
            let is_said = is_near && if is_campaign { checks::is_of_one(finding.rule) } else { decoded(finding.rule) };
            if !is_said {
                list.extend(match self.before.get(&file) {
                    None => Some(finding.clone()),
                    Some(old) => shifted(finding, old, text, file),
                });
            }
        }
        for late in self.late.iter().filter(|late| late.path == path) {
            list.extend(shifted(&late.finding, &late.text, text, file));
        }
        list.sorted()
    }

    /// Judges the file that is typed in.
    fn near(&mut self, path: &str, file: FileId) -> Option<Vec<Diagnostic>> {
        if let Some(folder) = Self::folder(path) {
            let (campaign, found) = self.model.reread(&self.sources, &folder);
            let mut judged = campaign.as_ref().map(|c| checks::one(&self.model, c)).unwrap_or_default();
            judged.findings.extend(checks::weigh(&self.model.policy, found));
            self.fresh = campaign.map(|campaign| (folder, campaign));
            return Some(judged.findings);
        }
        let text = self.sources.text(file)?;
        let mut found = Found::new();
        let kind = Kind::of(path);
        if path.ends_with(".md") {
            let split = split_front_matter(text);
            found.extend(split.found(file));
            let (_, prose) = Document::parse(file, text, split.body);
            found.extend(prose);
        }
        if let Some(kind) = kind {
            let range = kind.toml(text);
            let table = found.keep(toml::parse(file, &text[range.clone()], range.start));
            if !kind.is_prose() || !range.is_empty() {
                (kind.read)(&table, &mut found);
            }
        } else if path.ends_with(".toml") {
            found.keep(toml::parse(file, text, 0));
        } else if !path.ends_with(".md") {
            return None;
        }
        Some(checks::weigh(&self.model.policy, found).into_iter().collect())
    }

    /// Paths of files that anything is found in.
    pub(super) fn paths(&self) -> Vec<String> {
        let worst = |list: &Vec<usize>| list.iter().map(|at| self.findings[*at].severity).max();
        let mut files: Vec<(FileId, _)> = self.by_file.iter().map(|(file, list)| (*file, worst(list))).collect();
        files.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        files.into_iter().map(|(file, _)| self.sources.path(file).to_owned()).filter(|p| !p.starts_with('<')).collect()
    }
}

/// Whether decoding one file alone says all that a rule has to say of it.
fn decoded(code: &str) -> bool {
    code.starts_with("markdown/")
        || matches!(code, "shape/syntax" | "shape/unknown-key" | "shape/missing-key" | "shape/wrong-type")
}

/// A finding whose words have moved; none when they were touched. Its edits move with it.
fn shifted(finding: &Diagnostic, old: &str, new: &str, file: FileId) -> Option<Diagnostic> {
    let place = |span: Span| moved(old, new, span.range()).map(|r| Span::new(file, r.start, r.end));
    let mut finding = finding.clone();
    let home = finding.span?.file;
    finding.span = Some(place(finding.span?)?);
    // Of other files nothing is known to have stayed.
    finding.labels.retain_mut(|(span, _)| match span.file == home {
        true => place(*span).map(|moved| *span = moved).is_some(),
        false => home == file,
    });
    for hint in &mut finding.hints {
        if let Some(edit) = &mut hint.edit {
            match (edit.span.file == home).then(|| place(edit.span)).flatten() {
                Some(span) => edit.span = span,
                None => hint.edit = None,
            }
        }
    }
    Some(finding)
}
