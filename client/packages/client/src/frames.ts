import type { Row } from './types.js';

/** A frame of the socket, checked. */
export type Frame =
  | { kind: 'init'; counters: Readonly<Record<string, number>> }
  | BroadcastFrame
  | { kind: 'bootstrap' }
  | { kind: 'purge'; collection: string }
  | { kind: 'position'; seq: number }
  | { kind: 'error'; message: string }
  | { kind: 'message'; payload: unknown };

export interface BroadcastFrame {
  kind: 'broadcast';
  collection: string;
  rows: Row[];
  deleted: string[];
  mutationId: string | undefined;
  /** Frames of a collection are numbered without gaps. */
  number: number;
  /** Position of the commit's last action. */
  seq: number;
  /** Another frame of the commit follows. */
  more: boolean;
}

/** Reads a frame. A broadcast that cannot be read makes the client read its lists again; other unknown frames are null. */
export function readFrame(text: unknown): Frame | null {
  let frame: any;
  try {
    frame = JSON.parse(String(text));
  } catch {
    return null;
  }
  switch (frame?.type) {
    case 'sync-init':
      return { kind: 'init', counters: frame.counters };
    case 'broadcast':
      return readBroadcast(frame) ?? { kind: 'bootstrap' };
    case 'bootstrap-needed':
      return { kind: 'bootstrap' };
    case 'purge':
      return { kind: 'purge', collection: String(frame.collection) };
    case 'position':
      return isSeq(frame.seq) ? { kind: 'position', seq: frame.seq } : null;
    case 'error':
      return { kind: 'error', message: String(frame.message) };
    case 'message':
      return { kind: 'message', payload: frame.payload };
    default:
      return null;
  }
}

function readBroadcast(frame: any): BroadcastFrame | null {
  const { collection, action, payload, clientMutationId, seq, broadcastId } = frame;
  const deletes = action === 'delete' || action === 'bulk-delete';
  const rows = deletes ? [] : Array.isArray(payload) ? payload : [payload];
  const deleted = !deletes ? [] : action === 'delete' ? [payload?.id] : payload?.ids;
  if (typeof collection !== 'string' || !isSeq(seq) || !areRows(rows) || !Array.isArray(deleted)) return null;
  return { kind: 'broadcast', collection, rows, deleted, mutationId: clientMutationId, number: broadcastId, seq, more: frame.more === true };
}

export function areRows(value: unknown): value is Row[] {
  return Array.isArray(value) && value.every((row) => typeof row?.id === 'string');
}

export function isSeq(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
