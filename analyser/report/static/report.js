// Optional comforts: without it every page is complete, with tables in order and everything shown.
"use strict";
document.documentElement.classList.add("scripted");

for (const list of document.querySelectorAll("[data-filter]")) {
  const form = document.getElementById(list.dataset.filter);
  const items = [...list.querySelectorAll("[data-item]")];
  const found = document.getElementById(list.dataset.found);
  const fold = (text) => text.toLocaleLowerCase(document.documentElement.lang);
  const show = () => {
    const wanted = [...form.elements].filter((field) => field.name && (field.type !== "checkbox" || field.checked));
    let shown = 0;
    for (const item of items) {
      item.hidden = !wanted.every(({ name, value }) =>
        !value || (name === "search" ? fold(item.textContent).includes(fold(value.trim())) : item.dataset[name] === value));
      shown += !item.hidden;
    }
    found.textContent = found.dataset.text.replace("{shown}", shown).replace("{all}", items.length);
  };
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
}

for (const table of document.querySelectorAll("table[data-sortable]")) {
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const choice = document.getElementById(table.dataset.sortable);
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const key = (row, column) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
  const sort = (column, down) => {
    const numeric = heads[column].matches(".number, [data-rank]");
    for (const head of heads) head.removeAttribute("aria-sort");
    heads[column].setAttribute("aria-sort", down ? "descending" : "ascending");
    choice.value = column;
    body.append(...[...body.rows].sort((a, b) => {
      const [x, y] = [key(a, column), key(b, column)];
      if (x === "" || y === "") return (x === "") - (y === ""); // what is missing comes last, whichever the order
      return (numeric ? x - y : collator.compare(x, y)) * (down ? -1 : 1);
    }));
  };
  heads.forEach((head, column) => {
    choice.add(new Option(head.textContent.trim(), column));
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(column, head.getAttribute("aria-sort") === "ascending"));
  });
  choice.addEventListener("change", () => sort(Number(choice.value), heads[choice.value].matches(".number")));
}

window.addEventListener("beforeprint", () => {
  for (const closed of document.querySelectorAll("details:not([open])")) {
    closed.open = true;
    closed.dataset.closed = "";
  }
});
window.addEventListener("afterprint", () => {
  for (const opened of document.querySelectorAll("details[data-closed]")) opened.open = false;
});
