import type { Fact, ProgramFact } from '../policy/facts.ts';
import type { Action } from '../types.ts';

/**
 * The program that would wait for keys which nobody presses; null where there is none, or where
 * the step brings a terminal or an input along.
 */
export function findInteractive(action: Action, facts: readonly Fact[]): string | null {
  if (action.kind !== 'shell.run' && action.kind !== 'git.run') return null;
  if (action.kind === 'shell.run' && (action.terminal === true || action.input !== undefined)) {
    return null;
  }
  for (const fact of facts) {
    if (fact.about === 'program' && waitsForKeys(fact)) return fact.name;
  }
  return null;
}

function waitsForKeys({ name, flags, operands }: ProgramFact): boolean {
  if (SCREENS.has(name)) return true;
  if (PROMPTS.has(name)) return flags.length === 0 && operands.length === 0;
  return ASKING.some(
    ({ program, flag }) => name === program && flags.some((each) => flag.includes(each)),
  );
}

/** Programs that are nothing without a screen and keys. */
const SCREENS: ReadonlySet<string> = new Set([
  ...[
    'vi',
    'vim',
    'nvim',
    'view',
    'vimdiff',
    'nano',
    'emacs',
    'micro',
    'helix',
    'hx',
    'kak',
    'joe',
  ],
  ...['less', 'more', 'most', 'top', 'htop', 'btop', 'tmux', 'screen', 'mc', 'ranger', 'tig'],
  ...['lazygit', 'gitui', 'ssh', 'telnet', 'ftp', 'sftp', 'passwd', 'visudo', 'fzf', 'dialog'],
]);

/** With nothing said to them these read from whoever sits there. */
const PROMPTS: ReadonlySet<string> = new Set([
  ...['python', 'python3', 'ipython', 'node', 'deno', 'bun', 'ruby', 'irb', 'perl', 'php', 'lua'],
  ...[
    'ghci',
    'sqlite3',
    'psql',
    'mysql',
    'redis-cli',
    'bc',
    'gdb',
    'R',
    'julia',
    'sh',
    'bash',
    'zsh',
  ],
]);

const ASKING: readonly { readonly program: string; readonly flag: readonly string[] }[] = [
  { program: 'git rebase', flag: ['-i', '--interactive', '--edit-todo'] },
  { program: 'git add', flag: ['-i', '-p', '-e', '--interactive', '--patch', '--edit'] },
  { program: 'git stash', flag: ['-p', '--patch'] },
  { program: 'git checkout', flag: ['-p', '--patch'] },
  { program: 'git reset', flag: ['-p', '--patch'] },
  { program: 'git restore', flag: ['-p', '--patch'] },
  { program: 'git commit', flag: ['-p', '--patch', '--interactive'] },
  { program: 'git clean', flag: ['-i', '--interactive'] },
];
