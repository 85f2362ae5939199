// What is dragged, pressed or chosen goes into the form; the form asks what it changes; the answer is drawn at once.
import { setData } from "yike/map";

const form = document.getElementById("form");
const part = document.getElementById("tried-part");
const moved = new Map(form.elements.moved.value.split(";").filter(Boolean).map((one) => [one.split(",")[0], one]));
const words = () => new URLSearchParams(new FormData(form));
let [last, sent, waiting] = [0, words().toString(), null];

/** Asks, unless the same was asked; while something is dragged the answer under way is waited for. */
async function ask({ atOnce }) {
  const told = words();
  if (told.toString() === sent || (waiting && !atOnce)) return;
  waiting?.abort();
  const mine = (waiting = new AbortController());
  sent = told.toString();
  try {
    const answer = await fetch(form.action, { method: "POST", body: told, headers: { "HX-Request": "true" }, signal: mine.signal });
    const away = answer.headers.get("HX-Redirect");
    if (away) return void location.assign(away);
    if (![200, 422].includes(answer.status)) throw new Error(answer.status);
    const text = await answer.text();
    if (!mine.signal.aborted) show(text);
  } catch {
    if (mine.signal.aborted) return;
    sent = "";
    part.textContent = "没有取到变化，改动都还在。请稍等再拖一次，或按“看变化”。";
  } finally {
    if (waiting === mine) waiting = null;
  }
}

function show(text) {
  part.innerHTML = text;
  setData("changed", JSON.parse(document.getElementById("tried-data").textContent));
}

function take({ lon, lat, id }) {
  moved.set(id, `${id},${lon.toFixed(6)},${lat.toFixed(6)}`);
  form.elements.moved.value = [...moved.values()].join(";");
}

document.addEventListener("yike:moving", ({ detail, timeStamp }) => {
  if (timeStamp - last < 200) return;
  last = timeStamp;
  take(detail);
  ask({ atOnce: false });
});
document.addEventListener("yike:moved", ({ detail }) => (take(detail), ask({ atOnce: true })));
form.addEventListener("change", () => ask({ atOnce: true }));
// The run is laid out while the map is looked at: the first drag need not wait for that.
fetch(form.action, { headers: { "HX-Request": "true" } }).catch(() => {});
