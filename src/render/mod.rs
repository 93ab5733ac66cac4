//! Plan and theme to the finished site: a map of paths and bytes. The only room that runs the template engine.

mod contents;
mod frame;
mod sheets;
mod templates;

use crate::base::{Diagnostic, Found, Lang, Rule};
use crate::plan::{Body, Entry, Finished, Page, Plan};
use crate::theme::Theme;
use crate::{rule, said};
use frame::Frames;
use rayon::prelude::*;
use sheets::Sheets;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use templates::Templates;

rule! {
    /// A template of the theme cannot be read or shown.
    ///
    /// ## Why
    /// The page would be missing, or show only half of what it should.
    ///
    /// ## What to do
    /// Correct the template at the place named; `playbook` lists the variables it may use. Remove your own file to go back to
    /// the default theme's.
    pub(crate) static TEMPLATE = "theme/template", Error, [],
    zh: "主题的某个模板无法读取或渲染。\n\n页面会缺失或只显示一半。请改正所指位置；删除自己的文件即可恢复默认主题的模板。"
}

/// Rules of rendering.
pub static RENDER_RULES: &[&Rule] = &[&TEMPLATE];

/// The finished site: every file's path and bytes.
pub type Site = BTreeMap<String, Arc<[u8]>>;

/// The finished site, and what is known of its pages.
#[derive(Debug, Default)]
pub struct Rendered {
    /// Every file.
    pub site: Site,
    /// Every page, by path.
    pub pages: Vec<Finished>,
}

/// How much of a site is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// Every file.
    Everything,
    /// Pages, which link to each other; feeds, exports and the search index are there, but empty.
    Pages,
}

/// The template engine with a theme's templates and words; of a theme with a broken template, what is wrong with it.
pub struct Engine {
    templates: Option<Templates>,
    found: Found,
}

impl Engine {
    /// Compiles the templates of a theme for readers of some languages, in the order of the editions.
    pub fn of(theme: &Theme, languages: &[Lang]) -> Self {
        let (templates, found) = Templates::compile(theme, languages);
        Self { templates, found }
    }
}

/// Makes the files of a plan: some of them ahead, or all.
pub struct Renderer<'p> {
    plan: &'p Plan<'p>,
    theme: &'p Theme,
    around: Option<Around<'p>>,
    found: Found,
}

impl<'p> Renderer<'p> {
    /// Prepares what all pages share. A theme with a broken template makes no page.
    pub fn of(plan: &'p Plan<'p>, theme: &'p Theme, engine: &'p Engine) -> Self {
        let mut found = engine.found.clone();
        let frames = engine.templates.as_ref().map(|templates| (templates, Frames::of(plan, theme, templates)));
        let around = frames.and_then(|(templates, frames)| match frames {
            Ok(frames) => Some(Around { templates, frames, sheets: Sheets::of(theme) }),
            Err(failure) => {
                found.push(*failure);
                None
            }
        });
        Self { plan, theme, around, found }
    }

    /// Only the pages that are wanted, with every file besides pages that `is_new`, which they may show; none when a template
    /// fails.
    pub fn some(&self, is_wanted: impl Fn(&str) -> bool + Sync, is_new: impl Fn(&str) -> bool + Sync) -> Option<Site> {
        let around = self.around.as_ref()?;
        let is_due = |entry: &&Entry| match &self.plan.planned[entry.planned].body {
            Body::Page(..) => is_wanted(&entry.output),
            Body::Bytes(_) => is_new(&entry.output),
            Body::Last(_) | Body::Folder(_) => false,
        };
        let made: Option<Vec<(String, Arc<[u8]>)>> = self
            .plan
            .entries
            .par_iter()
            .filter(is_due)
            .map(|entry| match make(self.plan, entry, around, Made::Everything) {
                File::Page(page) => Some((page.output, page.html)),
                File::Bytes(bytes) => Some((entry.output.clone(), bytes)),
                File::Failed(_) | File::Later => None,
            })
            .collect();
        let assets = self.theme.assets.values().filter(|a| is_new(&a.path));
        Some(assets.map(|a| (a.path.clone(), Arc::clone(&a.bytes))).chain(made?).collect())
    }

    /// Every file; none when nobody wants them any more. A page whose template fails is left out after a finding. Pages that are
    /// `known` from before, in order of their paths, are taken as they are.
    pub fn all(
        self,
        made: Made,
        known: Vec<Finished>,
        is_over: &(dyn Fn() -> bool + Sync),
    ) -> Option<(Rendered, Found)> {
        let Self { plan, theme, around, mut found } = self;
        let mut site: Site = theme.assets.values().map(|a| (a.path.clone(), Arc::clone(&a.bytes))).collect();
        let Some(around) = around else {
            return Some((Rendered { site, pages: Vec::new() }, found));
        };
        let one = |(entry, known): (&Entry, Option<Finished>)| match known {
            _ if is_over() => File::Later,
            Some(page) => File::Page(Box::new(page)),
            None => make(plan, entry, &around, made),
        };
        let files: Vec<File> = plan.entries.par_iter().zip(beside(&plan.entries, known)).map(one).collect();
        if is_over() {
            return None;
        }
        let mut pages = Vec::new();
        let mut failures = BTreeSet::new();
        for (entry, file) in plan.entries.iter().zip(files) {
            match file {
                File::Bytes(bytes) => {
                    site.insert(entry.output.clone(), bytes);
                }
                File::Page(page) => {
                    site.insert(entry.output.clone(), Arc::clone(&page.html));
                    pages.push(*page);
                }
                // One broken template would otherwise be reported for each page that it shows.
                File::Failed(failure) => {
                    if failures.insert((failure.span, failure.message.clone())) {
                        found.push(*failure);
                    }
                }
                File::Later => {}
            }
        }
        if made == Made::Everything {
            site.extend(last(plan, &pages));
        }
        Some((Rendered { site, pages }, found))
    }
}

/// Pages beside the entries of the plan that they are; both are in order of their paths.
fn beside(entries: &[Entry], known: Vec<Finished>) -> Vec<Option<Finished>> {
    let mut known = known.into_iter().peekable();
    let mut page_of = |entry: &Entry| {
        while known.next_if(|page| page.output < entry.output).is_some() {}
        known.next_if(|page| page.output == entry.output && entry.alias.is_none())
    };
    entries.iter().map(&mut page_of).collect()
}

/// Files made from all finished pages.
fn last(plan: &Plan<'_>, pages: &[Finished]) -> Vec<(String, Arc<[u8]>)> {
    let default = plan.ground.model.settings.default_lang();
    plan.entries
        .par_iter()
        .filter(|entry| entry.alias.is_none())
        .flat_map_iter(|entry| match &plan.planned[entry.planned].body {
            Body::Last(make) => vec![(entry.output.clone(), make(&plan.cx(entry), pages))],
            Body::Folder(make) => {
                let lang = &plan.editions[entry.edition].lang;
                let files = make(&plan.cx(entry), pages).into_iter();
                files.map(|(route, bytes)| (route.output(lang, default), bytes)).collect()
            }
            _ => Vec::new(),
        })
        .collect()
}

enum File {
    Page(Box<Finished>),
    Bytes(Arc<[u8]>),
    Failed(Box<Diagnostic>),
    Later,
}

/// What turns a view into a page.
struct Around<'p> {
    templates: &'p Templates,
    frames: Frames,
    sheets: Sheets,
}

fn make(plan: &Plan<'_>, entry: &Entry, frame: &Around<'_>, made: Made) -> File {
    let Around { templates, frames, sheets } = frame;
    let planned = &plan.planned[entry.planned];
    if entry.alias.is_some() {
        return match frames.redirect(plan, entry, templates) {
            Ok(html) => File::Bytes(html.into_bytes().into()),
            Err(failure) => File::Failed(failure),
        };
    }
    match &planned.body {
        Body::Bytes(_) | Body::Last(_) | Body::Folder(_) if made == Made::Pages => File::Bytes(Arc::new([])),
        Body::Bytes(make) => File::Bytes(make(&plan.cx(entry))),
        Body::Last(_) | Body::Folder(_) => File::Later,
        Body::Page(template, make) => {
            let cx = plan.cx(entry);
            let mut page: Page = make(&cx);
            let seen = cx.into_seen();
            let mut context = std::mem::take(&mut page.view.0);
            context.insert_value("page", frames.page(plan, entry, &page, &seen.fallbacks));
            let finished = templates.render(entry.edition, template, &context).map(|html| {
                let strings = &plan.editions[entry.edition].strings;
                contents::finished(html, strings.text("contents"), frames.room)
            });
            match finished {
                Ok(html) => File::Page(Box::new(Finished {
                    output: entry.output.clone(),
                    route: planned.route.clone(),
                    edition: entry.edition,
                    title: page.title,
                    crumbs: page.crumbs.into_iter().map(|(words, _)| words.text).collect(),
                    section: planned.section.map_or("", crate::plan::Section::word),
                    description: page.description,
                    is_hidden: page.is_hidden,
                    links: seen.links,
                    prose: seen.prose,
                    html: sheets.linked(html).into_bytes().into(),
                })),
                Err(mut failure) => {
                    let output = &entry.output;
                    failure.hints.push(crate::base::Hint {
                        text: said!("look at `{output}` when it is mended", "改正后请查看 `{output}`"),
                        edit: None,
                    });
                    File::Failed(failure)
                }
            }
        }
    }
}
