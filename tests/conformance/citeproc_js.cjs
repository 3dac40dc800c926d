// Renders many styles with citeproc-js, a peer that is installed beside the repository, never part of it.
//
//     node citeproc_js.cjs PACKAGE LOCALES JOBS.json
//
// PACKAGE is the folder of the npm package `citeproc`, LOCALES a folder of `locales-xx-XX.xml`. JOBS.json is
// {"items": {NAME: [CSL-JSON]}, "jobs": [{"key", "style": XML, "items": NAME, "locale", "clusters": [[cite]]}]}.
// One JSON line goes out per job, as soon as it is done:
// {"key", "entries": [[id, text]], "clusters": [text], "seconds"} or {"key", "error"}.
"use strict";

const fs = require("node:fs");
const path = require("node:path");

const FORMAT = "text";
// What citeproc-js prints in numbered styles for an entry without content; other styles leave such an entry out.
const WITHOUT_CONTENT = /\[CSL STYLE ERROR: reference with no printed form\.\]\s*$/;

function readLocale(folder, name) {
  const file = path.join(folder, `locales-${name}.xml`);
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : false;
}

// The text format is told to remember whose entry it prints: of an entry without content there is no other trace.
function rememberEntries(CSL, printed) {
  const format = CSL.Output.Formats[FORMAT];
  const print = format["@bibliography/entry"];
  format["@bibliography/entry"] = function (state, text) {
    printed.push(this.system_id);
    return print.call(this, state, text);
  };
}

function pairs(ids, texts, printed) {
  const owners = ids.length === texts.length ? ids : printed.filter((id) => id !== undefined);
  if (owners.length !== texts.length) {
    throw new Error(`${texts.length} entries for ${owners.length} of ${ids.length} items`);
  }
  return texts.map((text, index) => [owners[index], WITHOUT_CONTENT.test(text) ? "" : text.replace(/\n$/, "")]);
}

function bibliography(engine, printed) {
  printed.length = 0;
  const made = engine.makeBibliography();
  if (!made) {
    return [];
  }
  return pairs(made[0].entry_ids.map((ids) => ids[0]), made[1], printed);
}

function render(CSL, job, items, locales, printed) {
  const byId = new Map(items.map((item) => [String(item.id), item]));
  const system = { retrieveLocale: (name) => readLocale(locales, name), retrieveItem: (id) => byId.get(String(id)) };
  const engine = new CSL.Engine(system, job.style, job.locale, true);
  engine.setOutputFormat(FORMAT);
  engine.updateItems([...byId.keys()]);
  const clusters = (job.clusters || []).map((cites) => engine.makeCitationCluster(cites));
  return { entries: bibliography(engine, printed), clusters };
}

function attempt(CSL, job, items, locales, printed) {
  const began = process.cpuUsage();
  try {
    const made = render(CSL, job, items, locales, printed);
    const spent = process.cpuUsage(began);
    return { key: job.key, ...made, seconds: (spent.user + spent.system) / 1e6 };
  } catch (problem) {
    return { key: job.key, error: String((problem && problem.message) || problem) };
  }
}

function main([pack, locales, file]) {
  const CSL = require(path.resolve(pack));
  CSL.debug = () => {};
  const printed = [];
  rememberEntries(CSL, printed);
  const { items, jobs } = JSON.parse(fs.readFileSync(file, "utf8"));
  for (const job of jobs) {
    fs.writeSync(1, `${JSON.stringify(attempt(CSL, job, items[job.items], locales, printed))}\n`);
  }
}

main(process.argv.slice(2));
