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

/// Renders what is planned. A page whose template fails is left out after a finding.
pub fn render(plan: &Plan<'_>, theme: &Theme, engine: Engine, made: Made) -> (Rendered, Found) {
    let mut found = engine.found;
    let mut site: Site = theme.assets.values().map(|a| (a.path.clone(), Arc::clone(&a.bytes))).collect();
    let Some(templates) = engine.templates else {
        return (Rendered { site, pages: Vec::new() }, found);
    };
    let frames = match Frames::of(plan, theme, &templates) {
        Ok(frames) => frames,
        Err(failure) => {
            found.push(*failure);
            return (Rendered { site, pages: Vec::new() }, found);
        }
    };
    let frame = Around { templates, frames, sheets: Sheets::of(theme) };
    let files: Vec<File> = plan.entries.par_iter().map(|entry| make(plan, entry, &frame, made)).collect();
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
    let default = plan.ground.model.settings.default_lang();
    let late: Vec<(String, Arc<[u8]>)> = plan
        .entries
        .par_iter()
        .filter(|entry| entry.alias.is_none() && made == Made::Everything)
        .flat_map_iter(|entry| match &plan.planned[entry.planned].body {
            Body::Last(make) => vec![(entry.output.clone(), make(&plan.cx(entry), &pages))],
            Body::Folder(make) => {
                let lang = &plan.editions[entry.edition].lang;
                let files = make(&plan.cx(entry), &pages).into_iter();
                files.map(|(route, bytes)| (route.output(lang, default), bytes)).collect()
            }
            _ => Vec::new(),
        })
        .collect();
    site.extend(late);
    (Rendered { site, pages }, found)
}

enum File {
    Page(Box<Finished>),
    Bytes(Arc<[u8]>),
    Failed(Box<Diagnostic>),
    Later,
}

/// What turns a view into a page.
struct Around {
    templates: Templates,
    frames: Frames,
    sheets: Sheets,
}

fn make(plan: &Plan<'_>, entry: &Entry, frame: &Around, made: Made) -> File {
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
