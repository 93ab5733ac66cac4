//! What changes in a text, as a unified diff that `patch` and `git apply` take.

use std::fmt::Write;

/// Lines shown around a change, as `diff -u` shows them.
const AROUND: usize = 3;

/// Cells of the table that finds the longest common lines; past it a region is shown as wholly replaced.
const CELLS: usize = 4 << 20;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Line<'t> {
    Same(&'t str),
    Gone(&'t str),
    New(&'t str),
}

/// The unified diff of one file; empty when nothing changes. A text that is not there is `None`.
pub fn unified(path: (&str, &str), was: Option<&str>, now: Option<&str>) -> String {
    if was == now {
        return String::new();
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (
        was.unwrap_or_default().split_inclusive('\n').collect(),
        now.unwrap_or_default().split_inclusive('\n').collect(),
    );
    let lines = compare(&old, &new);
    let name = |side: &str, path: &str, text: Option<&str>| match text {
        Some(_) => format!("{side}/{path}"),
        None => "/dev/null".to_owned(),
    };
    let mut out = format!("--- {}\n+++ {}\n", name("a", path.0, was), name("b", path.1, now));
    for (from, to) in hunks(&lines) {
        let before = &lines[..from];
        let part = &lines[from..to];
        let count = |lines: &[Line<'_>], leave: fn(&Line<'_>) -> bool| lines.iter().filter(|l| !leave(l)).count();
        let is_new: fn(&Line<'_>) -> bool = |l| matches!(l, Line::New(_));
        let is_gone: fn(&Line<'_>) -> bool = |l| matches!(l, Line::Gone(_));
        let (old_len, new_len) = (count(part, is_new), count(part, is_gone));
        // An empty side counts from the line before it.
        let first = |before: usize, len: usize| before + usize::from(len > 0);
        let (old_at, new_at) = (first(count(before, is_new), old_len), first(count(before, is_gone), new_len));
        let _ = writeln!(out, "@@ -{old_at},{old_len} +{new_at},{new_len} @@");
        for line in part {
            let (mark, text) = match line {
                Line::Same(text) => (' ', text),
                Line::Gone(text) => ('-', text),
                Line::New(text) => ('+', text),
            };
            out.push(mark);
            out.push_str(text);
            if !text.ends_with('\n') {
                out.push_str("\n\\ No newline at end of file\n");
            }
        }
    }
    out
}

/// Stretches of lines to show: changes with what stands around them.
fn hunks(lines: &[Line<'_>]) -> Vec<(usize, usize)> {
    let mut list: Vec<(usize, usize)> = Vec::new();
    for at in (0..lines.len()).filter(|at| !matches!(lines[*at], Line::Same(_))) {
        let (from, to) = (at.saturating_sub(AROUND), (at + 1 + AROUND).min(lines.len()));
        match list.last_mut() {
            Some(last) if from <= last.1 => last.1 = to,
            _ => list.push((from, to)),
        }
    }
    list
}

fn compare<'t>(old: &[&'t str], new: &[&'t str]) -> Vec<Line<'t>> {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    let mut lines: Vec<Line<'t>> = old[..head].iter().map(|l| Line::Same(l)).collect();
    if a.len().saturating_mul(b.len()) > CELLS {
        lines.extend(a.iter().map(|l| Line::Gone(l)));
        lines.extend(b.iter().map(|l| Line::New(l)));
    } else {
        lines.extend(common(a, b));
    }
    lines.extend(old[old.len() - tail..].iter().map(|l| Line::Same(l)));
    lines
}

/// By the longest common subsequence; lines that go stand before those that come.
fn common<'t>(a: &[&'t str], b: &[&'t str]) -> Vec<Line<'t>> {
    let width = b.len() + 1;
    let mut longest = vec![0u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * width + j] = if a[i] == b[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut lines) = (0, 0, Vec::new());
    while i < a.len() || j < b.len() {
        let both = i < a.len() && j < b.len();
        if both && a[i] == b[j] {
            lines.push(Line::Same(a[i]));
            (i, j) = (i + 1, j + 1);
        } else if i < a.len() && (!both || longest[(i + 1) * width + j] >= longest[i * width + j + 1]) {
            lines.push(Line::Gone(a[i]));
            i += 1;
        } else {
            lines.push(Line::New(b[j]));
            j += 1;
        }
    }
    lines
}
