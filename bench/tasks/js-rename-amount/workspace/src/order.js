/** An order, and the lines that it is made of. */

export function createLine({ article, amount, cents }) {
  if (!Number.isInteger(amount) || amount < 1) {
    throw new RangeError(`${article}: the amount must be a whole number above 0, not ${amount}`);
  }
  return Object.freeze({ article, amount, cents });
}

export function createOrder(customer, lines = []) {
  return Object.freeze({ customer, lines: Object.freeze([...lines]) });
}

/** The same order with one more line; a line of the same article and price grows instead. */
export function addLine(order, line) {
  const at = order.lines.findIndex(
    ({ article, cents }) => article === line.article && cents === line.cents,
  );
  if (at < 0) return createOrder(order.customer, [...order.lines, line]);
  const old = order.lines[at];
  const grown = createLine({ ...old, amount: old.amount + line.amount });
  return createOrder(order.customer, order.lines.with?.(at, grown) ?? replaceAt(order.lines, at, grown));
}

const replaceAt = (lines, at, line) => lines.map((each, index) => (index === at ? line : each));

export const countPieces = (order) => order.lines.reduce((sum, line) => sum + line.amount, 0);
