import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSmallFile } from '../../../src/adapters/files/read-small-file.ts';
import { temporaryFolder } from '../../support/files.ts';

const write = (text: string): string => {
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, text);
  return path;
};
const textOf = (path: string, mostBytes: number) => {
  const read = readSmallFile(path, mostBytes);
  return read.ok ? (read.value?.bytes.toString('utf8') ?? null) : read.error.code;
};

describe('a small file', () => {
  it('is read whole up to its bound, and not at all beyond it', () => {
    expect(textOf(write('12345'), 5)).toBe('12345');
    expect(textOf(write('123456'), 5)).toBe('limit');
    expect(textOf(write(''), 5)).toBe('');
    expect(textOf(join(temporaryFolder(), 'none'), 5)).toBeNull();
  });

  it('is not read through a link', () => {
    const path = write('x');
    symlinkSync(path, `${path}-link`);
    expect(textOf(`${path}-link`, 5)).toBe('unreadable');
  });

  it.runIf(process.platform === 'linux')('is read whole where its size is not told', () => {
    expect(textOf('/proc/self/status', 1024 * 1024)).toMatch(/^Name:[\s\S]*\nThreads:/);
    expect(textOf('/proc/self/status', 20)).toBe('limit');
  });
});
