import type { ArgSpec, CommandCard } from '../types.ts';

/** One line: `audit show [--since WHEN] [--last N]`. */
export function usageOf(card: CommandCard): string {
  const words = Object.entries(card.args).map(([name, spec]) => usageOfArg(name, spec));
  return [card.name, ...words].join(' ');
}

export function usageOfArg(name: string, spec: ArgSpec): string {
  const value = spec.choices?.join('|') ?? spec.valueName ?? name.toUpperCase();
  const option = optionName(name);
  const text = {
    positional: value,
    rest: `${value}...`,
    option: `${option} ${value}`,
    flag: option,
  };
  return spec.isRequired ? text[spec.kind] : `[${text[spec.kind]}]`;
}

/** `keepFrom` in code is `--keep-from` in a command line; a single letter has one dash. */
export const optionName = (name: string) =>
  (name.length === 1 ? '-' : '--') + name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
