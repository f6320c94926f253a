// My week: keys of a spreadsheet, rows that save themselves, drafts that survive a lost
// connection. htmx sends and swaps; this file decides when. Without it the form saves all rows.
"use strict";
(() => {
  const EVENTS = {
    save: "week:save",
    preview: "week:preview",
    before: "htmx:beforeRequest",
    beforeSwap: "htmx:beforeSwap",
    settled: "htmx:afterSettle",
    failedToSend: "htmx:sendError",
    failedAnswer: "htmx:responseError",
  };
  const KEEP_DAYS = 7;
  const COLUMNS = ["value", "confidence", "note"];
  const RETRY_SECONDS = 15;
  const card = document.querySelector("[data-week]");
  if (!card) return;
  const text = card.dataset;
  const rows = () => [...card.querySelectorAll("[data-row]")];
  const rowOf = (node) => node?.closest?.("[data-row]");
  const cells = (row) => [...row.querySelectorAll("[data-cell]")];
  const cell = (row, name) => row?.querySelector(`[data-cell="${name}"]`);
  const typed = (row) => Object.fromEntries(cells(row).map((input) => [input.dataset.cell, input.value]));
  const isFilled = (row) => cell(row, "value").value.trim() !== "";
  const signature = (row) => JSON.stringify(typed(row));
  const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_whole, name) => values[name]);

  // State of a row: a class and a word; the server writes its own with each answer.
  const mark = (row, state, words = "") => {
    row.classList.remove("is-saved", "is-failed", "is-conflict", "is-draft", "is-saving");
    if (state) row.classList.add(`is-${state}`);
    row.querySelector("[data-status]").textContent = words;
    count();
  };
  const count = () => {
    const all = rows();
    const failed = all.filter((row) => row.matches(".is-failed, .is-conflict")).length;
    const saved = all.filter((row) => row.matches(".is-saved")).length;
    const waiting = all.filter((row) => !row.matches(".is-saved, .is-done")).length;
    const line = card.querySelector("[data-count]");
    const words = fill(line.dataset.text, { saved, waiting });
    const more = failed ? ` · ${fill(line.dataset.textFailed, { failed })}` : "";
    if (line.textContent !== words + more) line.textContent = words + more;
    line.classList.toggle("is-failed", failed > 0);
    card.querySelector("[data-first-failed]").hidden = failed === 0;
  };

  // Drafts: what was typed, and what had been seen when it was.
  const STORE = `okrtrack:week:${text.week}`;
  const drafts = (() => {
    try {
      return JSON.parse(localStorage.getItem(STORE)) ?? {};
    } catch {
      return {};
    }
  })();
  const keep = () => {
    try {
      if (Object.keys(drafts).length) localStorage.setItem(STORE, JSON.stringify(drafts));
      else localStorage.removeItem(STORE);
    } catch {
      // a browser that keeps nothing still saves
    }
  };
  const draft = (row) => {
    const said = typed(row);
    if (Object.values(said).some((value) => value !== "")) {
      drafts[row.id] = { ...said, seen: row.querySelector("[data-seen]").value, at: Date.now() };
    } else delete drafts[row.id];
    keep();
  };
  const forget = (row) => {
    delete drafts[row.id];
    keep();
  };
  const restore = () => {
    for (const [id, said] of Object.entries(drafts)) {
      const row = document.getElementById(id);
      if (Date.now() - said.at > KEEP_DAYS * 864e5) delete drafts[id];
      else if (row && !isFilled(row)) {
        for (const input of cells(row)) input.value = said[input.dataset.cell] ?? "";
        row.querySelector("[data-seen]").value = said.seen;
        mark(row, "draft", text.textRestored);
        if (isFilled(row)) preview(row);
      }
    }
    keep();
  };

  const preview = (row) => htmx.trigger(cell(row, "value"), EVENTS.preview);
  const save = (row) => {
    if (!isFilled(row)) return false;
    row.dataset.sent = signature(row);
    htmx.trigger(row, EVENTS.save);
    return true;
  };
  // A row that is late needs a reason: it is asked for before sending, in the note.
  const lacksNote = (row) => cell(row, "note").value.trim() === "" && row.matches(":has(.week-asks), [data-late]");
  // A preview speaks for the value it was asked for: while somebody types on, it is of the past.
  const asksNow = (row) => row.querySelector(".week-asks") && row.dataset.previewed === cell(row, "value").value;
  const sayNoChange = (row) => {
    cell(row, "value").value = "=";
    draft(row);
    if (lacksNote(row)) {
      mark(row, "draft", text.textWhy);
      focus(cell(row, "note"));
      return false;
    }
    return save(row);
  };
  const sayAgain = (row, note) => {
    note.value = "=";
    draft(row);
    if (save(row)) vertical(note, 1, "value");
  };
  const sayOfPaste = (words) => {
    card.querySelector("[data-paste]").textContent = words;
  };
  const saveAll = () => {
    sayOfPaste("");
    rows().filter((row) => isFilled(row)).forEach(save);
  };
  const unsay = (row) => {
    row.querySelector(".week-says")?.remove();
    for (const input of cells(row)) input.removeAttribute("aria-invalid");
  };
  const clear = (row) => {
    for (const input of cells(row)) input.value = "";
    forget(row);
    unsay(row);
    mark(row, "");
    sayOfPaste("");
    preview(row);
  };

  // Moving: rows up and down, columns left and right, past the ends of a text only.
  const focus = (input) => {
    if (!input) return false;
    input.focus();
    input.select?.();
    return true;
  };
  const beside = (row, step) => {
    const all = rows();
    return all[all.indexOf(row) + step];
  };
  const vertical = (input, step, column = input.dataset.cell) => {
    const row = beside(rowOf(input), step);
    return focus(cell(row, column) ?? cell(row, "value"));
  };
  const horizontal = (input, step) => {
    const own = cells(rowOf(input));
    const index = own.indexOf(input) + step;
    if (index < 0) return focus(rowOf(input).querySelector(".week-name a"));
    return focus(own[index]);
  };
  const isAtEdge = (input, step) =>
    input.selectionStart === input.selectionEnd
      ? input.selectionStart === (step < 0 ? 0 : input.value.length)
      : input.selectionStart === 0 && input.selectionEnd === input.value.length;
  const arrows = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -1, ArrowRight: 1 };

  card.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey) return;
    const row = rowOf(event.target);
    if (!row) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      saveAll();
    } else if (event.target.matches("[data-cell]")) onCell(event, row);
    else if (event.key === "ArrowRight" && event.target.matches(".week-name a")) {
      event.preventDefault();
      focus(cell(row, "value"));
    }
  });
  const onCell = (event, row) => {
    const input = event.target;
    const step = arrows[event.key];
    const isAcross = event.key === "ArrowLeft" || event.key === "ArrowRight";
    if (event.key === "Enter") {
      event.preventDefault();
      if (isFilled(row) && asksNow(row) && lacksNote(row)) focus(cell(row, "note"));
      else {
        save(row);
        vertical(input, event.shiftKey ? -1 : 1, "value");
      }
    } else if (event.key === "Escape") {
      clear(row);
    } else if ((event.key === "=" || event.key === "＝") && !input.value && input.dataset.cell !== "confidence") {
      event.preventDefault();
      if (input.dataset.cell === "value") sayNoChange(row) && vertical(input, 1);
      else sayAgain(row, input);
    } else if (step && !event.shiftKey && !event.ctrlKey && !event.metaKey) {
      if (isAcross ? isAtEdge(input, step) && horizontal(input, step) : vertical(input, step)) event.preventDefault();
    }
  };
  // Tab goes from field to field; links and buttons of a row are reached by arrow left and mouse.
  const arm = (scope) =>
    scope.querySelectorAll("[data-row] a, [data-same]").forEach((node) => node.setAttribute("tabindex", "-1"));

  card.addEventListener("input", (event) => {
    const row = rowOf(event.target);
    if (!row || !event.target.matches("[data-cell]")) return;
    draft(row);
    if (row.matches(".is-conflict")) return;
    // what was said of the old text is not true of the new one; the preview says it again
    unsay(row);
    const isEmpty = Object.values(typed(row)).every((value) => value === "");
    mark(row, isEmpty ? "" : "draft", isEmpty ? "" : text.textDraft);
  });
  // Leaving a row saves it, once for what stands there; a choice between two values is never left.
  card.addEventListener("focusout", (event) => {
    const row = rowOf(event.target);
    if (!row || row.contains(event.relatedTarget) || !event.relatedTarget) return;
    if (isFilled(row) && row.dataset.sent !== signature(row) && !("waitsForChoice" in row.dataset)) save(row);
  });
  card.addEventListener("click", (event) => {
    const row = rowOf(event.target);
    if (event.target.closest("[data-same]")) {
      event.preventDefault();
      sayNoChange(row);
    } else if (event.target.closest("[data-mine]")) {
      event.preventDefault();
      save(row);
    } else if (event.target.closest("[data-keep]")) forget(row);
    else if (event.target.closest("[data-save-all]")) {
      event.preventDefault();
      saveAll();
    } else if (event.target.closest("[data-first-failed]")) {
      const first = card.querySelector(":is(.is-failed, .is-conflict)");
      focus(first?.querySelector("[aria-invalid]") ?? cell(first, "value"));
    }
  });

  // A column out of a spreadsheet: down the rows from here on, further columns beside it.
  card.addEventListener("paste", (event) => {
    const input = event.target;
    const pasted = event.clipboardData.getData("text/plain").replace(/(\r\n|\n|\r)+$/, "");
    if (!input.matches("[data-cell]") || !/[\n\r\t]/.test(pasted)) return;
    event.preventDefault();
    const lines = pasted.split(/\r\n|\n|\r/).map((line) => line.split("\t"));
    const below = rows().slice(rows().indexOf(rowOf(input)));
    const first = COLUMNS.indexOf(input.dataset.cell);
    lines.slice(0, below.length).forEach((line, index) => {
      const row = below[index];
      line.slice(0, COLUMNS.length - first).forEach((words, column) => {
        const target = cell(row, COLUMNS[first + column]);
        if (target && words.trim() !== "") target.value = words.trim();
      });
      draft(row);
      if (isFilled(row)) {
        mark(row, "draft", text.textDraft);
        preview(row);
      }
    });
    const left = lines.length - below.length;
    const values = { values: lines.length, rows: Math.min(lines.length, below.length), left, first: lines[below.length]?.[0] };
    sayOfPaste(fill(left > 0 ? text.textPasteLong : text.textPasted, values));
  });

  // What htmx reports of a row. A row's failure is said in the row, not in a toast.
  const requestRow = (event) => (event.detail.elt?.matches?.("[data-row]") ? event.detail.elt : null);
  const isSignedOut = (event) => /\/accounts\/login/.test(event.detail.xhr?.responseURL ?? "");
  card.addEventListener(EVENTS.before, (event) => {
    const row = requestRow(event);
    if (row) mark(row, "saving", text.textSaving);
    else if (event.detail.elt?.matches?.('[data-cell="value"]')) rowOf(event.detail.elt).dataset.asked = event.detail.elt.value;
  });
  const fail = (event, row, words) => {
    event.stopPropagation();
    if (row) mark(row, "failed", words);
  };
  card.addEventListener(EVENTS.failedToSend, (event) => {
    const row = requestRow(event);
    if (row) row.dataset.waits = "";
    fail(event, row, text.textOffline);
    setTimeout(retry, RETRY_SECONDS * 1000);
  });
  card.addEventListener(EVENTS.failedAnswer, (event) => {
    const row = requestRow(event);
    const said = event.detail.xhr.getResponseHeader("HX-Trigger");
    const toast = said && Object.values(JSON.parse(said)).find((detail) => detail?.text);
    fail(event, row, toast?.text ?? text.textBroken);
  });
  const retry = () => {
    if (navigator.onLine) card.querySelectorAll("[data-row][data-waits]").forEach((row) => {
      delete row.dataset.waits;
      save(row);
    });
  };
  window.addEventListener("online", retry);

  // An answer replaces its row: what was typed meanwhile goes into the new one.
  let typedMeanwhile = null;
  card.addEventListener(EVENTS.beforeSwap, (event) => {
    const row = event.detail.target;
    if (isSignedOut(event)) {
      event.detail.shouldSwap = false;
      fail(event, requestRow(event), text.textSignedOut);
    } else if (event.detail.requestConfig?.elt?.matches?.('[data-cell="value"]')) {
      const own = rowOf(event.detail.requestConfig.elt);
      if (own?.dataset.asked === cell(own, "value")?.value) own.dataset.previewed = own.dataset.asked;
      else event.detail.shouldSwap = false;
    } else if (row.matches?.("[data-row]") && requestRow(event)) {
      typedMeanwhile = row.dataset.sent === signature(row) ? null : typed(row);
    }
  });
  card.addEventListener(EVENTS.settled, (event) => {
    const row = event.detail.target.matches?.("[data-row]") ? document.getElementById(event.detail.target.id) : null;
    if (!row) return;
    arm(card);
    if (row.matches(".is-saved") || !requestRow(event)) forget(row);
    row.dataset.sent = signature(row);
    if (typedMeanwhile) {
      for (const input of cells(row)) input.value = typedMeanwhile[input.dataset.cell] ?? "";
      typedMeanwhile = null;
      draft(row);
      mark(row, "draft", text.textDraft);
      preview(row);
    } else if (row.matches(".is-failed") && isFilled(row)) preview(row);
    count();
  });

  const leave = (event) => {
    if (rows().some((row) => row.matches(".is-saving"))) event.preventDefault();
  };
  window.addEventListener("beforeunload", leave);
  document.getElementById("week-day-choice").addEventListener("change", (event) => {
    if (event.target.value) event.target.form.requestSubmit();
  });
  arm(card);
  restore();
  count();
  if (!location.hash && matchMedia("(pointer: fine)").matches) focus(cell(card.querySelector("[data-row]:not(.is-done)"), "value"));
})();
