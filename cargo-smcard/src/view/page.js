'use strict';
// Asks for news, and renews the report in its frame without losing the reader's place.
const frame = document.querySelector('iframe');
const ended = document.getElementById('ended');
let state = document.documentElement.dataset.state;

function shown() {
  const report = frame.contentDocument;
  if (!report) return;
  document.title = report.title;
  // Nothing but the report may stand in the frame.
  for (const link of report.querySelectorAll('a[href]:not([href^="#"])')) link.target = '_blank';
}

async function look() {
  try {
    const now = await (await fetch('/state')).json();
    ended.hidden = true;
    if (now.state === state) return;
    if (now.wrong || !frame || document.querySelector('.wrong')) return void location.reload();
    state = now.state;
    frame.contentWindow.location.reload();
  } catch {
    ended.hidden = false;
  }
}

if (frame) {
  frame.addEventListener('load', shown);
  shown();
}
setInterval(look, 500);
