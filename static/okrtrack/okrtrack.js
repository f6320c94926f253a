// What the pages gain with JavaScript: menus that close, toasts, theme without a reload,
// "/" for the filter, the details drawer. Everything works without this file.
"use strict";
(() => {
  // The only place that names events: htmx 4 renames its own.
  const EVENTS = {
    toast: "okrtrack:toast",
    swapped: "htmx:afterSwap",
    failedToSend: "htmx:sendError",
    failedAnswer: "htmx:responseError",
  };
  const TOAST_SECONDS = 8;
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  root.classList.add("js");

  // Toasts: success and info leave by themselves unless the reader is on them; errors stay.
  const closeLater = (toast) => {
    if (toast.matches(".toast-error, .toast-warning")) return;
    const leave = () => (toast.matches(":hover, :focus-within") ? wait() : toast.remove());
    const wait = () => setTimeout(leave, TOAST_SECONDS * 1000);
    wait();
  };
  const showToast = (text, kind = "info") => {
    const toast = document.createElement("div");
    toast.className = `toast-note toast-${kind}`;
    const line = document.createElement("p");
    line.textContent = text;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "icon-button";
    close.dataset.closeToast = "";
    close.setAttribute("aria-label", document.body.dataset.textClose);
    close.textContent = "×";
    toast.append(line, close);
    byId("toasts").append(toast);
    closeLater(toast);
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) if (node.matches?.(".toast-note")) closeLater(node);
    }
  }).observe(byId("toasts"), { childList: true });
  byId("toasts").querySelectorAll(".toast-note").forEach(closeLater);

  document.body.addEventListener(EVENTS.toast, (event) =>
    showToast(event.detail.text ?? event.detail.value, event.detail.kind));
  document.body.addEventListener(EVENTS.failedToSend, () =>
    showToast(document.body.dataset.textFailed, "error"));
  document.body.addEventListener(EVENTS.failedAnswer, (event) => {
    const says = event.detail.xhr.getResponseHeader("HX-Trigger") ?? "";
    if (!says.includes(EVENTS.toast)) showToast(document.body.dataset.textBroken, "error");
  });

  // Details drawer: links with hx-target="#drawer-body" open it, Escape closes it.
  let openedFrom = null;
  const closeDrawer = () => {
    byId("drawer").hidden = true;
    openedFrom?.focus();
    openedFrom = null;
  };
  document.body.addEventListener(EVENTS.swapped, (event) => {
    if (event.detail.target.id !== "drawer-body") return;
    openedFrom ??= document.activeElement;
    byId("drawer").hidden = false;
    byId("drawer").focus();
  });

  const closeMenus = (except) =>
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (menu !== except) menu.open = false;
    });
  document.addEventListener("click", (event) => {
    closeMenus(event.target.closest("details.menu"));
    event.target.closest("[data-close-toast]")?.parentElement.remove();
    if (event.target.closest("[data-close-drawer]")) closeDrawer();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const menu = document.querySelector("details.menu[open]");
      if (menu) menu.querySelector("summary").focus();
      closeMenus(null);
      if (!byId("drawer").hidden) closeDrawer();
    }
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const search = document.querySelector("main input[type=search]");
      if (search) {
        event.preventDefault();
        search.focus();
        search.select();
      }
    }
  });

  // Theme: the same POST as the form, without leaving the page.
  document.querySelectorAll("[data-theme-form]").forEach((form) =>
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const body = new FormData(form, event.submitter);
      const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
      if (answer.type !== "opaqueredirect" && !answer.ok) return form.submit();
      root.dataset.bsTheme = event.submitter.value;
      form.querySelectorAll("button").forEach((button) => button.removeAttribute("aria-current"));
      event.submitter.setAttribute("aria-current", "true");
    }));

  // A part of a form that only some choices of a field need: data-needed-for="kind: increase decrease".
  document.querySelectorAll("[data-needed-for]").forEach((part) => {
    const [name, choices] = part.dataset.neededFor.split(": ");
    const field = part.closest("form").elements[name];
    const show = () => { part.hidden = !choices.split(" ").includes(field.value); };
    field.addEventListener("change", show);
    show();
  });

  document.querySelector(".nav-item[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
})();
