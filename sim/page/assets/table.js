// Tables whose rows are put in the order of a column by a click on its head.
import { element } from "./number.js";

// value returns the number with which a cell begins, or its text.
function value(row, k) {
  const text = row.children[k]?.textContent.trim() ?? "";
  const number = parseFloat(text.replaceAll("−", "-").replaceAll(",", ""));
  return Number.isNaN(number) ? text : number;
}

// sortable gives each table that has the class a button in every head.
export function sortable() {
  for (const table of document.querySelectorAll("table.sortable")) {
    const body = table.tBodies[0];
    [...table.tHead.rows[0].cells].forEach((head, k) => {
      const button = element("button", { type: "button" }, ...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = [...body.rows].map((row) => [value(row, k), row]);
        rows.sort(([a], [b]) => typeof a === typeof b ? (a < b ? -1 : a > b ? 1 : 0) : typeof a === "number" ? -1 : 1);
        if (down) rows.reverse();
        body.append(...rows.map(([, row]) => row));
      });
    });
  }
}

if (document.querySelector("table.sortable")) {
  sortable();
  document.documentElement.dataset.ready = "yes";
}
