// Renews the page when its sources change, and shows what is wrong with them in a box over it. Sent by `playbook serve` only.
(() => {
  "use strict";
  const own = document.currentScript;
  const base = new URL("./", own.src).pathname;
  const KEPT = "playbook-place";
  let version = own.dataset.page;
  let source = null;
  let timer = 0;
  let told = null;

  // ---- the place of the reader, over a reload

  const details = () => [...document.querySelectorAll("details")];
  const keep = () => {
    const active = document.activeElement;
    const place = {
      page: location.pathname,
      x: scrollX,
      y: scrollY,
      focus: active && active.id ? active.id : "",
      open: details().map((d) => d.open),
    };
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(place));
    } catch {
      // Without storage the browser's own memory of the place has to do.
    }
  };
  const restore = () => {
    let place = null;
    try {
      place = JSON.parse(sessionStorage.getItem(KEPT) || "null");
      sessionStorage.removeItem(KEPT);
    } catch {
      return;
    }
    if (!place || place.page !== location.pathname) return;
    const now = details();
    if (now.length === place.open.length) now.forEach((d, at) => { d.open = place.open[at]; });
    const go = () => scrollTo({ left: place.x, top: place.y, behavior: "instant" });
    const back = () => {
      const focus = place.focus && document.getElementById(place.focus);
      if (focus) focus.focus({ preventScroll: true });
      go();
    };
    back();
    // What scripts add while the page loads may move it; the reader, once active, is not moved again.
    let moved = false;
    for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"]) {
      addEventListener(kind, () => { moved = true; }, { once: true, passive: true });
    }
    addEventListener("load", () => setTimeout(() => moved || go()), { once: true });
  };

  // ---- another look: new sheets first, then the old ones go, so that the page is never bare

  const restyle = (hrefs) => {
    const old = [...document.head.querySelectorAll("link[rel=stylesheet]")];
    const known = new Map(old.map((link) => [link.getAttribute("href"), link]));
    let last = null;
    const loads = [];
    const kept = new Set();
    for (const href of hrefs) {
      let link = known.get(href);
      if (!link) {
        link = document.createElement("link");
        link.rel = "stylesheet";
        link.href = href;
        loads.push(new Promise((done, failed) => { link.onload = done; link.onerror = failed; }));
      }
      kept.add(link);
      const after = last ? last.nextSibling : old.length ? old[0] : null;
      if (after !== link) document.head.insertBefore(link, after);
      last = link;
    }
    Promise.all(loads).then(
      () => old.forEach((link) => kept.has(link) || link.remove()),
      () => location.reload(),
    );
  };

  // ---- the box

  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };
  let host = null;
  let inside = null;
  let status = null;
  let closed = "";
  const place = () => {
    if (host) return;
    host = document.createElement("playbook-box");
    host.lang = document.documentElement.lang;
    const root = host.attachShadow({ mode: "open" });
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = base + "box.css";
    host.hidden = true;
    sheet.onload = () => { host.hidden = false; };
    inside = element("div", "box");
    // Says aloud what changed; the box itself is drawn anew each time.
    status = element("p", "aloud");
    status.setAttribute("role", "status");
    root.append(sheet, status, inside);
    document.body.append(host);
  };
  const gone = () => {
    if (host) host.remove();
    host = null;
    inside = null;
  };

  const line = (parts) => {
    const code = element("code", "line");
    const [before, words, behind] = parts;
    code.append(before, element("mark", "", words), behind);
    return code;
  };
  const item = (finding, words) => {
    const row = element("li", "finding is-" + finding.severity);
    const head = element("p", "head");
    head.append(element("strong", "severity", words[finding.severity] || finding.severity), " ");
    head.append(element("span", "message", finding.message));
    row.append(head);
    if (finding.place) {
      const where = element("p", "where");
      const text = finding.href ? element("a", "", finding.place) : element("span", "", finding.place);
      if (finding.href) text.href = finding.href;
      where.append(text);
      if (finding.rule) where.append(" ", element("span", "rule", finding.rule));
      row.append(where);
    }
    if (finding.line) row.append(line(finding.line));
    for (const hint of finding.hints) row.append(element("p", "hint", hint));
    return row;
  };

  const chip = (text, label, action) => {
    const made = element(action ? "button" : "p", "chip", text);
    if (action) {
      made.type = "button";
      made.setAttribute("aria-label", label);
      made.addEventListener("click", action);
    }
    return made;
  };

  const show = (data) => {
    told = data;
    if (!data.findings.length) {
      gone();
      return;
    }
    // What was closed stays closed while the same is wrong; anything new opens it again.
    const key = JSON.stringify(data.findings.filter((f) => f.severity === "error").map((f) => [f.rule, f.place, f.message]));
    draw(data, data.isOpen && closed !== key, key);
  };
  const draw = (data, isOpen, key) => {
    place();
    status.textContent = data.isOpen ? data.title + ". " + data.note : "";
    if (!isOpen) {
      const open = chip(data.title, data.words.show + ": " + data.title, () => {
        draw(data, true, key);
        inside.querySelector(".close").focus();
      });
      open.classList.toggle("is-error", data.isOpen);
      inside.replaceChildren(open);
      return;
    }
    const panel = element("section", "panel");
    panel.setAttribute("aria-label", data.words.name);
    const close = element("button", "close", data.words.close);
    close.type = "button";
    const shut = () => {
      closed = key;
      draw(data, false, key);
      inside.querySelector(".chip").focus();
    };
    close.addEventListener("click", shut);
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        shut();
      }
    });
    const head = element("div", "bar");
    head.append(element("h2", "title", data.title), close);
    panel.append(head);
    if (data.note) panel.append(element("p", "note", data.note));
    const list = element("ol", "findings");
    list.tabIndex = 0;
    list.setAttribute("aria-label", data.title);
    list.append(...data.findings.map((finding) => item(finding, data.words)));
    panel.append(list);
    if (data.rest) panel.append(element("p", "rest", data.rest));
    inside.replaceChildren(panel);
  };

  // ---- events

  const address = () => {
    const query = new URLSearchParams({ page: location.pathname, is: version, lang: document.documentElement.lang });
    return base + "events?" + query.toString().replaceAll("+", "%20");
  };
  const connect = () => {
    clearTimeout(timer);
    if (source) return;
    source = new EventSource(address());
    source.addEventListener("box", (event) => show(JSON.parse(event.data)));
    source.addEventListener("page", (event) => {
      const news = JSON.parse(event.data);
      if (news.sheets) {
        version = news.version;
        restyle(news.sheets);
        return;
      }
      keep();
      location.reload();
    });
    source.onerror = () => {
      part();
      if (told && !document.hidden) {
        place();
        status.textContent = told.words.lost;
        inside.replaceChildren(chip(told.words.lost));
      }
      timer = setTimeout(connect, 1000);
    };
  };
  const part = () => {
    clearTimeout(timer);
    if (source) source.close();
    source = null;
  };
  // A browser has few connections to one server: pages that nobody looks at leave theirs to others.
  const attend = () => {
    if (document.hidden) part();
    else connect();
  };
  document.addEventListener("visibilitychange", attend);
  addEventListener("pagehide", part);
  addEventListener("pageshow", (event) => { if (event.persisted) attend(); });
  restore();
  // Asking for events says that the page is drawn: the server goes on with the rest of the site then.
  if (document.hidden) attend();
  else requestAnimationFrame(() => setTimeout(attend));
})();
