// What `scripts/screenshots --readme` does in the browser: `node readme-pictures.cjs CHROMIUM PAGE FOLDER`.
//
// The pictures of the README, light and dark: what a reviewer sees first, and the data-flow diagram.
const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { chromium } = require('playwright-core');
const ARGUMENTS = require('./chromium.cjs');

const [executablePath, file, out] = process.argv.slice(2);
const LARGEST = 200 * 1024;

// From the top of one element to the bottom of another one, and what near them is left out.
const PICTURES = [
  ['report', 'header.head', 'nav ol', 'main > section:not(#overview)'],
  ['diagram', 'figure.diagram', 'figure.diagram', '#system > :not(figure)'],
];

async function main() {
  fs.mkdirSync(out, { recursive: true });
  const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
  for (const colorScheme of ['light', 'dark']) {
    const context = await browser.newContext({ viewport: { width: 1200, height: 1000 }, colorScheme, deviceScaleFactor: 1.5 });
    const page = await context.newPage();
    await page.goto(pathToFileURL(path.resolve(file)).href);
    for (const [name, first, last, others] of PICTURES) {
      const boxes = await Promise.all([first, last].map((selector) => page.locator(selector).first().boundingBox()));
      const margin = 20;
      const x = Math.min(...boxes.map((box) => box.x)) - margin;
      const right = Math.max(...boxes.map((box) => box.x + box.width)) + margin;
      const y = boxes[0].y - margin;
      const clip = { x, y, width: right - x, height: boxes[1].y + boxes[1].height + margin - y };
      const show = (visibility) => page.evaluate(([others, visibility]) => {
        for (const other of document.querySelectorAll(others)) other.style.visibility = visibility;
      }, [others, visibility]);
      await show('hidden');
      const picture = path.join(out, `${name}-${colorScheme}.png`);
      await page.screenshot({ path: picture, clip, fullPage: true });
      await show('');
      const { size } = fs.statSync(picture);
      if (size > LARGEST) throw new Error(`${picture} has ${size} bytes, more than ${LARGEST}`);
      console.log(`${picture}: ${Math.round(size / 1024)} KiB`);
    }
    await context.close();
  }
  await browser.close();
}

main();
