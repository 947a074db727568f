import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createInvoice } from './src/invoice.js';
import { addLine, countPieces, createLine, createOrder } from './src/order.js';
import { takeOut } from './src/stock.js';

const line = (article, quantity, cents) => createLine({ article, quantity, cents });

test('an order counts quantities', () => {
  assert.deepEqual({ ...line('pen', 2, 150) }, { article: 'pen', quantity: 2, cents: 150 });
  assert.throws(() => line('pen', 0, 150), RangeError);
  const order = addLine(addLine(createOrder('Ada'), line('pen', 2, 150)), line('pen', 3, 150));
  assert.deepEqual(order.lines.map(({ quantity }) => quantity), [5]);
  assert.equal(countPieces(order), 5);
});

test('an invoice still has an amount', () => {
  const invoice = createInvoice(createOrder('Ada', [line('pen', 2, 150)]), 7);
  assert.deepEqual(invoice, {
    number: 7,
    customer: 'Ada',
    pieces: 2,
    amount: 790,
    rows: ['2 x pen at 150'],
  });
});

test('the stock goes down by the quantity', () => {
  const left = takeOut(new Map([['pen', 5]]), createOrder('Ada', [line('pen', 2, 150)]));
  assert.equal(left.get('pen'), 3);
  assert.throws(() => takeOut(left, createOrder('Ada', [line('pen', 4, 150)])), /1 pieces/);
});

test('the old name is gone where pieces are meant', () => {
  assert.doesNotMatch(readFileSync('src/order.js', 'utf8'), /\bamount\b/);
  assert.doesNotMatch(readFileSync('src/stock.js', 'utf8'), /\bamount\b/);
});
