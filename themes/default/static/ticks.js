/* Ticks on a checklist: a scratch aid on this device, told apart from what is recorded. One list for each campaign. */
(function () {
  "use strict";
  var bar = document.querySelector(".ticks");
  if (!bar) return;
  var say = bar.dataset;
  var site = new URL(say.root || "./", location.href).pathname;
  var key = "playbook:ticks:" + site + ":" + say.campaign;
  var part = function (name) { return bar.querySelector('[data-do="' + name + '"]'); };
  var status = bar.querySelector("[role=status]");
  var text = bar.querySelector("textarea");
  var copy = part("copy"), edit = part("edit"), clear = part("clear"), undo = part("undo");
  var ticks = {}, before = null, boxes = {};

  function load() {
    try {
      var kept = JSON.parse(localStorage.getItem(key));
      ticks = kept && typeof kept === "object" ? kept : {};
    } catch (e) { ticks = {}; }
  }
  function save() {
    try {
      if (Object.keys(ticks).length) localStorage.setItem(key, JSON.stringify(ticks));
      else localStorage.removeItem(key);
    } catch (e) { /* private windows refuse storage: ticks last as long as the page */ }
  }
  function today() {
    var d = new Date(), two = function (n) { return (n < 10 ? "0" : "") + n; };
    return d.getFullYear() + "-" + two(d.getMonth() + 1) + "-" + two(d.getDate());
  }
  /* In the order of the page: how [done] of results.toml is written. */
  function toml() {
    var lines = Object.keys(boxes).filter(function (k) { return ticks[k]; })
      .map(function (k) { return JSON.stringify(k) + " = " + ticks[k]; });
    if (!+say.line) lines.unshift("[done]");
    return lines.join("\n") + "\n";
  }
  function show(words) {
    var n = Object.keys(ticks).filter(function (k) { return boxes[k]; }).length;
    Object.keys(boxes).forEach(function (k) {
      boxes[k].checked = !!ticks[k];
      boxes[k].closest("tr").classList.toggle("is-ticked", !!ticks[k]);
    });
    status.textContent = words || (n === 1 ? say.one : say.other.replace("{n}", n));
    copy.hidden = clear.hidden = n === 0;
    edit.hidden = n === 0 || edit.getAttribute("href") === "#_main";
    undo.hidden = !before;
    bar.querySelector(".ticks-note").hidden = n === 0;
    text.hidden = true;
    bar.hidden = n === 0 && !before;
  }

  load();
  document.querySelectorAll(".c-items tr[id]:not(.is-done)").forEach(function (row) {
    var cell = row.cells[0], box = document.createElement("input");
    var words = row.cells[1].firstChild;
    box.type = "checkbox";
    box.setAttribute("aria-label", say.tick.replace("{what}", words ? words.textContent.trim() : row.id));
    box.addEventListener("change", function () {
      load();
      if (box.checked) ticks[row.id] = today();
      else delete ticks[row.id];
      before = null;
      save();
      show();
    });
    cell.replaceChildren(box);
    boxes[row.id] = box;
  });
  /* What is recorded by now needs no tick any more. */
  document.querySelectorAll(".c-items tr[id].is-done").forEach(function (row) { delete ticks[row.id]; });
  save();

  var source = document.querySelector("a[data-edit]");
  if (source) edit.href = source.href;
  copy.addEventListener("click", function () {
    var words = toml();
    var by_hand = function () {
      text.value = words;
      text.hidden = false;
      text.focus();
      text.select();
    };
    if (!navigator.clipboard || !navigator.clipboard.writeText) return by_hand();
    navigator.clipboard.writeText(words).then(function () { status.textContent = say.copied; }, by_hand);
  });
  clear.addEventListener("click", function () {
    before = ticks;
    ticks = {};
    save();
    show(say.cleared);
    undo.focus();
  });
  undo.addEventListener("click", function () {
    ticks = before || {};
    before = null;
    save();
    show();
    copy.focus();
  });
  addEventListener("storage", function (event) {
    if (event.key === key) { load(); show(); }
  });
  show();
})();
