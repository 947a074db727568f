import { describe, expect, it } from 'vitest';
import { sayBytes, sayCount, sayTime } from '../../../src/core/display/amounts.ts';

const MB = 1024 * 1024;

describe('amounts', () => {
  it.each([
    [0, '0 bytes'],
    [1023, '1023 bytes'],
    [1024, '1 KB'],
    [1536, '1.5 KB'],
    [9.96 * MB, '10 MB'],
    [10 * MB, '10 MB'],
    [340.4 * MB, '340 MB'],
    [1023.7 * MB, '1 GB'],
    [2048 * MB, '2 GB'],
    [2 ** 60, '1048576 TB'],
  ])('say %d bytes as %s', (bytes, said) => expect(sayBytes(bytes)).toBe(said));

  it.each([
    [-5, '0:00'],
    [999, '0:00'],
    [12_400, '0:12'],
    [300_000, '5:00'],
    [3_723_000, '1:02:03'],
  ])('say %d milliseconds as %s', (ms, said) => expect(sayTime(ms)).toBe(said));

  it('say one and many', () => {
    expect(sayCount(1, 'file')).toBe('1 file');
    expect(sayCount(0, 'file')).toBe('0 files');
    expect(sayCount(2, 'process', 'processes')).toBe('2 processes');
  });
});
