/** How long something that is asked has to stand on the screen before a key can be meant for it. */
export const GUARD_MS = 150;
