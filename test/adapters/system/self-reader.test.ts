import { closeSync, openSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createSelfReader } from '../../../src/adapters/system/self-reader.ts';

describe('what this process uses', () => {
  it('is its own time, CPU and memory', () => {
    const use = createSelfReader().use();
    expect(use.pid).toBe(process.pid);
    expect(use.memoryBytes).toBeGreaterThan(10_000_000);
    expect(use.cpuMs).toBeGreaterThan(0);
    expect(use.tookMs).toBeGreaterThan(0);
  });

  it.skipIf(process.platform !== 'linux')('is every handle that it has open, and no other', () => {
    const { openHandles: before, mostHandles } = createSelfReader().use();
    const opened = [1, 2, 3].map(() => openSync('/dev/null', 'r'));
    const { openHandles: now } = createSelfReader().use();
    for (const fd of opened) closeSync(fd);
    expect(now).toBe((before ?? 0) + 3);
    expect(mostHandles).toBeGreaterThan(now ?? 0);
  });
});
