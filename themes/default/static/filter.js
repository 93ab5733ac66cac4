/* Filters, sorting and groups of a list, kept in the address so that a view can be sent. Without it all rows are shown.
   A form[data-filter=<id of the list>] names its fields after the data-<key> of rows marked data-row (values parted by |).
   th[data-sort=<key>] become buttons; a[data-keep] take the filter along; [data-group] hide when none of their rows is left. */
(function () {
  "use strict";
  var plain = function (text) { return text.normalize("NFKC").toLowerCase(); };
  var all = function (selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); };
  var compare = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true }).compare;

  function setUp(form) {
    var list = document.getElementById(form.dataset.filter);
    if (!list) return;
    var count = form.nextElementSibling;
    var rows = all("[data-row]", list).map(function (node, at) { return { node: node, at: at, home: node.parentNode }; });
    var groups = all("[data-group]", list);
    var fields = all("[name]", form);
    var clear = form.querySelector("[data-clear]");
    var copy = form.querySelector("[data-copy]");
    var heads = all("th[data-sort]", list.closest("table") || list);
    var sort = "";
    var settable = form.elements.sort;

    function key(row, name) {
      if (name === "name") {
        var a = row.node.querySelector("a");
        return a ? a.textContent : row.node.textContent;
      }
      return row.node.getAttribute("data-" + name) || "";
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
      sort = query.get("sort") || "";
    }

    function query() {
      var known = fields.map(function (f) { return f.name; }).concat("sort");
      var params = new URLSearchParams(location.search);
      known.forEach(function (name) { params.delete(name); });
      fields.forEach(function (f) { if (f.value && f.name !== "sort") params.set(f.name, f.value); });
      if (sort) params.set("sort", sort);
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
      arrange();
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
      list.dispatchEvent(new CustomEvent("arranged", { bubbles: true, detail: any || sort || grouped() }));
    }

    function grouped() { return form.elements.group ? form.elements.group.value : ""; }

    function arrange() {
      var name = sort.replace(/^-/, "");
      var turn = sort.charAt(0) === "-" ? -1 : 1;
      var order = rows.slice();
      if (name) {
        order.sort(function (a, b) {
          var x = key(a, name), y = key(b, name);
          return (x === "") - (y === "") || turn * compare(x, y) || a.at - b.at;
        });
      }
      all("[data-made]", list).forEach(function (node) { node.remove(); });
      var by = grouped();
      if (by) groupBy(by, order);
      else order.forEach(function (row) { row.home.appendChild(row.node); });
      heads.forEach(function (th) {
        if (th.dataset.sort === name) th.setAttribute("aria-sort", turn < 0 ? "descending" : "ascending");
        else th.removeAttribute("aria-sort");
      });
      if (settable && settable.value !== sort) settable.value = sort;
    }

    /* A row with several values stands in the group of its first one that the choices know. */
    function groupBy(by, order) {
      var field = form.elements[by];
      var values = all("option", field).map(function (o) { return o.value; });
      var rest = order.slice();
      values.slice(1).concat("").forEach(function (value) {
        var mine = rest.filter(function (row) { return value === "" || has(row, by, value); });
        rest = rest.filter(function (row) { return mine.indexOf(row) < 0; });
        var seen = mine.filter(function (row) { return !row.node.hidden; }).length;
        if (mine.length && seen) {
          var head = document.createElement("tr");
          var cell = document.createElement("th");
          head.dataset.made = "";
          head.className = "f-group";
          cell.colSpan = mine[0].node.children.length;
          cell.scope = "rowgroup";
          var label = cell.appendChild(document.createElement("span"));
          label.textContent = (value ? field.options[values.indexOf(value)].text.replace(/ \(\d+\)$/, "") : count.dataset.none) + " · " + seen;
          head.appendChild(cell);
          mine[0].home.appendChild(head);
        }
        mine.forEach(function (row) { row.home.appendChild(row.node); });
      });
    }

    heads.forEach(function (th) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "f-sort";
      while (th.firstChild) button.appendChild(th.firstChild);
      th.appendChild(button);
      button.addEventListener("click", function () {
        var name = th.dataset.sort;
        sort = sort === name ? "-" + name : sort === "-" + name ? "" : name;
        write(true);
        show();
      });
    });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("input", function (event) {
      if (event.target.tagName === "SELECT") return;
      write(false);
      show();
    });
    form.addEventListener("change", function (event) {
      if (event.target.name === "sort") sort = event.target.value;
      if (event.target.tagName === "SELECT") write(true);
      show();
    });
    clear.addEventListener("click", function () {
      fields.forEach(function (f) { f.value = ""; });
      sort = "";
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
