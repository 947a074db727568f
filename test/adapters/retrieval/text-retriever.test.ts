import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createWorkspaceReader } from '../../../src/adapters/files/workspace-reader.ts';
import {
  createTextRetriever,
  type RetrieverLimits,
} from '../../../src/adapters/retrieval/text-retriever.ts';
import { temporaryFolder } from '../../support/files.ts';

const FILES: Readonly<Record<string, string>> = {
  'src/cart.ts':
    "import { sum } from './sum.ts';\n\n/** Rounds each line to cents. */\nexport function roundPrice(price: number): number {\n  return Math.round(price * 100) / 100;\n}\n",
  'src/invoice.ts':
    'export function invoiceTotal(items) {\n  // rounds only the sum\n  return round(sum(items));\n}\n',
  'src/login.ts': 'export function login(user: string) {\n  return check(user);\n}\n',
  'test/cart.test.ts': "it('rounds the price', () => expect(roundPrice(1.005)).toBe(1.01));\n",
  'docs/guide.md': '# Guide\n\nHow to install.\n\n# Shipping\n\nParcels leave on Monday.\n',
  'package-lock.json': '{"roundPrice": "rounding prices"}',
  'picture.png': 'roundPrice',
};

function prepare(limits: Partial<RetrieverLimits> = {}, files = FILES) {
  const workspace = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(workspace, path)), { recursive: true });
    writeFileSync(join(workspace, path), text);
  }
  const clock = { monotonicMs: () => performance.now() };
  return createTextRetriever({ files: createWorkspaceReader(workspace), clock, limits });
}

const never = new AbortController().signal;

async function pathsFor(text: string, limit = 10) {
  const found = await prepare().search({ text, limit }, never);
  if (!found.ok) throw new Error(found.error.message);
  return found.value.passages.map(({ path }) => path);
}

describe('the search in names and texts', () => {
  it('finds what a question in plain words is about, code before its tests', async () => {
    const paths = await pathsFor('Where do we round prices?');
    expect(paths[0]).toBe('src/cart.ts');
    expect(paths).toContain('src/invoice.ts');
    expect(paths.indexOf('test/cart.test.ts')).toBeGreaterThan(0);
    expect(paths).not.toContain('src/login.ts');
  });

  it('puts tests first where the question speaks of tests', async () => {
    expect((await pathsFor('which test covers roundPrice?'))[0]).toBe('test/cart.test.ts');
  });

  it('leaves out what programs wrote for programs', async () => {
    const paths = await pathsFor('roundPrice');
    expect(paths).not.toContain('package-lock.json');
    expect(paths).not.toContain('picture.png');
  });

  it('gives the lines and what is defined there', async () => {
    const found = await prepare().search({ text: 'roundPrice', limit: 1 }, never);
    expect(found).toMatchObject({
      ok: true,
      value: {
        isPartial: false,
        passages: [{ path: 'src/cart.ts', startLine: 1, endLine: 6, name: 'roundPrice' }],
      },
    });
  });

  it('finds nothing where nothing is asked', async () => {
    expect(await pathsFor('hi')).toEqual([]);
  });

  it('ends with its time, its files or its bytes, says so, and looks at the likeliest first', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 300 }, (_, at) => [`a/file${at}.ts`, 'const shipping = 1;\n']),
    );
    const files = { ...many, 'z/deep/down/shipping-cost.ts': 'export const cost = 1;\n' };
    for (const limits of [{ timeMs: 0 }, { files: 40 }, { bytes: 500 }]) {
      const found = await prepare(limits, files).search({ text: 'shipping cost', limit: 3 }, never);
      if (!found.ok) throw new Error(found.error.message);
      expect(found.value.isPartial).toBe(true);
      if (limits.timeMs === 0) continue;
      expect(found.value.passages[0]?.path).toBe('z/deep/down/shipping-cost.ts');
    }
  });

  it('stops when it is called off', async () => {
    const controller = new AbortController();
    controller.abort();
    expect(await prepare().search({ text: 'round', limit: 3 }, controller.signal)).toMatchObject({
      ok: false,
      error: { code: 'cancelled' },
    });
  });
});
