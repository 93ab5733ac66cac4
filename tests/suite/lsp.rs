//! The language server as an editor speaks with it: over pipes, with texts that nobody has saved.

use super::cli::Book;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

const JUNE: &str = "content/campaigns/june/campaign.toml";

/// An editor.
struct Editor<'b> {
    book: &'b Book,
    child: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
    last: i64,
    /// What came that was no answer.
    notes: Vec<Value>,
}

#[allow(clippy::needless_pass_by_value, reason = "stories write their parameters where they send them")]
impl<'b> Editor<'b> {
    fn start(book: &'b Book, locale: &str) -> Self {
        let mut child = book.command(&["lsp", "--stdio"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (to, from) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        let mut editor = Self { book, child, to, from, last: 0, notes: Vec::new() };
        let root = editor.uri("");
        let answer = editor
            .ask("initialize", json!({ "processId": null, "rootUri": root, "capabilities": {}, "locale": locale }));
        assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
        editor.tell("initialized", json!({}));
        editor
    }

    fn uri(&self, path: &str) -> String {
        let root = self.book.root().canonicalize().unwrap();
        format!("file://{}/{path}", root.display()).trim_end_matches('/').to_owned()
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        let to = self.to.as_mut().unwrap();
        write!(to, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        to.flush().unwrap();
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn next(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.from.read_line(&mut line).unwrap() > 0, "the server has gone");
            match line.trim().split_once(": ") {
                Some(("Content-Length", n)) => length = n.parse().unwrap(),
                _ if line.trim().is_empty() => break,
                _ => {}
            }
        }
        let mut body = vec![0; length];
        self.from.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    /// The whole answer to a request.
    fn whole(&mut self, method: &str, params: Value) -> Value {
        self.last += 1;
        let id = self.last;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.next();
            if message["id"] == id {
                return message;
            }
            self.notes.push(message);
        }
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        let mut answer = self.whole(method, params);
        assert!(answer["error"].is_null(), "{answer}");
        answer["result"].take()
    }

    fn open(&mut self, path: &str, text: &str) {
        let document = json!({ "uri": self.uri(path), "languageId": "toml", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    fn change(&mut self, path: &str, version: i64, changes: Value) {
        let document = json!({ "uri": self.uri(path), "version": version });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// Findings of a file, once they are as wanted.
    fn findings(&mut self, path: &str, wanted: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        let uri = self.uri(path);
        loop {
            for note in std::mem::take(&mut self.notes) {
                if note["method"] == "textDocument/publishDiagnostics" && note["params"]["uri"] == uri.as_str() {
                    let list = note["params"]["diagnostics"].as_array().unwrap().clone();
                    if wanted(&list) {
                        return list;
                    }
                }
            }
            let next = self.next();
            self.notes.push(next);
        }
    }

    /// A place by the words before it.
    fn at(&self, path: &str, text: &str, words: &str) -> Value {
        let byte = text.find(words).unwrap_or_else(|| panic!("no {words}")) + words.len();
        let line = text[..byte].matches('\n').count();
        let start = text[..byte].rfind('\n').map_or(0, |n| n + 1);
        let character = text[start..byte].encode_utf16().count();
        json!({ "textDocument": { "uri": self.uri(path) }, "position": { "line": line, "character": character } })
    }

    fn labels(&mut self, place: Value) -> Vec<String> {
        let list = self.ask("textDocument/completion", place);
        list["items"].as_array().unwrap().iter().map(|i| i["label"].as_str().unwrap().to_owned()).collect()
    }

    fn close(mut self) {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        drop(self.to.take());
        assert!(self.child.wait().unwrap().success());
    }
}

fn has(rule: &str) -> impl Fn(&[Value]) -> bool + '_ {
    move |list| list.iter().any(|d| d["code"] == rule)
}

fn lacks(rule: &str) -> impl Fn(&[Value]) -> bool + '_ {
    move |list| list.iter().all(|d| d["code"] != rule)
}

const HEAD: &str =
    "title = \"双十一 🎉\"\nowner = \"lin-yue\"\nstart = 2026-06-10\nend = 2026-06-14\nscale = \"small\"\n";

#[test]
fn findings_follow_an_unsaved_text() {
    let book = Book::small();
    let mut editor = Editor::start(&book, "en");
    let text = format!("{HEAD}summary = \"双十一 🎉\", x = 1\n");
    editor.open(JUNE, &text);
    let list = editor.findings(JUNE, has("shape/syntax"));
    let syntax = list.iter().find(|d| d["code"] == "shape/syntax").unwrap();
    // `🎉"` is underlined: three characters stand before it, and the emoji is two units wide.
    let range = json!({ "start": { "line": 5, "character": 15 }, "end": { "line": 5, "character": 18 } });
    assert_eq!(syntax["range"], range, "{syntax}");
    assert_eq!(syntax["source"], "playbook");
    // An edit in the middle of the line, counted in units of UTF-16: `", x = 1` becomes `"`.
    let range = json!({ "start": { "line": 5, "character": 18 }, "end": { "line": 5, "character": 25 } });
    editor.change(JUNE, 2, json!([{ "range": range, "text": "" }]));
    editor.findings(JUNE, lacks("shape/syntax"));
    // What only the campaign's dates say, and what only the register of people says.
    let wrong = format!("{HEAD}channels = [\"stor\"]\n").replace("lin-yue", "nobody");
    editor.change(JUNE, 3, json!([{ "text": wrong }]));
    let list = editor.findings(JUNE, has("reference/person"));
    assert!(has("shape/bad-value")(&list), "{list:?}");
    editor.close();
}

#[test]
fn a_finding_is_mended_by_its_suggested_edit() {
    let book = Book::small();
    let mut editor = Editor::start(&book, "zh-CN");
    let text = format!("{HEAD}onwer = \"lin-yue\"\n");
    editor.open(JUNE, &text);
    let list = editor.findings(JUNE, has("shape/unknown-key"));
    let finding = list.iter().find(|d| d["code"] == "shape/unknown-key").unwrap();
    assert!(finding["message"].as_str().unwrap().starts_with("这里没有"), "{finding}");
    let document = json!({ "uri": editor.uri(JUNE) });
    let ask = json!({ "textDocument": document, "range": finding["range"], "context": { "diagnostics": [] } });
    let actions = editor.ask("textDocument/codeAction", ask);
    let edit = &actions[0]["edit"]["changes"][editor.uri(JUNE)][0];
    assert_eq!(edit, &json!({ "range": finding["range"], "newText": "owner" }), "{actions}");
    editor.close();
}

#[test]
fn keys_words_names_and_dates_are_completed_and_explained() {
    let book = Book::small();
    book.write("content/sops/launch.md", "+++\ntitle = \"Launch\"\nphase = \"preparation\"\nowner = \"lin-yue\"\nversion = \"1.0\"\n+++\n\n- [ ] Test 🎉 {#load-test role=tech due=T-9}\n");
    let mut editor = Editor::start(&book, "en");
    let text = format!(
        "{HEAD}mode = \"\"\n\n[[milestone]]\nid = \"venue\"\ntask = \"Venue 双十一\"\ndue = \"T-2\"\nowner = \"\"\nd\n\n[[kpi]]\nmetric = \"roi\"\ntarget = 4\non-breach = \"\"\n"
    );
    editor.open(JUNE, &text);
    editor.findings(JUNE, |list| !list.is_empty());
    let at = |editor: &Editor<'_>, words| editor.at(JUNE, &text, words);
    let place = at(&editor, "mode = \"");
    assert_eq!(editor.labels(place), ["online", "offline", "hybrid"]);
    let place = at(&editor, "due = \"T-2\"\nowner = \"");
    assert_eq!(editor.labels(place), ["lin-yue"]);
    let place = at(&editor, "owner = \"\"\nd");
    let keys = editor.labels(place);
    assert!(keys.contains(&"done".to_owned()) && !keys.contains(&"due".to_owned()), "{keys:?}");
    let place = at(&editor, "on-breach = \"");
    assert_eq!(editor.labels(place), ["launch"]);
    let place = at(&editor, "due = \"T-");
    let offsets = editor.ask("textDocument/completion", place);
    let one = offsets["items"].as_array().unwrap().iter().find(|i| i["label"] == "T-7").unwrap();
    assert_eq!((&one["detail"], &one["textEdit"]["newText"]), (&json!("2026-06-03"), &json!("\"T-7\"")));
    // Hover: the date, who it is, what a key means.
    let hover = |editor: &mut Editor<'_>, words| {
        let place = editor.at(JUNE, &text, words);
        editor.ask("textDocument/hover", place)["contents"]["value"].as_str().unwrap().to_owned()
    };
    assert!(hover(&mut editor, "due = \"T-").starts_with("**2026-06-08** Monday\n\n2 days before T"));
    assert!(hover(&mut editor, "owner = \"lin").contains("Lin Yue"));
    assert!(hover(&mut editor, "[[kpi]]\nmetr").contains("Metric"));
    assert!(hover(&mut editor, "metric = \"ro").contains("roi"));
    let sop = "content/sops/launch.md";
    let prose = std::fs::read_to_string(book.root().join(sop)).unwrap();
    editor.open(sop, &prose);
    let place = editor.at(sop, &prose, "role=");
    assert!(editor.labels(place).contains(&"tech".to_owned()));
    editor.close();
}

#[test]
fn names_are_found_and_changed_in_every_file() {
    let book = Book::small();
    book.write("content/campaigns/june/results.toml", "[done]\nvenue = 2026-06-01\n");
    let mut editor = Editor::start(&book, "en");
    let text = format!(
        "{HEAD}\n[[milestone]]\nid = \"venue\"\ntask = \"双十一\"\ndue = \"T-9\"\nowner = \"lin-yue\"\n\n[[milestone]]\nid = \"fit-out\"\ntask = \"x\"\ndue = \"venue+2wd\"\nafter = [\"venue\"]\nowner = \"lin-yue\"\n"
    );
    editor.open(JUNE, &text);
    editor.findings(JUNE, |_| true);
    let people = editor.uri("content/people.toml");
    let place = editor.at(JUNE, &text, "owner = \"lin");
    let definition = editor.ask("textDocument/definition", place.clone());
    assert_eq!(definition[0]["uri"], people.as_str(), "{definition}");
    assert_eq!(definition[0]["range"]["start"], json!({ "line": 0, "character": 1 }));
    let mut ask = place.clone();
    ask["context"] = json!({ "includeDeclaration": false });
    let references = editor.ask("textDocument/references", ask);
    // The campaign and two milestones, and the department that is led.
    assert_eq!(references.as_array().unwrap().len(), 4, "{references}");
    // A milestone is renamed where it is made, counted from, waited for and ticked.
    let mut ask = editor.at(JUNE, &text, "after = [\"ven");
    ask["newName"] = json!("venue-signed");
    let changes = editor.ask("textDocument/rename", ask)["changes"].clone();
    let here = changes[editor.uri(JUNE)].as_array().unwrap().clone();
    assert_eq!(here.len(), 3, "{changes}");
    assert!(here.iter().all(|edit| edit["newText"] == "venue-signed"));
    let results = &changes[editor.uri("content/campaigns/june/results.toml")];
    assert_eq!(results[0]["range"]["start"], json!({ "line": 1, "character": 0 }), "{changes}");
    // A name that is taken, one that is none, and a standard word of policy are refused in words.
    let mut ask = editor.at(JUNE, &text, "after = [\"ven");
    for (new, why) in [("fit-out", "there already"), ("Ort 1", "write `ort-1`")] {
        ask["newName"] = json!(new);
        let answer = editor.whole("textDocument/rename", ask.clone());
        assert!(answer["error"]["message"].as_str().unwrap().contains(why), "{answer}");
    }
    let symbols = editor.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": editor.uri(JUNE) } }));
    assert!(symbols.as_array().unwrap().iter().any(|s| s["name"] == "milestone" && s["detail"] == "venue"));
    editor.close();
}

#[test]
fn nothing_that_is_typed_or_sent_brings_the_server_down() {
    let book = Book::small();
    let mut editor = Editor::start(&book, "en");
    editor.open(JUNE, HEAD);
    let full = format!(
        "{HEAD}\n[[milestone]]\nid = \"a\"\ngate = {{ metric = \"roi\", op = \">=\", value = \"1:4\" }} # 🎉\n"
    );
    let mut version = 1;
    for (end, _) in full.char_indices() {
        version += 1;
        editor.change(JUNE, version, json!([{ "text": &full[..end] }]));
        let place = editor.at(JUNE, &full[..end], &full[..end]);
        editor.whole("textDocument/completion", place.clone());
        editor.whole("textDocument/hover", place);
    }
    // Places that are not there, a file that is none, parameters of another form, methods nobody knows.
    let far = json!({ "start": { "line": 900, "character": 9 }, "end": { "line": 1, "character": 70000 } });
    editor.change(JUNE, version + 1, json!([{ "range": far, "text": "双" }]));
    editor.tell("textDocument/didChange", json!({ "wrong": true }));
    editor.tell("$/unknown", json!(null));
    let nowhere = json!({ "textDocument": { "uri": "untitled:x" }, "position": { "line": 0, "character": 0 } });
    assert!(editor.ask("textDocument/hover", nowhere).is_null());
    assert_eq!(editor.whole("textDocument/unheard", json!({}))["error"]["code"], -32601);
    editor.close();
}

#[test]
fn a_text_is_laid_out_as_the_command_does_it() {
    let book = Book::small();
    let mut editor = Editor::start(&book, "en");
    let wild = "title=\"双十一\"   # x\n\n\n\nowner = \"lin-yue\"";
    editor.open(JUNE, wild);
    let ask = json!({ "textDocument": { "uri": editor.uri(JUNE) }, "options": { "tabSize": 2, "insertSpaces": true } });
    let edits = editor.ask("textDocument/formatting", ask.clone());
    assert_eq!(edits[0]["newText"], "title = \"双十一\" # x\n\nowner = \"lin-yue\"\n", "{edits}");
    assert_eq!(edits[0]["range"]["end"], json!({ "line": 4, "character": 17 }));
    editor.change(JUNE, 2, json!([{ "text": "title = " }]));
    assert_eq!(editor.ask("textDocument/formatting", ask), Value::Null);
    editor.close();
}
