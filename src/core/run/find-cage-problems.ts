import type { CageReport, CageRules, Finding, Plan, Step } from '../types.ts';
import { isProgram, resolveCage } from './resolve-cage.ts';

/** What a person should know of the programs of a plan before they are asked. */
export function findCageProblems(
  { steps }: Pick<Plan, 'steps'>,
  rules: CageRules,
  report: CageReport,
): readonly Finding[] {
  const programs = steps.filter(({ action }) => isProgram(action));
  if (programs.length === 0) return [];
  return [
    ...(report.rung === 'L0' ? [noCage(report)] : []),
    ...programs.flatMap((step) => [
      ...findDenied(step, rules, report),
      ...findEffects(step, report),
    ]),
  ];
}

const noCage = ({ why }: CageReport): Finding => ({
  severity: 'warn',
  code: 'no-cage',
  message: `Nothing on this machine can cage a program (${why}): what runs can read, write and send whatever you can.`,
  remedy: 'Every program asks at its turn. doctor tells how to get a cage.',
});

function findDenied(
  { id, action }: Step,
  rules: CageRules,
  { rung }: CageReport,
): readonly Finding[] {
  const cage = resolveCage(rules, rung, action);
  if (cage.ok) return [];
  const { message, hint } = cage.error;
  return [
    {
      severity: 'error',
      code: 'denied',
      step: id,
      message,
      ...(hint === undefined ? {} : { remedy: hint }),
    },
  ];
}

function findEffects({ id, action, check }: Step, { view }: CageReport): readonly Finding[] {
  const network: readonly Finding[] =
    isProgram(action) && action.network === true
      ? [
          {
            severity: 'warn',
            code: 'network',
            step: id,
            message: 'This program may use the network: what it sends cannot be taken back.',
          },
        ]
      : [];
  if (view !== 'direct') return network;
  return [
    ...network,
    {
      severity: check ? 'info' : 'warn',
      code: 'irreversible',
      step: id,
      message:
        'What this program does to files cannot be foreseen here, and is not taken back by rollback.',
      remedy: 'Copy-on-write views would show it first; doctor tells what is missing.',
    },
  ];
}
