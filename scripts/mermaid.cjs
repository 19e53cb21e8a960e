// What `scripts/screenshots` does with the diagrams of the Markdown: `node mermaid.cjs CHROMIUM PAGES OUT`.
//
// Mermaid itself draws each, as code hosts do (`strict`), and as one does who trusts it (`loose`). It must take it without
// an error, draw every flow, show every name as text, and make nothing else of it.
const fs = require('node:fs');
const path = require('node:path');
const { chromium } = require('playwright-core');
const ARGUMENTS = require('./chromium.cjs');
const mermaid = fs.readFileSync(require.resolve('mermaid/dist/mermaid.min.js'), 'utf8');

const [executablePath, pages, out] = process.argv.slice(2);

let wrong = 0;
function tell(name, what) {
  wrong += 1;
  console.error(`${name}: ${what}`);
}

// A text as a reader sees it.
const words = (text) => text.replaceAll('\u200b', '').replace(/\s+/g, ' ').trim();

async function draw(browser, name, code, securityLevel) {
  const page = await browser.newPage();
  page.on('request', (request) => { if (!request.url().startsWith('data:')) tell(name, `request: ${request.url()}`); });
  page.on('dialog', (dialog) => { tell(name, `dialog: ${dialog.message()}`); dialog.dismiss(); });
  await page.setContent('<!DOCTYPE html><title>diagram</title><main></main>');
  await page.addScriptTag({ content: mermaid });
  const drawn = await page.evaluate(async ({ code, securityLevel }) => {
    try {
      mermaid.initialize({ startOnLoad: false, securityLevel });
      const { svg } = await mermaid.render('diagram', code);
      document.querySelector('main').innerHTML = svg;
    } catch (error) {
      return { error: String(error) };
    }
    const all = (selector) => [...document.querySelectorAll(`main ${selector}`)];
    return {
      labels: all('.nodeLabel, .cluster-label').map((label) => label.textContent),
      flows: all('path.flowchart-link').length,
      elements: [...new Set(all('svg *').map((element) => element.localName))],
      handlers: all('svg *').flatMap((element) => [...element.attributes]).filter((it) => it.name.startsWith('on')).length,
    };
  }, { code, securityLevel });
  await page.screenshot({ path: path.join(out, `${name}-mermaid.png`), fullPage: true });
  await page.close();
  return drawn;
}

// What Mermaid makes of any diagram.
const ELEMENTS = new Set(['br', 'circle', 'defs', 'div', 'feDropShadow', 'filter', 'foreignObject', 'g', 'linearGradient',
  'marker', 'p', 'path', 'polygon', 'rect', 'span', 'stop', 'style', 'svg', 'text', 'tspan']);

async function main() {
  const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
  let drawn = 0;
  for (const file of fs.readdirSync(pages).filter((file) => file.endsWith('.md'))) {
    const name = path.basename(file, '.md');
    const names = JSON.parse(fs.readFileSync(path.join(pages, `${name}.names.json`), 'utf8'));
    const text = fs.readFileSync(path.join(pages, file), 'utf8');
    const code = /^```mermaid\n([^]*?)^```$/m.exec(text)?.[1];
    if (!code) {
      const said = names.length === 0 || /^More than \d+ components or \d+ flows are not drawn\.$/m.test(text);
      if (!said) tell(name, 'there is no diagram');
      continue;
    }
    drawn += 1;
    for (const securityLevel of ['strict', 'loose']) {
      const { error, labels, flows, elements, handlers } = await draw(browser, `${name}-${securityLevel}`, code, securityLevel);
      if (error) { tell(name, error); continue; }
      const shown = labels.map(words);
      for (const label of names.map(words)) {
        if (!shown.some((shown) => shown.startsWith(label))) tell(name, `${JSON.stringify(label)} is not shown: ${JSON.stringify(shown)}`);
      }
      const expected = code.split('\n').filter((line) => / -->\|"\d+"\| /.test(line)).length;
      if (flows !== expected) tell(name, `${flows} of ${expected} flows are drawn`);
      const others = elements.filter((element) => !ELEMENTS.has(element));
      if (others.length > 0 || handlers > 0) tell(name, `has become ${others}, with ${handlers} handlers`);
    }
  }
  await browser.close();
  if (drawn < 5) tell('Markdown', `${drawn} diagrams are drawn`);
  console.log(`${drawn} diagrams by Mermaid, ${wrong} wrong`);
  process.exitCode = wrong > 0 ? 1 : 0;
}

main();
