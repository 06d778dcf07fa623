/** What the upload page does in the browser: plain JavaScript, kept as data. `WORDS` stands before it. */
export const UPLOAD_SCRIPT = `
const at = (id) => document.getElementById(id);
const KEPT = "greenflag upload";
let key = "";
let left = 0;
let waiting = 0;
let line = Promise.resolve();

// A browser may refuse to keep anything; then a page that is loaded again needs a new link.
function keep(value) {
  try { sessionStorage.setItem(KEPT, value); } catch {}
}
function kept() {
  try { return sessionStorage.getItem(KEPT) ?? ""; } catch { return ""; }
}

function send(to, headers, body, onProgress) {
  return new Promise((resolve) => {
    const call = new XMLHttpRequest();
    call.open("POST", location.pathname + to);
    call.responseType = "json";
    for (const [name, value] of Object.entries(headers)) call.setRequestHeader(name, value);
    if (onProgress) {
      call.upload.onprogress = (event) => onProgress(event.loaded / event.total);
    }
    call.onload = () =>
      resolve({ said: WORDS.failed, ...call.response, ok: call.status === 200, status: call.status });
    call.onerror = () => resolve({ said: WORDS.offline, ok: false, status: 0 });
    call.send(body);
  });
}
const post = (to, more = {}, body = null, onProgress) =>
  send(to, { "x-greenflag-upload": key, ...more }, body, onProgress);

function end(said, isAlert) {
  for (const id of ["form", "what", "done"]) at(id).hidden = true;
  const shown = at("end");
  if (isAlert) shown.setAttribute("role", "alert");
  shown.textContent = said;
  shown.hidden = false;
  shown.focus();
}

function entry(name) {
  const item = document.createElement("li");
  const title = document.createElement("strong");
  const bar = document.createElement("progress");
  const state = document.createElement("p");
  title.textContent = name;
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", name);
  state.textContent = WORDS.waiting;
  item.append(title, bar, state);
  at("list").append(item);
  return {
    progress(part) {
      bar.value = part;
      state.textContent = part < 1 ? WORDS.sending : WORDS.reading;
    },
    settle(said, isKept) {
      bar.remove();
      item.className = isKept ? "kept" : "refused";
      state.textContent = said;
      at("said").textContent = name + ": " + said;
    },
  };
}

function update() {
  at("done").disabled = waiting > 0;
  at("files").disabled = left === 0;
}

async function sendOne(file, kind, shown) {
  shown.progress(0);
  const headers = { "x-file-name": encodeURIComponent(file.name.slice(-300).toWellFormed?.() ?? file.name.slice(-300)) };
  const answer = await post("/file", { ...headers, "x-document-kind": kind }, file, shown.progress);
  shown.settle(answer.said, answer.ok);
  waiting -= 1;
  update();
  if (answer.ok && answer.files_left === 0 && waiting === 0) finish();
}

function add(files) {
  for (const file of files) {
    const shown = entry(file.name);
    if (file.isFolder) shown.settle(WORDS.folder, false);
    else if (file.size > WORDS.max_bytes) shown.settle(WORDS.too_large, false);
    else if (left === 0) shown.settle(WORDS.too_many, false);
    else {
      left -= 1;
      waiting += 1;
      const kind = at("kind").value;
      line = line.then(() => sendOne(file, kind, shown));
    }
  }
  update();
}

function dropped({ items, files }) {
  const folders = new Set([...items].filter((item) => item.webkitGetAsEntry?.()?.isDirectory)
    .map((item) => item.getAsFile()?.name));
  return [...files].map((file) => (folders.has(file.name) ? { name: file.name, isFolder: true } : file));
}

async function finish() {
  const answer = await post("/done");
  end(answer.said, !answer.ok);
}

async function open() {
  const secret = location.hash.slice(1);
  key = secret || kept();
  if (key === "") return end(WORDS.no_link, true);
  const answer = await post("/open");
  if (!answer.ok) return end(answer.said, true);
  if (answer.key) key = answer.key;
  keep(key);
  // The link is used up: nothing of it stays in the history.
  if (secret) history.replaceState(null, "", location.pathname);
  left = answer.files_left;
  const time = new Date(answer.expires_at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  at("what").textContent = WORDS.what.replace("{application}", () => answer.application)
    .replace("{role}", () => answer.role).replace("{time}", () => time);
  at("kind").value = answer.kind;
  at("form").hidden = at("done").hidden = false;
  update();
}

at("files").addEventListener("change", () => {
  add([...at("files").files]);
  at("files").value = "";
});
at("done").addEventListener("click", finish);
// A file that misses its place must not be opened by the browser in the place of this page.
for (const name of ["dragover", "drop"]) addEventListener(name, (event) => event.preventDefault());
addEventListener("dragover", () => at("drop").classList.add("over"));
for (const name of ["drop", "dragleave"]) addEventListener(name, () => at("drop").classList.remove("over"));
addEventListener("drop", (event) => at("form").hidden || add(dropped(event.dataTransfer)));
addEventListener("beforeunload", (event) => waiting > 0 && event.preventDefault());
// Another link in the same window changes only what stands behind the hash sign.
addEventListener("hashchange", () => location.reload());
open();
`;
