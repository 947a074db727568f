import type { Check } from '../../ports.ts';

/** One thing that `doctor` looks at. `run` may throw: that is a finding too. */
export type Probe = {
  readonly check: string;
  run(signal: AbortSignal): Promise<Finding>;
};

export type Finding = Omit<Check, 'check'>;

export const fine = (detail: string): Finding => ({ status: 'ok', detail });
export const warn = (detail: string, remedy: string): Finding => ({
  status: 'warn',
  detail,
  remedy,
});
export const bad = (detail: string, remedy: string): Finding => ({
  status: 'fail',
  detail,
  remedy,
});
