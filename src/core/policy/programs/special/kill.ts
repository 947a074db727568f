import { baseName } from '../../paths/normalise.ts';
import { addTrait } from '../../shell/evaluator.ts';
import { emptied, hasGlob, shown } from '../../shell/marks.ts';
import { OWN_PROCESS, PARENT_PROCESS } from '../../shell/state.ts';
import { NONE, type Stream } from '../../shell/stream.ts';
import type { Call } from '../call.ts';

/** `kill` and its kin: who is hit. Everyone, the session and TinyCode are out of bounds. */
export function runKill(call: Call): Stream {
  const { program, words, context } = call;
  const targets = targetsOf(words);
  const isByName = program.name !== 'kill';
  const hits = isByName
    ? hitsByName(words, targets, baseName(context.evaluator.situation.home))
    : targets.some(isEveryone);
  if (hits || program.name === 'killall5')
    addTrait(context, 'signals-all', `${program.name} ${words.map(shown).join(' ')}`);
  return NONE;
}

const isEveryone = (target: string): boolean =>
  EVERYONE.has(target) ||
  hasGlob(target) ||
  (target.startsWith(FOUND) && OURS.test(target.slice(FOUND.length)));

/** How the output of `pgrep` and `pidof` stands in for numbers. */
const FOUND = 'process:';

/** Process 1 and everything, own group, and whoever started this shell. */
const EVERYONE = new Set([
  'every-process',
  '-1',
  '1',
  '0',
  '-0',
  PARENT_PROCESS,
  `-${OWN_PROCESS}`,
]);

/** Without the signal, however it is written. */
function targetsOf(words: readonly string[]): readonly string[] {
  const targets: string[] = [];
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] as string;
    if (/^(-s|-n|--signal|--timeout|-q)$/.test(word)) i += 1;
    else if (word === '--') return [...targets, ...words.slice(i + 1)];
    else if (
      word.startsWith('-') &&
      (targets.length > 0 || /^-\d+$/.test(word) === false ? false : i > 0)
    )
      targets.push(word);
    else if (!word.startsWith('-')) targets.push(word);
    else if (i > 0 && /^-\d+$/.test(word)) targets.push(word);
  }
  return targets;
}

const OURS =
  /^(\.?\*?|\.|\^|\^?\.\+?|tinycode|node.*tinycode.*|.*tinycode.*|systemd|init|sshd|bash|zsh|sh|login|gnome-session|Xorg|dbus-daemon|tmux|\[a-z\].*)$/i;

function hitsByName(words: readonly string[], targets: readonly string[], user: string): boolean {
  if (
    words.some(
      (word, i) =>
        /^(-u|-U|--user|--euid|--uid|-t|-s|-g|-P|--parent|--session|--pgroup)$/.test(
          words[i - 1] ?? '',
        ) &&
        (word === user || /^(0|1|root|1000)$/.test(word)),
    )
  )
    return true;
  if (words.some((word) => /^(-u|--user=|--euid=|--uid=).+/.test(word) && word.endsWith(user)))
    return true;
  if (words.some((word) => /^(-v|--inverse)$/.test(word))) return true;
  return targets.some((target) => OURS.test(emptied(target)));
}

/** `ps axo time`: letters without a dash take values too. */
const isValue = (before: string): boolean =>
  TAKES_VALUE.test(before) || /^[a-zA-Z]*[okO]$/.test(before);

/** Flags of `pgrep` and `ps` whose value is the next word. */
const TAKES_VALUE =
  /^-[a-zA-Z]*[CFGNOPUgopqstuU]$|^--(user|group|pid|ppid|format|sort|parent|euid|uid|session|terminal|quick-pid|command|ns|nslist|pidfile|signal|older|cgroup|env|runstates)$/;

/** `pgrep` and `ps`: whom a `kill` behind them would hit. */
export function listProcesses(call: Call): Stream | null {
  const { program, words, context } = call;
  if (program.name === 'ps') {
    const isAll = words.some((word) => /^-?[a-z]*[aAe]/.test(word));
    const showsEnvironment = words.some(
      (word, i) =>
        /^[a-z]*e[a-z]*$/i.test(word) && !isValue(words[i - 1] ?? '') && !/^-/.test(word),
    );
    if (showsEnvironment || words.some((word) => /\benviron/.test(word)))
      addTrait(context, 'dumps-environment', `ps ${words.map(shown).join(' ')}`);
    return isAll ? { kind: 'text', text: 'every-process\n' } : { kind: 'local' };
  }
  const names = words.filter(
    (word, i) => !word.startsWith('-') && !TAKES_VALUE.test(words[i - 1] ?? ''),
  );
  // Without a pattern `pgrep` gives all that its flags leave, such as all of a user.
  const found = names.length === 0 ? ['every-process'] : names.map((name) => `${FOUND}${name}`);
  return { kind: 'text', text: found.map((line) => `${line}\n`).join('') };
}
