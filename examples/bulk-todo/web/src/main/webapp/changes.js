/** @import { TypedChange } from '@lockstep/client' */
/** @import { Schema, TodoInsert, TodoUpdate } from '../types/lockstep.js' */

/** Most rows of one request. The server refuses more. */
export const BULK_ITEMS_MAX = 100;

/**
 * @param {TodoInsert[]} items in the order of the list
 * @returns {TypedChange<Schema>[]}
 */
export const insertAll = (items) => items.map((fields) => ({ kind: 'insert', collection: 'todos', fields }));

/**
 * @param {string[]} ids
 * @param {TodoUpdate} fields those that change, the same for all
 * @returns {TypedChange<Schema>[]}
 */
export const updateAll = (ids, fields) => ids.map((id) => ({ kind: 'update', collection: 'todos', id, fields }));

/**
 * @param {string[]} ids
 * @returns {TypedChange<Schema>[]}
 */
export const deleteAll = (ids) => ids.map((id) => ({ kind: 'delete', collection: 'todos', id }));
