// How the scripts start Chromium: without what asks hosts of its own.
module.exports = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];
