import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A little project to ask about. */
export const SHOP: Readonly<Record<string, string>> = {
  'README.md': '# Shop\n\nSells things.\n',
  'src/cart.ts':
    '/** A cart. */\nexport function roundPrice(price: number): number {\n  return Math.round(price * 100) / 100;\n}\n',
  'src/invoice.ts':
    "import { roundPrice } from './cart.ts';\n\nexport function invoiceTotal(prices: number[]): number {\n  return roundPrice(prices.reduce((a, b) => a + b, 0));\n}\n",
  'src/login.ts': 'export const login = (user: string) => user.trim();\n',
  '.env': 'ROUND_PRICE_SECRET=hunter2hunter2\n',
};

export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
