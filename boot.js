// Starts the program, and takes the page over if the program stops.
//
// Nothing waits for anything that it could be loaded beside: the configuration and the provider's file are on
// their way while the program still is. The program's files are only used if they are the ones that were built.

const early = new Map();

function ask(name) {
  const text = fetch(name, { cache: "no-cache" }).then((answer) =>
    answer.ok ? answer.text() : Promise.reject(new Error(String(answer.status))),
  );
  text.catch(() => {}); // The program asks again, and says what is wrong.
  early.set(name, text);
}

ask("config.json");
const provider = /^#\/([a-z0-9-]+)$/.exec(location.hash)?.[1];
if (provider && provider !== "settings") ask(`providers/${provider}.json`);

let over = false;

// The program says where in its code it stopped, and nothing else: a message could hold what was typed.
addEventListener("memberdesk-stopped", (event) => stopped(event.detail));
addEventListener("error", (event) => {
  if (event.error instanceof WebAssembly.RuntimeError) stopped("");
});
addEventListener("unhandledrejection", (event) => {
  if (event.reason instanceof WebAssembly.RuntimeError) stopped("");
});

// While a change is on its way, nobody can know what came of it: leaving asks first.
addEventListener("beforeunload", (event) => {
  if (document.documentElement.dataset.sending) event.preventDefault();
});

const script = document.querySelector("link[rel=modulepreload]");
const program = document.querySelector("link[rel=preload][as=fetch]");

try {
  const bytes = fetch(program.href, { integrity: program.integrity });
  bytes.catch(() => {});
  const { default: init, start } = await import(script.href);
  await init({ module_or_path: bytes });
  start(early);
} catch (error) {
  stop("Memberdesk could not start", [
    "A file of the page is missing, was changed, or your browser is too old for it. Nothing was sent.",
    "Load the page again. If that does not help, show this to whoever runs it:",
  ], String(error));
}

function stopped(place) {
  const sending = document.documentElement.dataset.sending;
  stop("Memberdesk has stopped", [
    "There is a fault in the page itself.",
    sending
      ? `The change to ${sending} was on its way. It may or may not have been made: look at the record before you try again.`
      : "No change was on its way, so nothing was changed by this.",
    "Everything that you typed is below, except secrets. Load the page again to go on.",
  ], place);
}

function stop(title, sentences, place) {
  if (over) return;
  over = true;
  const kept = typed();
  const main = element("main", "stopped", "");
  main.append(element("h1", "stopped__title", title));
  for (const sentence of sentences) main.append(element("p", "", sentence));
  if (kept.length) {
    const list = element("ul", "stopped__kept", "");
    for (const text of kept) list.append(element("li", "", text));
    main.append(list);
  }
  if (place) main.append(element("p", "mono", place));
  const again = element("button", "button", "Load the page again");
  again.addEventListener("click", () => location.reload());
  const row = element("div", "cluster", "");
  row.append(again);
  main.append(row);
  document.title = `${title} – Memberdesk`;
  delete document.documentElement.dataset.sending;
  document.body.replaceChildren(main);
  main.tabIndex = -1;
  main.focus();
}

// What stands in the boxes, with the question it answers. A secret is never among it, shown or hidden.
function typed() {
  const texts = [];
  for (const box of document.querySelectorAll("input:not([type=password]):not([data-secret])")) {
    const label = document.querySelector(`label[for="${CSS.escape(box.id)}"]`)?.textContent.trim() ?? "";
    if (box.type === "radio" || box.type === "checkbox") {
      const question = box.closest("fieldset")?.querySelector("legend")?.textContent.trim();
      if (box.checked && box.value !== "keep" && question) texts.push(`${question}: ${label}`);
    } else if (box.value.trim()) {
      texts.push(`${label}: ${box.value}`);
    }
  }
  for (const row of document.querySelectorAll(".rows__row[data-state]")) {
    const question = row.closest("fieldset")?.querySelector("legend")?.textContent.trim() ?? "";
    const parts = [".rows__name", ".rows__id", ".rows__note"].map((part) => row.querySelector(part)?.textContent);
    texts.push(`${question}: ${parts.filter(Boolean).join(", ")}`);
  }
  return texts;
}

function element(name, style, text) {
  const made = document.createElement(name);
  if (style) made.className = style;
  made.textContent = text;
  return made;
}
