import type { WorkspaceView } from './workspace-view.ts';

/** What is looked at of a package.json. */
export type Manifest = {
  readonly scripts: Readonly<Record<string, string>>;
  readonly packages: ReadonlySet<string>;
};

const MAX_BYTES = 1024 * 1024;

/** Null where there is none that can be read. */
export function readManifest(view: WorkspaceView, folder: string): Manifest | null {
  const text = readSmallText(view, folder === '' ? 'package.json' : `${folder}/package.json`);
  if (text === null) return null;
  try {
    const { scripts, dependencies, devDependencies } = JSON.parse(text) as Record<string, unknown>;
    const packages = [dependencies, devDependencies].flatMap((each) => Object.keys(recordOf(each)));
    return { scripts: recordOf(scripts) as Record<string, string>, packages: new Set(packages) };
  } catch {
    return null;
  }
}

/** Without a prototype, so that no script is called `constructor`. */
const recordOf = (value: unknown): Record<string, unknown> =>
  Object.assign(Object.create(null), typeof value === 'object' ? value : {});

export function readSmallText(view: WorkspaceView, path: string): string | null {
  if (view.look(path).kind !== 'file') return null;
  const bytes = view.read(path, MAX_BYTES);
  return bytes.ok ? bytes.value.toString() : null;
}
