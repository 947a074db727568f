import { fail, ok } from '../result.ts';
import type { Result, RunLimits, StepLimits } from '../types.ts';

/** The limits in the units that programs are held to; those that are not named are left out. */
export function toRunLimits(limits: StepLimits): Partial<RunLimits> {
  const made: { -readonly [K in keyof RunLimits]?: number } = {};
  for (const [name, value] of Object.entries(limits)) {
    const unit = UNITS[name as keyof StepLimits];
    if (unit !== undefined && value !== undefined) made[unit.of] = value * unit.factor;
  }
  return made;
}

export const STEP_LIMITS = [
  'seconds',
  'cpuSeconds',
  'memoryMb',
  'fileMb',
  'diskMb',
  'processes',
  'openFiles',
  'outputKb',
] as const satisfies readonly (keyof StepLimits)[];
export const isLimit = (name: string): boolean => Object.hasOwn(UNITS, name);

type Unit = { readonly of: keyof RunLimits; readonly factor: number };
const KB = 1000;
const MB = 1024 * 1024;
const UNITS: Readonly<Record<keyof StepLimits, Unit>> = {
  seconds: { of: 'wallMs', factor: 1000 },
  cpuSeconds: { of: 'cpuMs', factor: 1000 },
  memoryMb: { of: 'memoryBytes', factor: MB },
  fileMb: { of: 'fileBytes', factor: MB },
  diskMb: { of: 'diskBytes', factor: MB },
  processes: { of: 'processes', factor: 1 },
  openFiles: { of: 'openFiles', factor: 1 },
  outputKb: { of: 'outputBytes', factor: KB },
};

/** What a step gets: what it asks for, else what holds at the level; never more than the most. */
export function resolveLimits(
  asked: StepLimits,
  { limits, most }: { readonly limits: RunLimits; readonly most: RunLimits },
): Result<RunLimits> {
  const wanted = toRunLimits(asked);
  for (const [name, { of, factor }] of Object.entries(UNITS)) {
    const value = wanted[of];
    if (value === undefined || value <= most[of]) continue;
    return fail('denied', `${name} may be ${most[of] / factor} at most at this level.`, {
      hint: 'Ask for less, or work at a level that allows more.',
    });
  }
  return ok({ ...limits, ...wanted });
}
