#!/usr/bin/env python3
"""Writes a Hugo site of N pages, the same each time; `convert.py` makes the playbook of it.

    python3 corpus.py --n 1000 --out DIR [--search]

Pages have about 3 KB of Markdown in English and Chinese: a table of eight rows, twelve items to tick, a block of code, a quotation, three links to other
pages. 20 sections and 40 tags whatever N is, so that a page's size does not depend on N. `--search` marks what Pagefind reads. Python 3.11,
nothing to install; no clock and no chance.
"""
import argparse
import os

SECTIONS = 20
TAGS = 40
BODY_BYTES = 2900          # Markdown body; front matter brings the file to about 3 KiB
BASE_URL = "https://playbook.example"

EN = """rotate verify confirm escalate schedule prepare notify record archive restore compare approve publish
review collect measure replace inspect isolate deploy rehearse document assign close reopen audit sample
the a each every any next previous second stale fresh secondary primary regional weekly nightly quarterly
channel operator budget audience segment campaign landing creative bid keyword account customer owner
cluster database replica gateway credential certificate backlog ticket runbook window rollback snapshot
checklist threshold alert dashboard invoice contract vendor region queue worker lease token bucket report
before after during unless until while when within across against without""".split()
ZH_V = "确认 检查 通知 记录 更新 回滚 验证 轮换 归档 复核 调整 审批 关闭 升级 同步 重启 比对 核对 续签 评估 演练 采集 替换 隔离 发布 暂停 恢复 抽样 分配 复盘".split()
ZH_N = """预算 投放 负责人 结果 文档 变更 备份 凭据 日志 受众 出价 素材 工单 告警 数据库 网关 快照 发票 合同 供应商 预案 指标 证书 故障
公告 渠道 服务 质检 任务 事故 关键词 落地页 优惠券 会员 订单 库存 报表 权限 队列 缓存""".split()
ZH = [v + n for v in ZH_V for n in ZH_N]         # 1200 phrases
SYL = "ba con der fi gra hol in jus ka lor men nu op per qui re sol tra um ven".split()
RARE = [a + b + c for a in SYL for b in SYL for c in SYL[::2]]   # 4000 less common words, so an index has a real vocabulary
VERBS = ["Rotate", "Verify", "Launch", "Pause", "Restore", "Review", "Escalate", "Archive", "Publish", "Audit"]
NOUNS = ["search campaign", "landing page", "customer segment", "database replica", "billing account",
         "display creative", "regional gateway", "keyword list", "vendor contract", "alert threshold"]
SEC_EN = ["Acquisition", "Retention", "Search ads", "Display", "Email", "Events", "Partners", "Pricing", "Launch",
          "Localisation", "Databases", "Network", "Security", "Billing", "Incidents", "Release", "Capacity",
          "Compliance", "Support", "Analytics"]
SEC_ZH = ["获客", "留存", "搜索广告", "展示广告", "邮件", "活动", "渠道", "定价", "上市", "本地化", "数据库", "网络", "安全",
          "账务", "事故", "发布", "容量", "合规", "客服", "分析"]


class Rng:
    """xorshift64*: the same sequence on every Python."""

    def __init__(self, seed):
        self.s = (seed * 0x9E3779B97F4A7C15 + 0x1234567) & 0xFFFFFFFFFFFFFFFF or 1

    def below(self, n):
        s = self.s
        s ^= s >> 12
        s = (s ^ (s << 25)) & 0xFFFFFFFFFFFFFFFF
        s ^= s >> 27
        self.s = s
        return (((s * 0x2545F4914F6CDD1D) & 0xFFFFFFFFFFFFFFFF) >> 33) % n

    def pick(self, xs):
        return xs[self.below(len(xs))]


def section_of(i):
    return i % SECTIONS


def sec_name(k):
    return f"s{k:02d}"


def sec_title(k):
    return f"{SEC_EN[k]} {SEC_ZH[k]}"


def page_name(i):
    return f"sop-{i:05d}"


def title_of(i):
    r = Rng(i * 3 + 1)
    return f"SOP {i:05d} {r.pick(VERBS)} {r.pick(NOUNS)} {r.pick(ZH)}"


def tags_of(i):
    a = i % TAGS
    b = (i // TAGS + 7 * a + 1) % TAGS
    return [f"tag-{a:02d}"] + ([f"tag-{b:02d}"] if b != a else [])


def sentence(r):
    words = []
    for _ in range(6 + r.below(7)):
        k = r.below(20)
        words.append(r.pick(ZH) if k < 4 else r.pick(RARE) if k < 7 else r.pick(EN))
    if r.below(6) == 0:
        words[2] = f"**{words[2]}**"
    if r.below(8) == 0:
        words[4] = f"`{words[4]}`"
    s = " ".join(words)
    return s[0].upper() + s[1:] + ("。" if r.below(3) == 0 else ".")


def paragraph(r, n):
    return " ".join(sentence(r) for _ in range(n))


def links_of(i, n):
    out = []
    for c in ((i * 7 + 1) % n, (i * 13 + 5) % n, (i + n // 2) % n):
        out.append(c if c != i else (c + 1) % n)
    return out


def body(i, n):
    """The Markdown of page i."""
    r = Rng(i + 1)
    a, b, c = links_of(i, n)
    p = []
    p.append(paragraph(r, 2) + f" See [{title_of(a)}]({href(a)}) first.")
    p.append("## Purpose 目的")
    filler_at = len(p)
    p.append("## Procedure 步骤")
    p.append("### Preparation 准备")
    p.append(paragraph(r, 1))
    rows = ["| Step 步骤 | Owner | Minutes | Status 状态 |", "|---|---|---:|---|"]
    for k in range(8):
        rows.append(f"| {r.pick(EN)} {r.pick(ZH)} | {r.pick(EN)} team | {5 + r.below(90)} | {r.pick(ZH)} |")
    p.append("\n".join(rows))
    p.append("## Checklist 检查清单")
    p.append("\n".join(f"- [ ] {r.pick(EN).capitalize()} the {r.pick(EN)} {r.pick(ZH)} {r.pick(EN)} {r.pick(EN)}"
                       for _ in range(12)))
    p.append("### Commands 命令")
    p.append("```bash\n" + "\n".join([
        f"export REGION=r{r.below(9)} ACCOUNT=a{r.below(9999):04d}",
        f"for id in $(seq 1 {2 + r.below(20)}); do",
        f"  ctl {r.pick(EN)} --{r.pick(EN)}=\"$id\" | tee -a run.log",
        "done",
        f"ctl status --since {1 + r.below(48)}h && echo ok <&1 # {r.pick(ZH)}"]) + "\n```")
    p.append("## Notes 注意事项")
    p.append(f"> {sentence(r)}\n> Related: [{title_of(b)}]({href(b)})")
    p.append(f"If the check fails, follow [{title_of(c)}]({href(c)}) and {sentence(r).lower()}")
    size = len("\n\n".join(p).encode())
    filler = [sentence(r)]
    while size + len(" ".join(filler).encode()) + 2 < BODY_BYTES:
        filler.append(sentence(r))
    half = len(filler) // 2
    p[filler_at:filler_at] = [" ".join(filler[:half]), " ".join(filler[half:])] if half else [" ".join(filler)]
    return "\n\n".join(p) + "\n"


def description(i):
    return sentence(Rng(i * 5 + 2)).replace("**", "").replace("`", "")


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        f.write(text)


CSS = "\n".join(
    [":root{--fg:#1a1a1a;--bg:#fff;--accent:#0a58ca}", "body{margin:0;font:16px/1.6 system-ui,sans-serif;color:var(--fg)}"]
    + [f".c{k}{{margin:{k}px;padding:{k}px;border:1px solid #ccc}}" for k in range(40)]) + "\n"


def nav_toml(prefix, key_title, key_url):
    out = []
    for k in range(SECTIONS):
        out.append(f"[[{prefix}]]\n{key_title} = \"{sec_title(k)}\"\n{key_url} = \"/{sec_name(k)}/\"")
    return "\n".join(out)


def href(j):
    """A link to the page's source, which Hugo resolves."""
    return f"/{sec_name(section_of(j))}/{page_name(j)}.md"


def hugo(root, n, is_searched):
    cfg = [f"baseURL = \"{BASE_URL}/\"", "locale = \"en\"", "defaultContentLanguage = \"en\"",
           "title = \"Playbook\"", "theme = \"bench\"",
           "disableKinds = [\"RSS\"]", "capitalizeListTitles = false", "enableRobotsTXT = true", "[taxonomies]", "tag = \"tags\"",
           "[markup.highlight]", "codeFences = false",
           "[markup.goldmark.renderer]", "unsafe = true",
           "[markup.goldmark.renderHooks.link]", "useEmbedded = \"always\"",
           nav_toml("menus.main", "name", "pageRef")]
    # a weight a section keeps the menu in the corpus order
    text = "\n".join(cfg)
    for k in range(SECTIONS):
        text = text.replace(f"pageRef = \"/{sec_name(k)}/\"", f"pageRef = \"/{sec_name(k)}\"\nweight = {k + 1}")
    write(f"{root}/hugo.toml", text + "\n")
    pf = " data-pagefind-body" if is_searched else ""
    t = f"{root}/themes/bench"
    write(f"{t}/theme.toml", "name = \"bench\"\n")
    write(f"{t}/static/style.css", CSS)
    write(f"{t}/layouts/baseof.html", """<!DOCTYPE html>
<html lang="{{ site.Language.Locale }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ block "title" . }}{{ site.Title }}{{ end }}</title>
<link rel="canonical" href="{{ .Permalink }}">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><a class="brand" href="/">{{ site.Title }}</a>
<nav class="sections"><ul>
{{- $here := .RelPermalink }}
{{- range site.Menus.main }}
<li><a href="{{ .URL }}"{{ if hasPrefix $here .URL }} class="active"{{ end }}>{{ .Name }}</a></li>
{{- end }}
</ul></nav></header>
<main>
{{ block "main" . }}{{ end }}
</main>
<footer><p>Playbook 作战手册</p></footer>
</body>
</html>
""")
    write(f"{t}/layouts/home.html", """{{ define "main" }}<h1>{{ site.Title }}</h1>
<ul class="list">
{{- range site.Menus.main }}
<li><a href="{{ .URL }}">{{ .Name }}</a></li>
{{- end }}
</ul>{{ end }}
""")
    write(f"{t}/layouts/page.html", """{{ define "title" }}{{ .Title }} | {{ site.Title }}{{ end }}
{{ define "main" }}<article%s>
<p class="crumbs"><a href="/">Home</a> / {{ with .CurrentSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</p>
<h1>{{ .Title }}</h1>
<p class="lead">{{ .Description }}</p>
<ul class="tags">{{ range .GetTerms "tags" }}<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>{{ end }}</ul>
{{ .TableOfContents }}
{{ .Content }}
</article>
<nav class="pager">{{ with .PrevInSection }}<a rel="prev" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ with .NextInSection }}<a rel="next" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>{{ end }}
""" % pf)
    listing = """{{ define "title" }}{{ .Title }} | {{ site.Title }}{{ end }}
{{ define "main" }}<h1>{{ .Title }}</h1>
<ul class="list">
{{- range .Pages }}
<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>
{{- end }}
</ul>{{ end }}
"""
    for kind in ("section", "taxonomy", "term"):
        write(f"{t}/layouts/{kind}.html", listing)
    write(f"{t}/layouts/404.html", "{{ define \"main\" }}<h1>404 Not Found</h1>{{ end }}\n")
    write(f"{root}/content/_index.md", "+++\ntitle = \"Playbook\"\n+++\n")
    for k in range(SECTIONS):
        write(f"{root}/content/{sec_name(k)}/_index.md", f"+++\ntitle = \"{sec_title(k)}\"\n+++\n")
    for i in range(n):
        tags = ", ".join(f'"{t}"' for t in tags_of(i))
        fm = f"+++\ntitle = \"{title_of(i)}\"\ndescription = \"{description(i)}\"\nweight = {i + 1}\ntags = [{tags}]\n+++\n\n"
        write(f"{root}/content/{sec_name(section_of(i))}/{page_name(i)}.md", fm + body(i, n))


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--n", type=int, required=True, help="number of pages")
    ask.add_argument("--out", required=True, help="folder of the site")
    ask.add_argument("--search", action="store_true", help="mark what Pagefind reads")
    asked = ask.parse_args()
    hugo(asked.out, asked.n, asked.search)
    print(f"{asked.n} pages in {asked.out}")


main()
