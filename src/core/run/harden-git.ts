import { silenceOf } from './git-settings.ts';
import { splitGitWords } from './git-words.ts';

/** A call of git, `git` included, and the variables that belong to it. */
export type GitCall = {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
};

/**
 * The words behind `git` as a call that runs no program which only the repository names: git does
 * that even to show a status. `drivers` are the settings that `findDrivers` found. What is set here
 * stands behind the options of `argv`, so those cannot take it back. The environment of the call
 * must hold no other variable of git (`GIT_…`).
 */
export function hardenGit(argv: readonly string[], drivers: readonly string[]): GitCall {
  const { globals, command, rest } = splitGitWords(argv);
  const isRemote = REMOTE.has(command);
  const fixed = [
    ...FIXED,
    ['core.sshCommand', isRemote ? 'ssh' : 'false'] as const,
    ...(command === 'commit' ? AS_WRITTEN : []),
  ];
  const silenced = new Map(drivers.flatMap((key) => silenceOf(key) ?? []));
  const env: Record<string, string> = { ...ENV, ...(isRemote ? OVER_NETWORK : AT_HOME) };
  const settings = [...fixed, ...silenced].flatMap(([key, value]) => {
    // The first equals sign ends the name in `-c`, and the last one here.
    if (!key.includes('=')) return ['-c', `${key}=${value}`];
    const name = `TINYCODE_GIT_${Object.keys(env).length}`;
    env[name] = value;
    return [`--config-env=${key}=${name}`];
  });
  const words = command === '' ? rest : [command, ...withPlainDiff(command, rest)];
  return { argv: ['git', ...globals, ...settings, ...words], env };
}

const FIXED: readonly (readonly [string, string])[] = [
  ['core.fsmonitor', 'false'],
  ['core.hooksPath', '/dev/null'],
  ['core.pager', 'cat'],
  ['core.editor', 'false'],
  ['sequence.editor', 'false'],
  ['core.askPass', ''],
  // Empty, it resets the list of all helpers.
  ['credential.helper', ''],
  ['diff.external', ''],
  ['diff.submodule', 'short'],
  ['interactive.diffFilter', 'cat'],
  ['log.showSignature', 'false'],
  ['merge.verifySignatures', 'false'],
  ['commit.gpgSign', 'false'],
  ['tag.gpgSign', 'false'],
  ['tag.forceSignAnnotated', 'false'],
  ['push.gpgSign', 'false'],
  ['gpg.program', 'false'],
  ['gpg.openpgp.program', 'false'],
  ['gpg.x509.program', 'false'],
  ['gpg.ssh.program', 'false'],
  ['gpg.ssh.defaultKeyCommand', 'false'],
  ['safe.bareRepository', 'explicit'],
  ['protocol.ext.allow', 'never'],
  ['submodule.recurse', 'false'],
  ['status.submoduleSummary', 'false'],
  ['fetch.recurseSubmodules', 'false'],
  ['push.recurseSubmodules', 'no'],
  // Nothing starts behind a call and goes on after it.
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['help.autoCorrect', '0'],
];

/** The message of a commit is the one that was shown, to the letter. */
const AS_WRITTEN: readonly (readonly [string, string])[] = [
  ['commit.cleanup', 'verbatim'],
  ['i18n.commitEncoding', 'UTF-8'],
];

const ENV = {
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_PAGER: 'cat',
  GIT_EDITOR: 'false',
  GIT_SEQUENCE_EDITOR: 'false',
  GIT_ASKPASS: '',
  GIT_PROXY_COMMAND: '',
  GIT_PROTOCOL_FROM_USER: '0',
  // A new repository begins without hooks and settings of somebody's template.
  GIT_TEMPLATE_DIR: '',
};

/** A list of protocols in the environment goes before all that is configured. */
const AT_HOME = { GIT_ALLOW_PROTOCOL: '', GIT_NO_LAZY_FETCH: '1' };
/**
 * A repository that is reached by its path is not among them: git serves it with a process that
 * obeys its configuration and its hooks, and that nothing set here reaches.
 */
const OVER_NETWORK = { GIT_ALLOW_PROTOCOL: 'git:http:https:ssh' };

/** What speaks with other repositories; the rest is kept from it, also where objects are missing. */
const REMOTE: ReadonlySet<string> = new Set(
  'archive clone fetch fetch-pack http-fetch http-push ls-remote pull push remote send-pack submodule subtree'.split(
    ' ',
  ),
);

/** Most of them also show what a program makes of two files, or of one. */
function withPlainDiff(command: string, rest: readonly string[]): readonly string[] {
  if (DIFFING.has(command)) return [...PLAIN_DIFF, ...rest];
  const [first = '', ...others] = rest;
  if (command === 'stash' && (first === 'show' || first === 'list')) {
    return [first, ...PLAIN_DIFF, ...others];
  }
  if (command !== 'reflog' || OTHER_REFLOG.has(first)) return rest;
  return first === 'show' ? [first, ...PLAIN_DIFF, ...others] : [...PLAIN_DIFF, ...rest];
}

const PLAIN_DIFF = ['--no-ext-diff', '--no-textconv'];
const DIFFING: ReadonlySet<string> = new Set(
  'annotate blame diff diff-files diff-index diff-tree format-patch log range-diff show whatchanged'.split(
    ' ',
  ),
);
const OTHER_REFLOG: ReadonlySet<string> = new Set(['delete', 'drop', 'exists', 'expire', 'list']);
