// Check-in on a phone. The form works without this; with it, the position is asked for when the
// button is pressed, and what cannot be sent is signed and kept until there is a network again.

const STORE = "yike-checkin-records";
const WAIT_MS = 12000;
const SEND_MS = 15000;
const root = () => document.getElementById("checkin");
const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
// One key for each shift, kept in memory only: it is good while this page stays open.
const keys = new Map();

function say(words) {
  const state = root().querySelector("[data-state]");
  if (state) state.textContent = words;
}

function post(url, fields, ms) {
  return fetch(url, {
    method: "POST",
    body: new URLSearchParams({ csrfmiddlewaretoken: token(), ...fields }),
    signal: AbortSignal.timeout(ms),
    credentials: "same-origin",
  });
}

// Inside 浙里办 the page may ask the app, once its bridge is ready. The app speaks the map system of
// the country and says no accuracy.
async function fromApp() {
  const bridge = globalThis.ZWJSBridge;
  if (!bridge?.getLocation) return null;
  const asked = new Promise((ready) => bridge.onReady(ready)).then(() => bridge.getLocation());
  const late = new Promise((_, no) => setTimeout(() => no(new Error("late")), WAIT_MS));
  const told = await Promise.race([asked, late]);
  return { lon: told.longitude, lat: told.latitude, accuracy: told.accuracy ?? "", crs: "gcj02" };
}

function fromBrowser() {
  return new Promise((done, failed) =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        done({ lon: coords.longitude, lat: coords.latitude, accuracy: coords.accuracy, crs: "wgs84" }),
      failed,
      { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge: 0 }
    )
  );
}

// The browser first: its position comes with an accuracy and stands by itself.
async function locate() {
  let denied = false;
  try {
    return await fromBrowser();
  } catch (no) {
    denied = no?.code === 1;
  }
  try {
    const place = await fromApp();
    if (place) return place;
  } catch {
    // neither knows: what follows says so
  }
  say(denied ? "手机没有允许定位。请在浏览器设置里打开，或扫岗位二维码。" : "没有取到定位。");
  return null;
}

function fill(form, place) {
  const told = { told: Date.now(), ...(place || {}) };
  for (const [name, value] of Object.entries(told)) {
    const field = form.elements.namedItem(name);
    if (field) field.value = value;
  }
}

async function handKey() {
  const press = root().querySelector("[data-shift]");
  const shift = press?.dataset.shift;
  if (!shift || keys.has(shift) || !globalThis.crypto?.subtle) return;
  try {
    const asked = Date.now();
    const answer = await post(root().dataset.keyUrl, { shift, told: asked }, SEND_MS);
    if (!answer.ok) return;
    const { id, key } = await answer.json();
    const bytes = Uint8Array.from(key.match(/../g), (pair) => parseInt(pair, 16));
    const how = { name: "HMAC", hash: "SHA-256" };
    const secret = await crypto.subtle.importKey("raw", bytes, how, false, ["sign"]);
    keys.set(shift, { id, secret, since: performance.now(), seq: 0 });
  } catch {
    // without a key there is no check-in offline; the page says so when it is needed
  }
}

function kept() {
  try {
    return JSON.parse(localStorage.getItem(STORE) || "[]");
  } catch {
    return [];
  }
}

function keep(records) {
  localStorage.setItem(STORE, JSON.stringify(records));
  const box = root().querySelector("[data-offline-box]");
  box.hidden = records.length === 0;
  const words = `没有网络：${records.length} 条签到已存在这部手机上，还没有算数。`;
  box.querySelector("[data-offline-words]").textContent = words;
}

async function sign(form, place) {
  const { shift, direction } = form.closest("[data-shift]").dataset;
  const key = keys.get(shift);
  if (!key) {
    say("没有网络，这部手机也没有领到离线签到的凭证。有网络后请申请补签，或扫岗位二维码。");
    return;
  }
  if (kept().some((one) => one.shift === shift && one.direction === direction)) {
    say("已经存下，等有网络自动补传。");
    return;
  }
  key.seq += 1;
  const at = [place?.lon ?? "", place?.lat ?? "", place?.accuracy ?? "", "0"];
  const elapsed = Math.round(performance.now() - key.since);
  const text = [key.id, direction, key.seq, ...at, Date.now(), elapsed].join("|");
  const made = await crypto.subtle.sign("HMAC", key.secret, new TextEncoder().encode(text));
  const mac = [...new Uint8Array(made)].map((one) => one.toString(16).padStart(2, "0")).join("");
  keep([...kept(), { shift, direction, text, mac }]);
  say("已存在手机上，等有网络自动补传。");
}

// What the house does not want is told and dropped; what did not arrive stays.
let sending = false;

async function sendKept() {
  if (sending || !kept().length || !navigator.onLine) return;
  sending = true;
  try {
    await sendAll(kept());
  } finally {
    sending = false;
  }
}

async function sendAll(records) {
  const rest = [];
  const told = [];
  for (const one of records) {
    try {
      const fields = { record: one.text, mac: one.mac };
      const answer = await post(root().dataset.offlineUrl, fields, SEND_MS);
      const said = (answer.headers.get("Content-Type") || "").includes("json");
      if (answer.status === 429 || answer.status >= 500 || !said) {
        rest.push(one);
        continue;
      }
      const { sentence, way_on: wayOn } = await answer.json();
      told.push(`${sentence}${wayOn || ""}`);
    } catch {
      rest.push(one);
    }
  }
  keep(rest);
  if (told.length) await refresh(told);
}

async function refresh(told) {
  const answer = await fetch(location.pathname, { credentials: "same-origin" });
  if (answer.ok) replace(await answer.text());
  const note = document.createElement("div");
  note.className = "note note-done";
  note.setAttribute("role", "status");
  for (const words of told) {
    const line = document.createElement("p");
    line.textContent = words;
    note.append(line);
  }
  root().querySelector("h1").after(note);
}

function replace(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("checkin");
  if (!fresh) {
    location.reload();
    return;
  }
  root().replaceWith(document.adoptNode(fresh));
  begin();
  root().querySelector("[data-outcome]")?.scrollIntoView({ block: "nearest" });
}

async function pressed(event) {
  event.preventDefault();
  const form = event.target;
  const asks = event.submitter?.name === "ask";
  const buttons = form.querySelectorAll("button");
  for (const one of buttons) one.disabled = true;
  say("正在定位…");
  const place = await locate();
  fill(form, place);
  try {
    if (!navigator.onLine) throw new TypeError("offline");
    say("正在提交…");
    const fields = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ""));
    const answer = await post(form.action, asks ? { ...fields, ask: "1" } : fields, SEND_MS);
    replace(await answer.text());
  } catch {
    await sign(form, place);
  } finally {
    for (const one of buttons) one.disabled = false;
  }
}

function begin() {
  keep(kept());
  root().querySelector("[data-press]")?.addEventListener("submit", pressed);
  handKey();
}

begin();
sendKept();
addEventListener("online", sendKept);
