/** Whether a release as `uname` says it is that version or a later one. */
export function isAtLeast(
  release: string,
  [major, minor]: readonly [major: number, minor: number],
): boolean {
  const [one = 0, two = 0] = release.split('.').map((part) => Number.parseInt(part, 10));
  return one > major || (one === major && two >= minor);
}
