//! Which style sheets a page is sent with: the common one always, a part where the page uses a class that it brings.

use crate::theme::Theme;
use memchr::memmem;
use std::collections::{BTreeSet, HashMap, HashSet};

/// The parts of a theme's look by the classes they bring.
pub(super) struct Sheets {
    common: String,
    paths: Vec<String>,
    by_class: HashMap<String, Vec<usize>>,
}

impl Sheets {
    /// Of a theme.
    pub(super) fn of(theme: &Theme) -> Self {
        let mut by_class: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, part) in theme.parts.iter().enumerate() {
            for class in &part.classes {
                by_class.entry(class.clone()).or_default().push(at);
            }
        }
        let common = theme.assets.get("style.css").map(|sheet| sheet.path.clone()).unwrap_or_default();
        Self { common, paths: theme.parts.iter().map(|part| part.path.clone()).collect(), by_class }
    }

    /// The page with links to the parts that it needs, behind its link to the common sheet; a page without one has no look.
    pub(super) fn linked(&self, html: String) -> String {
        let Some(at) = (!self.common.is_empty()).then(|| html.find(&self.common)).flatten() else { return html };
        let (Some(start), Some(end)) = (html[..at].rfind('<'), html[at..].find('>')) else { return html };
        let (link, behind) = (&html[start..at], at + end + 1);
        let after = &html[at + self.common.len()..behind];
        let links: String =
            self.needed(&html).into_iter().map(|part| format!("\n{link}{}{after}", self.paths[part])).collect();
        if links.is_empty() { html } else { format!("{}{links}{}", &html[..behind], &html[behind..]) }
    }

    fn needed(&self, html: &str) -> BTreeSet<usize> {
        const CLASS: &str = " class=\"";
        let mut parts = BTreeSet::new();
        // A page says the same few values hundreds of times.
        let mut known: HashSet<&str> = HashSet::new();
        for at in memmem::find_iter(html.as_bytes(), CLASS) {
            let value = html[at + CLASS.len()..].split('"').next().unwrap_or_default();
            if known.insert(value) {
                for class in value.split_ascii_whitespace() {
                    parts.extend(self.by_class.get(class).into_iter().flatten());
                }
            }
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_sent_with_the_parts_whose_classes_it_uses() {
        let sheets = Sheets {
            common: "static/style.1.css".to_owned(),
            paths: vec!["static/a.2.css".to_owned(), "static/b.3.css".to_owned()],
            by_class: HashMap::from([("graph".to_owned(), vec![1]), ("home".to_owned(), vec![0])]),
        };
        let page = |class: &str| {
            format!(
                "<head><link rel=\"stylesheet\" href=\"../static/style.1.css\">\n</head><p class=\"card {class}\">home</p>"
            )
        };
        let with = sheets.linked(page("graph"));
        assert!(
            with.contains("style.1.css\">\n<link rel=\"stylesheet\" href=\"../static/b.3.css\">\n</head>"),
            "{with}"
        );
        assert_eq!(sheets.linked(page("plain")), page("plain"));
    }
}
