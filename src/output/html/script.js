// Filters, sorting, and a mark that is looked up where it is clicked. Everything else works without this script.
(() => {
  "use strict";
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  document.documentElement.classList.add("js");

  const bar = document.querySelector(".filter");
  if (bar) {
    const cards = all(".f");
    const marks = new Map();
    for (const mark of all(".text a")) {
      const id = mark.getAttribute("href").slice(1);
      marks.set(id, (marks.get(id) || []).concat(mark));
    }
    const apply = () => {
      const severities = new Set(all("input:checked", bar).map((input) => input.value));
      const rule = bar.querySelector("select").value;
      let shown = 0;
      for (const card of cards) {
        const fits = severities.has(card.classList[1]) && (!rule || card.dataset.rule === rule);
        card.hidden = !fits;
        shown += fits ? 1 : 0;
        for (const mark of marks.get(card.id) || []) mark.classList.toggle("off", !fits);
      }
      bar.querySelector("output").textContent = "显示 " + shown + " / " + cards.length + " 条";
    };
    bar.addEventListener("change", apply);
    apply();
  }

  for (const table of all(".files")) {
    const heads = all("thead th", table);
    const body = table.tBodies[0];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const isText = head.classList.contains("left");
        const first = isText ? "ascending" : "descending";
        const other = isText ? "descending" : "ascending";
        const order = head.getAttribute("aria-sort") === first ? other : first;
        const sign = order === "ascending" ? 1 : -1;
        const value = (row) => row.cells[column].textContent;
        const compare = (a, b) => (isText ? value(a).localeCompare(value(b), "zh-CN") : value(a) - value(b));
        heads.forEach((each) => each.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", order);
        body.append(...Array.from(body.rows).sort((a, b) => sign * compare(a, b)));
      });
    });
  }
})();
