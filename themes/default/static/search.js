/* Search: reads the index of src/exports/search.rs, file by file, as a query needs it. No request but for scripts of this
   site, so it works by double click too. */
(function () {
  "use strict";
  var link = document.querySelector("a.find");
  var base = new URL(".", link.href);
  var root = new URL("../", base);
  var head = null, state = "", docs = [], forms = new Map(), allForms = null;

  /* --- files ---------------------------------------------------------------------------------------------------- */

  var waiting = new Map(), files = new Map(), tables = new Map();

  /* But for the head, a file has the state of the site in its name: none of another state is ever taken for it. */
  function script(file) {
    return new Promise(function (resolve, reject) {
      var element = document.createElement("script"), name = file.replace(/\?.*/, "");
      element.src = new URL(file, base).href;
      waiting.set(name, resolve);
      element.onload = function () { element.remove(); if (waiting.get(name) === resolve) reject(new Error(name)); };
      element.onerror = element.onload;
      document.head.append(element);
    });
  }
  /* Every file of the index calls this with its name, the state of the site it belongs to, and its value. */
  window.playbookSearch = function (name, of, value) {
    var file = (name === "index" ? name : name + "." + of) + ".js", resolve = waiting.get(file);
    waiting.delete(file);
    if (resolve) resolve({ state: of, value: value });
  };
  function load(name) {
    if (!files.has(name)) {
      /* One that is gone: the site was published anew. */
      files.set(name, script(name + "." + state + ".js").then(function (file) { return file.value; }, function () { throw new Stale(); }));
      files.get(name).catch(function () { files.delete(name); });
    }
    return files.get(name);
  }
  function Stale() {}

  /* The head. A site that was published anew while this page was open has another state: all is read again. */
  var starting = null;
  function start(again) {
    if (starting && !again) return starting;
    files.clear();
    tables.clear();
    starting = script("index.js" + (again ? "?after=" + state : "")).then(function (file) {
      head = file.value;
      head.terms = head.terms.split(" ");
      state = file.state;
      docs = [];
      head.runs.forEach(function (run) {
        for (var i = 0; i < run[2]; i += 1) docs.push(run);
      });
      forms = new Map();
      pairs(head.forms, forms);
      allForms = null;
    });
    starting.catch(function () { starting = null; });
    return starting;
  }
  function pairs(text, into) {
    for (var i = 0; i < text.length; i += 2) into.set(text[i + 1], text[i]);
  }

  /* --- reading text; the twin of tokens.rs and fold.rs ------------------------------------------------------------ */

  var CJK = /[\u2e80-\u2fdf\u3005\u3007\u3041-\u3096\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
  var WORD = /[\p{Alphabetic}\p{N}]/u, MARKS = /[\u0300-\u036f]/g, LONGEST = 32;

  function read(c) {
    if (c < "\x80") return c.toLowerCase();
    if (c >= "\u4e00" && c <= "\u9fff") return forms.get(c) || c;
    var out = "";
    for (var d of c.normalize("NFKC").toLowerCase()) {
      if (d < "\u2000") out += d.normalize("NFD").replace(MARKS, "");
      else if ((d >= "\u2010" && d <= "\u2015") || d === "\u2212") out += "-";
      else if (d === "\u2018" || d === "\u2019") out += "'";
      else out += forms.get(d) || d;
    }
    return out;
  }

  function tokens(text) {
    var list = [], gap = "|", open = false, at = 0, last = null;
    function push(c, cjk) {
      var joint = gap.length === 2 && last && !last.cjk && !cjk ? gap[1] : "";
      var near = gap === "" || joint || (gap === " " && !(cjk && last && last.cjk));
      last = { text: c, at: at, end: at, position: last ? last.position + (near ? 1 : 2) : 1, cjk: cjk, joint: joint };
      list.push(last);
      gap = "";
      open = !cjk;
    }
    for (var char of text) {
      for (var c of read(char)) {
        if (CJK.test(c)) push(c, true);
        else if (WORD.test(c)) {
          if (!open) push(c, false);
          else if (Array.from(last.text).length < LONGEST) last.text += c;
        } else {
          open = false;
          if (gap === "" && "-.,'_:/&+@".includes(c)) gap = "j" + c;
          else if ((gap === "" || gap === " ") && c !== "\n" && /\s/.test(c)) gap = " ";
          else gap = "|";
          continue;
        }
        last.end = at + char.length;
      }
      at += char.length;
    }
    return list;
  }

  function joined(list) {
    var out = "-" + list[0].text;
    for (var i = 1; i < list.length && list[i].joint && Array.from(out).length <= LONGEST; i += 1) out += list[i].joint + list[i].text;
    return Array.from(out).slice(0, LONGEST).join("");
  }

  /* What stands between two spaces of a query: the terms it needs, how far apart, and whether a term may go on. */
  function units(query) {
    return query.split(/\s+/).map(function (words) { return { tokens: tokens(words), parts: [] }; }).filter(function (unit) {
      var list = unit.tokens, n = list.length;
      list.forEach(function (token, i) {
        var next = list[i + 1], at = token.position - list[0].position, isEnd = i + 2 === n && !next.cjk;
        if (n === 1) unit.parts.push({ term: token.text, at: 0, open: !token.cjk && token.text.length >= head.prefix });
        if (!next || next.position !== token.position + 1) {
          if (n > 1 && (!i || list[i - 1].position !== token.position - 1)) unit.parts.push({ term: token.text, at: at, loose: true, open: !next && !token.cjk });
          return;
        }
        if (token.cjk || next.cjk) unit.parts.push({ term: token.text + next.text, at: at, open: isEnd });
        else if (!token.joint) {
          var end = i + 1;
          while (end < n && list[end].joint) end += 1;
          unit.parts.push({ term: joined(list.slice(i, end)), at: at, open: end === n });
        }
      });
      /* Neighbours that others cover need not be asked for: 中秋礼盒 is 中秋 and 礼盒, two apart. They make candidates few. */
      unit.covered = [];
      if (unit.parts.length > 2) unit.parts = unit.parts.filter(function (p, i, all) {
        var isPair = function (q) { return q && !q.loose && Array.from(q.term).length === 2 && CJK.test(q.term); };
        if (!i || i + 1 === all.length || !isPair(p) || !isPair(all[i - 1]) || !isPair(all[i + 1])) return true;
        if (all[i - 1].skipped || all[i - 1].at !== p.at - 1 || all[i + 1].at !== p.at + 1) return true;
        p.skipped = true;
        unit.covered.push(p);
        return false;
      });
      unit.exact = unit.parts.filter(function (p) { return !p.loose; }).length > 1;
      return n > 0;
    });
  }

  /* --- the index -------------------------------------------------------------------------------------------------- */

  var SIGNS = "#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~";
  var DIGIT = new Uint8Array(128);
  for (var s = 0; s < SIGNS.length; s += 1) DIGIT[SIGNS.charCodeAt(s)] = s;

  function numbers(text) {
    var out = [], value = 0, scale = 1;
    for (var i = 0; i < text.length; i += 1) {
      var digit = DIGIT[text.charCodeAt(i)];
      if (digit >= 45) { value += (digit - 45) * scale; scale *= 45; }
      else { out.push(value + digit * scale); value = 0; scale = 1; }
    }
    return out;
  }
  function table(list, width) {
    var cells = list.split(" "), rows = new Map();
    for (var i = 0; i + width <= cells.length; i += width) rows.set(cells[i], cells.slice(i + 1, i + width));
    return rows;
  }
  function rows(name, width) {
    return load(name).then(function (list) {
      if (!tables.has(name)) tables.set(name, table(list, width));
      return tables.get(name);
    });
  }

  /* Entries of a term, or of all that begin with it. */
  function entries(term, open) {
    var firsts = head.terms, low = 0, high = firsts.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (firsts[middle] <= term) low = middle + 1; else high = middle;
    }
    var from = Math.max(low - 1, 0), to = from;
    if (open) while (to + 1 < firsts.length && firsts[to + 1].startsWith(term)) to += 1;
    var wanted = [];
    for (var i = from; i <= to; i += 1) wanted.push(rows("t/" + i, 3));
    return Promise.all(wanted).then(function (found) {
      var list = [];
      found.forEach(function (map) {
        if (open) map.forEach(function (row, key) { if (key.startsWith(term)) list.push({ term: key, row: row }); });
        else if (map.has(term)) list.push({ term: term, row: map.get(term) });
      });
      return list;
    });
  }
  function pages(entry) {
    if (entry.pages) return entry.pages;
    var list = numbers(entry.row[0]), next = 0, out = [];
    for (var i = 0; i < list.length; i += 1) {
      var n = list[i], doc = next + Math.floor(n / 8);
      out.push({ doc: doc, rank: head.ranks[(n >> 1) & 3], chunk: n & 1 ? list[i += 1] : 0 });
      next = doc + 1;
    }
    entry.pages = out;
    return out;
  }
  /* Which files hold the positions of a term, each those of some of its pages. */
  function spans(entry) {
    if (entry.spans) return entry.spans;
    var where = numbers(entry.row[1]), list = pages(entry), from = 0;
    entry.spans = where.map(function (n, i) {
      if (i) from += n;
      return { name: "p/" + (where[0] + i), from: from, to: i + 1 < where.length ? from + where[i + 1] : list.length };
    });
    return entry.spans;
  }
  /* Those of its files that have pages that are asked for. */
  function needed(entry, asked) {
    var list = pages(entry);
    return spans(entry).filter(function (span) {
      for (var i = span.from; i < span.to; i += 1) if (asked.has(list[i].doc)) return true;
      return false;
    });
  }
  /* The positions of a term in those pages that are asked for: only their files are loaded. */
  function positions(entry, asked) {
    var list = pages(entry), wanted = needed(entry, asked);
    return Promise.all(wanted.map(function (span) { return rows(span.name, 2); })).then(function (found) {
      var out = new Map();
      found.forEach(function (map, i) {
        var index = wanted[i].from, place = 0, now = new Set();
        numbers(map.get(entry.term)[0]).forEach(function (step) {
          if (step) { place += step; now.add(place); return; }
          if (asked.has(list[index].doc)) out.set(list[index].doc, now);
          index += 1;
          place = 0;
          now = new Set();
        });
      });
      return out;
    });
  }

  function part(wanted) {
    return entries(wanted.term, wanted.open).then(function (list) {
      var found = new Map();
      list.forEach(function (entry) {
        pages(entry).forEach(function (page) {
          var known = found.get(page.doc), rank = page.rank + (entry.term === wanted.term ? 1 : 0);
          if (!known || known.rank < rank) found.set(page.doc, { doc: page.doc, rank: rank, chunk: page.chunk });
        });
      });
      return { at: wanted.at, loose: wanted.loose, entries: list, found: found };
    });
  }

  /* Campaigns is one campaign too; it is worth less than what was typed. */
  function stems(word) {
    var out = [];
    if (!/^[a-z]{4,}$/.test(word)) return out;
    [["ies", "y"], ["es", ""], ["s", ""], ["ing", ""], ["ing", "e"], ["ed", ""], ["ed", "e"]].forEach(function (ending) {
      if (word.endsWith(ending[0]) && word.length - ending[0].length > 2) out.push(word.slice(0, -ending[0].length) + ending[1]);
    });
    return out;
  }

  function unit(wanted) {
    return Promise.all(wanted.parts.map(part)).then(function (parts) {
      var found = new Map();
      parts.sort(function (a, b) { return a.found.size - b.found.size; });
      parts[0].found.forEach(function (page, doc) {
        var rank = page.rank;
        for (var i = 1; i < parts.length; i += 1) {
          var other = parts[i].found.get(doc);
          if (!other) return;
          rank = Math.min(rank, other.rank);
        }
        found.set(doc, { doc: doc, rank: rank, chunk: page.chunk });
      });
      if (!wanted.exact || !found.size) return { found: found, exact: null };
      var exact = parts.filter(function (p) { return !p.loose; });
      if (!wanted.covered.length || spread(exact, found) <= head.checked) return { found: found, exact: exact };
      return Promise.all(wanted.covered.map(part)).then(function (others) {
        found.forEach(function (_, doc) { if (!others.every(function (p) { return p.found.has(doc); })) found.delete(doc); });
        return { found: found, exact: exact };
      });
    }).then(function (all) {
      var word = wanted.parts.length === 1 ? wanted.parts[0].term : "", found = all.found;
      return Promise.all(stems(word).map(function (stem) { return part({ term: stem, at: 0, open: false }); })).then(function (others) {
        others.forEach(function (other) {
          other.found.forEach(function (page, doc) {
            if (!found.has(doc)) found.set(doc, { doc: doc, rank: page.rank / 2, chunk: page.chunk });
          });
        });
        return all;
      });
    });
  }
  /* How many files of positions are still to be loaded to check some pages. */
  function spread(exact, asked) {
    var names = new Set();
    exact.forEach(function (p) {
      p.entries.forEach(function (entry) {
        needed(entry, asked).forEach(function (span) { if (!files.has(span.name)) names.add(span.name); });
      });
    });
    return names.size;
  }
  /* Those of some pages where the parts of a unit stand as typed. Rarest first, one by one: where the first do not, the
     others need not be loaded. */
  function standing(exact, asked) {
    return exact.reduce(function (before, p) {
      return before.then(function (starts) {
        return Promise.all(p.entries.map(function (entry) { return positions(entry, starts || asked); })).then(function (maps) {
          var left = new Map();
          maps.forEach(function (map) {
            map.forEach(function (places, doc) {
              var known = starts && starts.get(doc);
              places.forEach(function (place) {
                if (known && !known.has(place - p.at)) return;
                if (!left.has(doc)) left.set(doc, new Set());
                left.get(doc).add(place - p.at);
              });
            });
          });
          return left;
        });
      });
    }, Promise.resolve(null));
  }

  /* Every page that has the terms of all units, best first: what stands as typed is among them, and `settle` tells which it
     is. A character that is in no index may be another form of one that is. */
  function ask(query) {
    return start().then(function once() {
      var wanted = units(query);
      if (!wanted.length) return { query: query, units: wanted, all: [], checks: [] };
      return Promise.all(wanted.map(unit)).then(function (each) {
        var maps = each.map(function (one) { return one.found; });
        if (!allForms && maps.some(function (map) { return !map.size; }) && CJK.test(query)) {
          return load("fold").then(function (text) {
            allForms = true;
            pairs(text, forms);
            return once();
          });
        }
        var checks = each.map(function (one) { return one.exact; }).filter(Boolean), all = [];
        maps.sort(function (a, b) { return a.size - b.size; });
        maps[0].forEach(function (page, doc) {
          var rank = docs[doc][1];
          for (var i = 0; i < maps.length; i += 1) {
            var other = maps[i].get(doc);
            if (!other) return;
            rank += other.rank;
          }
          all.push({ doc: doc, kind: docs[doc][0], rank: rank, chunk: page.chunk, stands: checks.length ? null : true });
        });
        all.sort(function (a, b) { return b.rank - a.rank || a.doc - b.doc; });
        return { query: query, units: wanted, all: all, checks: checks };
      });
    }).catch(function (error) { return afresh(error, function () { return ask(query); }); });
  }
  function isOpen(hit) { return hit.stands === null; }
  function isFound(hit) { return hit.stands === true; }
  /* Checks the best of an answer until so many that fit stand as typed; all of them, where that takes few files. */
  function settle(answer, least, fits) {
    var times = 1;
    return (function next() {
      var left = answer.all.filter(function (hit) { return isOpen(hit) && fits(hit); });
      var missing = least - answer.all.filter(function (hit) { return isFound(hit) && fits(hit); }).length;
      if (!left.length || missing <= 0) return Promise.resolve(answer);
      var open = answer.all.filter(isOpen), every = new Set(open.map(function (hit) { return hit.doc; }));
      var files = answer.checks.reduce(function (sum, exact) { return sum + spread(exact, every); }, 0);
      var some = files <= head.checked ? open : left.slice(0, missing * times);
      times *= 2;
      return answer.checks.reduce(function (before, exact) {
        return before.then(function (docs) { return standing(exact, docs); });
      }, Promise.resolve(new Set(some.map(function (hit) { return hit.doc; })))).then(function (docs) {
        some.forEach(function (hit) { hit.stands = docs.has(hit.doc); });
        return next();
      });
    })();
  }
  /* All that stands as typed, or at least so many of the best. */
  function find(query, least) {
    return ask(query).then(function (answer) {
      return settle(answer, least || Infinity, function () { return true; });
    }).then(function (answer) {
      return { query: query, units: answer.units, found: answer.all.filter(isFound), open: answer.all.filter(isOpen).length };
    });
  }
  /* Once for each state: a server that goes on sending files of two states will not mend. */
  var left = "";
  function afresh(error, act) {
    if (!state || left === state || !(error instanceof Stale)) throw error;
    left = state;
    return start(true).then(act);
  }

  function piece(hit) {
    if (hit.chunk) return load("c/" + hit.doc + "-" + hit.chunk);
    return load("d/" + Math.floor(hit.doc / head.group)).then(function (list) { return list[hit.doc % head.group]; });
  }

  /* --- what is shown ---------------------------------------------------------------------------------------------- */

  /* Where the units of a query stand in a text: pairs of start and end. */
  function spots(list, wanted) {
    var out = [];
    wanted.forEach(function (unit) {
      var want = unit.tokens, all = want.length === 1 && !want[0].cjk ? [want[0].text].concat(stems(want[0].text)) : [];
      list.forEach(function (token, i) {
        var end = i;
        for (var k = 0; k < want.length; k += 1) {
          var here = list[i + k], isLast = k + 1 === want.length, stem = all.indexOf(here && here.text);
          if (!here || (k && here.position - list[i].position !== want[k].position - want[0].position)) return;
          var isLike = here.text === want[k].text || stem > 0 ||
            (isLast && !want[k].cjk && (k || want[k].text.length >= head.prefix) && here.text.startsWith(want[k].text));
          if (!isLike) return;
          end = i + k;
        }
        var last = list[end], typed = want[want.length - 1];
        out.push([list[i].at, !typed.cjk && last.text.startsWith(typed.text) && last.end - last.at === last.text.length ? last.at + typed.text.length : last.end]);
      });
    });
    return out.sort(function (a, b) { return a[0] - b[0] || b[1] - a[1]; });
  }
  function element(name, attributes, children) {
    var made = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) {
      if (attributes[key] !== undefined && attributes[key] !== null) made.setAttribute(key, attributes[key]);
    });
    (children || []).forEach(function (child) { if (child) made.append(child); });
    return made;
  }
  function marked(text, from, to, places) {
    var out = document.createDocumentFragment(), at = from;
    function plain(end) {
      /* Lines are blocks of the page: parted by a dot, unless a sentence ended. */
      out.append(text.slice(at, end).replace(/([.!?:;。！？：；…]?)\n/g, function (_, sign) { return sign ? sign + " " : " · "; }));
    }
    places.forEach(function (place) {
      if (place[0] < at || place[1] > to) return;
      plain(place[0]);
      out.append(element("mark", {}, [text.slice(place[0], place[1])]));
      at = place[1];
    });
    plain(to);
    return out;
  }
  /* The window of a text in which most of what is sought begins. */
  function windowOf(text, places) {
    var wide = /[\u3000-\u9fff]/.test(text.slice(0, 200)) ? 90 : 170, best = places.length ? places[0][0] : 0, most = 0;
    places.forEach(function (place, i) {
      var seen = places.filter(function (other, k) { return k >= i && other[0] < place[0] + wide; });
      var count = new Set(seen.map(function (p) { return text.slice(p[0], p[1]).toLowerCase(); })).size;
      if (count > most) { most = count; best = place[0]; }
    });
    var from = Math.max(0, best - Math.floor(wide / 4));
    var line = text.lastIndexOf("\n", best - 1) + 1;
    if (line > from) from = line;
    else if (from) while (from < best && /[\w\u00c0-\u024f]/.test(text[from - 1])) from += 1;
    var to = Math.min(text.length, from + wide);
    while (to < text.length && /[\w\u00c0-\u024f]/.test(text[to])) to += 1;
    return [from, to, best];
  }
  function at(list, place) {
    var found = null;
    (list || []).forEach(function (one) { if (one[0] <= place) found = one; });
    return found;
  }

  function result(hit, shown, wanted) {
    var text = shown.x, places = spots(tokens(text), wanted), view = windowOf(text, places);
    var place = places.length ? at(shown.a, view[2]) : null, lang = at(shown.g, view[2]);
    var title = spots(tokens(shown.t), wanted), heading = place && place[2] && place[2] !== shown.t ? place[2] : "";
    var path = [shown.c, heading].filter(Boolean).join(" › ");
    return element("li", {}, [
      element("a", { href: new URL(shown.u, root).href + (place && place[1] ? "#" + encodeURIComponent(place[1]).replace(/%2F/g, "/") : "") }, [
        element("span", { class: "hit-title", lang: shown.l }, [marked(shown.t, 0, shown.t.length, title)]),
        element("span", { class: "hit-kind" }, [head.kinds[hit.kind][1]]),
        path ? element("span", { class: "hit-path" }, [path]) : null,
        text ? element("span", { class: "hit-text", lang: lang && lang[1] ? lang[1] : null }, [view[0] ? "… " : "", marked(text, view[0], view[1], places), view[1] < text.length ? " …" : ""]) : null,
      ]),
    ]);
  }

  /* The box: in the dialog of every page, and on the page of search, where the address holds the query. */
  function box(where, isPage) {
    var input = element("input", { type: "search", id: isPage ? "_query" : "_find", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search", maxlength: "100" });
    var label = element("label", { class: "hush", for: input.id }, [link.textContent.trim().replace(/\s*\/$/, "")]);
    var kinds = element("div", { class: "find-kinds", role: "group" }), status = element("p", { class: "find-status dim", role: "status" });
    var list = element("ol", { class: "hits plain" }), foot = element("p", { class: "find-foot" });
    var kind = "", count = 0, answer = null, turn = 0, timer = 0;
    var top = element("div", { class: "find-top" }, [label, input]);
    if (!isPage) {
      top.append(button(link.getAttribute("data-close"), "find-close", function () { dialog.close(); }));
    }
    where.append(top, kinds, status, list, foot);

    function words() {
      input.placeholder = head.words.label;
      kinds.setAttribute("aria-label", head.words.kinds);
      if (!input.value.trim()) status.textContent = head.words.hint;
    }
    function address() {
      var url = new URL(link.href);
      if (input.value.trim()) url.searchParams.set("q", input.value.trim());
      if (kind) url.searchParams.set("kind", kind);
      return url;
    }
    function run() {
      var query = input.value.trim(), mine = turn += 1;
      if (isPage) history.replaceState(null, "", address());
      document.body.classList.toggle("has-query", isPage && !!query);
      if (!query) { answer = null; draw([], mine); return start().then(words); }
      status.textContent = head ? head.words.wait : "…";
      count = 0;
      return ask(query).then(function (found) {
        if (mine !== turn) return null;
        words();
        answer = found;
        return more(mine);
      }).catch(function (error) { return afresh(error, run); }).catch(function () {
        if (mine === turn) status.textContent = head ? head.words.failed : "!";
        if (mine === turn && !head) location.href = address().href;
      });
    }
    function fits(hit) { return !kind || head.kinds[hit.kind][0] === kind; }
    function more(mine) {
      var asked = answer;
      count += head.results;
      var wanted = count;
      return settle(asked, wanted, fits).then(function () {
        var hits = asked.all.filter(function (hit) { return isFound(hit) && fits(hit); }).slice(0, wanted);
        return Promise.all(hits.map(piece)).then(function (pieces) {
          if (mine === turn) draw(hits.map(function (hit, i) { return result(hit, pieces[i], asked.units); }), mine);
        });
      });
    }
    /* How many are found; with a plus, where others are still to be checked. */
    function sum(fits) {
      var hits = answer.all.filter(fits), sure = hits.filter(isFound).length;
      return { found: sure, isOpen: hits.some(isOpen), text: hits.some(isOpen) ? (sure ? sure + "+" : "") : String(sure) };
    }
    function draw(results) {
      list.replaceChildren.apply(list, results);
      kinds.replaceChildren();
      foot.replaceChildren();
      if (!answer) { status.textContent = head ? head.words.hint : ""; return; }
      var all = sum(fits);
      status.textContent = !all.found ? head.words.none.replace("{query}", answer.query) + " " + head.words.advice
        : all.text === "1" ? head.words.one : head.words.many.replace("{n}", all.text);
      chips();
      if (!all.found) ways();
      if (all.isOpen || all.found > results.length) foot.append(button(head.words.more, "find-more", function () {
        var next = count;
        more(turn).then(function () { var a = list.children[next]; if (a) a.firstChild.focus(); });
      }));
      if (isPage || !all.found) return;
      foot.append(element("a", { href: address().href }, [head.words.page]), element("span", { class: "find-keys dim" }, [head.words.keys]));
    }
    function button(text, name, act) {
      var made = element("button", { type: "button", class: name }, [text]);
      made.addEventListener("click", act);
      return made;
    }
    function chips() {
      var sums = head.kinds.map(function (_, i) { return sum(function (hit) { return hit.kind === i; }); });
      var has = function (one) { return one.found || one.isOpen; };
      if (sums.filter(has).length < 2 && !kind) return;
      function chip(id, name, many) {
        var made = button(name + " ", "chip", function () {
          kind = id;
          count = 0;
          if (isPage) history.replaceState(null, "", address());
          more(turn += 1).then(function () {
            var now = kinds.querySelector("[aria-pressed=true]");
            if (now) now.focus();
          });
        });
        made.append(element("span", { class: "dim" }, [many]));
        made.setAttribute("aria-pressed", String(kind === id));
        kinds.append(made);
      }
      chip("", head.words.all, sum(function () { return true; }).text);
      head.kinds.forEach(function (k, i) { if (has(sums[i]) || kind === k[0]) chip(k[0], k[1], sums[i].text); });
    }
    /* Nothing found: the pages of the menu are ways on, on the page of search they stand below. */
    function ways() {
      if (isPage) return;
      document.querySelectorAll(".menu > ul > li:not(.is-me) > a").forEach(function (a) {
        foot.append(element("a", { href: a.href }, [a.textContent]));
      });
    }
    input.addEventListener("input", function (event) {
      clearTimeout(timer);
      if (event.isComposing) return;
      timer = setTimeout(run, 90);
    });
    input.addEventListener("compositionend", function () { clearTimeout(timer); timer = setTimeout(run, 30); });
    where.addEventListener("keydown", function (event) {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      var links = Array.from(list.querySelectorAll("a")), now = links.indexOf(document.activeElement);
      /* The browser would empty the box before it closes the dialog. */
      if (event.key === "Escape" && !isPage) dialog.close();
      else if (event.key === "ArrowDown" && (now >= 0 || document.activeElement === input) && links[now + 1]) links[now + 1].focus();
      else if (event.key === "ArrowUp" && now >= 0) (links[now - 1] || input).focus();
      else if (event.key === "Enter" && document.activeElement === input) {
        clearTimeout(timer);
        Promise.resolve(answer && answer.query === input.value.trim() ? null : run()).then(function () {
          var first = list.querySelector("a");
          if (first) first.click();
        });
      } else if (event.key.length === 1 && event.key !== " " && now >= 0) { input.focus(); return; } else return;
      event.preventDefault();
    });
    return {
      focus: function () { input.focus(); input.select(); start().then(words, function () {}); },
      set: function (query, of) { input.value = query.slice(0, 100); kind = of; return run(); },
    };
  }

  var page = document.querySelector("[data-search=page]"), dialog = null, own = null;
  if (page) {
    var asked = new URLSearchParams(location.search);
    own = box(page, true);
    own.set(asked.get("q") || "", asked.get("kind") || "");
    own.focus();
  }
  window.playbookSearch.find = find;
  window.playbookSearch.open = function () {
    if (own) { own.focus(); return; }
    if (!dialog) {
      dialog = element("dialog", { class: "find-dialog", "aria-label": link.textContent.trim().replace(/\s*\/$/, "") });
      var inside = element("div", { class: "find-box" });
      dialog.append(inside);
      dialog.box = box(inside, false);
      dialog.addEventListener("click", function (event) { if (event.target === dialog) dialog.close(); });
      /* A result on this very page closes the dialog; the browser goes to the place. */
      dialog.addEventListener("click", function (event) { if (event.target.closest("a")) dialog.close(); });
      document.body.append(dialog);
      /* The page of search has the sheet; others get it with the dialog. */
      var sheet = element("link", { rel: "stylesheet", href: link.getAttribute("data-style") });
      sheet.onload = sheet.onerror = show;
      document.head.append(sheet);
      return;
    }
    show();
  };
  function show() {
    if (!dialog.open) dialog.showModal();
    dialog.box.focus();
  }
})();
