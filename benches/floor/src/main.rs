//! The floor: what walking, reading, front matter, Markdown, one template and writing cost with the packages that `playbook` uses, and nothing
//! besides. No rule is judged, no link checked, no index made, no word said of a mistake.
//!
//!     cargo run --release --manifest-path benches/floor/Cargo.toml -- PLAYBOOK OUT
//!
//! Reads the playbook that `peers/convert.py` writes; its ratio to `playbook build` says what all the rest costs.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use tera::{Context, Tera};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Deserialize)]
struct Front {
    title: String,
    #[serde(default)]
    summary: String,
    #[serde(default)]
    order: i64,
    #[serde(default)]
    tags: Vec<String>,
}

struct Page {
    section: String,
    name: String,
    front: Front,
    body: String,
}

#[derive(Serialize)]
struct Neighbour<'a> {
    name: &'a str,
    title: &'a str,
}

#[derive(Serialize)]
struct Heading {
    id: String,
    title: String,
}

type Failure = Box<dyn Error + Send + Sync>;

fn main() -> Result<(), Failure> {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(root), Some(out)) = (args.next(), args.next()) else { return Err("floor PLAYBOOK OUT".into()) };
    let content = root.join("content/pages");
    let paths: Vec<PathBuf> = walkdir::WalkDir::new(&content)
        .into_iter()
        .map(|entry| entry.map(walkdir::DirEntry::into_path))
        .filter(|path| path.as_ref().map_or(true, |path| path.extension().is_some_and(|e| e == "md")))
        .collect::<Result<_, _>>()?;
    let mut pages: Vec<Page> = paths.par_iter().map(|path| read(&content, path)).collect::<Result<_, _>>()?;
    pages.par_sort_by(|a, b| (&a.section, a.front.order, &a.name).cmp(&(&b.section, b.front.order, &b.name)));

    let (heads, pages): (Vec<Page>, Vec<Page>) = pages.into_iter().partition(|page| page.name == "index");
    let sections: BTreeMap<&str, &str> = heads.iter().map(|p| (p.section.as_str(), p.front.title.as_str())).collect();
    let known: HashSet<String> = pages.iter().map(|p| format!("../{}/{}.md", p.section, p.name)).collect();
    let item = |(name, title): (&&str, &&str)| format!("<li><a href=\"../../{name}/\">{title}</a></li>\n");
    let nav = format!("<nav class=\"sections\"><ul>\n{}</ul></nav>", sections.iter().map(item).collect::<String>());
    let mut tera = Tera::default();
    tera.add_raw_template("page.html", include_str!("page.html"))?;

    fs::create_dir_all(&out)?;
    for name in sections.keys() {
        fs::create_dir_all(out.join(name))?;
    }
    pages.par_iter().enumerate().try_for_each(|(at, page)| -> Result<(), Failure> {
        let beside = |at: Option<usize>| at.and_then(|at| pages.get(at)).filter(|other| other.section == page.section);
        let (previous, next) = (beside(at.checked_sub(1)).map(neighbour), beside(Some(at + 1)).map(neighbour));
        let (prose, toc) = markdown(&page.body, &known);
        let mut context = Context::new();
        context.insert("title", &page.front.title);
        context.insert("summary", &page.front.summary);
        context.insert("path", &format!("{}/{}", page.section, page.name));
        context.insert("section", sections.get(page.section.as_str()).unwrap_or(&""));
        context.insert("tags", &page.front.tags);
        context.insert("toc", &toc);
        context.insert("prose", &prose);
        context.insert("nav", &nav);
        context.insert("previous", &previous);
        context.insert("next", &next);
        let folder = out.join(&page.section).join(&page.name);
        fs::create_dir(&folder)?;
        Ok(fs::write(folder.join("index.html"), tera.render("page.html", &context)?)?)
    })?;

    // Lists of sections and tags, as the peers have them.
    let mut tags: BTreeMap<&str, Vec<&Page>> = BTreeMap::new();
    let mut lists: BTreeMap<&str, Vec<&Page>> = BTreeMap::new();
    for page in &pages {
        lists.entry(&page.section).or_default().push(page);
        for tag in &page.front.tags {
            tags.entry(tag).or_default().push(page);
        }
    }
    let list = |folder: PathBuf, title: &str, pages: &[&Page]| -> Result<(), Failure> {
        let item = |p: &&Page| format!("<li><a href=\"../../{}/{}/\">{}</a></li>\n", p.section, p.name, p.front.title);
        let items: String = pages.iter().map(item).collect();
        fs::create_dir_all(&folder)?;
        let page = format!(
            "<!DOCTYPE html>\n<title>{title}</title>\n{nav}\n<h1>{title}</h1>\n<ul class=\"list\">\n{items}</ul>\n"
        );
        Ok(fs::write(folder.join("index.html"), page)?)
    };
    lists.par_iter().try_for_each(|(name, pages)| list(out.join(name), sections.get(name).unwrap_or(name), pages))?;
    tags.par_iter().try_for_each(|(tag, pages)| list(out.join("tags").join(tag), tag, pages))?;
    let place = |p: &Page| format!("<url><loc>https://playbook.example/{}/{}/</loc></url>\n", p.section, p.name);
    let places: String = pages.iter().map(place).collect();
    fs::write(
        out.join("sitemap.xml"),
        format!("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{places}</urlset>\n"),
    )?;
    println!("{} pages", pages.len());
    Ok(())
}

fn neighbour(page: &Page) -> Neighbour<'_> {
    Neighbour { name: &page.name, title: &page.front.title }
}

fn read(content: &Path, path: &Path) -> Result<Page, Failure> {
    let text = fs::read_to_string(path)?;
    let mut parts = text.splitn(3, "+++\n").skip(1);
    let (Some(front), Some(body)) = (parts.next(), parts.next()) else {
        return Err(format!("{}: no front matter", path.display()).into());
    };
    let below = path.strip_prefix(content)?;
    let name = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    Ok(Page {
        section: name(below.parent().map(Path::as_os_str)),
        name: name(below.file_stem()),
        front: toml::from_str(front)?,
        body: body.to_owned(),
    })
}

/// HTML with ids on headings and links to pages, and the main headings.
fn markdown(text: &str, known: &HashSet<String>) -> (String, Vec<Heading>) {
    let mut events: Vec<Event<'_>> =
        Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS).collect();
    let mut toc = Vec::new();
    for at in 0..events.len() {
        match &events[at] {
            Event::Start(Tag::Heading { .. }) => {
                let end =
                    (at..events.len()).find(|i| matches!(events[*i], Event::End(TagEnd::Heading(_)))).unwrap_or(at);
                let words: String = events[at..end]
                    .iter()
                    .filter_map(|e| match e {
                        Event::Text(words) | Event::Code(words) => Some(&**words),
                        _ => None,
                    })
                    .collect();
                let id: String =
                    words.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
                if let Event::Start(Tag::Heading { level, id: slot, .. }) = &mut events[at] {
                    *slot = Some(CowStr::from(id.clone()));
                    if *level == HeadingLevel::H2 {
                        toc.push(Heading { id, title: words });
                    }
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) if known.contains(&**dest_url) => {
                let to = format!("../{}/", dest_url.trim_end_matches(".md"));
                if let Event::Start(Tag::Link { dest_url, .. }) = &mut events[at] {
                    *dest_url = to.into();
                }
            }
            _ => {}
        }
    }
    let mut out = String::with_capacity(text.len() * 2);
    html::push_html(&mut out, events.into_iter());
    (out, toc)
}
