/* Zoom of the timeline, kept in the address as ?zoom=; it begins where today is. Without it the whole span fits the page. */
(function () {
  "use strict";
  var frame = document.querySelector(".tl");
  var tools = document.querySelector(".tl-zoom");
  if (!frame || !tools) return;
  var buttons = Array.prototype.slice.call(tools.querySelectorAll("button"));
  var days = Number(frame.dataset.days);
  var inner = frame.querySelector(".tl-in");

  function now() {
    var line = frame.querySelector(".tl-now line");
    if (!line || frame.scrollWidth <= frame.clientWidth) return;
    var box = line.getBoundingClientRect();
    frame.scrollLeft += box.left - frame.getBoundingClientRect().left - frame.clientWidth / 2;
  }
  function zoom(px) {
    buttons.forEach(function (b) { b.setAttribute("aria-pressed", String(Number(b.dataset.zoom) === px)); });
    inner.style.setProperty("--tl-days", px ? px * days + "px" : "0px");
    frame.classList.toggle("is-near", px >= 14 || (px === 0 && days <= 62));
    now();
  }
  function write(px) {
    var query = new URLSearchParams(location.search);
    query.delete("zoom");
    if (px) query.set("zoom", px);
    var text = query.toString();
    try { history.replaceState(null, "", location.pathname + (text ? "?" + text : "") + location.hash); } catch (e) { /* addresses of files */ }
  }
  buttons.forEach(function (b) {
    b.addEventListener("click", function () {
      zoom(Number(b.dataset.zoom));
      write(Number(b.dataset.zoom));
    });
  });
  frame.addEventListener("arranged", function (event) { frame.classList.toggle("is-arranged", Boolean(event.detail)); });
  /* The phases in words stand in each lane for those who do not see it; they also show under a pointer. */
  frame.querySelectorAll(".tl-lane").forEach(function (lane) { lane.title = lane.firstElementChild.textContent; });
  tools.hidden = false;
  var asked = Number(new URLSearchParams(location.search).get("zoom"));
  zoom(buttons.some(function (b) { return Number(b.dataset.zoom) === asked; }) ? asked : 0);
  var form = document.querySelector("form[data-filter]");
  frame.classList.toggle("is-arranged", Boolean(form && new FormData(form).get("group")));
})();
