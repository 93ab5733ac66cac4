// Makes a playbook of long words out of the sample: German compounds without a place to break, Chinese titles without a space.
//
//   node make.mjs FOLDER      then: playbook build FOLDER --output …
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const repository = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const folder = resolve(process.argv[2]);
const GERMAN = [
  "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen", "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
  "Kraftfahrzeughaftpflichtversicherungsvertragsverlängerung", "Grundstücksverkehrsgenehmigungszuständigkeitsübertragung",
  "Arbeiterunfallversicherungsgesetzentwurfsbesprechung", "Weihnachtsgeschenkverpackungsgutscheinsonderaktion",
];
const CHINESE = [
  "第二十七届全国老字号茶叶与家居生活方式联合促销活动暨会员感恩回馈季筹备工作委员会",
  "关于进一步加强中秋国庆双节期间线上线下一体化营销活动物料设计下发与验收管理工作的若干意见",
  "岑里会员积分清零前最后七十二小时全渠道私域社群裂变拉新专项行动方案",
];
// What authors name themselves; ids, dates and figures stay.
const KEYS = "title|tagline|summary|theme|name|task|item|tool|note|for|reason|what|tier|shift|goal|supplier|effect|risk|answer|label|where|about";

let turn = 0;
const german = () => `${GERMAN[turn++ % GERMAN.length]} ${GERMAN[turn % GERMAN.length].slice(0, 34)}`;
const chinese = () => CHINESE[turn++ % CHINESE.length];

/** The words of a line's values, longer; a plain string only under a key of words, never an id. */
function longer(line) {
  if (!new RegExp(`(^|[{,\\s])(${KEYS}) = \\{ en = `).test(line) && !/^ *\{ en = /.test(line)) return line;
  return line
    .replace(/\ben = "((?:[^"\\]|\\.)*)"/g, () => `en = "${german()}"`)
    .replace(/zh-Hans = "((?:[^"\\]|\\.)*)"/g, () => `zh-Hans = "${chinese()}"`);
}

/** Front matter is TOML too; below it the lesser headings grow; greater ones have meaning. */
function longerText(text, words) {
  const [, front = "", body = text] = text.match(/^(\+\+\+\n[\s\S]*?\n\+\+\+\n)([\s\S]*)$/) ?? [];
  const named = front.replace(/^(title|summary) = "(?:[^"\\]|\\.)*"/gm, (_, key) => `${key} = "${words()}"`);
  return named.split("\n").map(longer).join("\n") + body.replace(/^(#{3,4}) (.*)$/gm, (_, sign, old) => `${sign} ${old} ${words()}`);
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
// With the theme as it lies here, which may be newer than the one in the binary.
for (const part of ["content", "themes"]) cpSync(join(repository, part), join(folder, part), { recursive: true });
writeFileSync(join(folder, "playbook.toml"), readFileSync(join(repository, "playbook.toml"), "utf8").split("\n").map(longer).join("\n"));
(function walk(below) {
  for (const entry of readdirSync(below, { withFileTypes: true })) {
    const path = join(below, entry.name);
    if (entry.isDirectory()) walk(path);
    else if (entry.name.endsWith(".toml") && !path.includes("/policies/")) {
      writeFileSync(path, readFileSync(path, "utf8").split("\n").map(longer).join("\n"));
    } else if (entry.name.endsWith(".md")) {
      const words = entry.name.includes(".zh") ? chinese : german;
      writeFileSync(path, longerText(readFileSync(path, "utf8"), words));
    }
  }
})(join(folder, "content"));
console.log(`${folder}: ${turn} long words`);
