use super::*;

fn theme(files: &[(&str, &str)], name: &str, languages: &[&str]) -> (Theme, Vec<Diagnostic>) {
    let files = files.iter().map(|(p, t)| ((*p).to_owned(), t.as_bytes().to_vec()));
    let (mut sources, _) = Sources::from_memory(files);
    let languages: Vec<Lang> = languages.iter().map(|l| Lang((*l).to_owned())).collect();
    let (theme, found) = load(&mut sources, name, &languages);
    (theme, found.sorted())
}

fn lang(tag: &str) -> Lang {
    Lang(tag.to_owned())
}

#[test]
fn every_language_of_the_default_theme_has_the_same_keys_and_placeholders() {
    let (theme, found) = theme(&[], DEFAULT, &["en", "zh-Hans", "zh-Hant"]);
    assert!(found.is_empty(), "{found:#?}");
    let english = &theme.strings[&lang("en")];
    for (lang, table) in &theme.strings {
        let (own, wanted): (Vec<_>, Vec<_>) = (table.keys().collect(), english.keys().collect());
        let lacks: Vec<_> = wanted.iter().filter(|k| !own.contains(k)).collect();
        let more: Vec<_> = own.iter().filter(|k| !wanted.contains(k)).collect();
        assert!(lacks.is_empty() && more.is_empty(), "{lang}: lacks {lacks:?}, has beyond {more:?}");
        for key in english.keys() {
            let (own, english) = ([(**table).clone()], [(**english).clone()]);
            let (own, english) = (strings::placeholders(&own, key), strings::placeholders(&english, key));
            let is_pattern = key.starts_with("date") || key.starts_with("range");
            let alien: Vec<_> = own.iter().filter(|p| !is_pattern && !english.contains(p)).collect();
            assert!(alien.is_empty(), "{lang}: {key} has placeholders {alien:?}");
        }
    }
}

#[test]
fn an_own_file_takes_the_place_of_one_default_file() {
    let own = [("themes/ours/templates/home.html", "hello"), ("themes/ours/strings/en.toml", "nav-today = \"Now\"")];
    let (theme, found) = theme(&own, "ours", &["en"]);
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(&*theme.templates["home.html"].text, "hello");
    assert!(theme.templates.contains_key("base.html"));
    let words = theme.strings(&lang("en"));
    assert_eq!(words.text("nav-today"), "Now");
    assert!(words.has("nav-calendar"));
}

#[test]
fn a_theme_without_a_folder_is_found() {
    let (_, found) = theme(&[("playbook.toml", "theme = \"defalt\"")], "defalt", &["en"]);
    assert_eq!(found[0].rule, "theme/unknown");
    assert_eq!(found[0].hints[0].text.en, "did you mean `default`?");
}

#[test]
fn bad_strings_and_alien_placeholders_are_found() {
    let own = [("themes/ours/strings/en.toml", "a = 1\ndays = { one = \"{m} day\", other = \"{m} days\" }")];
    let (_, found) = theme(&own, "ours", &["en"]);
    let codes: Vec<_> = found.iter().map(|d| d.rule).collect();
    assert_eq!(codes, ["theme/strings", "theme/strings"]);
    assert_eq!(found[1].message.en, "there is no placeholder `{m}` here");
}

#[test]
fn words_fall_back_to_kin_and_english() {
    let (theme, found) = theme(&[], DEFAULT, &["zh-TW", "fr"]);
    assert_eq!(found.iter().map(|d| d.rule).collect::<Vec<_>>(), ["theme/language", "theme/language"]);
    let traditional = theme.strings(&lang("zh-Hant"));
    assert_eq!(theme.strings(&lang("zh-TW")).text("nav-calendar"), traditional.text("nav-calendar"));
    assert_eq!(theme.strings(&lang("fr")).text("nav-calendar"), theme.strings(&lang("en")).text("nav-calendar"));
}

#[test]
fn one_day_and_two_days() {
    let (theme, _) = theme(&[], DEFAULT, &["en"]);
    let words = theme.strings(&lang("en"));
    assert_eq!(words.fill("days", &[("n", &1)]).unwrap(), "1 day");
    assert_eq!(words.fill("days", &[("n", &2)]).unwrap(), "2 days");
}
