/** Takes the pieces of an order out of the stock; nothing changes where one article is short. */
export function takeOut(stock, order) {
  const next = new Map(stock);
  for (const { article, amount } of order.lines) {
    const left = (next.get(article) ?? 0) - amount;
    if (left < 0) throw new Error(`${article}: ${-left} pieces are missing`);
    next.set(article, left);
  }
  return next;
}
