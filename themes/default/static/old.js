/* Pages are true on one day. Says how long ago that is by the reader's clock, and marks what has come due since: the mark
   stands where the page's own words stood, which stay for paper and under the pointer. */
(function () {
  "use strict";
  var line = document.querySelector("[data-as-of]");
  if (!line) return;
  var say = line.dataset, asOf = say.asOf, clock = new Date(), marked = 0;
  var two = function (n) { return (n < 10 ? "0" : "") + n; };
  var today = clock.getFullYear() + "-" + two(clock.getMonth() + 1) + "-" + two(clock.getDate());
  /* Whole days between two dates, whatever summer time does. */
  var days = function (from, to) { return Math.round((Date.parse(to) - Date.parse(from)) / 864e5); };
  var words = function (name, n) { return (n === 1 ? say[name + "One"] : say[name]).replace("{n}", n); };
  var age = days(asOf, today);
  if (!(age >= +say.quiet)) return;

  /* The day a row is due: the last one of several, else the first in it that had not passed. */
  function due(row) {
    if (row.dataset.until) return row.dataset.until;
    var times = row.querySelectorAll("time[datetime]");
    for (var i = 0; i < times.length; i++) {
      var day = times[i].dateTime.slice(0, 10);
      if (day >= asOf) return day;
    }
    return "";
  }
  function mark() {
    document.querySelectorAll(".badge.is-open:not(.was), .badge.is-today:not(.was)").forEach(function (badge) {
      var row = badge.closest("li, tr, .split"), day = row && due(row);
      if (!day || day > today || (day === today && age === 0)) return;
      var late = days(day, today), runs = row.dataset.until, then = document.createElement("span"), note = document.createElement("span");
      then.className = "then";
      then.append.apply(then, badge.childNodes);
      note.className = "since";
      note.textContent = late ? words(runs ? "over" : "due", late) : runs ? say.last : say.today;
      badge.title = then.textContent;
      badge.classList.add("was");
      badge.append(then, " ", note);
      if (late && !badge.closest("[data-my-work], details:not([open])")) marked += 1;
    });
    sum.textContent = marked ? " · " + words("since", marked) : "";
  }

  var ago = document.createElement("b"), sum = document.createElement("span");
  ago.textContent = words("ago", age);
  line.append(" · ", ago, sum);
  line.title = say.how;
  line.classList.toggle("is-old", age >= +say.clear);
  mark();
  document.addEventListener("playbook:rows", mark);
})();
