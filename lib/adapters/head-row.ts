import type { Head } from '../domain/head.ts';
import { isDeployment } from './deployment-row.ts';
import { malformed, type Row } from './dynamo-row.ts';

const prefix = 'service#';

/** Reads a head back. Collections that an older version did not write are empty; what a newer one added stays where it is, at every depth. */
export function toHead(row: Row): Head {
  const { pk, sk: _sortKey, dueShard: _dueShard, writer: _writer, version, enrolledAt, failures, ...attributes } = row;
  if (typeof pk !== 'string' || !pk.startsWith(prefix)) throw malformed(row, 'its key names no service');
  if (typeof version !== 'number') throw malformed(row, 'it has no version');
  if (typeof enrolledAt !== 'string') throw malformed(row, 'enrolledAt is no instant');
  const head: Head = {
    ...attributes,
    service: pk.slice(prefix.length),
    version,
    enrolledAt,
    verified: list(row, 'verified'),
    waiting: map(row, 'waiting'),
    seen: map(row, 'seen'),
    barred: map(row, 'barred'),
    failures: failures instanceof Set ? [...(failures as Set<string>)].toSorted() : [],
    owed: list(row, 'owed'),
  };
  const unknown = [head.current, ...head.verified].find((deployment) => deployment !== undefined && !isDeployment(deployment));
  if (unknown !== undefined) throw malformed(row, `it holds no deployment of ours: ${JSON.stringify(unknown)}`);
  return head;
}

function list<T>(row: Row, name: string): T[] {
  const value = row[name] ?? [];
  if (!Array.isArray(value)) throw malformed(row, `${name} is no list`);
  return value as T[];
}

function map<T>(row: Row, name: string): Record<string, T> {
  const value = row[name] ?? {};
  if (typeof value !== 'object' || Array.isArray(value)) throw malformed(row, `${name} is no map`);
  return value as Record<string, T>;
}
