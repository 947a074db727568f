/** What a holder lays where, before anything runs in it. */
export type Scene =
  /** What is written to the workspace lands in `<folder>/upper`. */
  | { readonly kind: 'overlay'; readonly workspace: string; readonly folder: string }
  /** What lies at `from` is found at `at`. */
  | { readonly kind: 'bind'; readonly from: string; readonly at: string }
  /** Everything where it is; only the processes are apart. */
  | { readonly kind: 'plain' };

/** The descriptor on which a holder finds the process list of those who started it. */
export const OUTER_PROC = 6;

/** The script of a holder's first process, and its words. It lives as long as its input is open. */
export function holderScript(
  scene: Scene,
  {
    mount,
    mkdir,
    isRoot,
  }: { readonly mount: string; readonly mkdir: string; readonly isRoot: boolean },
): readonly [script: string, ...words: string[]] {
  const lay = (own: string) => script(isRoot ? `${DEVICES}\n${own}\nwait $! || exit` : own);
  switch (scene.kind) {
    case 'overlay':
      return [lay(OVERLAY), mount, mkdir, scene.workspace, scene.folder];
    case 'bind':
      return [lay('"$1" --bind -- "$3" "$4" || exit'), mount, mkdir, scene.from, scene.at];
    case 'plain':
      return [lay(':'), mount, mkdir];
    default:
      throw new Error(`unknown scene ${scene satisfies never}`);
  }
}

/**
 * Its own number, as those outside see it, is told by their process list alone: the one inside
 * begins at 1.
 */
const script = (lay: string): string =>
  [
    `read -r pid rest < /proc/self/fd/${OUTER_PROC}/self/stat || exit`,
    `exec ${OUTER_PROC}<&-`,
    lay,
    'echo "ready $pid"',
    'read -r rest',
  ].join('\n');

/**
 * Their owner may change the modes of devices for everybody, and root is the owner. A device of a
 * file system that is only read can still be written.
 */
const DEVICES = '"$1" -o rbind,ro /dev /dev &';

/**
 * The folders are named by descriptors, so that no character of their names means anything to
 * `mount`, and opened here, because those of another namespace are refused. A file system that
 * cannot take what is written (one that is an overlay itself) is replaced by memory. `volatile`:
 * nothing of a view has to survive the machine, so nobody waits for the disk.
 */
const OVERLAY = `
open() { exec 3<"$1" 4<"$2/upper" 5<"$2/work"; }
lay() {
  "$1" -t overlay -o userxattr,volatile,lowerdir=/proc/self/fd/3,upperdir=/proc/self/fd/4,workdir=/proc/self/fd/5 tinycode "$2"
}
open "$3" "$4"
if ! lay "$1" "$3"; then
  "$1" -t tmpfs -o mode=0700 tinycode "$4" && "$2" "$4/upper" "$4/work" || exit
  open "$3" "$4"
  lay "$1" "$3" || exit
fi
exec 3<&- 5<&-`;

/** The descriptor on which a holder keeps what was written, wherever that lies. */
export const UPPER = 4;
