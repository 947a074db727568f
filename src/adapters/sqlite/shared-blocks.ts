import type { Block, Confirmed } from '../../core/audit/scan.ts';

/** Blocks in memory that threads share: whoever takes one first looks at it, and nobody else. */
export type SharedBlocks = {
  readonly memory: SharedMemory;
  readonly count: number;
  blockAt(index: number): Block;
  /** False when somebody else has it. */
  take(index: number): boolean;
  /** What came of a block that was taken; null where nothing was confirmed. */
  tell(index: number, confirmed: Confirmed | null): void;
  /** Waits for whoever took it. */
  hear(index: number): Confirmed | null;
  end(): void;
  isEnded(): boolean;
};
export type SharedMemory = {
  /** Where each block begins, and where the last one ends. */
  readonly bounds: Float64Array;
  /** Of each block, and whether all is over. */
  readonly states: Int32Array;
  readonly hashes: Uint8Array;
};

const TAKEN = 1;
const CONFIRMED = 2;
const UNCONFIRMED = 3;
const HASH_BYTES = 64;
/** A block takes a thousandth of this. A thread that stopped for another reason is not waited for. */
const MAX_WAIT_MS = 1000;

/** They follow one another without a gap. */
export function shareBlocks(blocks: readonly Block[]): SharedBlocks {
  const { length } = blocks;
  const bounds = new Float64Array(new SharedArrayBuffer((length + 1) * 8));
  bounds.set([blocks[0]?.after ?? 0, ...blocks.map(({ upTo }) => upTo)]);
  const states = new Int32Array(new SharedArrayBuffer((length + 1) * 4));
  const hashes = new Uint8Array(new SharedArrayBuffer(length * 2 * HASH_BYTES));
  return openBlocks({ bounds, states, hashes });
}

export function openBlocks(memory: SharedMemory): SharedBlocks {
  const { bounds, states, hashes } = memory;
  const count = bounds.length - 1;
  return {
    memory,
    count,
    blockAt: (index) => ({ after: bounds[index] ?? 0, upTo: bounds[index + 1] ?? 0 }),
    take: (index) => Atomics.compareExchange(states, index, 0, TAKEN) === 0,
    tell: (index, confirmed) => {
      const ends = confirmed === null ? '' : confirmed.from + confirmed.to;
      // A column may hold anything, and only this comes out as it went in.
      const areHashes = /^[0-9a-f]{128}$/.test(ends) && confirmed?.from.length === HASH_BYTES;
      if (areHashes) hashes.set(ascii(ends), index * 2 * HASH_BYTES);
      Atomics.store(states, index, areHashes ? CONFIRMED : UNCONFIRMED);
      Atomics.notify(states, index);
    },
    hear: (index) => {
      Atomics.wait(states, index, TAKEN, MAX_WAIT_MS);
      if (Atomics.load(states, index) !== CONFIRMED) return null;
      const start = index * 2 * HASH_BYTES;
      const text = String.fromCharCode(...hashes.subarray(start, start + 2 * HASH_BYTES));
      return { from: text.slice(0, HASH_BYTES), to: text.slice(HASH_BYTES) };
    },
    end: () => void Atomics.store(states, count, 1),
    isEnded: () => Atomics.load(states, count) !== 0,
  };
}

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
