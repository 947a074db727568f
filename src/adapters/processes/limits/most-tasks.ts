/**
 * The kernel counts threads where a person counts processes, and a quiet Node has a dozen. So its
 * limit leaves room for them, and bounds what a fork bomb can do until the watcher has counted the
 * processes themselves.
 */
export const mostTasks = (processes: number): number =>
  processes * TASKS_EACH + TASKS_OF_ONE_PROGRAM;

const TASKS_EACH = 4;
/** A Java or Go program on a machine with many cores. */
const TASKS_OF_ONE_PROGRAM = 200;
