//! `reference/translation`: a translation that no reader sees, or that says less than its original.

use super::Check;
use crate::base::words::{all_of, nearest};
use crate::base::{Diagnostic, Found, Lang, Said, Span};
use crate::checks::words;
use crate::model::Model;
use crate::model::prose::{Prose, Version};
use crate::{rule, said};

rule! {
    /// A translation of a text is shown to nobody, has front matter of its own, or lacks sections of the original.
    ///
    /// ## Why
    /// `brief.cn.md` looks like the Chinese brief and is none: the language of China is `zh`. Nobody would notice, since readers get the
    /// original instead. Keys of a translation are not read, its original has them; and a section that is missing hides what the
    /// other half of the team plans by.
    ///
    /// ## Example
    /// ```markdown,with path=content/pages/about.md
    /// +++
    /// title = "About"
    /// +++
    ///
    /// Who we are.
    /// ```
    /// ```markdown,reports path=content/pages/about.cn.md
    /// 我们是谁。
    /// ```
    /// ```markdown,passes path=content/pages/us.md
    /// +++
    /// title = "关于我们"
    /// +++
    ///
    /// 我们是谁。
    /// ```
    pub(crate) static RULE = "reference/translation", Warning, ["SOP-3"],
    zh: "某个译文没有读者看得到，自带了键，或少了原文的小节。\n\n`brief.cn.md` 看起来是中文简报，其实不是：中文的语言标签是 `zh`。没人会发现，因为读者看到的是原文。译文里的键不会读取，以原文为准；少掉的小节，则让另一半团队看不到计划。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    let languages = &model.settings.languages;
    // The guide comes with the program, in the languages that it has.
    let is_guide = |prose: &Prose| model.guide.iter().any(|page| std::ptr::eq(&raw const page.prose, prose));
    for prose in model.proses().filter(|prose| !is_guide(prose)) {
        let Some((main, translations)) = prose.versions.split_first() else { continue };
        let seen: Vec<&Version> = languages.iter().filter_map(|lang| prose.get(lang)).collect();
        for version in translations {
            let top = Span::new(version.file, 0, 0);
            if !seen.iter().any(|other| other.file == version.file) {
                found.push(unseen(top, version, prose, languages));
                continue;
            }
            if version.document.body > 0 {
                let message = said!("the keys of a translation are not read", "译文里的键不会读取");
                let advice = said!(
                    "remove everything between the two `+++`; titles are translated in the original's keys",
                    "请删除两个 `+++` 之间的内容；标题的译名写在原文的键里"
                );
                found.push(Diagnostic::new(&RULE, top, message).hint(advice));
            }
            found.extend(shorter(top, main, version));
        }
    }
}

fn unseen(top: Span, version: &Version, prose: &Prose, languages: &[Lang]) -> Diagnostic {
    let tag = version.lang.tag();
    let tags: Vec<String> = languages.iter().map(|lang| format!("`{}`", lang.tag())).collect();
    let tags = all_of(tags.iter().map(String::as_str));
    let (en, zh) = (&tags.en, &tags.zh);
    let twin = prose.versions.iter().find(|other| other.file != version.file && other.lang.is_kin(&version.lang));
    let is_for = languages.iter().any(|lang| lang.is_kin(&version.lang));
    if let Some(twin) = twin.filter(|_| is_for) {
        let other = twin.lang.tag();
        let message = said!(
            "nobody sees this translation: readers of `{tag}` are shown the one for `{other}`",
            "没有读者看得到这个译文：`{tag}` 的读者看到的是 `{other}` 的译文"
        );
        return Diagnostic::new(&RULE, top, message)
            .label(Span::new(twin.file, 0, 0), said!("shown instead", "显示的是这一个"))
            .hint(said!("put both into one file and remove the other", "请把两者合成一个文件，删除另一个"));
    }
    let message = said!(
        "nobody sees this translation: the site's languages are {en}, none of them is `{tag}`",
        "没有读者看得到这个译文：网站的语言是 {zh}，没有 `{tag}`"
    );
    let diagnostic = Diagnostic::new(&RULE, top, message);
    let meant = Lang::meant_by(tag).and_then(|meant| {
        let meant = Lang(meant.to_owned());
        languages.iter().find(|lang| **lang == meant).or_else(|| languages.iter().find(|lang| lang.is_kin(&meant)))
    });
    match meant {
        Some(lang) => diagnostic.hint(said!("name the file `….{lang}.md`", "请把文件命名为 `….{lang}.md`")),
        None => diagnostic.hint(said!(
            "name the file by one of the site's languages, or add `{tag}` to `languages` in `playbook.toml`",
            "请按网站的语言命名文件，或在 `playbook.toml` 的 `languages` 中添加 `{tag}`"
        )),
    }
}

/// The sections of the original, by the ids that its author gave them, which a translation lacks.
fn shorter(top: Span, main: &Version, version: &Version) -> Option<Diagnostic> {
    let own = |version: &Version| {
        let ids = version.document.headings.iter().filter_map(|heading| heading.own_id());
        ids.map(|id| id.value.clone()).collect::<Vec<_>>()
    };
    let theirs = own(version);
    // A slip in an id is told where it is one.
    let has = |id: &str| nearest(id, theirs.iter().map(String::as_str)).is_some();
    let lacks: Vec<Said> =
        own(main).iter().filter(|id| !has(id)).map(|id| said!("`{{#{id}}}`", "`{{#{id}}}`")).collect();
    if lacks.is_empty() {
        return None;
    }
    let list = words::first_three(&lacks);
    let (en, zh) = (&list.en, &list.zh);
    let message = said!("the translation lacks sections of the original: {en}", "译文缺少原文的小节：{zh}");
    let advice = said!(
        "translate them, each heading with the same id as in the original",
        "请译出这些小节，标题的 id 与原文相同"
    );
    Some(Diagnostic::new(&RULE, top, message).hint(advice))
}
