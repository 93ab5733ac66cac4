//! The engine: templates compiled once, then given the words of each language; its errors as findings.

use super::TEMPLATE;
use crate::base::{Diagnostic, Found, Lang, Span};
use crate::said;
use crate::theme::{Strings, Theme};
use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::Arc;
use tera::{Context, Error, ErrorKind, Kwargs, State, Tera, TeraResult, Value};

/// The compiled templates, once for each language.
pub(super) struct Templates {
    engines: Vec<Tera>,
    files: BTreeMap<String, crate::base::FileId>,
}

impl Templates {
    /// Compiles all templates for readers of some languages; none after findings when one of them is wrong.
    pub(super) fn compile(theme: &Theme, languages: &[Lang]) -> (Option<Self>, Found) {
        let mut found = Found::new();
        let files = theme.templates.iter().map(|(name, t)| (name.clone(), t.file)).collect();
        let mut base = Tera::default();
        let paths: BTreeMap<String, String> =
            theme.assets.iter().map(|(name, asset)| (name.clone(), asset.path.clone())).collect();
        base.register_function("asset", asset(paths));
        // Known while compiling; each language brings its own below.
        base.register_filter("fit", fit);
        base.register_filter("t", |key: &str, _: Kwargs, _: &State<'_>| key.to_owned());
        let templates = Self { engines: Vec::new(), files };
        let all = theme.templates.iter().map(|(name, template)| (name.as_str(), &*template.text));
        if let Err(error) = base.add_raw_templates(all) {
            found.extend(templates.findings(&error));
            return (None, found);
        }
        let engine = |lang: &Lang| {
            let mut engine = base.clone();
            engine.register_filter("t", words(theme.strings(lang)));
            engine
        };
        let engines = languages.iter().map(engine).collect();
        (Some(Self { engines, ..templates }), found)
    }

    /// Renders one template in the language of an edition.
    pub(super) fn render(&self, edition: usize, template: &str, context: &Context) -> Result<String, Box<Diagnostic>> {
        self.engines[edition].render(template, context).map_err(|error| {
            let first = self.findings(&error).into_iter().next();
            Box::new(first.unwrap_or_else(|| self.finding(template, None, &error.to_string())))
        })
    }

    fn findings(&self, error: &Error) -> Vec<Diagnostic> {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                vec![self.finding(report.filename(), Some(report.span().range.clone()), report.message())]
            }
            ErrorKind::MissingParent { current, parent } => {
                vec![self.finding(current, None, &format!("there is no template `{parent}` to extend"))]
            }
            ErrorKind::CircularExtend { tpl, .. } => vec![self.finding(tpl, None, "the template extends itself")],
            ErrorKind::CircularInclude { tpl, .. } => vec![self.finding(tpl, None, "the template includes itself")],
            ErrorKind::TemplateNotFound(name) => {
                vec![self.finding(name, None, &format!("there is no template `{name}`"))]
            }
            _ => self.reports(&error.to_string()),
        }
    }

    /// Findings of the engine's last check, which come as text: a message, then `--> file:line:column`.
    fn reports(&self, text: &str) -> Vec<Diagnostic> {
        let mut list = Vec::new();
        for report in text.split("\n\n") {
            let message = report.lines().next().unwrap_or_default().trim_start_matches("error:").trim();
            let place = report.lines().find_map(|line| line.split_once("--> ")).map(|(_, place)| place.trim());
            let name = place.and_then(|p| p.split(':').next()).unwrap_or_default();
            if !message.is_empty() && (place.is_some() || list.is_empty()) {
                list.push(self.finding(name, None, message));
            }
        }
        list
    }

    fn finding(&self, template: &str, range: Option<std::ops::Range<usize>>, message: &str) -> Diagnostic {
        let span = self.files.get(template).map(|file| {
            let range = range.unwrap_or(0..0);
            Span::new(*file, range.start, range.end)
        });
        let detail = message.trim_end_matches('.');
        let message = said!("template `{template}`: {detail}", "模板 `{template}`：{detail}");
        Diagnostic::new(&TEMPLATE, span, message)
            .hint(said!("correct the template, or remove your own one", "请改正模板，或删除自己的模板"))
    }
}

/// `{{ asset(name="style.css") }}`: the published path of a static file, from the root of the site.
fn asset(paths: BTreeMap<String, String>) -> impl Fn(Kwargs, &State<'_>) -> TeraResult<String> + Send + Sync + 'static {
    let paths = Arc::new(paths);
    move |kwargs: Kwargs, _: &State<'_>| {
        let name: &str = kwargs.must_get("name")?;
        paths.get(name).cloned().ok_or_else(|| Error::message(format!("the theme has no static file `{name}`")))
    }
}

/// `{{ name | fit(room=120, size=13) }}`: words of a drawing, shortened to its room.
#[allow(clippy::needless_pass_by_value, reason = "the engine hands its arguments over")]
fn fit(text: &str, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let (room, size): (i64, i64) = (kwargs.must_get("room")?, kwargs.must_get("size")?);
    Ok(crate::base::words::fitted(text, room, size))
}

/// `{{ "days" | t(n=3) }}`: UI words by key, placeholders filled from the arguments of the same names.
fn words(strings: Strings) -> impl Fn(&str, Kwargs, &State<'_>) -> TeraResult<String> + Send + Sync + 'static {
    move |key: &str, kwargs: Kwargs, _: &State<'_>| {
        let pattern = strings.get(key).ok_or_else(|| Error::message(format!("there are no words `{key}`")))?;
        let mut values: Vec<(&str, Value)> = Vec::new();
        for part in pattern.split('{').skip(1) {
            if let Some((name, _)) = part.split_once('}')
                && let Some(value) = kwargs.get::<Value>(name)?
            {
                values.push((name, value));
            }
        }
        // The number chooses the form even where no form shows it.
        if let Some(n) = kwargs.get::<Value>("n")?
            && values.iter().all(|(name, _)| *name != "n")
        {
            values.push(("n", n));
        }
        let args: Vec<(&str, &dyn Display)> = values.iter().map(|(n, v)| (*n, v as &dyn Display)).collect();
        Ok(strings.fill(key, &args).unwrap_or_default())
    }
}
