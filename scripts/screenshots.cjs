// What `scripts/screenshots` does in the browser: `node screenshots.cjs CHROMIUM PAGES OUT`.
const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { chromium } = require('playwright-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const [executablePath, pages, out] = process.argv.slice(2);
const WIDTHS = [320, 768, 1440];
const SCHEMES = ['light', 'dark'];
const ARGUMENTS = require('./chromium.cjs');

let wrong = 0;
function tell(page, what) {
  wrong += 1;
  console.error(`${page}: ${what}`);
}

// What stands wrongly in the diagram, by the boxes that the browser has drawn.
function diagram() {
  const told = [];
  const svg = document.querySelector('svg.flow');
  if (!svg) return told;
  const box = (element) => element.getBoundingClientRect();
  const within = (inner, outer) => inner.left >= outer.left - 0.5 && inner.right <= outer.right + 0.5
    && inner.top >= outer.top - 0.5 && inner.bottom <= outer.bottom + 0.5;
  const apart = (one, other) => one.right <= other.left + 0.5 || other.right <= one.left + 0.5
    || one.bottom <= other.top + 0.5 || other.bottom <= one.top + 0.5;
  for (const group of svg.querySelectorAll('.card, .label, .zone')) {
    const frame = box(group.querySelector('rect'));
    for (const text of group.querySelectorAll('text')) {
      if (!within(box(text), frame)) told.push(`"${text.textContent}" leaves its box`);
    }
  }
  const texts = [...svg.querySelectorAll('text')];
  const boxes = texts.map(box);
  const labels = [...svg.querySelectorAll('.label rect')].map(box);
  for (let one = 0; one < texts.length; one += 1) {
    for (let other = one + 1; other < texts.length; other += 1) {
      // The lines of one card are near to each other, since a line's box is higher than its letters.
      const same = texts[one].parentNode === texts[other].parentNode;
      if (!same && !apart(boxes[one], boxes[other])) told.push(`"${texts[one].textContent}" covers "${texts[other].textContent}"`);
    }
  }
  for (let one = 0; one < labels.length; one += 1) {
    for (let other = one + 1; other < labels.length; other += 1) {
      if (!apart(labels[one], labels[other])) told.push('two labels overlap');
    }
  }
  return told;
}

async function look(browser, file, width, colorScheme) {
  const name = `${path.basename(file, '.html')}-${width}-${colorScheme}`;
  const context = await browser.newContext({ viewport: { width, height: 1000 }, colorScheme });
  const page = await context.newPage();
  page.on('console', (message) => tell(name, `console: ${message.text()}`));
  page.on('pageerror', (error) => tell(name, `error: ${error}`));
  const address = pathToFileURL(file).href;
  page.on('request', (request) => { if (request.url() !== address) tell(name, `request: ${request.url()}`); });
  await page.goto(address);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wide > 0) tell(name, `is ${wide} px wider than the window`);
  for (const what of await page.evaluate(diagram)) tell(name, what);
  await page.screenshot({ path: path.join(out, `${name}.png`), fullPage: true });
  const { violations } = await page.evaluate(`${axe}; axe.run(document, { resultTypes: ['violations'] })`);
  for (const { id, help, nodes } of violations) tell(name, `axe: ${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.html).join(' ')}`);
  await context.close();
}

async function main() {
  const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
  const files = fs.readdirSync(pages).filter((file) => file.endsWith('.html')).map((file) => path.resolve(pages, file));
  for (const file of files) {
    for (const width of WIDTHS) for (const scheme of SCHEMES) await look(browser, file, width, scheme);
    const page = await browser.newPage();
    await page.goto(pathToFileURL(file).href);
    await page.pdf({ path: path.join(out, `${path.basename(file, '.html')}.pdf`), preferCSSPageSize: true });
    await page.close();
  }
  await browser.close();
  console.log(`${files.length} pages, ${wrong} wrong`);
  process.exitCode = wrong > 0 ? 1 : 0;
}

main();
