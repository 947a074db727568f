import { countPieces } from './order.js';

const FREE_SHIPPING_CENTS = 5_000;
const SHIPPING_CENTS = 490;

/** What a customer has to pay; `amount` is money, in cents. */
export function createInvoice(order, number) {
  const goods = order.lines.reduce((sum, { amount, cents }) => sum + amount * cents, 0);
  const shipping = goods >= FREE_SHIPPING_CENTS ? 0 : SHIPPING_CENTS;
  return {
    number,
    customer: order.customer,
    pieces: countPieces(order),
    amount: goods + shipping,
    rows: order.lines.map(({ article, amount, cents }) => `${amount} x ${article} at ${cents}`),
  };
}
