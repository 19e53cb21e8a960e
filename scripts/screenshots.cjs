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
  const components = document.querySelectorAll('article.component').length;
  const said = document.querySelector('#system').textContent;
  const inTables = 'The tables ';
  if (!svg) {
    // Where nothing is drawn the page says so, and where the facts are.
    if (components > 0 && !(said.includes('No diagram: ') && said.includes(inTables))) told.push('there is no diagram');
    return told;
  }
  const cards = svg.querySelectorAll('.card').length;
  if (cards !== components && !(said.includes('zones stand for their components') && said.includes(inTables))) {
    told.push(`${cards} of ${components} components are drawn, and nothing says so`);
  }
  if (said.includes('No diagram: ')) told.push('there is a diagram, and the page says that there is none');
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
  const frames = [...svg.querySelectorAll('.card > rect')].map(box);
  for (let one = 0; one < texts.length; one += 1) {
    for (let other = one + 1; other < texts.length; other += 1) {
      // The lines of one card are near to each other, since a line's box is higher than its letters.
      const same = texts[one].parentNode === texts[other].parentNode;
      if (!same && !apart(boxes[one], boxes[other])) told.push(`"${texts[one].textContent}" covers "${texts[other].textContent}"`);
    }
  }
  const all = [...labels, ...frames];
  for (let one = 0; one < all.length; one += 1) {
    for (let other = one + 1; other < all.length; other += 1) {
      if (!apart(all[one], all[other])) told.push('two labels or components overlap');
    }
  }
  for (const text of texts.filter((text) => text.parentNode.matches('.zone'))) {
    if (!all.every((other) => apart(box(text), other))) told.push(`"${text.textContent}" is covered`);
  }
  const smallest = Math.min(...boxes.map((box) => box.height));
  if (smallest < 10) told.push(`a text is ${smallest} px high`);
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
  for (const what of await page.evaluate(overrun)) tell(name, what);
  for (const what of await page.evaluate(diagram)) tell(name, what);
  await page.screenshot({ path: path.join(out, `${name}.png`), fullPage: true });
  const { violations } = await page.evaluate(`${axe}; axe.run(document, { resultTypes: ['violations'] })`);
  for (const { id, help, nodes } of violations) tell(name, `axe: ${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.html).join(' ')}`);
  await context.close();
}

// Texts that run out of the box that they stand in, onto whatever is beside it. What can be scrolled, or is hidden from all but screen readers, may be wider.
function overrun() {
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    let box = text.parentElement;
    if (!text.data.trim() || box.closest('svg')) continue;
    while (/^(inline|contents)/.test(getComputedStyle(box).display)) box = box.parentElement;
    let cut = box;
    while (cut && getComputedStyle(cut).overflowX === 'visible') cut = cut.parentElement;
    if (cut) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const right = Math.max(...[...range.getClientRects()].map((rect) => rect.right));
    if (right > box.getBoundingClientRect().right + 1) found.push(`"${text.data.trim().slice(0, 60)}" runs out of its box`);
  }
  return found.slice(0, 5);
}

// What is asserted of the diagram must fail where a label is moved onto another one, and a text onto another one.
async function sabotage(browser, file) {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(file).href);
  for (const selector of ['.label', '.card']) {
    await page.evaluate((selector) => {
      const [one, other] = [...document.querySelectorAll(`svg.flow ${selector}`)];
      const box = (element) => element.querySelector('rect').getBBox();
      one.setAttribute('transform', `translate(${box(other).x - box(one).x} ${box(other).y - box(one).y})`);
    }, selector);
    const told = await page.evaluate(diagram);
    if (!told.some((what) => what.includes('overlap'))) tell(selector, 'two of them may overlap unseen');
    await page.evaluate((selector) => document.querySelector(`svg.flow ${selector}`).removeAttribute('transform'), selector);
  }
  await page.evaluate(() => document.querySelector('svg.flow').remove());
  if (!(await page.evaluate(diagram)).includes('there is no diagram')) tell('svg', 'may be missing unseen');
  await page.close();
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
  await sabotage(browser, path.resolve(pages, 'large-system.html'));
  await browser.close();
  console.log(`${files.length} pages, ${wrong} wrong`);
  process.exitCode = wrong > 0 ? 1 : 0;
}

main();
