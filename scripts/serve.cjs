// What `scripts/screenshots` does with a served page: `node serve.cjs CHROMIUM SMCARD REPORT POLICY OUT`.
//
// Edits a card while the browser shows it: the page must follow without a reload by hand, keep the reader's place, show
// what is wrong as text, and say when the server has ended.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { spawn } = require('node:child_process');
const { chromium } = require('playwright-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const ARGUMENTS = require('./chromium.cjs');

const [executablePath, smcard, report, policy, out] = process.argv.slice(2).map((argument) => path.resolve(argument));

async function main() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'smcard-serve-'));
  const card = path.join(folder, 'card.json');
  const text = fs.readFileSync(report, 'utf8');
  const named = (name) => {
    const card = JSON.parse(text);
    card.model_details.name = name;
    return JSON.stringify(card);
  };
  fs.mkdirSync(path.join(folder, '.git'));
  fs.copyFileSync(policy, path.join(folder, 'smcard.toml'));
  fs.writeFileSync(card, text);
  const server = spawn(smcard, ['view', '--serve', '--no-open', card], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  const address = (await new Promise((told) => server.stdout.once('data', told))).toString().trim();
  const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
  const told = [];
  try {
    const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
    let ended = false;
    // Once the server has ended, the browser says that it finds none.
    page.on('console', (message) => { if (!ended) told.push(`console: ${message.text()}`); });
    page.on('pageerror', (error) => told.push(`error: ${error}`));
    page.on('request', (request) => { if (!request.url().startsWith(address) && !request.url().startsWith('data:')) told.push(`request: ${request.url()}`); });
    await page.goto(address);
    // From the page around it: in a frame without scripts nothing runs, this neither.
    const heading = (words) => page.waitForFunction((words) => {
      const report = document.querySelector('iframe')?.contentDocument;
      return report?.querySelector('h1')?.textContent.includes(words);
    }, words);
    await heading(JSON.parse(text).model_details.name);
    const scroll = () => page.evaluate(() => document.querySelector('iframe').contentWindow.scrollY);
    await page.evaluate(() => document.querySelector('iframe').contentWindow.scrollTo(0, 1500));

    fs.writeFileSync(card, named('renewed <b>name</b>'));
    await heading('renewed <b>name</b>');
    await page.waitForFunction(() => document.title.startsWith('renewed <b>name</b>'));
    const place = await scroll();
    if (Math.abs(place - 1500) > 100) told.push(`the reader was at 1500 px and is at ${place} px`);

    fs.writeFileSync(card, text.replace('"date": "', '"date": "<img src=x onerror=alert(1)>'));
    await page.locator('.wrong pre', { hasText: 'error[invalid-date]' }).waitFor();
    await heading('renewed');
    if (await page.locator('img').count() > 0) told.push('what is wrong has become markup');
    const { violations } = await page.evaluate(`${axe}; axe.run(document, { resultTypes: ['violations'], iframes: false })`);
    for (const { id, help, nodes } of violations) told.push(`axe: ${id}: ${help}: ${nodes.map((node) => node.html).join(' ')}`);
    await page.screenshot({ path: path.join(out, 'served-wrong.png') });

    fs.writeFileSync(card, named('good again'));
    await heading('good again');
    await page.locator('.wrong').waitFor({ state: 'detached' });
    ended = true;
    server.kill('SIGINT');
    await page.locator('#ended').waitFor();
  } finally {
    server.kill();
    await browser.close();
    fs.rmSync(folder, { recursive: true });
  }
  told.forEach((what) => console.error(`served: ${what}`));
  console.log(`a served page, ${told.length} wrong`);
  process.exitCode = told.length > 0 ? 1 : 0;
}

main();
