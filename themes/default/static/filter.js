/* Filters of a list, kept in the address so that a view can be sent. Without it all rows are shown.
   A form[data-filter=<id of the list>] names its fields after the data-<key> of rows marked data-row, or of what they stand in
   (values parted by |). a[data-keep] take the filter along; [data-group] hide when none of their rows is left.
   Order and groups of rows are arrange.js, which only some pages send. */
(function () {
  "use strict";
  var plain = function (text) { return text.normalize("NFKC").toLowerCase(); };
  var all = function (selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); };

  function setUp(form) {
    var list = document.getElementById(form.dataset.filter);
    if (!list) return;
    var count = form.nextElementSibling;
    var rows = all("[data-row]", list).map(function (node, at) { return { node: node, at: at, home: node.parentNode }; });
    var groups = all("[data-group]", list);
    var fields = all("[name]", form);
    var clear = form.querySelector("[data-clear]");
    var copy = form.querySelector("[data-copy]");

    function key(row, name) {
      var holder = row.node.closest("[data-" + name + "]");
      return holder && list.contains(holder) ? holder.getAttribute("data-" + name) : "";
    }
    function has(row, name, value) { return key(row, name).split("|").indexOf(value) >= 0; }

    function read() {
      var query = new URLSearchParams(location.search);
      fields.forEach(function (field) {
        var value = query.get(field.name) || "";
        if (field.tagName === "SELECT" && value && !all("option", field).some(function (o) { return o.value === value; })) {
          field.add(new Option(value, value)); // a value that nobody has: it shows nothing, and says so
        }
        field.value = value;
      });
      if (order) order.read(query);
    }

    function query() {
      var known = fields.map(function (f) { return f.name; }).concat("sort");
      var params = new URLSearchParams(location.search);
      known.forEach(function (name) { params.delete(name); });
      fields.forEach(function (f) { if (f.value && f.name !== "sort") params.set(f.name, f.value); });
      if (order) order.put(params);
      var text = params.toString();
      return text ? "?" + text : "";
    }

    function write(step) {
      var to = location.pathname + query() + location.hash;
      try {
        if (step) history.pushState(null, "", to);
        else history.replaceState(null, "", to);
      } catch (e) { /* some browsers keep addresses of files as they are */ }
    }

    function show() {
      var words = plain(form.elements.q ? form.elements.q.value : "").split(/\s+/).filter(Boolean);
      var asked = fields.filter(function (f) { return f.value && f.name !== "q" && f.name !== "sort" && f.name !== "group"; });
      var shown = 0;
      rows.forEach(function (row) {
        row.text = row.text || plain(row.node.textContent + " " + Object.values(row.node.dataset).join(" "));
        var fits = asked.every(function (f) { return has(row, f.name, f.value); })
          && words.every(function (word) { return row.text.indexOf(word) >= 0; });
        row.node.hidden = !fits;
        shown += fits;
      });
      if (order) order.show();
      groups.forEach(function (group) {
        var left = all("[data-row]", group).filter(function (row) { return !row.hidden; }).length;
        var is = asked.length + words.length > 0;
        group.classList.toggle("is-out", is && !left);
        var n = group.querySelector("[data-n]");
        if (n) {
          n.dataset.all = n.dataset.all || n.textContent;
          n.textContent = is ? left : n.dataset.all;
        }
      });
      var any = asked.length + words.length > 0;
      var named = asked.map(function (f) { return f.options[f.selectedIndex].text.replace(/ \(\d+\)$/, ""); }).concat(words);
      count.textContent = any ? count.dataset.words.replace("{n}", shown).replace("{all}", rows.length) + " " + named.join(" · ") : "";
      clear.hidden = !query();
      all("a[data-keep]").forEach(function (a) {
        a.dataset.keep = a.dataset.keep || a.getAttribute("href");
        a.setAttribute("href", a.dataset.keep + query());
      });
      list.dispatchEvent(new CustomEvent("arranged", { bubbles: true, detail: any || Boolean(order && order.is()) }));
    }

    var order = window.playbookArrange && window.playbookArrange({
      form: form, list: list, rows: rows, none: count.dataset.none, all: all, has: has, key: key,
      changed: function () { write(true); show(); }
    });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("input", function (event) {
      if (event.target.tagName === "SELECT") return;
      write(false);
      show();
    });
    form.addEventListener("change", function (event) {
      if (order) order.set(event.target);
      if (event.target.tagName === "SELECT") write(true);
      show();
    });
    clear.addEventListener("click", function () {
      fields.forEach(function (f) { f.value = ""; });
      if (order) order.clear();
      write(true);
      show();
      fields[0].focus();
    });
    copy.addEventListener("click", function () {
      var was = copy.textContent;
      var done = function () {
        copy.textContent = copy.dataset.done;
        setTimeout(function () { copy.textContent = was; }, 2000);
      };
      var text = location.href.split(/[?#]/)[0] + query() + location.hash;
      var by_hand = function () {
        var box = document.createElement("textarea");
        box.value = text;
        document.body.appendChild(box);
        box.select();
        if (document.execCommand("copy")) done();
        box.remove();
        copy.focus();
      };
      if (navigator.clipboard && navigator.clipboard.writeText) navigator.clipboard.writeText(text).then(done, by_hand);
      else by_hand();
    });
    addEventListener("popstate", function () { read(); show(); });
    /* A way to a row that is left out shows all rows again. */
    addEventListener("hashchange", function () {
      var row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!row || !row.hidden || !list.contains(row)) return;
      clear.click();
      row.scrollIntoView();
    });
    form.hidden = false;
    var more = form.querySelector("details");
    if (more) {
      var wide = matchMedia("(min-width: 48.01rem)");
      more.open = wide.matches || Boolean(location.search);
      wide.addEventListener("change", function (event) { more.open = more.open || event.matches; });
    }
    read();
    show();
  }
  all("form[data-filter]").forEach(setUp);
})();
