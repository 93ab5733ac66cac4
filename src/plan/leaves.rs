//! A long list as pages: by year where it is an archive, else by number. The first page lies where the list does, so a
//! list that fits on one page is one page.

use super::{Cx, Page, Route, Words};
use serde::Serialize;
use std::ops::Range;

/// One page of a long list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// Where it lies.
    pub route: Route,
    /// The year of its rows, in an archive of several pages.
    pub year: Option<i16>,
    /// Its number, from 1: in its year, else in the list.
    pub number: usize,
    /// How many pages the year or the list has.
    pub of: usize,
    /// Places of its rows in the list.
    pub rows: Range<usize>,
}

/// All pages of a long list, in order.
#[derive(Clone, Debug)]
pub struct Leaves {
    leaves: Vec<Leaf>,
}

impl Leaves {
    /// Pages of `room` rows: at `base`, then in `2/`, `3/` … under it. A list without rows has its page too.
    pub fn numbered(base: &Route, count: usize, room: usize) -> Self {
        let of = count.div_ceil(room.max(1)).max(1);
        let leaves = parts(0..count, room)
            .zip(1..)
            .map(|(rows, number)| Leaf { route: place(base, None, number), year: None, number, of, rows })
            .collect();
        Self { leaves }
    }

    /// Pages of at most `room` rows, none of which has rows of two years: the first at `base`, the others in `2025/`,
    /// `2025/2/` … under it. `years` are those of the rows, in order of the list. A list that fits on one page is not cut.
    pub fn by_year(base: &Route, years: &[i16], room: usize) -> Self {
        if years.len() <= room.max(1) {
            return Self::numbered(base, years.len(), room);
        }
        let mut leaves: Vec<Leaf> = Vec::new();
        let mut begin = 0;
        for chunk in years.chunk_by(|a, b| a == b) {
            let rows = begin..begin + chunk.len();
            begin = rows.end;
            let of = chunk.len().div_ceil(room.max(1));
            for (rows, number) in parts(rows, room).zip(1..) {
                let route = if leaves.is_empty() { base.clone() } else { place(base, Some(chunk[0]), number) };
                leaves.push(Leaf { route, year: Some(chunk[0]), number, of, rows });
            }
        }
        Self { leaves }
    }

    /// The pages.
    pub fn iter(&self) -> impl Iterator<Item = &Leaf> {
        self.leaves.iter()
    }
    /// How many there are.
    pub fn count(&self) -> usize {
        self.leaves.len()
    }
    /// Whether all rows are on one page.
    pub fn is_single(&self) -> bool {
        self.leaves.len() == 1
    }
    /// One of them.
    pub fn leaf(&self, at: usize) -> &Leaf {
        &self.leaves[at]
    }

    /// The page at a place: its title says which part of the list it is, and from each of them the others are reached.
    pub fn page(&self, at: usize, title: impl Into<Words>, view: impl Serialize, cx: &Cx<'_>) -> Page {
        let title = title.into();
        let leaf = self.leaf(at);
        if at == 0 {
            return Page { pages: self.pages(at, cx), ..Page::new(title, view) };
        }
        let key = match (leaf.year, leaf.of) {
            (Some(_), 1) => "pages-title-year",
            (Some(_), _) => "pages-title-year-part",
            (None, _) => "pages-title-part",
        };
        let year = leaf.year.map(|year| year.to_string()).unwrap_or_default();
        let words = cx.tf(key, &[("title", &title.text), ("year", &year), ("n", &leaf.number), ("all", &leaf.of)]);
        let mut page = Page::new(Words { text: words, lang: title.lang.clone() }, view);
        page.crumbs.push((title, self.leaves[0].route.clone()));
        page.pages = self.pages(at, cx);
        page
    }

    /// Ways from one page to all others; none where it is the only one.
    fn pages(&self, at: usize, cx: &Cx<'_>) -> Option<Pages> {
        if self.is_single() {
            return None;
        }
        let here = self.leaf(at);
        let href = |at: usize| cx.href(&self.leaves[at].route).unwrap_or_default();
        let turn = |at: Option<usize>| at.filter(|at| *at < self.leaves.len()).map(href);
        let mut years: Vec<PageLink> = Vec::new();
        let mut numbers: Vec<PageLink> = Vec::new();
        for (place, leaf) in self.leaves.iter().enumerate() {
            if leaf.number == 1
                && let Some(year) = leaf.year
            {
                let is_here = leaf.year == here.year;
                years.push(PageLink { text: year.to_string(), href: href(place), is_here, is_after_gap: false });
            }
            if leaf.year == here.year && here.of > 1 && is_named(leaf, here) {
                let before = numbers.last().and_then(|link: &PageLink| link.text.parse::<usize>().ok());
                numbers.push(PageLink {
                    text: leaf.number.to_string(),
                    href: href(place),
                    is_here: place == at,
                    is_after_gap: before.is_some_and(|n| n + 1 < leaf.number),
                });
            }
        }
        Some(Pages { years, numbers, previous: turn(at.checked_sub(1)), next: turn(Some(at + 1)) })
    }
}

/// Whether the number of a page is shown on another: all of them, and of very many the ends, those near, and each tenth, so
/// that any page is two steps away.
fn is_named(leaf: &Leaf, here: &Leaf) -> bool {
    let is_near = leaf.number.abs_diff(here.number) < 10 || leaf.number.is_multiple_of(10);
    here.of <= 60 || is_near || leaf.number == 1 || leaf.number == leaf.of
}

fn place(base: &Route, year: Option<i16>, number: usize) -> Route {
    match (year, number) {
        (None, 1) => base.clone(),
        (None, number) => base.beside(&format!("{number}/index.html")),
        (Some(year), 1) => base.beside(&format!("{year:04}/index.html")),
        (Some(year), number) => base.beside(&format!("{year:04}/{number}/index.html")),
    }
}

/// Cuts a range into pieces of `room`; an empty one is a piece too.
fn parts(rows: Range<usize>, room: usize) -> impl Iterator<Item = Range<usize>> {
    let room = room.max(1);
    let pieces = rows.len().div_ceil(room).max(1);
    (0..pieces).map(move |n| rows.start + n * room..rows.end.min(rows.start + (n + 1) * room))
}

/// Ways to the other pages of a long list, shown by the frame.
#[derive(Clone, Debug, Serialize)]
pub struct Pages {
    /// Each year's first page.
    years: Vec<PageLink>,
    /// Pages of this year, or of the list; of very many some.
    numbers: Vec<PageLink>,
    previous: Option<String>,
    next: Option<String>,
}

/// A way to one of them.
#[derive(Clone, Debug, Serialize)]
struct PageLink {
    text: String,
    href: String,
    is_here: bool,
    /// Whether numbers before it are left out.
    is_after_gap: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(leaves: &Leaves) -> Vec<String> {
        leaves.iter().map(|l| format!("{} {:?}", l.route.path(), l.rows)).collect()
    }

    #[test]
    fn a_list_that_fits_is_one_page_where_it_was() {
        let base = Route::page("lessons");
        assert_eq!(shown(&Leaves::numbered(&base, 0, 10)), ["lessons/index.html 0..0"]);
        assert_eq!(shown(&Leaves::numbered(&base, 10, 10)), ["lessons/index.html 0..10"]);
        assert_eq!(shown(&Leaves::by_year(&base, &[2026, 2026, 2025], 3)), ["lessons/index.html 0..3"]);
    }

    #[test]
    fn a_longer_one_goes_on_under_it_by_number_or_by_year() {
        let base = Route::page("lessons");
        assert_eq!(
            shown(&Leaves::numbered(&base, 5, 2)),
            ["lessons/index.html 0..2", "lessons/2/index.html 2..4", "lessons/3/index.html 4..5"]
        );
        assert_eq!(
            shown(&Leaves::by_year(&base, &[2026, 2026, 2026, 2024], 2)),
            ["lessons/index.html 0..2", "lessons/2026/2/index.html 2..3", "lessons/2024/index.html 3..4"]
        );
    }
}
