//! What reading prose reports.

use crate::base::Rule;
use crate::rule;

rule! {
    /// Front matter is not closed, or stands between other lines than `+++`.
    ///
    /// ## Why
    /// Without its closing line the keys would be printed as prose and none of them would count.
    ///
    /// ## Example
    /// ```markdown,reports
    /// +++
    /// title = "About"
    /// ```
    /// ```markdown,passes
    /// +++
    /// title = "About"
    /// +++
    /// ```
    pub(crate) static FRONT_MATTER = "markdown/front-matter", Error, [],
    zh: "前置数据没有结束，或不在 `+++` 之间。\n\n缺少结束行时，这些键会被当作正文印出，一个也不生效。"
}

rule! {
    /// An attribute block holds something that is no attribute.
    ///
    /// ## Why
    /// A due date or a role that is not understood would be left out in silence, and nobody would be reminded.
    ///
    /// ## Example
    /// ```markdown,reports
    /// - [ ] Load test {#load-test Role=tech}
    /// ```
    /// ```markdown,passes
    /// - [ ] Load test {#load-test role=tech}
    /// ```
    pub(crate) static ATTRIBUTES = "markdown/attributes", Warning, [],
    zh: "属性块中有无法识别的内容。\n\n看不懂的期限或角色会被悄悄忽略，也就没有人被提醒。"
}

rule! {
    /// Two headings or tasks of one file have the same id.
    ///
    /// ## Why
    /// A link can lead to one of them only, and a done mark would tick both.
    ///
    /// ## Example
    /// ```markdown,reports
    /// - [ ] Design check {#check}
    /// - [ ] Legal check {#check}
    /// ```
    /// ```markdown,passes
    /// - [ ] Design check {#design-check}
    /// - [ ] Legal check {#legal-check}
    /// ```
    pub(crate) static DUPLICATE_ID = "markdown/duplicate-id", Warning, [],
    zh: "同一文件中两个标题或任务的标识相同。\n\n链接只能到达其中一个，完成标记却会勾上两个。"
}

rule! {
    /// A link leads where a published page must not lead.
    ///
    /// ## Why
    /// Only `https`, `http`, `mailto`, `tel` and addresses within the playbook are written as links; scripts, data and
    /// addresses that start with `//` are not. The words stay, the link is left out.
    ///
    /// ## Example
    /// ```markdown,reports
    /// [Shop](//shop.example)
    /// ```
    /// ```markdown,passes
    /// [Shop](https://shop.example)
    /// ```
    pub(crate) static UNSAFE_LINK = "markdown/unsafe-link", Warning, [],
    zh: "链接指向已发布页面不允许的地址。\n\n只有 `https`、`http`、`mailto`、`tel` 和手册内的地址会成为链接；脚本、数据和以 `//` 开头的地址只保留文字。"
}

rule! {
    /// An image lies on another site.
    ///
    /// ## Why
    /// The published site asks no other host for anything: it works offline, keeps readers unknown to others and does not
    /// break when they tidy up. The image becomes a plain link.
    ///
    /// ## What to do
    /// Save the image beside the text, in `assets/`.
    ///
    /// ## Example
    /// ```markdown,reports
    /// ![Poster](https://cdn.example/poster.png)
    /// ```
    /// ```markdown,passes
    /// ![Poster](assets/poster.png)
    /// ```
    pub(crate) static REMOTE_IMAGE = "markdown/remote-image", Warning, [],
    zh: "图片在别的网站上。\n\n发布的网站不向其他主机请求任何内容：离线可用、不暴露读者、也不会因对方清理而失效。此处只显示为普通链接。请把图片存到文字旁的 `assets/`。"
}

rule! {
    /// HTML in prose is shown as written.
    ///
    /// ## Why
    /// Prose cannot carry scripts or break a page's layout, so tags are printed as text. `<br>` breaks a line and
    /// comments are left out.
    ///
    /// ## Example
    /// ```markdown,reports
    /// Sold <b>out</b>
    /// ```
    /// ```markdown,passes
    /// Sold **out**
    /// ```
    pub(crate) static RAW_HTML = "markdown/raw-html", Warning, [],
    zh: "正文中的 HTML 会原样显示。\n\n正文不能携带脚本或破坏版面，因此标签按文字印出；`<br>` 换行，注释略去。"
}

rule! {
    /// A heading's `#` stands right before its first letter.
    ///
    /// ## Why
    /// Without a space the line is an ordinary paragraph that starts with `#`.
    ///
    /// ## Example
    /// ```markdown,reports
    /// ##目标
    /// ```
    /// ```markdown,passes
    /// ## 目标
    /// ```
    pub(crate) static HEADING_SPACE = "markdown/heading-space", Warning, [],
    zh: "标题的 `#` 与文字之间缺少空格。\n\n没有空格，这一行只是以 `#` 开头的普通段落。"
}

rule! {
    /// A numbered item is written so that it makes no list.
    ///
    /// ## Why
    /// `1、` and `1.` without a space are plain text: the items run together into one paragraph.
    ///
    /// ## Example
    /// ```markdown,reports
    /// 1、报名
    /// ```
    /// ```markdown,passes
    /// 1. 报名
    /// ```
    pub(crate) static LIST_MARKER = "markdown/list-marker", Warning, [],
    zh: "编号写法不会成为列表。\n\n`1、` 和没有空格的 `1.` 都是普通文字，各项会连成一段。"
}

rule! {
    /// A check box is written so that it is none.
    ///
    /// ## Why
    /// Only `- [ ] words` and `- [x] words` make a task; anything else is left out of every checklist in silence.
    ///
    /// ## Example
    /// ```markdown,reports
    /// - 【 】核对库存
    /// ```
    /// ```markdown,passes
    /// - [ ] 核对库存
    /// ```
    pub(crate) static TASK_MARKER = "markdown/task-marker", Warning, [],
    zh: "复选框写法无效。\n\n只有 `- [ ] 文字` 和 `- [x] 文字` 才是任务，其他写法会悄悄从所有清单中消失。"
}

rule! {
    /// Asterisks or tildes are printed instead of marking words.
    ///
    /// ## Why
    /// Marks with a space inside, or without a partner, are plain text, so readers see `**`.
    ///
    /// ## Example
    /// ```markdown,reports
    /// **重点 **内容
    /// ```
    /// ```markdown,passes
    /// **重点**内容
    /// ```
    pub(crate) static STRAY_MARK = "markdown/stray-mark", Warning, [],
    zh: "星号或波浪号被直接印出，没有起到标记作用。\n\n标记内侧有空格或没有配对时只是普通文字，读者会看到 `**`。"
}

rule! {
    /// Quotes, lists or marks are nested too deeply.
    ///
    /// ## Why
    /// What lies deeper is shown flat: no reader follows it, no phone has room for it, and a slip of the keyboard could
    /// otherwise make a page of megabytes.
    ///
    /// ## What to do
    /// Split the text with headings.
    pub(crate) static TOO_DEEP = "markdown/too-deep", Warning, [],
    zh: "引用、列表或标记嵌套过深。\n\n更深的内容会平铺显示：读者跟不上，手机也放不下。请用标题拆分。"
}

rule! {
    /// A footnote is never referred to.
    ///
    /// ## Why
    /// A footnote is printed where a text refers to it first; this one is not printed at all.
    ///
    /// ## Example
    /// ```markdown,reports
    /// Sold out.
    ///
    /// [^1]: By noon.
    /// ```
    /// ```markdown,passes
    /// Sold out.[^1]
    ///
    /// [^1]: By noon.
    /// ```
    pub(crate) static UNUSED_FOOTNOTE = "markdown/unused-footnote", Warning, [],
    zh: "脚注没有被引用。\n\n脚注按首次引用的次序印出；没有引用就不会出现。"
}

/// Rules of prose.
pub static MARKDOWN_RULES: &[&Rule] = &[
    &FRONT_MATTER,
    &ATTRIBUTES,
    &DUPLICATE_ID,
    &UNSAFE_LINK,
    &REMOTE_IMAGE,
    &RAW_HTML,
    &HEADING_SPACE,
    &LIST_MARKER,
    &TASK_MARKER,
    &STRAY_MARK,
    &TOO_DEEP,
    &UNUSED_FOOTNOTE,
];
