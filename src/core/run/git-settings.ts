/** A setting as `git config --list` tells it: section and name in small letters. */
export type GitSetting = {
  readonly scope: string;
  readonly key: string;
  /** Null where only the name stands there, which git takes for true. */
  readonly value: string | null;
};

/** Reads what `git config --list -z --show-scope` prints. */
export function readSettings(listing: string): readonly GitSetting[] {
  const words = listing.split('\0');
  const settings: GitSetting[] = [];
  for (let at = 0; at + 1 < words.length; at += 2) {
    const [scope, entry] = [words[at] as string, words[at + 1] as string];
    const end = entry.indexOf('\n');
    const value = end === -1 ? null : entry.slice(end + 1);
    settings.push({ scope, key: end === -1 ? entry : entry.slice(0, end), value });
  }
  return settings;
}

/** What the files of the repository set, and not the person or the machine. */
export const isOfRepository = ({ scope }: GitSetting): boolean =>
  scope === 'local' || scope === 'worktree';

/** Whether a setting makes git run a program, or write where nobody asked it to. */
export function isDriver({ key, value }: GitSetting): boolean {
  if (/^submodule\..*\.update$/s.test(key)) return value?.startsWith('!') === true;
  return !IS_FIXED.test(key) && silenceOf(key) !== null;
}

/** What takes a setting's effect away: settings that come last win. Null: it runs nothing. */
export function silenceOf(key: string): readonly (readonly [key: string, value: string])[] | null {
  const known = KNOWN.find(({ keys }) => keys.test(key));
  if (known === undefined) return null;
  const stem = key.slice(0, key.lastIndexOf('.'));
  const more = (known.more ?? []).map(([name, value]) => [`${stem}.${name}`, value] as const);
  return [...(known.value === null ? [] : [[key, known.value] as const]), ...more];
}

type Known = {
  readonly keys: RegExp;
  /** Null where it stays, as something else switches it off. */
  readonly value: string | null;
  readonly more?: readonly (readonly [name: string, value: string])[];
};

/** `hardenGit` sets these in every call, whoever else did. */
const IS_FIXED =
  /^(core\.(askpass|editor|gitproxy|hookspath|pager|sshcommand)|sequence\.editor|gpg\.(.*\.)?program|gpg\.ssh\.defaultkeycommand|credential\.(.*\.)?helper|interactive\.difffilter|diff\.external|uploadpack\.packobjectshook|gc\.recentobjectshook)$/s;

/**
 * An empty command is none for filters, and an error elsewhere. So `cat` stands for a program that
 * shows a file, and `false` for one whose failure is better than a result that is not meant.
 */
const KNOWN: readonly Known[] = [
  {
    keys: /^filter\..*\.(clean|smudge|process)$/s,
    value: '',
    more: [['required', 'false']],
  },
  { keys: /^diff\..*\.textconv$/s, value: 'cat', more: [['cachetextconv', 'false']] },
  { keys: /^diff\..*\.command$/s, value: '' },
  { keys: /^submodule\..*\.update$/s, value: 'checkout' },
  { keys: /^hook\..*\.command$/s, value: null, more: [['enabled', 'false']] },
  { keys: /^alias\..*$/s, value: '' },
  { keys: /^pager\..*$/s, value: 'cat' },
  { keys: /^core\.alternaterefscommand$/, value: 'true' },
  { keys: /^init\.templatedir$/, value: '' },
  { keys: /^format\.outputdirectory$/, value: '.' },
  { keys: /^http\.(.*\.)?savecookies$/s, value: 'false' },
  { keys: /^lfs\.(.*\.)?standalonetransferagent$/s, value: '' },
  { keys: /^lfs\.(customtransfer|extension)\..*$/s, value: 'false' },
  { keys: /^(browser|man|difftool|mergetool)\..*\.(cmd|path)$/s, value: 'false' },
  { keys: /^(instaweb\.httpd|instaweb\.modulepath)$/, value: 'false' },
  { keys: /^sendemail\.(.*\.)?smtpserver$/s, value: 'false' },
  // Whatever else says by its name that it is one, of tools beside git and of a later git.
  {
    keys: /^[^.]+\.(.*\.)?[^.]*(command|cmd|program|prog|driver|hook|helper|editor|pager|askpass|tunnel|proxycommand)$/s,
    value: 'false',
  },
];
