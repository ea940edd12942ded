"use strict";
// What a page does beyond plain forms and links; every word it shows stands in the page already.

const all = (selector) => Array.from(document.querySelectorAll(selector));

// Ctrl+Enter sends the form that hurries.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = document.querySelector("form[data-hurry]");
    if (form) form.requestSubmit(form.querySelector("button.primary"));
  }
});

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) event.preventDefault();
  else if ("hurry" in form.dataset) sendTyped(form, event);
  form.dataset.sent = "yes";
});

// What somebody typed is sent only to a desk that still knows them; else it stays where it is, and the page says why.
const sendTyped = async (form, event) => {
  event.preventDefault();
  const answer = await fetch("/session").catch(() => null);
  if (answer && answer.ok) {
    form.elements.csrf.value = (await answer.json()).csrf;
    const pressed = event.submitter;
    if (pressed && pressed.name) form.append(Object.assign(document.createElement("input"),
      { type: "hidden", name: pressed.name, value: pressed.value }));
    form.submit();
  } else {
    form.querySelector("[data-stays]").hidden = false;
    delete form.dataset.sent;
  }
};
window.addEventListener("pageshow", () => all("form").forEach((form) => delete form.dataset.sent));

for (const place of all("[data-load]")) {
  fetch(place.dataset.load).then((answer) => (answer.ok ? answer.text() : "")).then((page) => {
    if (page) place.innerHTML = page;
  }).catch(() => null); // its link stays
}

for (const button of all("[data-copy]")) {
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(source.value);
    } catch {
      source.select();
      document.execCommand("copy");
    }
    button.textContent = source.dataset.done;
  });
}

// A choice made with the mouse counts at once; with the keyboard every arrow is one, so that the button counts.
for (const field of all("[data-auto]")) {
  let typed = false;
  field.addEventListener("keydown", () => (typed = true));
  field.addEventListener("pointerdown", () => (typed = false));
  field.addEventListener("change", () => typed || field.form.requestSubmit());
}

// Progress is asked for until the work is over; then the page says what came of it.
for (const place of all("[data-progress]")) {
  const look = async () => {
    const answer = await fetch(place.dataset.progress).catch(() => null);
    if (answer === null) {
      setTimeout(look, 3000); // the desk was closed, and may be opened again
      return;
    }
    if (!answer.ok) {
      window.location.reload(); // which says why
      return;
    }
    const found = await answer.json();
    place.querySelector("[data-told]").textContent = found.told;
    place.querySelector("[data-left]").textContent = found.left;
    const bar = place.querySelector("progress");
    if (found.total) {
      bar.max = found.total;
      bar.value = found.done;
    } else bar.removeAttribute("value");
    if (found.over) window.location.reload();
    else setTimeout(look, 700);
  };
  look();
}

for (const zone of all("[data-drop]")) {
  const input = zone.querySelector("input[type=file]");
  const over = (on) => (event) => {
    event.preventDefault();
    zone.classList.toggle("over", on);
  };
  for (const name of ["dragenter", "dragover"]) zone.addEventListener(name, over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", (event) => {
    over(false)(event);
    input.files = event.dataTransfer.files;
    input.form.requestSubmit();
  });
  input.addEventListener("change", () => input.form.requestSubmit());
}

// What was asked for is fetched at once, but not again when somebody comes back to the page.
for (const link of all("[data-fetched]")) {
  if (!sessionStorage.getItem(link.href)) link.click();
  sessionStorage.setItem(link.href, "fetched");
}

// Keys of a page of reviews: a key presses what names it.
if (document.querySelector("[data-key]")) {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input:not([type=checkbox]), textarea, select");
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return; // a key held down chooses once
    if (typing) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const found = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!found) return;
    event.preventDefault();
    if (found.matches("input, summary")) found.focus();
    if (!found.matches("input")) found.click();
  });
}

// Searching a category leaves only those whose name or code holds what was typed.
for (const field of all("[data-search]")) {
  const choices = all(`#${field.dataset.search} [data-words]`);
  field.addEventListener("input", () => {
    const word = field.value.trim().toLowerCase();
    for (const each of choices) each.hidden = !each.dataset.words.toLowerCase().includes(word);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const first = choices.find((each) => !each.hidden);
    if (first) first.querySelector("button").click();
  });
}
