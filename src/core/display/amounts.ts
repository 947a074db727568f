/** `340 MB`; three digits say enough, and a limit reads as it was written: `2 GB`. */
export function sayBytes(bytes: number): string {
  let [amount, unit] = [bytes, 0];
  while (Math.round(amount) >= STEP && unit < UNITS.length - 1) {
    amount /= STEP;
    unit++;
  }
  const isShort = amount < 10 && unit > 0 && Math.round(amount * 10) % 10 !== 0;
  return `${isShort ? amount.toFixed(1) : Math.round(amount)} ${UNITS[unit]}`;
}

const STEP = 1024;
const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'];

/** As a clock says it: `0:12`, `1:02:03`. */
export function sayTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const [first, ...rest] = parts[0] === 0 ? parts.slice(1) : parts;
  return [`${first}`, ...rest.map((part) => `${part}`.padStart(2, '0'))].join(':');
}

export const sayCount = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
