//! Line charts made at build time: numbers in, places of an SVG out. Each stands beside a table of the same numbers.

use serde::Serialize;

/// Width of a drawing in its own units.
const WIDTH: i64 = 640;
/// Height of the plot.
const PLOT: i64 = 150;
/// Room above the plot.
const TOP: i64 = 14;
/// Room below the plot, for the words of the x axis.
const FOOT: i64 = 26;
/// Room left of the plot, for the words of the y axis.
const LEFT: i64 = 64;
/// Room right of the plot.
const RIGHT: i64 = 44;

/// A chart, ready to be drawn.
#[derive(Debug, Serialize)]
pub(crate) struct Graph {
    width: i64,
    height: i64,
    left: i64,
    right: i64,
    foot: i64,
    /// Room of a column's words.
    column: i64,
    label: String,
    lines: Vec<Line>,
    ticks: Vec<Tick>,
    columns: Vec<Tick>,
    reference: Option<Reference>,
    marks: Vec<Mark>,
}

#[derive(Debug, Serialize)]
struct Line {
    tone: usize,
    name: String,
    /// Runs of neighbouring points: a gap breaks the line.
    runs: Vec<String>,
    dots: Vec<Dot>,
}

#[derive(Debug, Serialize)]
struct Dot {
    x: i64,
    y: i64,
    text: String,
}

#[derive(Debug, Serialize)]
struct Tick {
    at: i64,
    text: String,
}

#[derive(Debug, Serialize)]
struct Reference {
    points: String,
    text: String,
}

#[derive(Debug, Serialize)]
struct Mark {
    x: i64,
    text: String,
}

/// A series of values, one for each column; none where nothing is known.
pub(crate) struct Series {
    /// Its name.
    pub(crate) name: String,
    /// Its values.
    pub(crate) values: Vec<Option<i64>>,
}

/// What a chart shows.
pub(crate) struct Data<'d> {
    /// The chart in words, for those who do not see it.
    pub(crate) label: String,
    /// Words of the columns.
    pub(crate) columns: Vec<String>,
    /// The lines.
    pub(crate) series: Vec<Series>,
    /// A line to compare with, and its name: a value for each column.
    pub(crate) reference: Option<(String, Vec<i64>)>,
    /// Words at places between columns, in thousandths of the way from the first column to the last.
    pub(crate) marks: Vec<(i64, String)>,
    /// A value in the reader's words.
    pub(crate) words: &'d dyn Fn(i64) -> String,
}

/// Draws lines; none without two columns or any value.
pub(crate) fn graph(data: Data<'_>) -> Option<Graph> {
    let last = i64::try_from(data.columns.len()).ok()?.checked_sub(1).filter(|n| *n > 0)?;
    let known = data.series.iter().flat_map(|s| s.values.iter().flatten());
    let all: Vec<i64> = known.chain(data.reference.iter().flat_map(|(_, v)| v)).copied().collect();
    let (low, high) = (*all.iter().min()?, *all.iter().max()?);
    // A line that never moves lies in the middle.
    let (low, high) = if low == high { (low - 1, high + 1) } else { (low, high) };
    let room = WIDTH - LEFT - RIGHT;
    let x = |column: i64| LEFT + room * column / last;
    let y = |value: i64| {
        let part = i128::from(high - value) * i128::from(PLOT) / i128::from(high - low);
        TOP + i64::try_from(part).unwrap_or(0)
    };
    let line = |(index, series): (usize, &Series)| {
        let mut runs: Vec<Vec<String>> = vec![Vec::new()];
        let mut dots = Vec::new();
        for (column, value) in (0_i64..).zip(&series.values) {
            match value {
                Some(value) => {
                    let (x, y) = (x(column), y(*value));
                    runs.last_mut().expect("bug: there is always a run").push(format!("{x},{y}"));
                    let place = data.columns.get(usize::try_from(column).unwrap_or(0)).map_or("", String::as_str);
                    dots.push(Dot { x, y, text: format!("{} · {place}: {}", series.name, (data.words)(*value)) });
                }
                None => runs.push(Vec::new()),
            }
        }
        let runs = runs.into_iter().filter(|r| r.len() > 1).map(|r| r.join(" ")).collect();
        Line { tone: index % 6, name: series.name.clone(), runs, dots }
    };
    let lines: Vec<Line> = data.series.iter().enumerate().map(line).collect();
    let reference = data.reference.as_ref().map(|(text, values)| Reference {
        points: (0_i64..).zip(values).map(|(c, v)| format!("{},{}", x(c), y(*v))).collect::<Vec<_>>().join(" "),
        text: text.clone(),
    });
    let every = (data.columns.len() - 1) / 8 + 1;
    let column = |(at, text): (usize, &String)| Tick { at: x(i64::try_from(at).unwrap_or(0)), text: text.clone() };
    Some(Graph {
        width: WIDTH,
        height: TOP + PLOT + FOOT,
        left: LEFT,
        right: WIDTH - RIGHT,
        foot: TOP + PLOT + FOOT - 6,
        // The words of the outermost columns reach into the margins.
        column: (room * i64::try_from(every).unwrap_or(1) / last - 8).min(2 * RIGHT),
        label: data.label,
        ticks: [high, i64::midpoint(low, high), low].map(|v| Tick { at: y(v), text: (data.words)(v) }).into(),
        columns: data.columns.iter().enumerate().filter(|(at, _)| at % every == 0).map(column).collect(),
        lines,
        reference,
        marks: data.marks.into_iter().map(|(at, text)| Mark { x: LEFT + room * at / 1000, text }).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[Option<i64>]) -> Option<Graph> {
        let columns = (1..=values.len()).map(|n| n.to_string()).collect();
        let series = vec![Series { name: "roi".to_owned(), values: values.to_vec() }];
        graph(Data {
            label: String::new(),
            columns,
            series,
            reference: None,
            marks: Vec::new(),
            words: &|v| v.to_string(),
        })
    }

    #[test]
    fn a_gap_breaks_the_line_and_keeps_its_dots() {
        let graph = of(&[Some(1), Some(3), None, Some(2)]).unwrap();
        let line = &graph.lines[0];
        assert_eq!(line.runs, ["64,164 241,14"]);
        assert_eq!(line.dots.iter().map(|d| (d.x, d.y)).collect::<Vec<_>>(), [(64, 164), (241, 14), (596, 89)]);
        assert_eq!(line.dots[2].text, "roi · 4: 2");
    }

    #[test]
    fn one_column_or_no_value_is_no_chart_and_a_flat_line_lies_in_the_middle() {
        assert!(of(&[Some(1)]).is_none() && of(&[None, None]).is_none());
        assert_eq!(of(&[Some(7), Some(7)]).unwrap().lines[0].runs, ["64,89 596,89"]);
    }
}
