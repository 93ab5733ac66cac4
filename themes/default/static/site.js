/* Small conveniences; every page is complete without them. */
(function () {
  "use strict";
  var root = document.documentElement;
  var store = function (value) {
    try {
      if (value === undefined) return localStorage.getItem("mode");
      if (value) localStorage.setItem("mode", value);
      else localStorage.removeItem("mode");
    } catch (e) { /* private windows refuse storage */ }
    return null;
  };
  var mode = store();
  if (mode === "dark" || mode === "light") root.setAttribute("data-mode", mode);
  root.classList.add("js");

  function modes() {
    var button = document.querySelector("button.mode");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      var system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
      var now = root.getAttribute("data-mode") || system;
      var next = now === "dark" ? "light" : "dark";
      if (next === system) root.removeAttribute("data-mode");
      else root.setAttribute("data-mode", next);
      store(next === system ? "" : next);
    });
  }

  /* A menu closes when somebody clicks elsewhere or presses Escape. */
  function menus() {
    var all = document.querySelectorAll("details.menu, details.more");
    document.addEventListener("click", function (event) {
      all.forEach(function (menu) {
        if (menu.open && !menu.contains(event.target)) menu.open = false;
      });
    });
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape") return;
      all.forEach(function (menu) {
        if (!menu.open) return;
        menu.open = false;
        menu.querySelector("summary").focus();
      });
    });
  }

  /* A chart that is wider than the screen begins where today is. */
  function charts() {
    document.querySelectorAll(".chart-frame").forEach(function (frame) {
      var line = frame.querySelector(".chart-today");
      if (!line || frame.scrollWidth <= frame.clientWidth) return;
      var box = frame.querySelector("svg").viewBox.baseVal;
      var share = line.x1.baseVal.value / box.width;
      frame.scrollLeft = share * frame.scrollWidth - frame.clientWidth / 2;
    });
  }

  /* Another language of the same place: what is filtered and where one reads stays. */
  function languages() {
    document.querySelectorAll(".langs a").forEach(function (link) {
      var plain = link.getAttribute("href");
      var here = function () { link.href = plain + location.search + location.hash; };
      link.addEventListener("click", here);
      link.addEventListener("auxclick", here);
    });
  }

  /* Search is loaded when it is asked for; until then its link leads to its page. */
  function search() {
    var link = document.querySelector("a.find");
    if (!link) return;
    var is = function () { return window.playbookSearch && window.playbookSearch.open; };
    var asked = false;
    var open = function () {
      if (is()) { window.playbookSearch.open(); return; }
      if (asked) return;
      asked = true;
      var script = document.createElement("script");
      script.src = link.getAttribute("data-script");
      script.onload = function () { if (is()) window.playbookSearch.open(); };
      script.onerror = function () { location.href = link.href; };
      document.head.append(script);
    };
    link.setAttribute("aria-keyshortcuts", "/");
    link.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      open();
    });
    document.addEventListener("keydown", function (event) {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.target.closest("input, textarea, select, [contenteditable]")) return;
      event.preventDefault();
      open();
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    modes();
    search();
    menus();
    charts();
    languages();
  });
})();
