import type { Enrolment } from '../../lib/ports/enrolment.ts';
import { frozen, type MemoryTable } from './memory-table.ts';

/** Which configuration is enrolled, in memory. */
export function memoryEnrolment({ enrolled }: MemoryTable): Enrolment {
  return {
    read: async () => enrolled.value,
    write: async (value) => {
      enrolled.value = frozen({ ...value });
    },
  };
}
