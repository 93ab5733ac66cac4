//! Thirty different mistakes in six files of the sample. One run finds each of them once and nothing else, at the words
//! that are wrong, and says what to write; whoever does so has the sample back.

use campaign_playbook::base::{Diagnostic, Edit};
use campaign_playbook::compile::{self, Clock, Compiled, Input};
use campaign_playbook::report::Texts;
use campaign_playbook::report::position::Places;
use campaign_playbook::sources::Sources;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const ELEVEN: &str = "content/campaigns/2026-11-double-eleven/campaign.toml";
const THANKS: &str = "content/campaigns/2026-12-thank-you/campaign.toml";
const REVIEW: &str = "content/campaigns/2026-08-small-table/postmortem.md";
const RESULTS: &str = "content/campaigns/2026-08-small-table/results.toml";
const PROCEDURE: &str = "content/sops/prep-medium.md";
const YEAR: &str = "content/programmes/2026.toml";

/// A slip of the pen.
struct Mistake {
    file: &'static str,
    /// What stands in the sample and what is written instead; the words to be underlined stand between `«` and `»`.
    slips: &'static [(&'static str, &'static str)],
    /// `severity[rule] message`.
    finding: &'static str,
    /// The first advice.
    hint: &'static str,
    mending: Mending,
}

/// What the author does about it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mending {
    /// Lets every edit of the advice be made.
    Edit,
    /// Does by hand what the advice says: the words of the sample again.
    Hand,
}
use Mending::{Edit as Apply, Hand};

#[rustfmt::skip]
const MISTAKES: &[Mistake] = &[
    // --- the plan of the largest campaign
    Mistake {
        file: ELEVEN, slips: &[("tags = [\"double-11\"", "«tag» = [\"double-11\"")], mending: Apply,
        finding: "error[shape/unknown-key] `tag` is no key here",
        hint: "did you mean `tags`?",
    },
    Mistake {
        file: ELEVEN, slips: &[("slot = \"sprint\"", "slot = «\"spirnt\"»")], mending: Apply,
        finding: "error[shape/bad-value] `spirnt` is no slot",
        hint: "did you mean `sprint`?",
    },
    Mistake {
        file: ELEVEN, slips: &[("[\"2026-06-plain-618\", \"2026-09-moonlit-table\"]", "[\"2026-06-plain-618\", «\"2026-09-moonlit-tabel\"»]")], mending: Apply,
        finding: "error[reference/campaign] there is no campaign `2026-09-moonlit-tabel`",
        hint: "did you mean `2026-09-moonlit-table`?",
    },
    Mistake {
        file: ELEVEN, slips: &[("analyst = \"deng-xi\"", "«analist» = \"deng-xi\"")], mending: Apply,
        finding: "error[reference/role] there is no role `analist`",
        hint: "did you mean `analyst`?",
    },
    Mistake {
        file: ELEVEN, slips: &[("due = \"T-56\"\nowner = \"shen-hui\"", "due = \"T-56\"\nowner = «\"shen-hiu\"»")], mending: Apply,
        finding: "error[reference/person] there is nobody called `shen-hiu` in `content/people.toml`",
        hint: "did you mean `shen-hui`?",
    },
    Mistake {
        file: ELEVEN, slips: &[("due = \"T-48\"", "due = «2026-09-19»")], mending: Apply,
        finding: "warning[milestone/day-off] `Theme decided` is due on 2026-09-19, a weekend",
        hint: "write 2026-09-18, a working day",
    },
    Mistake {
        file: ELEVEN, slips: &[("stage = \"planning\"\nafter = [\"plan-review\"]", "stage = \"planning\"\nafter = [«\"plan-reveiw\"»]")], mending: Apply,
        finding: "error[milestone/unknown-node] there is no milestone `plan-reveiw` in this campaign",
        hint: "did you mean `plan-review`?",
    },
    Mistake {
        file: ELEVEN, slips: &[("due = \"T-17\"", "due = «\"T-17 days\"»")], mending: Apply,
        finding: "error[shape/bad-value] `T-17 days` is no offset",
        hint: "did you mean `T-17d`?",
    },
    Mistake {
        file: ELEVEN, slips: &[("due = \"T-8\"", "due = «\"T-13\"»")], mending: Apply,
        finding: "error[milestone/order] `Live-stream rehearsed in real time` is due on 2026-10-23, before `Design delivered` on 2026-10-26, which it waits for",
        hint: "plan it for 2026-10-26 or later",
    },
    Mistake {
        file: ELEVEN, slips: &[("amount = 176000", "amount = «176000»"), ("amount = 170000", "amount = 84000"), ("amount = 100000", "amount = 186000")], mending: Apply,
        finding: "error[budget/split] core is 60 %, 10 points under 70 %; reserve is 30 %, 10 points over 20 %",
        hint: "move ¥86,000 from reserve to core: core ¥602,000, reserve ¥172,000, innovation ¥86,000",
    },
    Mistake {
        file: ELEVEN, slips: &[("metric = \"high-value-share\"\ntarget = 32", "metric = «\"roi\"»\ntarget = 32")], mending: Hand,
        finding: "error[kpi/duplicate] `roi` has two targets",
        hint: "keep the first, and write `revised = 32` and a `reason` there if the target was changed",
    },
    Mistake {
        file: ELEVEN, slips: &[("time = \"23:30\"", "time = «\"24:30\"»")], mending: Hand,
        finding: "error[shape/bad-value] `24:30` is no time of day",
        hint: "write hours and minutes: `\"10:00\"`",
    },
    // --- the plan of a small one
    Mistake {
        file: THANKS, slips: &[("programme = \"2026\"", "programme = «\"2062\"»")], mending: Apply,
        finding: "error[reference/programme] there is no programme `2062`",
        hint: "did you mean `2026`?",
    },
    Mistake {
        file: THANKS, slips: &[("kind = \"physical\"", "kind = «\"phsyical\"»")], mending: Apply,
        finding: "error[shape/bad-value] `phsyical` is no material kind",
        hint: "did you mean `physical`?",
    },
    Mistake {
        file: THANKS, slips: &[("production-days = 6", "production-days = «\"6\"»")], mending: Apply,
        finding: "error[shape/wrong-type] this is a string, wanted a whole number",
        hint: "remove the quotes: `6`",
    },
    Mistake {
        file: THANKS, slips: &[("total = 160000", "total = «160000»"), ("amount = 18000", "amount = 81000")], mending: Hand,
        finding: "error[budget/sum] the lines add up to ¥223,000, ¥63,000 more than the total ¥160,000",
        hint: "change the total to `223000`",
    },
    Mistake {
        file: THANKS, slips: &[("[[budget.line]]\nid = \"cards\"", "«[[budget.line]]»\nid = \"cards\""), ("amount = 40000\npurpose = \"core\"\nnature = \"base\"\n", "amount = 40000\npurpose = \"core\"\n")], mending: Hand,
        finding: "warning[budget/untagged] ¥40,000 has no `nature`",
        hint: "add `nature = \"…\"` with `base` or `floating`",
    },
    Mistake {
        file: THANKS, slips: &[("purpose = \"innovation\"", "purpose = «\"inovation\"»")], mending: Apply,
        finding: "error[budget/axis-value] `inovation` is no value of `purpose`",
        hint: "did you mean `innovation`?",
    },
    Mistake {
        file: THANKS, slips: &[("target = 75\n", "target = 75\nrevised = «72»\n")], mending: Hand,
        finding: "error[kpi/revised-without-reason] `retention-rate` went from 75 to 72 without a reason",
        hint: "add `reason = \"…\"` below it",
    },
    // --- a review
    Mistake {
        file: REVIEW, slips: &[("evaluated = 2026-08-28", "evaluated = «2026-08-25»")], mending: Hand,
        finding: "error[postmortem/status-dates] `evaluated` was reached on 2026-08-25, before `data` on 2026-08-26",
        hint: "write a day on or after 2026-08-26, or correct the other",
    },
    Mistake {
        file: REVIEW, slips: &[("process = 4", "process = «40»")], mending: Hand,
        finding: "error[postmortem/scores] `process` is 40, wanted 1 to 5",
        hint: "write a number from 1 to 5",
    },
    Mistake {
        file: REVIEW, slips: &[("value = 95.5\nsample-size = 318\n", "value = «95.5»\n")], mending: Hand,
        finding: "warning[postmortem/sample-size] satisfaction is 95.5 % of an unknown number",
        hint: "write how many were asked: `sample-size = …`",
    },
    Mistake {
        file: REVIEW, slips: &[("applied-in = \"2026-09-moonlit-table\"", "applied-in = «\"2026-07-cold-brew\"»")], mending: Hand,
        finding: "error[postmortem/applied-earlier] `walk-ins-counted` is applied in `2026-07-cold-brew`, which started on 2026-07-09, not after `2026-08-small-table` on 2026-08-20",
        hint: "write a later campaign, such as `2026-09-moonlit-table`",
    },
    Mistake {
        file: REVIEW, slips: &[("status = \"planned\"", "status = «\"planned\"»"), ("{#process}", "{#proces}")], mending: Apply,
        finding: "error[postmortem/sections] the review is `planned` and has no section `process`",
        hint: "did you mean `{#process}`?",
    },
    // --- what happened
    Mistake {
        file: RESULTS, slips: &[("amount = 17200\n\n[[spend]]\ndate = 2026-08-14\nline = \"workshops\"", "amount = 17200\n\n[[spend]]\ndate = 2026-08-14\nline = «\"workshop\"»")], mending: Apply,
        finding: "error[budget/spend-line] `workshop` is no line of the budget",
        hint: "did you mean `workshops`?",
    },
    Mistake {
        file: RESULTS, slips: &[("metric = \"share-rate\"", "metric = «\"share-rat\"»")], mending: Apply,
        finding: "error[reference/metric] there is no metric `share-rat`",
        hint: "did you mean `share-rate`?",
    },
    // --- a procedure
    Mistake {
        file: PROCEDURE, slips: &[("{#load role=tech due=T-9", "{#«load» due=T-9")], mending: Hand,
        finding: "error[sop/role-missing] `load` has no role",
        hint: "add `role=` with `planner`, `user-ops`, `analyst`, `designer`, `tech`, `sales`, `product` or `service`",
    },
    Mistake {
        file: PROCEDURE, slips: &[("covers=user-experience", "covers=«user-experence»")], mending: Apply,
        finding: "error[sop/unknown-group] group `technical` asks for no `user-experence`",
        hint: "did you mean `user-experience`?",
    },
    Mistake {
        file: PROCEDURE, slips: &[("(../campaigns/2026-05-tea-letters/postmortem.md)", "(«../campaigns/2026-05-tea-leters/postmortem.md»)")], mending: Apply,
        finding: "error[links/broken] `../campaigns/2026-05-tea-leters/postmortem.md` leads nowhere",
        hint: "did you mean `../campaigns/2026-05-tea-letters/postmortem.md`?",
    },
    // --- the year
    Mistake {
        file: YEAR, slips: &[("total = 5000000", "total = «5200000»")], mending: Apply,
        finding: "error[budget/programme-sum] campaigns and own lines add up to ¥5,000,000, ¥200,000 less than the total ¥5,200,000",
        hint: "change the total to ¥5,000,000",
    },
];

/// The files of a playbook by path.
type Files = BTreeMap<String, Vec<u8>>;

fn sample() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (sources, _) = Sources::read(root).expect("the sample can be read");
    sources.paths().map(|(path, file)| (path.to_owned(), sources.bytes(file).to_vec())).collect()
}

fn judge(files: Files) -> Compiled {
    let (sources, read) = Sources::from_memory(files);
    compile::judge(Input { sources, read, clock: Clock::default() })
}

fn line(finding: &Diagnostic) -> String {
    format!("{}[{}] {}", finding.severity, finding.rule, finding.message.en)
}

/// Findings that the sample does not have by itself: it carries a few on purpose.
fn new<'a>(compiled: &'a Compiled, usual: &BTreeSet<String>) -> Vec<&'a Diagnostic> {
    compiled.findings().iter().filter(|d| !usual.contains(&line(d))).collect()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("the sample is UTF-8")
}

/// Puts `wrong` where `right` stands, once.
fn replace(files: &mut Files, file: &str, right: &str, wrong: &str) {
    let bytes = files.get_mut(file).unwrap_or_else(|| panic!("{file} is not in the sample"));
    let old = text(bytes);
    assert_eq!(old.matches(right).count(), 1, "{right:?} in {file}");
    *bytes = old.replace(right, wrong).into_bytes();
}

/// Signs that no author writes, one pair for each mistake.
fn signs(place: usize) -> [char; 2] {
    let sign = |n: usize| u32::try_from(0xE000 + n).ok().and_then(char::from_u32).expect("a private character");
    [sign(2 * place), sign(2 * place + 1)]
}

/// What a report says of one finding.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Said {
    path: String,
    line: usize,
    column: usize,
    words: String,
    finding: String,
    hint: String,
}

/// The sample with all mistakes in it, and what is to be found, worked out from the texts alone.
fn seeded() -> (Files, Vec<Said>) {
    let mut files = sample();
    for (place, mistake) in MISTAKES.iter().enumerate() {
        let [open, close] = signs(place).map(String::from);
        for (right, wrong) in mistake.slips {
            replace(&mut files, mistake.file, right, &wrong.replace('«', &open).replace('»', &close));
        }
    }
    let mut said = Vec::new();
    for (place, mistake) in MISTAKES.iter().enumerate() {
        let is_sign = |c: char| ('\u{E000}'..'\u{F000}').contains(&c);
        let marked = text(&files[mistake.file]);
        let [open, close] = signs(place).map(|sign| marked.find(sign).expect("each mistake is marked"));
        let plain = |part: &str| part.replace(is_sign, "");
        let before = plain(&marked[..open]);
        said.push(Said {
            path: mistake.file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before.rsplit('\n').next().unwrap_or_default().chars().count() + 1,
            words: plain(&marked[open..close]),
            finding: mistake.finding.to_owned(),
            hint: mistake.hint.to_owned(),
        });
    }
    for bytes in files.values_mut() {
        if let Ok(marked) = std::str::from_utf8(bytes) {
            *bytes = marked.replace(|c: char| ('\u{E000}'..'\u{F000}').contains(&c), "").into_bytes();
        }
    }
    (files, said)
}

/// What was found, in the same terms.
fn found(compiled: &Compiled, findings: &[&Diagnostic]) -> Vec<Said> {
    let mut places = Places::new(&compiled.sources);
    let said = |d: &&Diagnostic| {
        let span = d.span.expect("each mistake has a place");
        let at = places.of(span).start;
        let words = compiled.sources.text(span.file).and_then(|t| t.get(span.range())).unwrap_or_default();
        Said {
            path: Texts::path(&compiled.sources, span.file).to_owned(),
            line: at.line,
            column: at.column,
            words: words.to_owned(),
            finding: line(d),
            hint: d.hints.first().map(|h| h.text.en.clone()).unwrap_or_default(),
        }
    };
    findings.iter().map(said).collect()
}

#[test]
fn thirty_mistakes_are_found_in_one_run_each_at_its_words() {
    let usual: BTreeSet<String> = judge(sample()).findings().iter().map(line).collect();
    let (files, mut wanted) = seeded();
    assert_eq!((wanted.len(), wanted.iter().map(|s| &s.path).collect::<BTreeSet<_>>().len()), (30, 6));
    let compiled = judge(files);
    let mut seen = found(&compiled, &new(&compiled, &usual));
    wanted.sort();
    seen.sort();
    for (wanted, seen) in wanted.iter().zip(&seen) {
        assert_eq!(seen, wanted);
    }
    assert_eq!(seen.len(), 30, "{:#?}", &seen[30..]);
}

#[test]
fn whoever_follows_the_advice_has_the_sample_back() {
    let usual: BTreeSet<String> = judge(sample()).findings().iter().map(line).collect();
    let (files, _) = seeded();
    let compiled = judge(files.clone());
    let of = |mistake: &Mistake| {
        let found = compiled.findings().iter().find(|d| line(d) == mistake.finding);
        found.unwrap_or_else(|| panic!("nobody says {:?}", mistake.finding))
    };
    let mut edits: Vec<&Edit> = MISTAKES
        .iter()
        .filter(|m| m.mending == Apply)
        .flat_map(|m| of(m).hints.iter().filter_map(|h| h.edit.as_ref()))
        .collect();
    edits.sort_by_key(|e| std::cmp::Reverse(e.span));
    let mut mended = files;
    for edit in edits {
        let bytes = mended.get_mut(compiled.sources.path(edit.span.file)).expect("an edit is of a file");
        bytes.splice(edit.span.range(), edit.text.bytes());
    }
    for mistake in MISTAKES.iter().filter(|m| m.mending == Hand) {
        for (right, wrong) in mistake.slips {
            replace(&mut mended, mistake.file, &wrong.replace(['«', '»'], ""), right);
        }
    }
    let again = judge(mended);
    let left: Vec<String> = new(&again, &usual).into_iter().map(line).collect();
    assert_eq!(left, [""; 0]);
}
