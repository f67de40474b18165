interface Address {
  bits: 32 | 128;
  value: bigint;
}

/** Compiles a CIDR range of IPv4 or IPv6 addresses; undefined where it is malformed. */
export function compileRange(range: string): ((address: string) => boolean) | undefined {
  const [text = '', lengthText = ''] = range.split('/');
  const base = parseAddress(text);
  const length = Number(lengthText);
  if (!base || !/^\d+$/.test(lengthText) || length > base.bits) return undefined;
  const shift = BigInt(base.bits - length);
  return (candidate) => {
    const address = parseAddress(candidate);
    return address?.bits === base.bits && address.value >> shift === base.value >> shift;
  };
}

function parseAddress(text: string): Address | undefined {
  const value = text.includes(':') ? groups(text) : octets(text);
  return value === undefined ? undefined : { bits: text.includes(':') ? 128 : 32, value };
}

function octets(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return undefined;
  return parts.reduce((value, part) => (value << 8n) + BigInt(part), 0n);
}

function groups(text: string): bigint | undefined {
  const [head = '', tail, more] = text.split('::');
  if (more !== undefined) return undefined;
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const all = [...left, ...Array<string>(missing).fill('0'), ...right];
  if (!all.every((part) => /^[0-9a-f]{1,4}$/i.test(part))) return undefined;
  return all.reduce((value, part) => (value << 16n) + BigInt(`0x${part}`), 0n);
}
