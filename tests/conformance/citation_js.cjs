/* Reads .bib texts with citation-js: node citation_js.cjs FOLDER DIALECT TEXTS
 * FOLDER is a node_modules with @citation-js/core, plugin-bibtex and plugin-csl, TEXTS a JSON list of texts. One line
 * of JSON comes out for each text, in order: {"items": [...]} in CSL-JSON, or {"error": "..."}. */
'use strict'
const fs = require('fs')
const path = require('path')

const [folder, dialect, file] = process.argv.slice(2)
const packages = path.resolve(folder, '@citation-js')
const { plugins } = require(path.join(packages, 'core'))
require(path.join(packages, 'plugin-bibtex'))
require(path.join(packages, 'plugin-csl'))

for (const name of ['log', 'info', 'warn', 'error', 'debug']) {
  console[name] = () => {}
}

for (const text of JSON.parse(fs.readFileSync(file, 'utf8'))) {
  let answer
  try {
    answer = { items: plugins.input.chain(text, { generateGraph: false, forceType: `@${dialect}/text` }) }
  } catch (problem) {
    answer = { error: String(problem && problem.message || problem).slice(0, 200) }
  }
  fs.writeSync(1, JSON.stringify(answer) + '\n')
}
