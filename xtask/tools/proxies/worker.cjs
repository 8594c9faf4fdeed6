// Runs a Worker in miniflare: node worker.cjs NODE_MODULES SCRIPT PORT REQUESTS
// REQUESTS is how many requests each visitor may make in a minute. It ends with its input.
const [, , modules, script, port, requests] = process.argv;
const { Miniflare } = require(require("node:path").join(modules, "miniflare"));

const limit = Number(requests);
const worker = new Miniflare({
  modules: true,
  scriptPath: script,
  host: "127.0.0.1",
  port: Number(port),
  compatibilityDate: "2025-01-01",
  ratelimits: { RATE_LIMIT: { simple: { limit, period: 60 } } },
});
process.stdin.resume();
process.stdin.on("end", () => worker.dispose().then(() => process.exit()));
