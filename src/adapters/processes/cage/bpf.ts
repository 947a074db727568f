/** One instruction of a classic BPF program, as the kernel's `struct sock_filter` has it. */
type Instruction = {
  readonly code: number;
  /** How many instructions are skipped where a comparison holds, and where it does not. */
  readonly ifTrue?: number;
  readonly ifFalse?: number;
  readonly value: number;
};

/** Which word of `struct seccomp_data` is looked at; of an argument its lower half. */
export const load = (field: 'number' | 'architecture' | { readonly argument: number }) => ({
  code: LOAD_WORD,
  value: field === 'number' ? 0 : field === 'architecture' ? 4 : 16 + 8 * field.argument,
});
export const answer = (value: number): Instruction => ({ code: RETURN, value });
export const unlessEqual = (value: number, skip: number): Instruction => ({
  code: JUMP_EQUAL,
  ifFalse: skip,
  value,
});
export const ifEqual = (value: number, skip: number): Instruction => ({
  code: JUMP_EQUAL,
  ifTrue: skip,
  value,
});
export const unlessAtLeast = (value: number, skip: number): Instruction => ({
  code: JUMP_GREATER_OR_EQUAL,
  ifFalse: skip,
  value,
});
export const unlessAnyBit = (value: number, skip: number): Instruction => ({
  code: JUMP_SET,
  ifFalse: skip,
  value,
});

/** Both machines that filters are made for keep the lowest byte first. */
export function encode(program: readonly Instruction[]): Uint8Array {
  if (program.length > MAX_INSTRUCTIONS) throw new Error('The filter is too long for the kernel.');
  const bytes = new Uint8Array(program.length * INSTRUCTION_BYTES);
  const view = new DataView(bytes.buffer);
  program.forEach(({ code, ifTrue = 0, ifFalse = 0, value }, index) => {
    if (ifTrue > MAX_SKIP || ifFalse > MAX_SKIP)
      throw new Error('A jump of the filter is too far.');
    const at = index * INSTRUCTION_BYTES;
    view.setUint16(at, code, true);
    view.setUint8(at + 2, ifTrue);
    view.setUint8(at + 3, ifFalse);
    view.setUint32(at + 4, value >>> 0, true);
  });
  return bytes;
}

export const ALLOW = 0x7fff0000;
export const KILL_PROCESS = 0x80000000;
/** The call is not made and fails with this number. */
export const refuseWith = (errno: number): number => 0x00050000 | errno;

export type Program = readonly Instruction[];

const LOAD_WORD = 0x20;
const RETURN = 0x06;
const JUMP_EQUAL = 0x15;
const JUMP_GREATER_OR_EQUAL = 0x35;
const JUMP_SET = 0x45;

const INSTRUCTION_BYTES = 8;
const MAX_SKIP = 255;
const MAX_INSTRUCTIONS = 4096;
