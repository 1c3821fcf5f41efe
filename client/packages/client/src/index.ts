/** The client of Lockstep. */
export type * from './types.js';
