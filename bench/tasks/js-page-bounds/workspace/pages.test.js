import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countPages, pageLinks, pageOf } from './pages.js';

const numbers = (length) => Array.from({ length }, (_, at) => at + 1);

test('pages are counted', () => {
  assert.equal(countPages(0, 10), 1);
  assert.equal(countPages(1, 10), 1);
  assert.equal(countPages(10, 10), 1);
  assert.equal(countPages(11, 10), 2);
  assert.equal(countPages(40), 2);
  assert.throws(() => countPages(5, 0), RangeError);
});

test('the last page holds what is left', () => {
  assert.deepEqual(pageOf(numbers(5), 2, 2).items, [3, 4]);
  assert.deepEqual(pageOf(numbers(5), 3, 2), {
    page: 3,
    pages: 3,
    items: [5],
    hasPrevious: true,
    hasNext: false,
  });
  assert.deepEqual(pageOf(numbers(4), 9, 2).items, [3, 4]);
});

test('links leave gaps', () => {
  assert.deepEqual(pageLinks(1, 1), [1]);
  assert.deepEqual(pageLinks(2, 3), [1, 2, 3]);
  assert.deepEqual(pageLinks(6, 12, 1), [1, null, 5, 6, 7, null, 12]);
});
