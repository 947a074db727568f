import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { authorLab, outline, replacing, whole } from '../support/author-lab.ts';

const CART = `export function total(prices) {
  let sum = 0;
  for (const price of prices) sum += Math.round(price);
  return sum;
}
`;
const INVOICE = `export function bill(prices) {
  let sum = 0;
  for (const price of prices) sum += price;
  return Math.round(sum);
}
`;
const ROUNDED = INVOICE.replace('sum += price', 'sum += Math.round(price)').replace(
  'Math.round(sum)',
  'sum',
);
/** Long enough that it is not asked for whole. */
const LONG = Array.from(
  { length: 120 },
  (_, at) => `export const value${at} = 'the value number ${at}';\n`,
).join('');
const WISH = 'make the invoice round like the cart does';

describe('a plan that a model makes', () => {
  it('goes from a request to the files, by an outline and two edits, of which one is asked for twice', async () => {
    const lab = await authorLab(
      { 'src/cart.js': CART, 'src/invoice.js': INVOICE, 'src/long.js': LONG },
      [
        outline(
          { kind: 'edit', path: 'src/invoice.js', why: 'round each price' },
          { kind: 'edit', path: 'src/long.js', why: 'say 7 in words' },
          { kind: 'run', argv: ['ls', 'src'], why: 'look', check: true },
        ),
        whole('src/invoice.js', ROUNDED),
        replacing(
          'src/long.js',
          "export const value7 = 'something else';",
          "export const value7 = 'seven';",
        ),
        {
          when: { mentions: ['That could not be used', 'the value number 7'] },
          reply: replacing(
            'src/long.js',
            "export const value7 = 'the value number 7';",
            "export const value7 = 'seven';",
          ),
        },
      ],
    );
    const planned = await lab.json(['plan', WISH, '--mode', 'propose']);
    expect(planned).toMatchObject({ code: 0, stderr: '' });
    const { plan, findings } = planned.data;
    expect(plan).toMatchObject({
      goal: WISH,
      origin: { kind: 'model', text: WISH },
      open: [],
      steps: [
        { id: '1', why: 'round each price', action: { kind: 'file.edit', content: ROUNDED } },
        { id: '2', action: { kind: 'file.edit', path: 'src/long.js' }, risk: 'low' },
        {
          id: '3',
          action: { kind: 'shell.run', argv: ['ls', 'src'] },
          check: true,
          dependsOn: ['1', '2'],
        },
      ],
    });
    expect(findings).toEqual([]);
    expect(lab.text('src/invoice.js')).toBe(INVOICE);
    const { stdout: diff } = await lab.run(['plan', 'diff', plan.id]);
    expect(diff).toContain("-export const value7 = 'the value number 7';");
    expect(diff).toContain("+export const value7 = 'seven';");
    expect((await lab.json(['approve', plan.id])).code).toBe(0);
    expect((await lab.json(['execute', plan.id, '--mode', 'execute'])).code).toBe(0);
    expect(lab.text('src/invoice.js')).toBe(ROUNDED);
    expect(lab.text('src/long.js')).toBe(LONG.replace("the value number 7'", "seven'"));
    expect(existsSync(join(lab.project, 'src/cart.js'))).toBe(true);
  });

  it('shows the model the files that the request is about, as data, and one window for all', async () => {
    const lab = await authorLab(
      { 'src/cart.js': CART, 'src/invoice.js': INVOICE, 'notes.txt': 'x\n' },
      [
        outline({ kind: 'edit', path: 'src/invoice.js', why: 'round each price' }),
        whole('src/invoice.js', ROUNDED),
      ],
    );
    await lab.json(['plan', WISH, '--mode', 'propose']);
    const [first = '', second = ''] = lab.asked();
    expect(first).toContain('sum += Math.round(price)');
    expect(first).toContain('notes.txt');
    expect(first.split('user: ')[0]).not.toContain('Math.round');
    // What the server has read for the outline it need not read again.
    const start = first.slice(0, first.indexOf('Outline the change'));
    expect(second.startsWith(start)).toBe(true);
    expect(lab.server.chats().map(({ body }) => body)).toMatchObject(
      Array.from({ length: 2 }, () => ({ options: { num_ctx: 8192 } })),
    );
    expect(lab.server.loads).toHaveLength(1);
  });
});
