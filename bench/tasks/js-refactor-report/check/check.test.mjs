import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { monthlyReport, weeklyReport, yearlyReport } from './report.js';

const SALES = [
  { day: '2024-03-01', product: 'pen', cents: 150 },
  { day: '2024-02-29', product: 'ink', cents: 999 },
  { day: '2023-12-31', product: 'pen', cents: 150 },
  { day: '2024-03-04', product: 'cap', cents: 1_234_567 },
];

test('the reports are what they were', () => {
  assert.equal(
    weeklyReport(SALES),
    'Sales by week\n2023-12-25        1.50\n2024-02-26       11.49\n2024-03-04    12345.67',
  );
  assert.equal(
    monthlyReport(SALES),
    'Sales by month\n2023-12        1.50\n2024-02        9.99\n2024-03    12347.17',
  );
  assert.equal(yearlyReport(SALES), 'Sales by year\n2023        1.50\n2024    12357.16');
  assert.equal(yearlyReport([]), 'Sales by year\nnothing was sold');
});

test('nothing is written three times', () => {
  const text = readFileSync('report.js', 'utf8');
  for (const part of ['nothing was sold', 'padStart(10)', '.sort()', 'new Map(']) {
    assert.equal(text.split(part).length - 1, 1, `${part} stands there once`);
  }
});
