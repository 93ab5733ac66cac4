//! Tables, each in a frame that scrolls.

use super::{Word, Writer};
use crate::markup::html;
use pulldown_cmark::{Alignment, Tag, TagEnd};
use std::fmt::Write as _;

/// The open table.
#[derive(Default)]
pub(super) struct Table {
    pub(super) columns: Vec<Alignment>,
    pub(super) count: usize,
    pub(super) column: usize,
    pub(super) in_head: bool,
    pub(super) has_body: bool,
    /// Where the open cell's tag and words start.
    pub(super) cell: (usize, usize),
    pub(super) is_open: bool,
}

impl Writer<'_, '_> {
    pub(super) fn start_table(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Table(columns) => {
                self.fresh();
                self.table = Table { columns, count: self.table.count + 1, is_open: true, ..Table::default() };
                self.out.push_str("<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
                html::attribute(&mut self.out, &(self.options.words)(Word::Table));
                let _ = write!(self.out, " {}", self.table.count);
                if let Some(heading) = self.headings.checked_sub(1).and_then(|n| self.document.headings.get(n)) {
                    self.out.push_str(": ");
                    html::attribute(&mut self.out, &heading.text);
                }
                self.out.push_str("\">\n<table>\n");
            }
            Tag::TableHead => {
                self.table.in_head = true;
                self.table.column = 0;
                self.out.push_str("<thead>\n<tr>");
            }
            Tag::TableRow => {
                if !std::mem::replace(&mut self.table.has_body, true) {
                    self.out.push_str("<tbody>\n");
                }
                self.table.column = 0;
                self.out.push_str("<tr>");
            }
            _ => {
                let start = self.out.len();
                self.out.push_str(if self.table.in_head { "<th scope=\"col\"" } else { "<td" });
                // A class, not a style: the site's policy allows no inline style.
                self.out.push_str(match self.table.columns.get(self.table.column) {
                    Some(Alignment::Left) => " class=\"align-left\"",
                    Some(Alignment::Center) => " class=\"align-center\"",
                    Some(Alignment::Right) => " class=\"align-right\"",
                    _ => "",
                });
                self.out.push('>');
                self.table.column += 1;
                self.table.cell = (start, self.out.len());
            }
        }
    }

    pub(super) fn end_table(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::TableCell => {
                let (start, words) = self.table.cell;
                if !self.table.in_head {
                    self.out.push_str("</td>");
                } else if self.out[words..].trim().is_empty() {
                    // A head without words names nothing.
                    self.out.truncate(start);
                    self.out.push_str("<td></td>");
                } else {
                    self.out.push_str("</th>");
                }
            }
            TagEnd::TableHead => {
                self.table.in_head = false;
                self.out.push_str("</tr>\n</thead>\n");
            }
            TagEnd::TableRow => self.out.push_str("</tr>\n"),
            _ => {
                self.table.is_open = false;
                self.out.push_str(if self.table.has_body {
                    "</tbody>\n</table>\n</div>\n"
                } else {
                    "</table>\n</div>\n"
                });
            }
        }
    }
}
