/** Cuts a list into pages; pages are counted from 1. */

export const DEFAULT_SIZE = 20;

/** How many pages a list of this length has; an empty list has one, which is empty. */
export function countPages(length, size = DEFAULT_SIZE) {
  checkSize(size);
  return Math.floor(length / size) + 1;
}

/** The page, and where it lies; a number beyond the ends means the nearest page. */
export function pageOf(items, number, size = DEFAULT_SIZE) {
  const pages = countPages(items.length, size);
  const page = Math.min(Math.max(1, Math.trunc(number)), pages);
  const start = (page - 1) * size;
  return {
    page,
    pages,
    items: items.slice(start, start + size),
    hasPrevious: page > 1,
    hasNext: page < pages,
  };
}

/** The numbers to show below a list: the first, the last, and some around the current one. */
export function pageLinks(page, pages, around = 2) {
  const links = [];
  for (let number = 1; number < pages; number += 1) {
    const isNear = Math.abs(number - page) <= around;
    if (number === 1 || number === pages || isNear) links.push(number);
    else if (links.at(-1) !== null) links.push(null);
  }
  return links;
}

function checkSize(size) {
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`no page has ${size} items`);
}
