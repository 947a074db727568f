import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostileRepository } from './hostile-repository.ts';

/** One way in which a repository makes git run a program. */
export type GitTrap = {
  readonly name: string;
  readonly set: (lab: HostileRepository) => Promise<unknown>;
  /** Calls of plain git that run it. */
  readonly fires: readonly (readonly string[])[];
  readonly input?: string;
  /** It is nothing but lines of the configuration. */
  readonly isSetting?: boolean;
  /** Most looks cannot be done in it. */
  readonly isSpoiled?: boolean;
};

const words = (text: string): readonly string[] => text.split(' ');
const setting =
  (...pairs: readonly (readonly [key: string, value: string])[]) =>
  async (lab: HostileRepository) => {
    for (const [key, value] of pairs) await lab.set(key, value.replaceAll('TRAP', lab.trap));
  };
const simple = (
  fires: readonly string[],
  ...pairs: readonly (readonly [key: string, value: string])[]
): GitTrap => ({
  name: pairs.map(([key]) => key).join(' and '),
  set: setting(...pairs),
  fires: fires.map(words),
  isSetting: true,
});

const HOOKS =
  'applypatch-msg commit-msg fsmonitor-watchman post-applypatch post-checkout post-commit post-index-change post-merge post-receive post-rewrite post-update pre-applypatch pre-auto-gc pre-commit pre-merge-commit pre-push pre-rebase pre-receive prepare-commit-msg proc-receive push-to-checkout reference-transaction sendemail-validate update';

function plantHooks(lab: HostileRepository, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const hook of HOOKS.split(' ')) symlinkSync(lab.trap, join(folder, hook));
}

/** Signed by nobody; whoever is asked about the signature runs the program for its kind. */
async function commitSigned(lab: HostileRepository, kind: string): Promise<void> {
  const tree = (await lab.plain(['rev-parse', 'HEAD^{tree}'])).trim();
  const parent = (await lab.plain(['rev-parse', 'HEAD'])).trim();
  const who = 'Ada <ada@example.org> 1700000000 +0000';
  const lines = [`-----BEGIN ${kind}-----`, '', 'AAAA', `-----END ${kind}-----`];
  const commit = [
    `tree ${tree}`,
    `parent ${parent}`,
    `author ${who}`,
    `committer ${who}`,
    `gpgsig ${lines.join('\n ')}`,
    '',
    'signed\n',
  ].join('\n');
  const id = await lab.plain(['hash-object', '-t', 'commit', '-w', '--stdin'], commit);
  await lab.plain(['update-ref', 'HEAD', id.trim()]);
}

const signed = (kind: string, fires: readonly string[], ...pairs: [string, string][]): GitTrap => ({
  ...simple(fires, ...pairs),
  isSetting: false,
  name: `${pairs.map(([key]) => key).join(' and ')} at a commit with a ${kind}`,
  set: async (lab) => {
    await commitSigned(lab, kind);
    await setting(...pairs)(lab);
  },
});

/** A second repository beside the first one, for what speaks with others. */
async function withRemote(lab: HostileRepository): Promise<void> {
  const there = join(lab.root, 'remote');
  await lab.plain(['clone', '-q', '--bare', lab.workspace, there]);
  await lab.plain(['remote', 'add', 'origin', there]);
}
const remote = (fires: readonly string[], ...pairs: [string, string][]): GitTrap => ({
  ...simple(fires, ...pairs),
  isSetting: false,
  set: async (lab) => {
    await withRemote(lab);
    await setting(...pairs)(lab);
  },
});

/** A repository whose files lie in a folder of the first one, with a filter that is the program. */
async function plantInner(lab: HostileRepository, folder: string, driver = 'inner') {
  mkdirSync(join(lab.workspace, folder), { recursive: true });
  await lab.fill(join(lab.workspace, folder));
  const git = (...argv: readonly string[]) => lab.plain(argv, '', join(lab.workspace, folder));
  writeFileSync(join(lab.workspace, folder, '.gitattributes'), `* filter=${driver}\n`);
  await git('commit', '-qam', 'attributes');
  writeFileSync(join(lab.workspace, folder, 'file'), 'again\n');
  for (const how of ['clean', 'smudge']) await git('config', `filter.${driver}.${how}`, lab.trap);
}

export const TRAPS: readonly GitTrap[] = [
  simple(['status', 'diff', 'ls-files -m'], ['core.fsmonitor', 'TRAP']),
  {
    name: 'hooks in its store',
    set: async (lab) => {
      rmSync(lab.at('.git/hooks'), { recursive: true });
      plantHooks(lab, lab.at('.git/hooks'));
    },
    fires: [words('checkout -qb new'), words('commit -qam x')],
  },
  {
    name: 'hooks where core.hooksPath leads',
    set: async (lab) => {
      plantHooks(lab, lab.at('hooks'));
      await lab.set('core.hooksPath', 'hooks');
    },
    fires: [words('checkout -qb new'), words('commit -qam x'), words('add file')],
  },
  simple(['diff', 'diff HEAD~1'], ['diff.external', 'TRAP']),
  simple(['diff'], ['diff.x.command', 'TRAP']),
  simple(
    [
      'diff',
      'log -p',
      'show',
      'blame file',
      'status -vv',
      'reflog -p',
      '-c core.editor=true commit -av',
    ],
    ['diff.x.textconv', 'TRAP'],
  ),
  simple(['add file', 'diff', 'status', 'stash'], ['filter.x.clean', 'TRAP']),
  simple(['checkout -q side -f', 'stash', 'checkout file'], ['filter.x.smudge', 'TRAP']),
  simple(['add file', 'diff'], ['filter.x.process', 'TRAP'], ['filter.x.required', 'true']),
  {
    name: 'a filter whose name has an equals sign',
    set: async (lab) => {
      lab.write('.git/info/attributes', '* filter=a=b.C\n');
      lab.write('.git/more', `[filter "a=b.C"]\n\tclean = ${lab.trap}\n`);
      await lab.set('include.path', 'more');
    },
    fires: [words('add file'), words('diff')],
  },
  {
    name: 'a setting that is included where the folder has a certain name',
    set: async (lab) => {
      lab.write('.git/more', `[filter "x"]\n\tclean = ${lab.trap}\n`);
      await lab.set('includeIf.gitdir:workspace/.path', 'more');
    },
    fires: [words('diff')],
  },
  {
    name: 'a setting of the one worktree',
    set: async (lab) => {
      await lab.set('extensions.worktreeConfig', 'true');
      await lab.set('filter.x.clean', lab.trap, '--worktree');
    },
    fires: [words('diff')],
  },
  simple(['merge --no-edit side'], ['merge.x.driver', 'TRAP']),
  simple(['st'], ['alias.st', '!TRAP']),
  simple(['st'], ['alias.st', '-c core.fsmonitor=TRAP status']),
  simple(['commit -a', 'commit --amend'], ['core.editor', 'TRAP']),
  simple(['rebase -i HEAD~1 --autostash'], ['sequence.editor', 'TRAP']),
  simple(['commit -qam x'], ['commit.gpgSign', 'true'], ['gpg.program', 'TRAP']),
  simple(['tag -m x v2'], ['tag.gpgSign', 'true'], ['gpg.program', 'TRAP']),
  signed('PGP SIGNATURE', ['log', 'show'], ['log.showSignature', 'true'], ['gpg.program', 'TRAP']),
  signed('PGP SIGNATURE', ['log', 'show'], ['format.pretty', '%G?'], ['gpg.program', 'TRAP']),
  signed('PGP SIGNATURE', ['log -1 --format=%GK'], ['gpg.openpgp.program', 'TRAP']),
  signed('SIGNED MESSAGE', ['log --show-signature'], ['gpg.x509.program', 'TRAP']),
  signed(
    'SSH SIGNATURE',
    ['log --show-signature'],
    ['gpg.ssh.program', 'TRAP'],
    ['gpg.ssh.allowedSignersFile', '/dev/null'],
  ),
  simple(['commit -S -qam x'], ['gpg.format', 'ssh'], ['gpg.ssh.defaultKeyCommand', 'TRAP']),
  simple(
    ['interpret-trailers --trailer x=1 file', 'commit -qam x --trailer x=1'],
    ['trailer.x.command', 'TRAP'],
  ),
  simple(
    ['interpret-trailers --trailer x=1 file', 'commit -qam x --trailer x=1'],
    ['trailer.x.cmd', 'TRAP'],
  ),
  simple(['archive --format=evil HEAD'], ['tar.evil.command', 'TRAP']),
  simple(['difftool -y'], ['diff.tool', 'evil'], ['difftool.evil.cmd', 'TRAP']),
  {
    name: 'mergetool.evil.cmd',
    set: async (lab) => {
      await setting(['merge.tool', 'evil'], ['mergetool.evil.cmd', 'TRAP'])(lab);
      await lab.plain(['commit', '-qam', 'x']);
      await lab.plain(['merge', 'side']);
    },
    fires: [words('mergetool -y')],
  },
  simple(['help add'], ['man.viewer', 'evil'], ['man.evil.cmd', 'TRAP']),
  simple(['help add'], ['man.man.path', 'TRAP']),
  {
    ...simple(['imap-send'], ['imap.tunnel', 'TRAP'], ['imap.folder', 'x']),
    input: 'From a@b Thu Jan 1 00:00:00 1970\nFrom: a\nDate: x\nSubject: x\n\nx\n',
  },
  remote(['fetch', 'pull', 'remote update', 'ls-remote'], ['remote.origin.uploadpack', 'TRAP']),
  remote(['push origin main'], ['remote.origin.receivepack', 'TRAP']),
  remote(['fetch'], ['remote.origin.url', 'ssh://nowhere.invalid/x'], ['core.sshCommand', 'TRAP']),
  remote(
    ['fetch', 'ls-remote origin'],
    ['remote.origin.url', 'ext::TRAP'],
    ['protocol.ext.allow', 'always'],
  ),
  remote(
    ['fetch'],
    ['remote.origin.url', 'TRAP'],
    ['remote.origin.vcs', 'ext'],
    ['protocol.ext.allow', 'always'],
  ),
  remote(['fetch'], ['remote.origin.url', 'git://127.0.0.1:9/x'], ['core.gitProxy', 'TRAP']),
  {
    name: 'hooks of a repository that is pushed to',
    set: async (lab) => {
      await withRemote(lab);
      plantHooks(lab, join(lab.root, 'remote', 'hooks2'));
      await lab.plain(['config', 'core.hooksPath', 'hooks2'], '', join(lab.root, 'remote'));
    },
    fires: [words('push origin HEAD:refs/heads/new')],
  },
  {
    name: 'an object that is missing and is fetched when it is looked at',
    isSpoiled: true,
    set: async (lab) => {
      await withRemote(lab);
      const blob = (await lab.plain(['rev-parse', 'HEAD:file'])).trim();
      await setting(
        ['extensions.partialClone', 'origin'],
        ['remote.origin.promisor', 'true'],
        ['remote.origin.uploadpack', 'TRAP'],
      )(lab);
      rmSync(lab.at(`.git/objects/${blob.slice(0, 2)}/${blob.slice(2)}`));
    },
    fires: [words('show'), words('diff'), words('log -p'), words('blame HEAD -- file')],
  },
  {
    name: 'core.alternateRefsCommand',
    set: async (lab) => {
      await withRemote(lab);
      lab.write('.git/objects/info/alternates', join(lab.root, 'remote', 'objects'));
      await lab.set('core.alternateRefsCommand', lab.trap);
    },
    fires: [words('fetch origin')],
  },
  {
    name: 'submodule.sub.update',
    set: async (lab) => {
      await plantInner(lab, 'sub', 'none');
      await lab.plain(['-c', 'protocol.file.allow=always', 'submodule', 'add', './sub', 'sub']);
      await lab.plain(['commit', '-qm', 'sub']);
      await lab.plain(['submodule', 'init']);
      await lab.plain(['-C', 'sub', 'checkout', '-qf', 'HEAD~1']);
      await lab.set('submodule.sub.update', `!${lab.trap}`);
    },
    fires: [words('submodule update')],
  },
  {
    name: 'a repository inside that has no entry in .gitmodules',
    set: async (lab) => {
      await plantInner(lab, 'deep/sub');
      await lab.plain(['add', 'deep/sub']);
      await lab.plain(['commit', '-qm', 'sub']);
    },
    fires: [words('status'), words('diff')],
  },
  {
    name: 'a repository inside of one inside',
    set: async (lab) => {
      await plantInner(lab, 'sub', 'none');
      await plantInner(lab, 'sub/sub');
      await lab.plain(['add', 'sub'], '', lab.at('sub'));
      await lab.plain(['commit', '-qm', 'sub'], '', lab.at('sub'));
      await lab.plain(['add', 'sub']);
      await lab.plain(['commit', '-qm', 'sub']);
    },
    fires: [words('status')],
  },
  {
    name: 'a submodule whose files are not here, only its store',
    set: async (lab) => {
      await plantInner(lab, 'sub');
      await lab.plain(['add', 'sub']);
      lab.write('.gitmodules', '[submodule "s"]\n\tpath = sub\n\turl = ./nowhere\n');
      await lab.plain(['add', '.gitmodules']);
      await lab.plain(['commit', '-qm', 'sub']);
      await lab.plain(['submodule', 'absorbgitdirs']);
      await lab.plain(['submodule', 'deinit', '-f', 'sub']);
    },
    fires: [words('submodule update --init')],
  },
];

/** What needs a terminal to run. */
export const TERMINAL_TRAPS: readonly GitTrap[] = [
  simple(['log', '-p status'], ['core.pager', 'TRAP']),
  simple(['status', 'log'], ['pager.status', 'TRAP'], ['pager.log', 'TRAP']),
  { ...simple(['add -p'], ['interactive.diffFilter', 'TRAP']), input: 'q\n' },
  simple(['commit --amend'], ['core.editor', 'TRAP']),
];

/** All that is set in one configuration, at once. */
export const ALL_SETTINGS: GitTrap = {
  name: 'all of these settings',
  set: async (lab) => {
    for (const { set, isSetting } of TRAPS) if (isSetting) await set(lab);
  },
  fires: [words('status'), words('commit -qam x')],
};

/** What TinyCode and its plans ask of git, in an order in which most of it can be done. */
export const CALLS: readonly (readonly string[])[] = [
  ...'status|status -vv|diff|diff --stat|diff HEAD~1|log -p|show|show HEAD:file|log --show-signature|blame file|annotate file|ls-files -m|ls-files -co --exclude-standard|check-ignore -v -n file|grep changed|describe --tags --dirty|submodule status|reflog -p|range-diff HEAD~1..HEAD side~1..side|rev-parse HEAD|cat-file --textconv HEAD:file|branch -a|stash|stash list -p|stash show -p|stash pop|add file|commit -m message|tag -m x v3|checkout -q side|checkout -q main|switch -q side|switch -q main|checkout -f main|restore .|merge --no-edit side|reset -q --hard|cherry-pick side|reset -q --hard|rebase side|rebase --abort|revert --no-edit HEAD|worktree add ../tree|format-patch -1 --stdout|archive HEAD|fetch|pull|push|gc|fsck'
    .split('|')
    .map(words),
];
