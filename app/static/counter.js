// Counts words while somebody types. Without it the server counts, in the same way (app/proposals/words.py): a word
// is what stands between white space and holds a letter or a digit.
"use strict";

const countWords = (text) => text.split(/\s+/u).filter((run) => /[\p{L}\p{N}]/u.test(run)).length;

const inWords = (sentence, values) => sentence.replace(/\{(\w+)\}/gu, (_, name) => values[name]);

const watch = (meter) => {
  const field = document.getElementById(meter.dataset.counts);
  const limit = Number(meter.dataset.limit);
  const bar = meter.querySelector("rect:last-child");
  const [shown, spoken] = meter.querySelectorAll("span");
  let stage = null;

  const update = () => {
    const words = countWords(field.value);
    const over = words - limit;
    const shorten = over > 0 ? inWords(meter.dataset.over, { over }) : "";
    shown.textContent = `${inWords(meter.dataset.words, { words })} ${shorten}`.trim();
    bar.setAttribute("width", Math.min(100, Math.floor((words * 100) / limit)));
    bar.setAttribute("class", over > 0 ? "plot-bad" : "plot-bar");
    meter.toggleAttribute("data-state", over > 0);
    if (over > 0) meter.dataset.state = "over";
    // A screen reader hears of the limit when it comes near and when it is passed, not at every word.
    const next = over > 0 ? "over" : words >= limit * 0.9 ? "near" : "";
    if (stage !== null && next !== stage) {
      spoken.textContent = { over: shorten, near: inWords(meter.dataset.left, { left: -over }), "": "" }[next];
    }
    stage = next;
  };

  field.addEventListener("input", update);
  update();
};

document.querySelectorAll("[data-counts]").forEach(watch);
