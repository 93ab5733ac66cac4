/* Who reads: a person, role or department chosen on its page, kept in this browser and nowhere else. */
(function () {
  "use strict";
  var link = document.querySelector("a.me-link");
  if (!link) return;
  var say = link.dataset;
  var key = "playbook:me:" + new URL(say.root || "./", location.href).pathname;
  var home = new URL(say.home, location.href);
  var box = document.querySelector(".me-box");
  var place = document.querySelector("[data-my-work]");

  function kept() {
    try { return localStorage.getItem(key) || ""; } catch (e) { return ""; }
  }
  function keep(value) {
    try {
      if (value) localStorage.setItem(key, value);
      else localStorage.removeItem(key);
    } catch (e) { /* private windows refuse storage */ }
  }
  function make(name, kind, words) {
    var element = document.createElement(name);
    if (kind) element.className = kind;
    if (words !== undefined) element.textContent = words;
    return element;
  }
  function count(words, n) { return words.replace("{n}", n); }

  function row(next, from) {
    var line = make("li"), day = make("time", "", next.due.short), what = make("span", "what");
    var words = make(next.what.href ? "a" : "span", "", next.what.text);
    day.dateTime = next.due.iso;
    if (next.what.href) words.href = new URL(next.what.href, from);
    if (next.what.lang) words.lang = next.what.lang;
    what.append(words);
    line.append(day, what);
    if (next.until) line.dataset.until = next.until;
    if (next.campaign) line.append(make("span", "sub", next.campaign));
    if (next.state) line.append(make("span", "badge is-" + next.state.word, next.state.text));
    return line;
  }

  function show(me, from) {
    link.querySelectorAll(".badge").forEach(function (badge) { badge.remove(); });
    var late = me.counts.overdue, open = me.counts.open;
    if (late) link.append(make("span", "badge is-overdue", late));
    link.append(make("span", "badge", open));
    link.setAttribute("aria-label", [say.words + ": " + me.name, late ? count(say.overdue, late) : "", count(say.open, open)].filter(Boolean).join(", "));
    link.title = me.name;
    var menu = document.querySelector(".menu > ul"), line = menu && (menu.querySelector("li.is-me") || make("li", "is-me"));
    if (menu) {
      var twin = link.cloneNode(true);
      twin.classList.remove("no-print");
      line.replaceChildren(twin);
      menu.prepend(line);
    }
    if (!place) return;
    place.hidden = false;
    place.querySelector("h2").textContent = say.words + " · " + me.name;
    place.querySelector("a").href = link.href;
    var list = make("ul", "list is-dated");
    me.rows.forEach(function (next) { list.append(row(next, from)); });
    var more = place.querySelector("[data-more]");
    more.hidden = !me.more;
    more.textContent = count(more.dataset.more, me.more);
    place.querySelector("[data-rows]").replaceChildren(me.rows.length ? list : make("p", "dim", count(say.open, 0)));
    document.dispatchEvent(new Event("playbook:rows"));
  }

  function load() {
    var me = kept();
    link.hidden = !me;
    document.querySelectorAll("li.is-me").forEach(function (line) { line.remove(); });
    if (place && !me) place.hidden = true;
    if (!me) return;
    link.href = new URL(me + "/index.html", home);
    if (box && box.dataset.me === me) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
    var script = make("script"), from = new URL(me + "/me.js", home);
    window.playbookMe = function (told) { show(told, from); };
    /* Somebody who left, or a role that policy dropped: forget them. */
    script.onerror = function () { keep(""); link.hidden = true; };
    script.src = from;
    document.head.append(script);
  }

  function button() {
    if (!box) return;
    var press = box.querySelector("button"), mine = kept() === box.dataset.me;
    press.textContent = mine ? box.dataset.unset : box.dataset.set;
    press.setAttribute("aria-pressed", mine);
    box.hidden = false;
    press.onclick = function () {
      keep(mine ? "" : box.dataset.me);
      button();
      load();
    };
  }

  /* A copied address is only of use where a server answers to it. */
  document.querySelectorAll("button[data-copy]").forEach(function (copy) {
    var address = new URL(copy.dataset.copy, location.href);
    if (!navigator.clipboard || !/^https?:$/.test(address.protocol)) return;
    var words = copy.textContent;
    copy.hidden = false;
    copy.addEventListener("click", function () {
      navigator.clipboard.writeText(address.href).then(function () {
        copy.textContent = copy.dataset.done;
        setTimeout(function () { copy.textContent = words; }, 2000);
      }, function () { copy.hidden = true; });
    });
  });
  button();
  load();
})();
