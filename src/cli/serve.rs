//! `playbook serve`: the author's loop.

use super::args::ServeFlags;
use super::console::{Console, Volume};
use super::input;
use crate::base::{Diagnostic, Severity, trouble};
use crate::report::{self, Counts, Options as Report};
use crate::serve::{self, Bell, Built, Editor, Limits, News, Options};
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

pub(super) fn run(console: &Console, flags: &ServeFlags) -> anyhow::Result<ExitCode> {
    let root = &console.root;
    let set = std::env::var("PLAYBOOK_EDITOR").ok().filter(|name| !name.is_empty());
    let editor = match flags.editor.as_ref().or(set.as_ref()) {
        None => None,
        Some(name) => Some(Editor::named(name, root).map_err(trouble)?),
    };
    let options = Options {
        root: root.clone(),
        port: flags.port,
        is_polling: flags.poll,
        editor,
        has_signals: true,
        limits: Limits::default(),
    };
    let mut voice = Voice {
        is_chinese: console.is_chinese(),
        volume: console.volume,
        lang: console.lang.clone(),
        opens: flags.open,
        told: Vec::new(),
    };
    let read = || input(root, flags.day.as_of);
    serve::run(&options, &read, &Bell::default(), &mut |news| voice.tell(&news))?;
    Ok(ExitCode::SUCCESS)
}

/// Says on the terminal what happens.
struct Voice {
    lang: String,
    is_chinese: bool,
    /// The quiet hear the address and what is wrong, the curious of hints as well.
    volume: Volume,
    opens: bool,
    /// What was found last, as text: it is not said twice.
    told: Vec<String>,
}

impl Voice {
    fn tell(&mut self, news: &News<'_>) {
        match news {
            News::Serving { url, taken } => self.serving(url, *taken),
            News::Polling(why) => self.polling(*why),
            News::Built(built) => self.built(built),
            News::Failed(error) => {
                line(&format!("{}{}", self.pick("error: ", "错误："), super::told(error, &self.lang)));
            }
        }
    }

    fn pick<'w>(&self, en: &'w str, zh: &'w str) -> &'w str {
        if self.is_chinese { zh } else { en }
    }

    fn serving(&self, url: &str, taken: Option<u16>) {
        if let Some(port) = taken {
            let (en, zh) = (
                format!("port {port} is taken, so another one is used; --port chooses"),
                format!("端口 {port} 已被占用，改用其他端口；可用 --port 指定"),
            );
            line(self.pick(&en, &zh));
        }
        let (en, zh) = (format!("serving {url} (Ctrl-C ends)"), format!("正在服务 {url}（按 Ctrl-C 结束）"));
        line(self.pick(&en, &zh));
        // The browser is a program of its own: nobody waits for it.
        if self.opens
            && let Err(error) = open::that_detached(url)
        {
            let (en, zh) = (format!("cannot open a browser: {error}"), format!("无法打开浏览器：{error}"));
            line(self.pick(&en, &zh));
        }
    }

    fn polling(&self, why: Option<&str>) {
        let (en, zh) = match why {
            Some(why) => (
                format!("the system does not tell of changes ({why}), so files are looked at several times a second"),
                format!("系统无法通知文件变化（{why}），改为每秒检查数次"),
            ),
            None => ("files are looked at several times a second".to_owned(), "每秒检查文件数次".to_owned()),
        };
        line(self.pick(&en, &zh));
    }

    fn built(&mut self, built: &Built<'_>) {
        let wants_hints = self.volume == Volume::Verbose;
        let is_shown = |d: &&Diagnostic| wants_hints || d.severity > Severity::Info;
        let shown: Vec<Diagnostic> = built.findings.iter().filter(is_shown).cloned().collect();
        let options = Report { lang: &self.lang, as_of: Some(built.as_of), ..Report::default() };
        let lines: Vec<String> = report::short(&shown, built.sources, &options).lines().map(str::to_owned).collect();
        let news: String =
            lines.iter().filter(|line| !self.told.contains(line)).flat_map(|line| [line.as_str(), "\n"]).collect();
        let _ = std::io::stderr().lock().write_all(news.as_bytes());
        self.told = lines;
        if self.volume == Volume::Quiet {
            return;
        }
        let (pages, files, ms) = (built.pages, built.files, built.took.as_millis());
        let found = Counts { infos: 0, ..Counts::of(&shown) }.said();
        let (en, zh) = (found.en, found.zh);
        let (en, zh) =
            if shown.is_empty() { ("nothing to mend".to_owned(), "没有问题".to_owned()) } else { (en, zh) };
        let (en, zh) = if built.is_good {
            let (page, file) = (if pages == 1 { "page" } else { "pages" }, if files == 1 { "file" } else { "files" });
            (
                format!("built in {ms} ms: {pages} {page}, {files} other {file} changed; {en}"),
                format!("用时 {ms} 毫秒：{pages} 个页面、{files} 个其他文件有变化；{zh}"),
            )
        } else {
            (
                format!("judged in {ms} ms: {en}; the last good site is still served"),
                format!("用时 {ms} 毫秒：{zh}；仍显示最近一次没有错误的网站"),
            )
        };
        line(self.pick(&en, &zh));
    }
}

/// A line on standard output; when nobody reads it any more, serving goes on.
fn line(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{text}");
    if !out.is_terminal() {
        let _ = out.flush();
    }
}
