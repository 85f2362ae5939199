// Keyboard for the desk: the page works without it. Every key shown in a <kbd> is read from
// data-key, so what a clerk sees and what the page does cannot drift apart.

const SWITCH = "yike-desk-keys";
const rows = () => [...document.querySelectorAll("[data-row] a[data-open]")];
const typing = (at) => at.closest("input, textarea, select, [contenteditable], dialog");
let leader = "";

function keysOn() {
  return localStorage.getItem(SWITCH) !== "off";
}

function move(step) {
  const all = rows();
  if (!all.length) return;
  const here = all.indexOf(document.activeElement);
  const next = here < 0 ? (step > 0 ? 0 : all.length - 1) : here + step;
  all[Math.max(0, Math.min(all.length - 1, next))].focus();
}

// A verb's box opens and its first field takes the focus; a link is followed; a field is focused.
function act(target) {
  if (target.matches("details")) {
    target.open = true;
    const outer = target.parentElement.closest("details");
    if (outer) outer.open = true;
    const field = target.querySelector("textarea, select, input:not([type=hidden]), button");
    (field || target.querySelector("summary")).focus();
    target.scrollIntoView({ block: "nearest" });
  } else if (target.matches("input, textarea, select")) {
    target.focus();
    target.select?.();
  } else {
    target.click();
  }
}

function pressed(event) {
  if (event.ctrlKey && event.key === "Enter" && event.target.form) {
    event.preventDefault();
    event.target.form.requestSubmit();
    return;
  }
  if (event.key === "Escape" && typing(event.target)) {
    event.target.blur();
    return;
  }
  if (!keysOn() || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "j" || event.key === "k") {
    event.preventDefault();
    move(event.key === "j" ? 1 : -1);
    return;
  }
  const chord = leader + event.key;
  leader = event.key === "g" && !leader ? "g " : "";
  const target = document.querySelector(`[data-key="${CSS.escape(chord)}"]`);
  if (target) {
    event.preventDefault();
    act(target);
  }
}

function helpDialog() {
  const dialog = document.getElementById("desk-keys");
  if (!dialog) return;
  const box = dialog.querySelector("[data-keys-switch]");
  box.checked = keysOn();
  box.addEventListener("change", () => localStorage.setItem(SWITCH, box.checked ? "on" : "off"));
  document.querySelectorAll("[data-keys-open]").forEach((button) =>
    button.addEventListener("click", () => dialog.showModal())
  );
}

// On a phone a row of a table becomes a card, and every cell says the heading it stood under.
// Without this the table scrolls sideways in its frame.
function labelCells() {
  document.querySelectorAll("table.tight:not(.few)").forEach((table) => {
    const heads = [...table.querySelectorAll("thead th")].map((head) => head.textContent.trim());
    if (!heads.length) return;
    table.querySelectorAll("tbody tr").forEach((row) =>
      [...row.cells].forEach((cell, at) => {
        if (at && !cell.dataset.label && heads[at] && cell.colSpan === 1) cell.dataset.label = heads[at];
      })
    );
    table.classList.add("stacks");
  });
}

document.addEventListener("keydown", pressed);
document.addEventListener("htmx:after:swap", labelCells);
labelCells();
helpDialog();
