import type { ProgramRequest } from '../../../ports.ts';

/** Why a request makes no sense; null where it does. */
export function describeRequest({ argv, env }: ProgramRequest): string | null {
  const [program = ''] = argv;
  if (program === '') return 'There is no program to run.';
  if (program.startsWith('-'))
    return `“${program}” cannot be run by that name: write ./${program}.`;
  const texts = [...argv, ...Object.values(env)];
  if (texts.some((text) => text.includes('\0'))) return 'An argument has a NUL character.';
  const name = Object.keys(env).find((each) => !/^[^=\0]+$/.test(each));
  return name === undefined ? null : `“${name}” cannot name a variable.`;
}
