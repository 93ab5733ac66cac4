//! `playbook rename`: a name changes wherever it stands, and old addresses go on leading somewhere.

use super::cli::{Book, stderr, stdout};
use super::scaffold::{read, run, sample};
use campaign_playbook::base::Date;
use campaign_playbook::compile::{Clock, Input, judge};
use campaign_playbook::model::{self, settings::Settings};
use campaign_playbook::scaffold::rename::{KINDS, rename};
use campaign_playbook::schema::{Refers, names};
use campaign_playbook::sources::Sources;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

const TODAY: &str = "2026-09-17";

#[test]
fn a_campaign_moves_with_its_folder_and_its_old_address_leads_to_the_new_one() {
    let book = sample();
    let (old, new) = ("2026-05-tea-letters", "2026-05-letters");
    // A file that is none of the playbook's moves with the folder.
    book.write(&format!("content/campaigns/{old}/.notes"), "mine");
    let output = run(&book, &["rename", "campaign", old, new, "--as-of", TODAY]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains("the old address leads to the new one"), "{}", stdout(&output));
    assert!(!book.root().join("content/campaigns").join(old).exists());
    assert_eq!(read(&book, &format!("content/campaigns/{new}/.notes")), "mine");
    let plan = read(&book, &format!("content/campaigns/{new}/campaign.toml"));
    assert!(plan.contains(&format!("\naliases = [\"{old}\"]\n")), "{plan}");
    let grep = Command::new("grep").args(["-rn", old, "content"]).current_dir(book.root()).output().unwrap();
    assert_eq!(stdout(&grep).lines().count(), 1, "only the alias: {}", stdout(&grep));
    let build = run(&book, &["build", "--as-of", TODAY]);
    assert_eq!(build.status.code(), Some(0), "{}", stderr(&build));
    let page = read(&book, &format!("public/campaigns/{old}/review/index.html"));
    assert!(page.contains(&format!("../../{new}/review/index.html")), "{page}");
}

#[test]
fn a_name_that_comes_back_is_no_earlier_one_any_more() {
    let book = Book::small();
    for (old, new) in [("june", "summer"), ("summer", "sunny"), ("sunny", "june")] {
        let output = run(&book, &["rename", "campaign", old, new, "--as-of", "2026-04-01"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
    let plan = read(&book, "content/campaigns/june/campaign.toml");
    assert!(plan.starts_with("title = \"June\"\naliases = [\"summer\", \"sunny\"]\nowner"), "{plan}");
    let taken = run(&book, &["new", "campaign", "X", "--id", "july", "--owner", "lin-yue", "--as-of", "2026-04-01"]);
    assert_eq!(taken.status.code(), Some(0), "{}", stderr(&taken));
    let refused = run(&book, &["rename", "campaign", "july", "summer", "--as-of", "2026-04-01"]);
    assert!(stderr(&refused).contains("`summer` is an earlier name of `june`"), "{}", stderr(&refused));
}

/// A procedure in two languages, named by a campaign, its results, another procedure and a policy.
fn with_a_procedure() -> Book {
    let book = Book::small();
    let front = "+++\ntitle = \"Prepare\"\nphase = \"preparation\"\nowner = \"lin-yue\"\nversion = \"1\"\n+++\n\n";
    book.write(
        "content/sops/prep.md",
        &format!("{front}## Shop {{#shop}}\n\n- [ ] Load the shelves {{#load due=T-2 must}}\n"),
    );
    book.write("content/sops/prep.zh-Hans.md", "## 门店 {#shop}\n\n- [ ] 上货 {#load}\n\n另见[本页](#load)。\n");
    book.write(
        "content/sops/run.md",
        &format!(
            "{}See [the shelves](prep.md#load), [all](./prep.md) and [this][p].\n\n[p]: ../sops/prep.md#shop\n",
            front.replace("Prepare", "Run").replace("preparation", "execution")
        ),
    );
    let june = read(&book, "content/campaigns/june/campaign.toml");
    book.write("content/campaigns/june/campaign.toml", &format!("{june}\n[[milestone]]\nid = \"venue\"\ntask = \"Venue\"\ndue = \"T-9\"\nowner = \"lin-yue\"\non-breach = \"prep\"\n\n[[waiver]]\nrule = \"milestone/overdue\"\ntarget = \"prep/load\"\nreason = \"x\"\napprover = \"lin-yue\"\nexpires = 2027-01-01\n"));
    book.write("content/campaigns/june/brief.md", "As [the shelves](../../sops/prep.md#load) say, prep is prep.\n");
    book.write("content/campaigns/june/results.toml", "[done]\n\"prep/load\" = 2026-06-08\n");
    book.write("content/policies/ours.toml", "[[waiver]]\nrule = \"sop/unused\"\ntarget = \"sops/prep\"\nreason = \"x\"\napprover = \"lin-yue\"\nexpires = 2027-01-01\n");
    book
}

#[test]
fn a_dry_run_is_a_patch_that_git_applies_with_its_moves() {
    let book = with_a_procedure();
    let git = |args: &[&str]| {
        let output = Command::new("git").current_dir(book.root()).args(args).output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", stderr(&output));
    };
    let dry = run(&book, &["rename", "sop", "prep", "prepare", "--dry-run", "--as-of", "2026-04-01"]);
    assert_eq!(dry.status.code(), Some(0), "{}", stderr(&dry));
    assert!(book.root().join("content/sops/prep.md").exists());
    std::fs::write(book.root().join("rename.patch"), &dry.stdout).unwrap();
    git(&["init", "-q"]);
    git(&["apply", "rename.patch"]);
    let by_patch = files(&book);
    git(&["apply", "-R", "rename.patch"]);
    let done = run(&book, &["rename", "sop", "prep", "prepare", "--as-of", "2026-04-01"]);
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    assert_eq!(files(&book), by_patch);
    let text = |path: &str| String::from_utf8(by_patch[path].clone()).unwrap();
    assert!(by_patch.contains_key("content/sops/prepare.zh-Hans.md"), "translations move too");
    let run = text("content/sops/run.md");
    assert!(
        run.contains("(prepare.md#load), [all](./prepare.md)") && run.contains("[p]: ../sops/prepare.md#shop"),
        "{run}"
    );
    assert_eq!(
        text("content/campaigns/june/brief.md"),
        "As [the shelves](../../sops/prepare.md#load) say, prep is prep.\n"
    );
    assert_eq!(text("content/campaigns/june/results.toml"), "[done]\n\"prepare/load\" = 2026-06-08\n");
    assert!(text("content/policies/ours.toml").contains("target = \"sops/prepare\""));
    let june = text("content/campaigns/june/campaign.toml");
    assert!(june.contains("on-breach = \"prepare\"") && june.contains("target = \"prepare/load\""), "{june}");
}

#[test]
fn a_checkpoint_is_renamed_in_both_languages_in_links_and_where_it_is_ticked() {
    let book = with_a_procedure();
    let done = run(&book, &["rename", "checkpoint", "prep/load", "shelves", "--as-of", "2026-04-01"]);
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    assert!(read(&book, "content/sops/prep.md").contains("{#shelves due=T-2 must}"));
    assert_eq!(
        read(&book, "content/sops/prep.zh-Hans.md"),
        "## 门店 {#shop}\n\n- [ ] 上货 {#shelves}\n\n另见[本页](#shelves)。\n"
    );
    assert!(read(&book, "content/sops/run.md").contains("(prep.md#shelves)"));
    assert!(read(&book, "content/campaigns/june/brief.md").contains("(../../sops/prep.md#shelves)"));
    assert_eq!(read(&book, "content/campaigns/june/results.toml"), "[done]\n\"prep/shelves\" = 2026-06-08\n");
    assert!(read(&book, "content/campaigns/june/campaign.toml").contains("target = \"prep/shelves\""));
}

fn files(book: &Book) -> BTreeMap<String, Vec<u8>> {
    let home = book.root().join("content");
    let files = walkdir::WalkDir::new(&home).into_iter().filter_map(Result::ok).filter(|e| e.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(book.root()).unwrap().to_string_lossy().into_owned();
    files.map(|e| (name(e.path()), std::fs::read(e.path()).unwrap())).collect()
}

#[test]
fn a_person_s_page_and_calendar_are_found_under_the_earlier_id() {
    let book = Book::small();
    book.write("content/policies/ours.toml", "[[waiver]]\nrule = \"sop/unused\"\ntarget = \"campaigns/june\"\nreason = \"x\"\napprover = \"lin-yue\"\nexpires = 2027-01-01\n");
    let output = run(&book, &["rename", "person", "lin-yue", "yue-lin", "--as-of", "2026-04-01"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let people = read(&book, "content/people.toml");
    assert_eq!(people, "[yue-lin]\nname = \"Lin Yue\"\naliases = [\"lin-yue\"]\ndepartment = \"marketing\"\n");
    assert!(read(&book, "content/campaigns/june/campaign.toml").contains("owner = \"yue-lin\""));
    assert!(read(&book, "content/departments.toml").contains("lead = \"yue-lin\""));
    assert!(read(&book, "content/policies/ours.toml").contains("approver = \"yue-lin\""));
    let build = run(&book, &["build", "--as-of", "2026-04-01"]);
    assert_eq!(build.status.code(), Some(0), "{}{}", stdout(&build), stderr(&build));
    assert!(read(&book, "public/people/lin-yue/index.html").contains("yue-lin/index.html"));
    let calendars = ["lin-yue", "yue-lin"].map(|id| read(&book, &format!("public/people/{id}/person.ics")));
    assert_eq!(calendars[0], calendars[1]);
}

#[test]
fn whoever_moved_the_folder_by_hand_gets_the_rest_done() {
    let book = Book::small();
    let june = read(&book, "content/campaigns/june/campaign.toml");
    book.write("content/campaigns/july/campaign.toml", &format!("lessons-from = [\"june\"]\n{june}"));
    let folder = |id: &str| book.root().join("content/campaigns").join(id);
    std::fs::rename(folder("june"), folder("summer")).unwrap();
    book.write("content/campaigns/summer/campaign.toml", &format!("aliases = [\"june\"]\n{june}"));
    let output = run(&book, &["rename", "campaign", "june", "summer", "--as-of", "2026-04-01"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(read(&book, "content/campaigns/july/campaign.toml").starts_with("lessons-from = [\"summer\"]\n"));
    assert_eq!(read(&book, "content/campaigns/summer/campaign.toml"), format!("aliases = [\"june\"]\n{june}"));
}

#[test]
fn what_an_old_branch_still_calls_by_its_earlier_name_is_mended_by_fix() {
    let book = with_a_procedure();
    for (kind, old, new) in
        [("person", "lin-yue", "yue-lin"), ("department", "marketing", "brand"), ("sop", "prep", "prepare")]
    {
        let done = run(&book, &["rename", kind, old, new, "--as-of", "2026-04-01"]);
        assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    }
    let paths = ["content/campaigns/june/campaign.toml", "content/people.toml"];
    let now = paths.map(|path| read(&book, path));
    let earlier = |text: &str| {
        let text = text
            .replace("owner = \"yue-lin\"", "owner = \"lin-yue\"")
            .replace("department = \"brand\"", "department = \"marketing\"");
        text.replace("on-breach = \"prepare\"", "on-breach = \"prep\"")
    };
    paths.iter().zip(&now).for_each(|(path, text)| book.write(path, &earlier(text)));
    let check = run(&book, &["check", "--as-of", "2026-04-01", "--lang", "zh"]);
    assert!(stdout(&check).contains("请写现在的 id `yue-lin`"), "{}", stdout(&check));
    let fix = run(&book, &["fix", "--as-of", "2026-04-01"]);
    assert!(stdout(&fix).contains("as it is called now"), "{}{}", stdout(&fix), stderr(&fix));
    assert_eq!(paths.map(|path| read(&book, path)), now);
}

#[test]
fn a_name_that_cannot_be_taken_is_refused_with_what_to_write() {
    let book = sample();
    let was = files(&book);
    for (args, answer) in [
        (["campaign", "2026-05-tea-leters", "x"], "did you mean `2026-05-tea-letters`?"),
        (["campaign", "2026-05-tea-letters", "2026-07-cold-brew"], "`2026-07-cold-brew` is there already"),
        (["person", "lin-yue", "Lin Yue"], "write `lin-yue`"),
        (["person", "lin-yue", "林悦"], "use lower-case ASCII letters"),
        (["person", "lin-yue", "lin-yue"], "is called `lin-yue` already"),
        (["metric", "roi", "return"], "comes with playbook, so its id stays"),
        (["milestone", "go-live", "live"], "comes with playbook, so its id stays"),
        (["campain", "a", "b"], "'campaign'"),
    ] {
        let output = run(&book, &[&["rename"], &args[..]].concat());
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(stderr(&output).contains(answer), "{args:?}: {}", stderr(&output));
    }
    let chinese = run(&book, &["rename", "sop", "preheet", "x", "--lang", "zh"]);
    assert!(stderr(&chinese).contains("没有SOP `preheet`；是否想写 `preheat`？"), "{}", stderr(&chinese));
    assert_eq!(files(&book), was);
}

#[test]
fn a_milestone_of_two_campaigns_wants_its_campaign_named() {
    let book = Book::small();
    let plan = |title: &str| {
        format!(
            "title = \"{title}\"\nowner = \"lin-yue\"\nstart = 2026-06-10\nend = 2026-06-14\n\n[[milestone]]\nid = \"venue\"\ntask = \"Venue\"\ndue = \"T-9\"\n\n[[milestone]]\nid = \"fit-out\"\ntask = \"Fit out\"\ndue = \"venue+2wd\"\nafter = [\"venue\"]\n"
        )
    };
    let paths = ["june", "july"].map(|id| format!("content/campaigns/{id}/campaign.toml"));
    paths.iter().for_each(|path| book.write(path, &plan(path)));
    book.write("content/campaigns/june/results.toml", "[done]\n\"venue\" = 2026-06-01\n");
    let several = run(&book, &["rename", "milestone", "venue", "hall"]);
    assert!(stderr(&several).contains("say which, `july/venue` or `june/venue`"), "{}", stderr(&several));
    let one = run(&book, &["rename", "milestone", "june/venue", "hall", "--as-of", "2026-04-01"]);
    assert_eq!(one.status.code(), Some(0), "{}", stderr(&one));
    let june = read(&book, &paths[0]);
    assert!(june.contains("id = \"hall\"") && june.contains("\"hall+2wd\"") && june.contains("[\"hall\"]"), "{june}");
    assert_eq!(read(&book, "content/campaigns/june/results.toml"), "[done]\n\"hall\" = 2026-06-01\n");
    assert_eq!(read(&book, &paths[1]), plan(&paths[1]));
}

/// Whatever has a name in the sample, and in a policy of one's own, gets another one: the rules then find what they found before.
#[test]
fn everything_in_the_sample_can_be_renamed_and_nothing_is_left_behind() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = "[metrics.smiles]\nname = \"Smiles\"\nunit = \"count\"\ndirection = \"higher\"\nlayer = \"process\"\n\n[roles.host]\nname = \"Host\"\n";
    let (disk, _) = Sources::read(root).unwrap();
    let mut files: BTreeMap<String, Vec<u8>> = disk
        .paths()
        .filter(|(path, _)| path.starts_with("content/") || *path == "playbook.toml")
        .map(|(path, file)| (path.to_owned(), disk.bytes(file).to_vec()))
        .collect();
    files.insert("content/policies/own.toml".to_owned(), own.into());
    let extend = |files: &mut BTreeMap<String, Vec<u8>>, path: &str, more: &str| {
        files.get_mut(path).unwrap().extend_from_slice(more.as_bytes());
    };
    extend(
        &mut files,
        "content/campaigns/2026-10-autumn-oolong/campaign.toml",
        "\n[[kpi]]\nmetric = \"smiles\"\ntarget = 100\n",
    );
    let clock = || Clock::fixed(Date::parse(TODAY).unwrap());
    let counted = |files: &BTreeMap<String, Vec<u8>>| {
        let (sources, read) = Sources::from_memory(files.clone());
        let judged = judge(Input { sources, read, clock: clock() });
        let mut count: BTreeMap<&str, usize> = BTreeMap::new();
        judged.findings().iter().for_each(|finding| *count.entry(finding.rule).or_insert(0) += 1);
        count
    };
    let before = counted(&files);
    let mut seen = BTreeMap::new();
    for (kind, refers, _) in KINDS {
        let (mut sources, _) = Sources::from_memory(files.clone());
        let (settings, _) = Settings::read(&sources);
        let as_of = Date::parse(TODAY).unwrap();
        let (model, _) = model::load(&mut sources, settings, as_of, &[]);
        for symbol in names::made(&sources, &model.policy, *refers) {
            let (now, _) = Sources::from_memory(files.clone());
            let scope = symbol.scope.as_deref().map(|s| s.trim_end_matches('/').rsplit('/').next().unwrap().to_owned());
            let old = scope.map_or_else(|| symbol.word.clone(), |scope| format!("{scope}/{}", symbol.word));
            let new = format!("{}-x", symbol.word.rsplit('/').next().unwrap());
            let renamed =
                rename(&now, &model.policy, *refers, &old, &new).unwrap_or_else(|e| panic!("{kind} {old}: {}", e.en));
            *seen.entry(*kind).or_insert(0) += renamed.places;
            for (path, text) in renamed.texts {
                files.insert(path, text.into_bytes());
            }
            for (from, to) in renamed.moves {
                let inside = |path: &str| path == from || path.starts_with(&format!("{from}/"));
                let paths: Vec<String> = files.keys().filter(|path| inside(path)).cloned().collect();
                for path in paths {
                    let bytes = files.remove(&path).unwrap();
                    files.insert(path.replacen(&from, &to, 1), bytes);
                }
            }
        }
    }
    assert!(KINDS.iter().all(|(kind, refers, _)| seen.get(kind) > Some(&0) || *refers == Refers::Page), "{seen:?}");
    assert_eq!(counted(&files), before);
}
