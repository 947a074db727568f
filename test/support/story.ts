import type { ScriptedScene } from './ollama/scripted-server.ts';

/** A project in which a cart and an invoice round differently, with a test that tells. */
export const STORY_FILES: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "shop", "type": "module" }\n',
  'src/cart.js': `/** What a cart comes to: each line is rounded to cents. */
export function cartTotal(lines) {
  let sum = 0;
  for (const { price, count } of lines) sum += Math.round(price * count * 100);
  return sum / 100;
}
`,
  'src/invoice.js': `/** What an invoice comes to. */
export function invoiceTotal(lines) {
  let sum = 0;
  for (const { price, count } of lines) sum += price * count;
  return Math.round(sum * 100) / 100;
}

export function printInvoice(lines) {
  return \`Total: \${invoiceTotal(lines)}\`;
}
`,
  'test/invoice.test.js': `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cartTotal } from '../src/cart.js';
import { invoiceTotal } from '../src/invoice.js';

test('an invoice comes to what the cart says', () => {
  const lines = [{ price: 0.333, count: 1 }, { price: 0.333, count: 1 }];
  assert.equal(invoiceTotal(lines), cartTotal(lines));
});
`,
};

const INVOICE = STORY_FILES['src/invoice.js'] as string;
/** Rounds each line, and forgets to take it out at the end. */
export const WRONG = INVOICE.replace('price * count;', 'Math.round(price * count * 100);');
/** The same, with something that nobody asked for. */
const UNASKED = WRONG.replace('Total: $', 'Grand total: $');
export const RIGHT = WRONG.replace('Math.round(sum * 100) / 100', 'sum / 100');

export const QUESTION = 'where do we round prices?';
export const WISH = 'the invoice has to round each line like the cart does';
export const REASON = 'keep the wording of the total';

const CHECK = { kind: 'run', argv: ['node', '--test'], why: 'the test tells', check: true };
const outlineOf = (why: string) => ({
  json: { goal: WISH, steps: [{ kind: 'edit', path: 'src/invoice.js', why }, CHECK] },
});
const fileOf = (text: string) => ({ says: `src/invoice.js\n\`\`\`js\n${text}\`\`\`\n` });

/** All that the model says in the story, by what it is asked. */
export const STORY_SCRIPT: readonly ScriptedScene[] = [
  {
    when: { mentions: [QUESTION] },
    reply: {
      says: 'In two places. The cart rounds each line (src/cart.js:4), the invoice only the sum (src/invoice.js:5).',
      pieceMs: 10,
    },
  },
  {
    when: { mentions: ['Outline the change', WISH] },
    reply: outlineOf('round each line'),
  },
  { reply: fileOf(UNASKED) },
  { when: { mentions: [REASON] }, reply: fileOf(WRONG) },
  {
    when: { mentions: ['Outline the change', '66 !== 0.66'] },
    reply: outlineOf('divide at the end'),
  },
  { reply: fileOf(RIGHT) },
];
