import { readdirSync, readFileSync } from 'node:fs';

/**
 * Descriptors that whoever started this process left open, and that every program would get as
 * well: what this process opens itself is closed for them, and the low ones are closed by the shell
 * that starts a program.
 */
export function strayDescriptors(): readonly number[] {
  return openDescriptors().filter((fd) => fd >= FIRST && !isClosedForOthers(fd));
}

const FIRST = 10;

function openDescriptors(): readonly number[] {
  try {
    return readdirSync('/proc/self/fd').map(Number);
  } catch {
    return [];
  }
}

function isClosedForOthers(fd: number): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'));
    return (Number.parseInt(flags?.[1] ?? '0', 8) & O_CLOEXEC) !== 0;
  } catch {
    return true;
  }
}

const O_CLOEXEC = 0o2000000;
