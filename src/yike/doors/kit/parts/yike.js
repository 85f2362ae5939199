// Small improvements only: every page works without this file.
(() => {
  "use strict";
  // One press, one deed: a form that is on its way is not sent twice (the server checks as well).
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.dataset.sent) {
      if (form.dataset.sent) event.preventDefault();
      return;
    }
    if (form.method === "post" && !navigator.onLine) {
      event.preventDefault();
      return noNetwork(form);
    }
    if (form.method === "post" && !form.hasAttribute("data-again")) {
      form.dataset.sent = "1";
      setTimeout(() => delete form.dataset.sent, 8000);
    }
  });
  // Without a network the page stays as it is, with everything typed.
  const noNetwork = (form) => {
    const told = form.querySelector(".no-network") || document.createElement("p");
    told.className = "no-network note note-soon";
    told.setAttribute("role", "alert");
    told.textContent = "现在没有网络，还没有提交。您写的都还在这一页，有网以后再按一次。";
    form.append(told);
    addEventListener("online", () => told.remove(), { once: true });
  };
  // Long words are kept while they are written: a form with data-keep names where.
  let keeping = 0;
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form?.dataset.keep) return;
    clearTimeout(keeping);
    keeping = setTimeout(() => {
      if (!form.dataset.sent) fetch(form.dataset.keep, { method: "POST", body: new FormData(form) }).catch(() => {});
    }, 3000);
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  });
  const ready = () => {
    // The error summary is read first.
    document.querySelector(".wrongs")?.focus();
    // Print and copy buttons exist only where they work.
    document.querySelectorAll("[data-needs-js]").forEach((element) => (element.hidden = false));
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (!button) return;
    if (button.dataset.do === "print") window.print();
    if (button.dataset.do === "locate") locate(button);
    if (button.dataset.do === "leave") leave(event, button);
  });
  // Leaving quickly: another page takes this one's place in the history.
  const leave = (event, link) => {
    event.preventDefault();
    location.replace(link.href);
  };
  const locate = (button) => {
    const told = document.getElementById(button.dataset.told);
    const say = (words) => (told.textContent = words);
    if (!navigator.geolocation) return say("这台手机不能定位，请在下面选择。");
    say("正在定位……");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const form = button.form;
        form.elements.lon.value = coords.longitude.toFixed(6);
        form.elements.lat.value = coords.latitude.toFixed(6);
        form.requestSubmit(document.getElementById(button.dataset.submit));
      },
      () => say("没有得到位置（可能没有允许定位）。请在下面选择乡镇和村。"),
      { timeout: 10000, maximumAge: 60000 },
    );
  };
  // A long list of choices gets shorter while one types.
  document.addEventListener("input", (event) => {
    const list = event.target.dataset.sift;
    if (!list) return;
    const wanted = event.target.value.trim();
    document.querySelectorAll(list).forEach((row) => {
      row.hidden = wanted !== "" && !row.textContent.includes(wanted) && !row.querySelector(":checked");
    });
  });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();
