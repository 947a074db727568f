/** What a server must be new enough for: the first version that has it. */
export const GATES = {
  embed: '0.2.6',
  schema: '0.5.0',
  abilities: '0.6.4',
  'tool-stream': '0.8.0',
  thinking: '0.9.0',
  'active-window': '0.10.0',
  /** `truncate` and `shift` for chats. */
  'no-truncation': '0.12.6',
} as const;
export type Gate = keyof typeof GATES;

/** A version that says nothing (`0.0.0` is one that somebody built) is taken for a new one. */
export function isNewEnough(version: string, gate: Gate): boolean {
  const parts = partsOf(version);
  if (parts === null || parts.every((part) => part === 0)) return true;
  const least = partsOf(GATES[gate]) ?? [];
  for (const [at, part] of parts.entries()) {
    const other = least[at] ?? 0;
    if (part !== other) return part > other;
  }
  return true;
}

/** A release candidate counts as its release. */
function partsOf(version: string): readonly number[] | null {
  const found = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version.trim());
  return found === null ? null : found.slice(1).map(Number);
}
