/* The order and the groups of a filtered list: filter.js asks for them where a page sends this before it.
   th[data-sort=<key>] become buttons; select[name=sort] and select[name=group] do the same for what has no heads. */
(function () {
  "use strict";
  var compare = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true }).compare;

  window.playbookArrange = function (of) {
    var form = of.form, list = of.list, all = of.all;
    var heads = all("th[data-sort]", list.closest("table") || list);
    var sort = "";
    var settable = form.elements.sort;

    function key(row, name) {
      if (name !== "name") return of.key(row, name);
      var a = row.node.querySelector("a");
      return a ? a.textContent : row.node.textContent;
    }
    function grouped() { return form.elements.group ? form.elements.group.value : ""; }

    function show() {
      var name = sort.replace(/^-/, "");
      var turn = sort.charAt(0) === "-" ? -1 : 1;
      var order = of.rows.slice();
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
        var mine = rest.filter(function (row) { return value === "" || of.has(row, by, value); });
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
          label.textContent = (value ? field.options[values.indexOf(value)].text.replace(/ \(\d+\)$/, "") : of.none) + " · " + seen;
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
        of.changed();
      });
    });

    return {
      read: function (query) { sort = query.get("sort") || ""; },
      put: function (params) { if (sort) params.set("sort", sort); },
      set: function (field) { if (field === settable) sort = field.value; },
      clear: function () { sort = ""; },
      is: function () { return sort || grouped(); },
      show: show
    };
  };
})();
