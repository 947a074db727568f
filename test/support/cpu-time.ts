/**
 * The CPU time that something takes, in milliseconds. What else a busy machine has to do costs
 * time on the clock, but no time here.
 */
export function cpuMsOf(act: () => void): number {
  const from = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}
