/** What a program could leave for a person's tools to run later. */
export type Plant = {
  readonly what: string;
  /** For sh, in a repository that ignores `dist`. */
  readonly script: string;
  /** No level may take it, whoever looks at it. */
  readonly isNever: boolean;
};

const HOOK = 'printf "#!/bin/sh\\ntouch /tmp/never\\n" > "$h"; chmod +x "$h"';
const never = (what: string, script: string): Plant => ({ what, script, isNever: true });
const shown = (what: string, script: string): Plant => ({ what, script, isNever: false });

export const REPOSITORY_PLANTS: readonly Plant[] = [
  never('a hook', `h=.git/hooks/pre-commit; mkdir -p .git/hooks; ${HOOK}`),
  never('a hook in other letters', `h=.GIT/HOOKS/pre-commit; mkdir -p .GIT/HOOKS; ${HOOK}`),
  never(
    'a hook below a renamed folder',
    `mv sub x; mkdir -p sub/.git/hooks; h=sub/.git/hooks/post-checkout; ${HOOK}`,
  ),
  never(
    'a repository that was moved and copied',
    'mv .git kept; mkdir .git; cp -r kept/. .git; printf "[core]\\n\\tfsmonitor = /tmp/x\\n" >> .git/config',
  ),
  never('settings', 'git config core.fsmonitor /tmp/never'),
  never('where a repository keeps its parts', 'echo ../../outside > .git/commondir'),
  never(
    'objects of elsewhere',
    'mkdir -p .git/objects/info; echo /etc > .git/objects/info/alternates',
  ),
  never('attributes in it', 'mkdir -p .git/info; echo "* filter=x" > .git/info/attributes'),
  never('a file that stands for one', 'echo "gitdir: ../../outside" > sub/.git'),
  never('one in a build folder', `mkdir -p dist/.git/hooks; h=dist/.git/hooks/pre-commit; ${HOOK}`),
  never('a link in it', 'rm -rf .git/hooks; ln -s /tmp .git/hooks'),
];

/** A repository without a working folder has no `.git` in any of its names. */
export const BARE_PLANT: Plant = never(
  'a bare repository in a build folder',
  'git init -q --bare dist/x; printf "[core]\\n\\tfsmonitor = /tmp/x\\n" >> dist/x/config',
);

export const SETTINGS_PLANTS: readonly Plant[] = [
  shown('attributes', 'echo "* diff=x" > .gitattributes'),
  shown('modules', 'echo "[submodule]" > .gitmodules'),
  never('a direnv file', 'echo "touch /tmp/never" > .envrc'),
  never('tasks of an editor', 'mkdir .vscode; echo "{}" > .vscode/tasks.json'),
  never('tasks in other letters', 'mkdir .VSCode; echo "{}" > .VSCode/tasks.json'),
  never('settings of npm', 'echo "script-shell=/tmp/x" > .npmrc'),
  shown('a workflow', 'mkdir -p .github/workflows; echo "on: push" > .github/workflows/x.yml'),
  never(
    'settings of TinyCode',
    'mkdir .tinycode; echo "level: permissive" > .tinycode/config.yaml',
  ),
  shown(
    'scripts of a package',
    'echo "{\\"scripts\\":{\\"test\\":\\"touch /tmp/x\\"}}" > package.json',
  ),
];

export const ODD_PLANTS: readonly Plant[] = [
  never('a set-uid file', 'cp /bin/true dist-x; chmod u+s dist-x'),
  never('a set-gid file in a build folder', 'mkdir dist; cp /bin/true dist/x; chmod g+s dist/x'),
  never('a pipe', 'mkdir dist; mkfifo dist/pipe'),
  never('a folder that became a link', 'rm -r sub; ln -s ../outside sub'),
  never(
    'a socket',
    "mkdir dist; node -e \"require('net').createServer().listen('dist/s',()=>process.kill(process.pid,'SIGKILL'))\"; test -S dist/s",
  ),
  shown(
    'a name that looks like another',
    'mkdir -p .gi\u200dt/hooks .g\u0131t; echo x > .gi\u200dt/hooks/pre-commit',
  ),
];
