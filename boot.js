// Starts the programs, and takes the page over if one of them stops.
//
// There are two: a small one that paints the first form, and the one that does the work. Nothing waits for
// anything that it could be loaded beside: the configuration and the provider's file are on their way while the
// first program still is, and the second comes as soon as the first has nothing to do. Only the very files that
// were built are used: each is held against its digest.

// Light or dark as the person chose it, before anything is painted. What is kept may be damaged, or not be allowed to
// be read: then it is as the system has it.
let kept = {};
let remembers = false;
try {
  remembers = localStorage.getItem("memberdesk.recents") !== null;
  const settings = JSON.parse(localStorage.getItem("memberdesk.settings"));
  if (settings.version === 1) kept = settings;
} catch {}
if (["light", "dark"].includes(kept.theme)) document.documentElement.dataset.theme = kept.theme;

const texts = new Map();
const read = {};
let over = false;

// The text of a file beside the page; the status of the answer if there is none.
function text(name) {
  if (!texts.has(name)) {
    const asked = fetch(name, { cache: "no-cache" }).then((answer) =>
      answer.ok ? answer.text() : Promise.reject(answer.status),
    );
    asked.then((words) => (read[name] = words), () => texts.delete(name));
    texts.set(name, asked);
  }
  return texts.get(name);
}

text("config.json");
if (providerHere()) text(`providers/${providerHere()}.json`);

// A program says where in its code it stopped, and nothing else: a message could hold what was typed.
// A file's path begins with its package: what is before that is the machine on which the page was built.
addEventListener("memberdesk-stopped", (event) => stopped(event.detail.replace(/^.*\/([^/]+\/src\/)/, "$1")));
addEventListener("error", (event) => {
  if (isOurs(event.error)) stopped("");
});
addEventListener("unhandledrejection", (event) => {
  if (isOurs(event.reason)) stopped("");
});

// While a change is on its way, nobody can know what came of it; and what was entered would be lost: leaving asks first.
addEventListener("beforeunload", (event) => {
  const { sending, unsaved } = document.documentElement.dataset;
  if (sending || unsaved !== undefined) event.preventDefault();
});

let second;
const speaks = language();
// The members that this browser keeps are on Home, and only the second program shows them.
const listed = remembers && !providerHere();
if (listed) prepare().catch(() => {});

try {
  const first = await load({
    code: document.querySelector("link[rel=modulepreload]"),
    wasm: document.querySelector("link[rel=preload][as=fetch]"),
  });
  let handedOver = false;
  let moved = false;
  const carryOn = async (typed) => {
    if (handedOver) return;
    handedOver = true;
    try {
      const work = await prepare();
      if (over) return;
      first.leave();
      work.start(text, typed);
      // Another page begins at its heading, whichever program shows it.
      if (moved) requestAnimationFrame(() => document.querySelector("#main h1")?.focus());
    } catch (error) {
      notStarted(error);
    }
  };
  // The first form says the ordinary. What is out of it, a fault in a file above all, the second says.
  const look = async () => {
    try {
      const work = await prepare();
      const here = location.hash;
      const config = await text("config.json");
      let needed = work.is_needed(config, []);
      if (!needed && !providerHere()) {
        // Nobody waits for the files of all providers: they are looked at when the page has long been at rest.
        await new Promise((then) => setTimeout(then, 6000));
        if (handedOver || here !== location.hash) return;
      }
      const file = providerHere() && `providers/${providerHere()}.json`;
      const files = file ? [file] : [...texts.keys()].filter((name) => name.startsWith("providers/"));
      for (const name of needed ? [] : files) needed ||= work.is_needed(config, [await text(name)]);
      if (needed && here === location.hash) carryOn(first.held());
    } catch {
      second = undefined; // It is loaded again when it is needed.
    }
  };
  const idle = globalThis.requestIdleCallback ?? ((then) => setTimeout(then, 100));
  // The first speaks English only.
  if ((await speaks) === "en" && !listed) {
    first.start(text, carryOn);
    idle(look);
  } else carryOn(first.held());
  addEventListener("hashchange", () => {
    moved = true;
    if (!handedOver) look();
  });
} catch (error) {
  notStarted(error);
}

// The provider whose page this is.
function providerHere() {
  const named = /^#\/([a-z0-9-]+)\/?(\?|$)/.exec(location.hash)?.[1];
  return ["settings", "doctor"].includes(named) ? undefined : named;
}

// The language to speak, by the rule of desk::language::choose. What another one than English needs is on its way
// as soon as that is known.
async function language() {
  try {
    const offered = JSON.parse(await text("config.json")).languages ?? ["en"];
    const own = (tag) => offered.find((offer) => offer.toLowerCase() === tag.toLowerCase());
    const liked = [kept.language ?? "", ...navigator.languages];
    const tag = liked.map((tag) => own(tag) ?? own(tag.split("-")[0])).find(Boolean) ?? offered[0];
    if (tag !== "en") {
      prepare().catch(() => {});
      text(`texts/${tag}.json`).then(() => (document.documentElement.lang = tag), () => {});
      if (providerHere()) text(`texts/${providerHere()}.${tag}.json`);
    }
    return tag;
  } catch {
    return "en";
  }
}

// A message of the last page, in the language in force. The English here is that of the catalogue.
function say(key, english) {
  return JSON.parse(read[`texts/${document.documentElement.lang}.json`] ?? null)?.[key] ?? english;
}

// A fault of a program: it trapped, ran out of stack, or an exception passed through it.
function isOurs(error) {
  return error instanceof WebAssembly.RuntimeError || /\.wasm/.test(error?.stack ?? "");
}

// The second program, loaded once. The page names its files and their digests.
function prepare() {
  second ??= (async () => {
    const [code, wasm] = document.querySelector("meta[name=work]").content.split(" ").map((file) => {
      const [href, integrity] = file.split("#");
      return { href: new URL(href, document.baseURI).href, integrity };
    });
    const link = Object.assign(document.createElement("link"), { rel: "modulepreload", crossOrigin: "anonymous", ...code });
    document.head.append(link);
    return load({ code, wasm });
  })();
  return second;
}

async function load({ code, wasm }) {
  const bytes = fetch(wasm.href, { integrity: wasm.integrity });
  bytes.catch(() => {});
  const program = await import(code.href);
  await program.default({ module_or_path: bytes });
  return program;
}

function notStarted(error) {
  stop(
    say("stopped.not-started", "Memberdesk could not start"),
    say("stopped.not-started-why", "A file of the page is missing, was changed, or your browser is too old for it. Nothing was sent. Load the page again. If that does not help, show this to whoever runs it:"),
    String(error),
  );
}

function stopped(place) {
  const words = [
    say("stopped.fault", "There is a fault in the page itself."),
    // While a change is on its way, the program leaves word of it here.
    document.documentElement.dataset.sending ??
      say("stopped.not-sending", "No change was on its way, so nothing was changed by this."),
    typed().length && say("stopped.kept", "What you typed is below, except secrets."),
    say("stopped.again", "Load the page again to go on."),
  ];
  stop(say("stopped.title", "Memberdesk has stopped"), words.filter(Boolean).join(" "), place);
}

// The last page stands in the document from the start: nothing has to be made for it any more.
function stop(title, words, place) {
  if (over) return;
  over = true;
  const last = document.getElementById("stopped");
  const [heading, text, kept, where] = last.children;
  heading.textContent = title;
  text.textContent = words;
  kept.textContent = typed().join("\n");
  kept.hidden = !kept.textContent;
  where.textContent = place;
  const button = last.querySelector("button");
  button.textContent = say("stopped.reload", "Load the page again");
  button.onclick = () => location.reload();
  // A program that has stopped is not at rest: what was still under way must change nothing any more.
  globalThis.fetch = () => new Promise(() => {});
  document.title = `${title} – Memberdesk`;
  Object.defineProperty(document, "title", { value: document.title });
  delete document.documentElement.dataset.sending;
  delete document.documentElement.dataset.unsaved;
  for (const other of [...document.body.children]) if (other !== last) other.remove();
  last.hidden = false;
  last.focus();
}

// What stands in the boxes, with the question it answers. A secret is never among it, shown or hidden.
function typed() {
  const found = [];
  for (const box of document.querySelectorAll("input:not([type=password]):not([data-secret])")) {
    const label = document.querySelector(`label[for="${CSS.escape(box.id)}"]`)?.textContent.trim() ?? "";
    if (box.type === "radio" || box.type === "checkbox") {
      const question = box.closest("fieldset")?.querySelector("legend")?.textContent.trim();
      if (box.checked && box.value !== "keep" && question) found.push(`${question}: ${label}`);
    } else if (box.value.trim()) {
      found.push(`${label}: ${box.value}`);
    }
  }
  for (const row of document.querySelectorAll(".rows__row[data-state]")) {
    const question = row.closest("fieldset")?.querySelector("legend")?.textContent.trim() ?? "";
    const parts = [".rows__name", ".rows__id", ".rows__note"].map((part) => row.querySelector(part)?.textContent);
    found.push(`${question}: ${parts.filter(Boolean).join(", ")}`);
  }
  return found;
}
